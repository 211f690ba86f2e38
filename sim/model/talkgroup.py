"""A talk group: one transmission reaches several listeners at once."""

from __future__ import annotations

from simpy import Event

from sim.model.act import Act
from sim.model.caller import hang_up, take_phone
from sim.model.dialling import connect, failed, pause
from sim.model.mail import content, deliver, new_message
from sim.model.plan import Bound, Steps
from sim.model.pool import release
from sim.model.things import Message
from sim.model.transmission import arrives, give_up, lost, transmit
from sim.model.wires import any_down, between, carry


def broadcast(act: Act, step: Bound, recipients: list[str]) -> Steps:
    """Call all of them at once, again those who did not hear it, each of the rest singly.

    Every listener has a message of his own; the officer stands on the row of the first.  Returns
    the messages that were not given up, by listener.
    """
    world, key = act.world, step.data.channel
    channel = world.scenario.channels[key]
    everybody = {to: new_message(act, to) for to in recipients}
    for message in everybody.values():
        if step.data.await_ack is not None:
            message.awaited = Event(world.env)
    messages = dict(everybody)
    act.sending = list(messages.values())
    yield from _ask(act, step, messages)
    until = None if channel.give_up is None else world.now + channel.give_up
    for attempt in range(channel.tries):
        if attempt:
            if until is not None and world.now + channel.pause > until:
                break
            yield from pause(act, channel.pause)
        yield from _call(act, step, messages, until)
        act.sending = list(messages.values())
        if not messages:
            break
    if messages and channel.fallback:
        yield from pause(act, channel.switch)
    for to, message in messages.items():
        outcome = "given_up"
        if not channel.fallback:
            give_up(act, message, to)
        else:
            outcome = yield from transmit(act, step, message, channel.fallback, to)
        if outcome == "sent":
            deliver(world, message, to, act.last)
        elif outcome == "given_up":
            del everybody[to]
        act.sending = [m for m in act.sending if m is not message]
    act.sending = None
    hang_up(act)
    return everybody


def _ask(act: Act, step: Bound, messages: dict[str, Message]) -> Steps:
    """Ask for an officer, unless the procedure holds one."""
    act.doing = "waiting_person"
    for to, message in messages.items():
        names = {"report": message.report.id, "message": message.id, "kind": message.kind}
        extra = names | {"channel": step.data.channel}
        act.write("send", "asked", "", "", to, extra=extra)
    if act.held is not None or not step.pool:
        return
    to, message = next(iter(messages.items()))
    span, held_by = yield from take_phone(act, step)
    assert act.caller is not None
    act.caller.sends(message)
    names = {"report": message.report.id, "message": message.id, "kind": message.kind}
    act.write("send", "started", span, message.officer, to, held_by, names)


def _call(act: Act, step: Bound, messages: dict[str, Message], until: int | None) -> Steps:
    """Transmit once; take out of `messages` those who heard it (or nobody knows did not)."""
    world, key = act.world, step.data.channel
    channel, wires = world.scenario.channels[key], between(world, key, act.actor)
    line, reason, span = None, "", "waiting_channel"
    if channel.lines is not None or wires:
        line, reason = yield from connect(act, key, channel, "", wires, until)
    if not reason:
        act.doing = span = "transmission"
        seconds = act.sample(channel.time, f"{step.stream}/{key}/time")
        if not (yield from carry(world, wires, seconds)):
            reason = "outage"
    begun = act.last
    for to, message in list(messages.items()):
        act.last = begun
        why = reason or ("outage" if any_down(between(world, key, to)) else "")
        outcome = "failed" if why else arrives(act, step, message, key, channel, f">{to}")
        if outcome == "failed":
            failed(act, message, key, to, span, why or "dropped")
            continue
        extra = content(message) | {"channel": key}
        act.write("send", "ended", "transmission", message.officer, to, extra=extra)
        message.channel, message.acknowledged = key, channel.acknowledged
        del messages[to]
        if outcome == "lost":
            lost(act, message, key, to)
        else:
            deliver(world, message, to, act.last)
    if line is not None:
        release(line, act.last)
