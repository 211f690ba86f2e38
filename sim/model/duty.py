"""Shifts begin and end: members come on duty and go off.

At the end of its hours a shift takes nothing new; it leaves then, or after its minutes of
handover.  When it leaves, work under way goes by the rule of the post: finished by the one who
leaves, or taken from him (`hand_over`, `pre_empt`) and asked for again, with the first time of
asking, before the next shift begins at that instant.  Work that ends in that very second is
done.  Who begins another shift at the same instant keeps his work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from sim.model.plan import Steps
from sim.model.pool import Member, come_on_duty, release
from sim.model.shifts import Shift, Span
from sim.model.things import Matter
from sim.model.world import World
from sim.scenario.people import Post


class Duty:
    """The duty of one member: the post of his present shift and when he began it.

    `post` is None where it asks for nothing out of the ordinary (the usual case, and fast).
    `shifts` are the names of those he is in now, `resting` is true in a break.
    """

    __slots__ = ("on_call", "post", "resting", "shifts", "since")

    def __init__(self) -> None:
        self.shifts: list[str] = []
        self.resting = False
        self.since = 0
        self.post: Post | None = None
        self.on_call = False


class Boundary(NamedTuple):
    """Something happens to a shift; at one instant ends (rank 0) come before begins (1)."""

    time: int
    rank: int
    order: int
    shift: Shift
    act: Callable[[World, Shift, Span], None]
    span: Span


def begin_shifts(world: World, until: int) -> None:
    """Make every person and team a member of its pools and follow its calendar."""
    boundaries: list[Boundary] = []
    for order, shift in enumerate(world.plan.shifts):
        for name in shift.members:
            member = world.members.setdefault(name, Member(name, on_duty=False))
            member.duty = member.duty or Duty()
            for pool in (world.pools[post] for post in shift.posts):
                if pool not in member.views:
                    pool.add(member)
        for span in shift.spans(until):
            for boundary in _boundaries(order, shift, span):
                if boundary.time <= 0:
                    boundary.act(world, shift, span)
                elif boundary.time <= until:
                    boundaries.append(boundary)
    boundaries.sort(key=lambda b: b[:3])
    if boundaries:
        world.env.process(_follow(world, boundaries))


def _boundaries(order: int, shift: Shift, span: Span) -> Iterator[Boundary]:
    yield Boundary(span.begin, 1, order, shift, _begin, span)
    for begin, end in span.breaks:
        if end <= 0:
            continue
        yield Boundary(begin, 0, order, shift, partial(_break, until=end), span)
        if end < span.end:
            yield Boundary(end, 1, order, shift, _break_over, span)
    yield Boundary(span.end, 0, order, shift, _end, span)
    if span.handover:
        yield Boundary(span.end + span.handover, 0, order, shift, _leave, span)


def _follow(world: World, boundaries: list[Boundary]) -> Steps:
    """At one instant, shifts end before others begin."""
    for boundary in boundaries:
        if boundary.time > world.now:
            yield world.pause(boundary.time - world.now)
        boundary.act(world, boundary.shift, boundary.span)


def _begin(world: World, shift: Shift, span: Span) -> None:
    row = _write(world, "shift_begin", shift, span.end + span.handover)
    for name in shift.members:
        member = world.members[name]
        duty = member.duty
        duty.shifts.append(shift.name)
        duty.resting = False
        duty.post = None if shift.post.is_plain else shift.post
        duty.since, duty.on_call = span.begin, shift.on_call
        come_on_duty(member, row)
    if not shift.on_call and world.plan.procedures.get(shift.actor, {}).get("shift"):
        matter = Matter("", f"{shift.actor}/{shift.posts[0]}/shift", kind=shift.name)
        matter.number = world.born(matter.line)
        world.happens("shift", shift.actor, matter, row)


def _end(world: World, shift: Shift, span: Span) -> None:
    """The hours are over: nothing new."""
    for name in shift.members:
        member = world.members[name]
        member.duty.shifts.remove(shift.name)
        member.on_duty = bool(member.duty.shifts) and not member.duty.resting
    if not span.handover:
        _leave(world, shift, span)


def _leave(world: World, shift: Shift, span: Span) -> None:
    """The shift leaves; its work under way goes by the rule of the post."""
    _write(world, "shift_end", shift, None)
    if shift.post.at_end == "finish":
        return
    for name in shift.members:
        member = world.members[name]
        work = member.work
        if member.duty.shifts or work is None or work.is_ending or _goes_on(world, shift):
            continue
        work.stop("off_shift")
        release(member, work.row)
        work.ask_again()


def _goes_on(world: World, shift: Shift) -> bool:
    """Return whether the same shift begins again at this very instant."""
    return any(span.begin == world.now for span in shift.spans(world.now))


def _break(world: World, shift: Shift, span: Span, until: int) -> None:
    _write(world, "break_begin", shift, until)
    for name in shift.members:
        member = world.members[name]
        member.duty.resting = True
        member.on_duty = False


def _break_over(world: World, shift: Shift, span: Span) -> None:
    row = _write(world, "break_end", shift, None)
    for name in shift.members:
        member = world.members[name]
        member.duty.resting = False
        if member.duty.shifts:
            come_on_duty(member, row)


def _write(world: World, activity: str, shift: Shift, until: int | None) -> int:
    extra = {"persons": len(shift.members), "reason": shift.name}
    if until is not None:
        extra["until"] = until
    if shift.on_call:
        extra["note"] = "on_call"
    posts = " ".join(shift.posts)
    world.rows.append((world.now, activity, "", shift.actor, "", posts, "", None, None, "", extra))
    return len(world.rows) - 1
