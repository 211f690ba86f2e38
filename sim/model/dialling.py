"""Getting through: lines, tries, redialling, fallbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model.act import Act
from sim.model.caller import wait_for_line, wait_to_dial
from sim.model.calls import ring
from sim.model.plan import Steps
from sim.model.pool import Member, Pool, release
from sim.model.things import Matter, Message
from sim.model.wires import Wire, any_down, between, door, lines
from sim.scenario.channels import Channel

Try = Callable[[str, Channel, int | None], Steps]
"""One try over a channel, with the second after which no line is waited for; returns how it
ended, `failed` if another one may follow."""


def get_through(act: Act, first: str, attempt: Try, talk: bool = False) -> Steps:
    """Try the channel and its fallbacks; return how the last try ended.

    Who wants to `talk` does not fall back on what is only read.
    """
    channels = act.world.scenario.channels
    key: str | None = first
    tried: list[str] = []
    while key:
        tried.append(key)
        channel = channels[key]
        until = None if channel.give_up is None else act.world.now + channel.give_up
        for number in range(channel.tries):
            if number:
                if until is not None and act.world.now + channel.pause > until:
                    break
                yield from pause(act, channel.pause)
            outcome = yield from attempt(key, channel, until)
            if outcome != "failed":
                return outcome
        key = channel.fallback
        if key in tried or (key and talk and not channels[key].talks):
            key = None
        if key:
            yield from pause(act, channel.switch)
    return "failed"


def pause(act: Act, seconds: int) -> Steps:
    """Wait before dialling again, or while changing to another means."""
    due = act.world.now + seconds
    while act.world.now < due:
        act.doing = "waiting_channel"
        if (yield from wait_to_dial(act, due - act.world.now)):
            act.write("wait", "ended", "waiting_channel")


def dial(
    act: Act, matter: Matter, key: str, channel: Channel, recipient: str, until: int | None
) -> Steps:
    """Get a line and let it ring; return (the line or None, whether one can talk or send)."""
    world = act.world
    wires = between(world, key, act.actor, recipient)
    line, reason, span = None, "", "waiting_channel"
    matter.call = None
    if channel.lines is not None or wires:
        line, reason = yield from connect(act, key, channel, recipient, wires, until)
    if not reason and channel.rings and world.plan.procedures.get(recipient, {}).get("arrived"):
        assert channel.ring is not None
        span, told = "waiting_person", _names(matter) | {"channel": key}
        if not (yield from ring(act, matter, told, channel.ring, wires, recipient)):
            reason = matter.call.reason
    if reason:
        failed(act, matter, key, recipient, span, reason, line)
        return None, False
    return line, True


def connect(
    act: Act,
    key: str,
    channel: Channel,
    recipient: str,
    wires: tuple[Wire, ...],
    until: int | None,
) -> Steps:
    """Get a line; return (the line or None, why there is none or why it is dead)."""
    world = act.world
    waits = channel.during_outage == "wait"
    if wires and not waits:
        if any_down(wires):
            return None, "outage"
        if channel.lines is None:
            return None, ""
    patience = channel.patience
    for wire in wires:
        if wire.office and wire.down:
            member = yield from _queue(act, door(world, wire), patience, until)
            if member is None:
                return None, "outage"
            release(member, member.freed_by)
    member = yield from _queue(act, lines(world, key, channel, recipient), patience, until)
    if member is None:
        return None, "outage" if any_down(wires) else "busy"
    if channel.lines is None:
        release(member, member.freed_by)  # freed by the end of the outage
        return None, ""
    return member, "outage" if any_down(wires) else ""


def _queue(act: Act, pool: Pool, patience: int | None, until: int | None) -> Steps:
    """Wait for a line, no longer than `patience` and `until`; return it, or None."""
    now = act.world.now
    ends = [t for t in (until, None if patience is None else now + patience) if t is not None]
    while True:
        act.doing = "waiting_channel"
        left = max(0, min(ends) - act.world.now) if ends else None
        grant = pool.ask(act.priority, left)
        if grant.event is None:
            return grant.member
        if (yield from wait_for_line(act, grant)):
            break
    if grant.gave_up:
        return None
    act.write("wait", "ended", "waiting_channel", grant.member.id, held_by=grant.held_by)
    return grant.member


def failed(
    act: Act,
    matter: Matter,
    key: str,
    recipient: str,
    span: str,
    reason: str,
    line: Member | None = None,
) -> None:
    """Write a failed try; hang up and free the line."""
    extra = _names(matter) | {"channel": key, "reason": reason}
    row = act.write("try_failed", "", span, "", recipient, extra=extra)
    if matter.call is not None and not matter.call.reason:
        matter.call.hang_up(row, reason)
    if line is not None:
        release(line, row)


def _names(matter: Matter) -> dict[str, Any]:
    return {"message": matter.id} if isinstance(matter, Message) else {}
