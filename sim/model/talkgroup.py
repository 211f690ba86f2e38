"""A talk group: one transmission reaches several listeners at once."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dialling import connect, failed, pause
from sim.model.mail import content, deliver, new_message
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.things import Message
from sim.model.transmission import arrives, give_up, lost, transmit
from sim.model.wires import any_down, between, carry


def broadcast(act: Act, step: Bound, recipients: list[str]) -> Steps:
    """Call all of them at once, again those who did not hear it, each of the rest singly.

    Every listener has a message of his own; the officer stands on the row of the first.
    """
    messages = {to: new_message(act, to) for to in recipients}
    act.sending = list(messages.values())
    officer = yield from _ask(act, step, messages)
    key = step.data.channel
    channel = act.world.scenario.channels[key]
    for attempt in range(channel.tries):
        if attempt:
            yield from pause(act, channel.pause)
        yield from _call(act, step, messages)
        act.sending = list(messages.values())
        if not messages:
            break
    if messages and channel.fallback:
        yield from pause(act, channel.switch)
    for to, message in messages.items():
        if not channel.fallback:
            give_up(act, message, to)
        elif (yield from transmit(act, step, message, channel.fallback, to)) == "sent":
            deliver(act.world, message, to, act.last)
        act.sending = [m for m in act.sending if m is not message]
    act.sending = None
    if officer is not None:
        release(officer, act.last)


def _ask(act: Act, step: Bound, messages: dict[str, Message]) -> Steps:
    """Ask for an officer; return him, unless the procedure holds one."""
    act.doing = "waiting_person"
    for to, message in messages.items():
        names = {"report": message.report.id, "message": message.id, "kind": message.kind}
        extra = names | {"channel": step.data.channel}
        act.write("send", "asked", "", "", to, extra=extra)
    if act.held is not None or not step.pool:
        return None
    to, message = next(iter(messages.items()))
    grant = act.ask(step.pool)
    if grant.event is not None:
        yield grant.event
    member: Member = grant.member
    message.officer = member.id
    names = {"report": message.report.id, "message": message.id, "kind": message.kind}
    span = "waiting_person" if grant.event is not None else ""
    act.write("send", "started", span, member.id, to, grant.held_by, names)
    return member


def _call(act: Act, step: Bound, messages: dict[str, Message]) -> Steps:
    """Transmit once; take out of `messages` those who heard it (or nobody knows did not)."""
    world, key = act.world, step.data.channel
    channel, wires = world.scenario.channels[key], between(world, key, act.actor)
    line, reason, span = None, "", "waiting_channel"
    if channel.lines is not None or wires:
        line, reason = yield from connect(act, key, channel, "", wires, None)
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
