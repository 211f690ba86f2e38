"""Send the report to somebody."""

from __future__ import annotations

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.mail import address, deliver, new_message, write_report
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.talkgroup import broadcast
from sim.model.things import Message
from sim.model.transmission import give_up, transmit
from sim.model.wires import settle
from sim.model.world import perform


def send(act: Act, step: Bound) -> Steps:
    """Send: an officer tries the channel and its fallbacks until the message is through.

    It ends delivered, lost (nobody noticed) or given up (no channel was to be had).  Of
    several recipients each has a message of his own; the next is tried when the one before
    was given up, and `else` is done when all were.  Returns whether it was sent to anybody.
    """
    data = step.data
    recipients = [to for to in (address(act, to) for to in data.recipients) if to]
    if not recipients:
        return False
    if act.report is None or (data.report and data.report != act.report.kind):
        act.report = write_report(
            act, data.report or "initial", data.elements, data.pending, data.reason
        )
    if len(recipients) > 1:
        recipients = list(dict.fromkeys(recipients))
        if act.world.scenario.channels[data.channel].group:
            yield from broadcast(act, step, recipients)
            return True
    officer: Member | None = None
    for recipient in recipients:
        message = new_message(act, recipient)
        for _ in range(1 if data.await_ack is None else data.tries):
            officer, outcome = yield from _once(act, step, message, recipient, officer)
            if outcome == "given_up":
                break
            _let_go(act, officer)
            officer = None
            if outcome == "sent":
                deliver(act.world, message, recipient, act.last)
            if data.await_ack is None or (
                yield from _acknowledged(act, message, recipient, data.await_ack)
            ):
                return True
        else:
            give_up(act, message, recipient, "no_acknowledgement")
    _let_go(act, officer)
    yield from perform(act, step.branches["else"])
    return False


def _once(act: Act, step: Bound, message: Message, recipient: str, member: Member | None) -> Steps:
    """Transmit the message; return (the officer, still held, and how it ended)."""
    data, report = step.data, message.report
    act.sending = message
    if data.await_ack is not None:
        message.awaited = Event(act.world.env)
    names = {"report": report.id, "message": message.id, "kind": report.kind}
    act.doing = "waiting_person"
    act.write("send", "asked", "", "", recipient, extra=names | {"channel": data.channel})
    if act.held is None and step.pool:
        span, held_by = "", None
        if member is None:
            grant = act.ask(step.pool)
            if grant.event is not None:
                yield grant.event
                span = "waiting_person"
            member, held_by = grant.member, grant.held_by
        message.officer = member.id
        act.write("send", "started", span, member.id, recipient, held_by, names)
    outcome = yield from transmit(act, step, message, data.channel, recipient)
    act.sending = None
    return member, outcome


def _let_go(act: Act, officer: Member | None) -> None:
    if officer is not None:
        release(officer, act.last)


def _acknowledged(act: Act, message: Message, recipient: str, patience: int) -> Steps:
    """Wait for the acknowledgement; return whether it came in time."""
    names = {"message": message.id}
    act.doing = "waiting_ack"
    act.write("wait", "started", "", "", recipient, extra=names)
    if message.heard is None:
        awaited: Event = message.awaited
        Timeout(act.world.env, patience).callbacks.append(lambda _: settle(awaited))
        yield awaited
    if message.heard is None:
        extra = names | {"reason": "no_acknowledgement"}
        act.write("wait", "ended", "waiting_ack", "", recipient, extra=extra)
        return False
    act.last = max(act.last, message.heard)
    act.write("wait", "ended", "", "", recipient, extra=names)
    return True
