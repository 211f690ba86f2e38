"""Shifts begin and end: members come on duty and go off."""

from __future__ import annotations

from sim.model.plan import Steps
from sim.model.pool import Member, come_on_duty
from sim.model.shifts import Shift
from sim.model.things import Matter
from sim.model.world import World


def begin_shifts(world: World, until: int) -> None:
    """Make every person and team a member of its pools and follow its calendar."""
    boundaries: list[tuple[int, int, int, Shift, int]] = []
    for order, shift in enumerate(world.plan.shifts):
        for name in shift.members:
            member = world.members.setdefault(name, Member(name, on_duty=False))
            for post in shift.posts:
                world.pools[post].add(member)
        for begin, end in shift.spans(until):
            if begin <= 0:
                _begin(world, shift, end)
            else:
                boundaries.append((begin, 1, order, shift, end))
            if end <= until:
                boundaries.append((end, 0, order, shift, end))
    boundaries.sort(key=lambda b: b[:3])
    if boundaries:
        world.env.process(_follow(world, boundaries))


def _follow(world: World, boundaries: list[tuple[int, int, int, Shift, int]]) -> Steps:
    """At one instant, shifts end before others begin."""
    for time, begins, _, shift, end in boundaries:
        if time > world.now:
            yield world.pause(time - world.now)
        if begins:
            _begin(world, shift, end)
        else:
            _write(world, "shift_end", shift, None)
            for name in shift.members:
                world.members[name].on_duty = False


def _begin(world: World, shift: Shift, end: int) -> None:
    row = _write(world, "shift_begin", shift, end)
    for name in shift.members:
        come_on_duty(world.members[name], row)
    if world.plan.procedures.get(shift.actor, {}).get("shift"):
        matter = Matter("", f"{shift.actor}/{shift.posts[0]}/shift", kind=shift.name)
        matter.number = world.born(matter.line)
        world.happens("shift", shift.actor, matter, row)


def _write(world: World, activity: str, shift: Shift, until: int | None) -> int:
    extra = {"persons": len(shift.members), "reason": shift.name}
    if until is not None:
        extra["until"] = until
    posts = " ".join(shift.posts)
    world.rows.append((world.now, activity, "", shift.actor, "", posts, "", None, None, "", extra))
    return len(world.rows) - 1
