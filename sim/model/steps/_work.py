"""Take a person, spend the time, let go: what most steps of an office are."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from sim.model.act import Act
from sim.model.interruption import Work
from sim.model.officer import Dropped, is_called, pace, reach
from sim.model.plan import Bound, Steps
from sim.model.pool import Grant, Member, next_number, release


def hold(
    act: Act,
    step: Bound,
    span: str,
    alone: bool = False,
    patience: int | None = None,
    result: Callable[[], dict[str, Any]] | None = None,
    to: str = "",
) -> Steps:
    """Ask for an officer of the step's post, work for its time, release him.

    Writes asked, started (after waiting for a person, and ringing him up if he is on call) and
    ended (after `span`); each time the work is taken from him interrupted (after `span`) and
    resumed.  Who is held by the whole procedure (a team, an officer) does it himself; `alone`
    takes nobody.  `result` gives further columns of the ended row; it is asked when the work is
    done; `to` is the recipient on these rows.  Returns whether it was done: false if the one who
    asked lost patience.
    Raises `Dropped` if it was interrupted and is not taken up again.
    """
    activity = step.data.activity
    act.doing = "waiting_person"
    act.write(activity, "asked", recipient=to)
    member = act.held
    if member is not None or not step.pool or alone:
        act.write(activity, "started", "", member.id if member else "", to)
        act.doing = span
        seconds = act.seconds(step)
        if seconds and member is not None and not alone and not act.world.plan.plain:
            seconds = int(seconds * pace(act, member) + 0.5)
        if seconds:
            yield act.world.pause(seconds)
        found = result() if result else None
        act.write(activity, "ended", span, member.id if member else "", to, extra=found)
        return True
    world = act.world
    procedure = act.procedure
    priority = act.priority if procedure.priorities else procedure.priority
    usual = world.plan.plain and not procedure.interruptible
    first = None if usual else (world.now, next_number(world.env))
    grant = world.pools[step.pool].ask(priority, patience, first=first)
    if grant.event is None and (usual or grant.member.duty.post is None):
        member = grant.member
        act.write(activity, "started", "", member.id, to)
    else:
        member = yield from _taken(act, step, grant, "started", to)
        if member is None:
            return False
    act.doing = span
    seconds = act.seconds(step)
    if seconds:
        if first is not None and (procedure.interruptible or member.duty.post is not None):
            member = yield from _spend(act, step, span, member, seconds, priority, first, to)
        else:
            yield world.pause(seconds)
    found = result() if result else None
    release(member, act.write(activity, "ended", span, member.id, to, extra=found))
    return True


def _taken(act: Act, step: Bound, grant: Grant, phase: str, to: str) -> Steps:
    """Wait for a grant and ring up who is on call; return the officer, None without patience."""
    waited = grant.event is not None
    if waited:
        if grant.event.callbacks is not None:  # type: ignore[union-attr]
            yield grant.event
        if grant.gave_up:
            return None
    member = grant.member
    held_by = grant.held_by
    if is_called(member):
        if waited:
            act.write("wait", "ended", "waiting_person", member.id, "", held_by)
        yield from reach(act, member, step.stream)
        waited, held_by = True, None
    span = "waiting_person" if waited else ""
    act.write(step.data.activity, phase, span, member.id, to, held_by)
    return member


def _spend(
    act: Act,
    step: Bound,
    span: str,
    member: Member,
    seconds: int,
    priority: int,
    first: tuple[int, int],
    to: str,
) -> Steps:
    """Work that may be taken from the officer; return the one who ends it, still busy."""
    world, activity = act.world, step.data.activity
    left = seconds

    def interrupted(reason: str) -> int:
        act.doing = "waiting_person"
        return act.write(activity, "interrupted", span, member.id, to, extra={"reason": reason})

    def again(reason: str) -> Grant | None:
        if step.data.interrupted == "drop" and not _handed_over(member, reason):
            return None
        return world.pools[step.pool].ask(priority, first=first)

    while True:
        factor = pace(act, member)
        gives_way = priority if act.procedure.interruptible else -inf
        work = Work(world.env, member, int(left * factor + 0.5), gives_way, interrupted, again)
        work.begin()
        yield work.timer
        if work.stopped is None:
            work.done()
            return member
        if work.grant is None:
            act.write("cancelled", extra={"reason": work.reason})
            raise Dropped
        if step.data.interrupted == "restart" and not _handed_over(member, work.reason):
            left = seconds
        else:
            left -= int((work.stopped - work.begun) / factor + 0.5)
        member = yield from _taken(act, step, work.grant, "resumed", to)
        act.doing = span


def _handed_over(member: Member, reason: str) -> bool:
    """Return whether the work was handed over at the end of a shift: then the rest remains."""
    return reason == "off_shift" and member.duty.post.at_end == "hand_over"
