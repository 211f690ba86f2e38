"""Send the report to somebody."""

from __future__ import annotations

from simpy import AllOf, Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.caller import hang_up, take_phone
from sim.model.mail import address, deliver, new_message, write_report
from sim.model.plan import Bound, Steps
from sim.model.talkgroup import broadcast
from sim.model.things import Message
from sim.model.transmission import give_up, transmit
from sim.model.wires import settle
from sim.model.world import perform


def send(act: Act, step: Bound) -> Steps:
    """Send: an officer tries the channel and its fallbacks until the message is through.

    It ends delivered, lost (nobody noticed) or given up (no channel was to be had).  Of
    several recipients each has a message of his own; the next is tried when the one before
    was given up, and `else` is done when all were.  Over a channel with `group` all are called
    at once.  Returns whether it was sent to anybody.
    """
    data = step.data
    recipients = [to for to in (address(act, to) for to in data.recipients) if to]
    if not recipients:
        return False
    if act.report is None or (data.report and data.report != act.report.kind):
        act.report = write_report(
            act, data.report or "initial", data.elements, data.pending, data.reason
        )
    recipients = list(dict.fromkeys(recipients))
    if len(recipients) > 1 and act.world.scenario.channels[data.channel].group:
        yield from _to_all(act, step, recipients)
        return True
    for recipient in recipients:
        message = new_message(act, recipient)
        if (yield from _deliver(act, step, message, data.channel, recipient, data.tries)):
            return True
    hang_up(act)
    yield from perform(act, step.branches["else"])
    return False


def _to_all(act: Act, step: Bound, recipients: list[str]) -> Steps:
    """Call all of them at once; who does not acknowledge in time is called by himself."""
    data = step.data
    messages = yield from broadcast(act, step, recipients)
    if data.await_ack is None or not messages:
        return
    fallback = act.world.scenario.channels[data.channel].fallback
    silent = yield from _acknowledged(act, messages, data.await_ack)
    for to, message in silent.items():
        first = fallback or data.channel
        yield from _deliver(act, step, message, first, to, data.tries - 1)
        hang_up(act)


def _deliver(
    act: Act, step: Bound, message: Message, channel: str, recipient: str, tries: int
) -> Steps:
    """Send the message until it is acknowledged, if that is awaited; return whether it went well.

    The officer stays at the telephone only if no channel was to be had.
    """
    patience = step.data.await_ack
    for _ in range(1 if patience is None else tries):
        outcome = yield from _once(act, step, message, channel, recipient)
        if outcome == "given_up":
            return False
        if step.data.confirm is not None:
            outcome = yield from _confirm(act, step, message, recipient, outcome)
        hang_up(act)
        if outcome == "sent":
            deliver(act.world, message, recipient, act.last)
        elif outcome == "given_up" and not message.arrived:
            return False
        if patience is None:
            return True
        if not (yield from _acknowledged(act, {recipient: message}, patience)):
            return True
    give_up(act, message, recipient, "no_acknowledgement")
    return False


def _confirm(act: Act, step: Bound, message: Message, recipient: str, outcome: str) -> Steps:
    """Ring up about what was sent; return how that ended."""
    if outcome == "sent":
        deliver(act.world, message, recipient, act.last)
    return (yield from _once(act, step, message, step.data.confirm, recipient, talk=True))


def _once(
    act: Act, step: Bound, message: Message, channel: str, recipient: str, talk: bool = False
) -> Steps:
    """Transmit the message, by who is still at the telephone or another; return how it ended."""
    report = message.report
    act.sending = message
    again = message.arrived if talk else step.data.confirm is not None
    if again or step.data.await_ack is not None:
        message.awaited = Event(act.world.env)
    else:
        message.awaited = None
    names = {"report": report.id, "message": message.id, "kind": report.kind}
    act.doing = "waiting_person"
    act.write("send", "asked", "", "", recipient, extra=names | {"channel": channel})
    if act.held is None and step.pool:
        span, held_by = "", None
        if act.caller is None:
            span, held_by = yield from take_phone(act, step)
        assert act.caller is not None
        act.caller.sends(message)
        act.write("send", "started", span, message.officer, recipient, held_by, names)
    outcome = yield from transmit(act, step, message, channel, recipient, talk)
    act.sending = None
    return outcome


def _acknowledged(act: Act, messages: dict[str, Message], patience: int) -> Steps:
    """Wait until everybody has acknowledged; return the messages of those who did not in time."""
    act.doing = "waiting_ack"
    act.sending = list(messages.values())
    one = next(iter(messages)) if len(messages) == 1 else ""
    names = {"message": messages[one].id} if one else {}
    act.write("wait", "started", "", "", one, extra=names)
    if any(message.heard is None for message in messages.values()):
        env = act.world.env
        over = Event(env)
        awaited = AllOf(env, [message.awaited for message in messages.values()])
        for event in (awaited, Timeout(env, patience)):
            event.callbacks.append(lambda _: settle(over))
        yield over
    act.sending = None
    silent = {to: message for to, message in messages.items() if message.heard is None}
    span = "waiting_ack"
    for to, message in silent.items():
        extra = {"message": message.id, "reason": "no_acknowledgement"}
        act.write("wait", "ended", span, "", to, extra=extra)
        span = ""
    if not silent:
        act.last = max(act.last, *(message.heard or 0 for message in messages.values()))
        act.write("wait", "ended", "", "", one, extra=names)
    return silent
