"""Getting a message through: lines, tries, redialling, fallbacks."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.calls import ring
from sim.model.mail import content
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.things import Message
from sim.model.wires import Wire, carry, lines
from sim.scenario.channels import Channel


def transmit(act: Act, step: Bound, message: Message, first: str, recipient: str) -> Steps:
    """Try the channel and its fallbacks; return how it ended: sent, lost or given up.

    Every failed try is a row; so is the end.
    """
    channels = act.world.scenario.channels
    key: str | None = first
    tried: list[str] = []
    while key and key not in tried:
        tried.append(key)
        channel = channels[key]
        until = None if channel.give_up is None else act.world.now + channel.give_up
        for attempt in range(channel.tries):
            if attempt:
                if until is not None and act.world.now + channel.pause > until:
                    break
                yield from pause(act, channel.pause)
            outcome = yield from _try(act, step, message, key, channel, recipient, until)
            if outcome != "failed":
                return outcome
        key = channel.fallback
        if key and key not in tried:
            yield from pause(act, channel.switch)
    give_up(act, message, recipient)
    return "given_up"


def pause(act: Act, seconds: int) -> Steps:
    """Wait before dialling again, or while changing to another means."""
    act.doing = "waiting_channel"
    if seconds:
        yield act.world.pause(seconds)
        act.write("wait", "ended", "waiting_channel")


def give_up(act: Act, message: Message, recipient: str, reason: str = "") -> None:
    """Write that the sender gives up; the message, unless an earlier copy has arrived."""
    extra = {"message": message.id, "report": message.report.id}
    if message.arrived:
        del extra["message"]
    if reason:
        extra["reason"] = reason
    act.write("given_up", "", "", "" if reason else message.officer, recipient, extra=extra)


def _try(
    act: Act,
    step: Bound,
    message: Message,
    key: str,
    channel: Channel,
    recipient: str,
    until: int | None,
) -> Steps:
    world = act.world
    wire = world.wires.get(key)
    line, reason = None, ""
    message.call = None
    if channel.lines is not None or wire is not None:
        line, reason = yield from connect(act, key, channel, recipient, wire, until)
        if reason:
            failed(act, message, key, recipient, "waiting_channel", reason, line)
            return "failed"
    if channel.rings and world.plan.procedures.get(recipient, {}).get("arrived"):
        assert channel.ring is not None
        told = {"message": message.id, "channel": key}
        if not (yield from ring(act, message, told, channel.ring, wire, recipient)):
            reason = message.call.reason
            failed(act, message, key, recipient, "waiting_person", reason, line)
            return "failed"
    act.doing = "transmission"
    seconds = act.sample(channel.time, f"{step.stream}/{key}/time")
    whole = yield from carry(world, wire, seconds)
    outcome = arrives(act, step, message, key, channel) if whole else "failed"
    if outcome == "failed":
        reason = "dropped" if whole else "outage"
        failed(act, message, key, recipient, "transmission", reason, line)
        return "failed"
    _sent(act, message, key, channel, recipient)
    if line is not None:
        release(line, act.last)
    if outcome == "lost":
        lost(act, message, key, recipient)
    return outcome


def connect(
    act: Act, key: str, channel: Channel, recipient: str, wire: Wire | None, until: int | None
) -> Steps:
    """Get a line; return (the line or None, why there is none or why it is dead)."""
    waits = channel.during_outage == "wait"
    if wire is not None and not waits:
        if wire.down:
            return None, "outage"
        if channel.lines is None:
            return None, ""
    act.doing = "waiting_channel"
    patience = channel.patience
    if until is not None:
        left = until - act.world.now
        patience = left if patience is None else min(patience, left)
    pool = lines(act.world, key, channel, recipient)
    grant = pool.ask(act.priority, patience)
    if grant.event is not None:
        yield grant.event
        if grant.gave_up:
            return None, "outage" if wire is not None and wire.down else "busy"
        held_by = grant.held_by
        act.write("wait", "ended", "waiting_channel", grant.member.id, held_by=held_by)
    line: Member = grant.member
    if channel.lines is None:
        release(line, line.freed_by)  # type: ignore[arg-type]  # freed by the end of the outage
        return None, ""
    return line, "outage" if wire is not None and wire.down else ""


def failed(
    act: Act,
    message: Message,
    key: str,
    recipient: str,
    span: str,
    reason: str,
    line: Member | None = None,
) -> None:
    """Write a failed try; hang up and free the line."""
    extra = {"message": message.id, "channel": key, "reason": reason}
    row = act.write("try_failed", "", span, "", recipient, extra=extra)
    if message.call is not None and not message.call.reason:
        message.call.hang_up(row, reason)
    if line is not None:
        release(line, row)


def arrives(
    act: Act, step: Bound, message: Message, key: str, channel: Channel, whose: str = ""
) -> str:
    """Return sent, failed (dropped and noticed) or lost (dropped, and nobody noticed).

    On a live call everybody notices.  `whose` sets apart the listeners of a talk group.
    """
    if channel.dropped:
        name = f"{step.stream}/{key}/dropped{whose}@{message.line}"
        attempt = act.world.attempt(name, message.number)
        if act.world.sampler.happens(channel.dropped, name, message.number, attempt):
            return "failed" if channel.acknowledged or message.call is not None else "lost"
    return "sent"


def _sent(act: Act, message: Message, key: str, channel: Channel, recipient: str) -> None:
    extra = content(message) | {"channel": key}
    act.write("send", "ended", "transmission", message.officer, recipient, extra=extra)
    message.channel = key
    message.acknowledged = channel.acknowledged


def lost(act: Act, message: Message, key: str, recipient: str) -> None:
    """Write a loss that nobody notices; who awaits an acknowledgement will send again."""
    extra = {"message": message.id, "channel": key}
    if message.awaited is None:
        act.write("lost", "", "", "", recipient, extra=extra)
    else:
        act.write("try_failed", "", "", "", recipient, extra=extra | {"reason": "lost"})
