"""Is the post manned: video roll calls and unannounced inspections of duty offices."""

from __future__ import annotations

from collections.abc import Iterable

from sim.model.act import Act
from sim.model.officer import is_called
from sim.model.plan import BoundProcedure, Steps
from sim.model.pool import Member, Pool, release
from sim.model.things import Matter
from sim.model.world import World
from sim.scenario.checks_duty import posts
from sim.scenario.incidents import ANSWER_LIMIT, Inject
from sim.scenario.procedures import Event

PRIORITY = 1
"""A roll call is answered with the urgency of a ringing phone."""


def call_roll(world: World, key: str, inject: Inject, office: str, row: int) -> Steps:
    """Call an office until an officer of its post answers, at most `tries` times.

    Each call waits up to `limit` for an officer who is free.  Answering holds him for `time`;
    `persons` counts who is on duty at the post at that moment, free or not.
    """
    act = _thread(world, key, inject, office, row)
    pool = _pool(world, office, inject.post)
    world.running[act] = None
    act.doing = "waiting_person"
    reason = ""
    limit = ANSWER_LIMIT if inject.limit is None else inject.limit
    for attempt in range(inject.tries):
        act.write("roll_call", "asked", "", key)
        grant = pool.ask(PRIORITY, limit, fits=_on_site)
        if grant.event is not None:
            yield grant.event
        if not grant.gave_up:
            span = "waiting_person" if grant.event is not None else ""
            member = grant.member
            act.write("roll_call", "started", span, member.id, "", grant.held_by)
            act.doing = "answering"
            seconds = world.sampler.seconds(inject.time, f"{act.matter.line}/time", 0, attempt)
            if seconds:
                yield world.pause(seconds)
            release(member, act.write("roll_call", "ended", "answering", member.id))
            break
        reason = "officer_busy" if present(pool) else "nobody"
        act.write("try_failed", "", "waiting_person", key, extra={"reason": reason})
    else:
        act.write("missed", "", "", key, extra={"persons": present(pool), "reason": reason})
        del world.running[act]
        return
    act.write("answered", "", "", key, extra={"persons": present(pool)})
    del world.running[act]


def inspect(world: World, key: str, inject: Inject, office: str, row: int) -> None:
    """Look who is there: one row for every post of the office, against the roster."""
    act = _thread(world, key, inject, office, row)
    for post in posts(world.scenario, office) or ():
        pool = _pool(world, office, post)
        expected, there = rostered(world, pool.name), present(pool)
        extra: dict[str, object] = {"persons": there}
        if not there:
            extra["reason"] = "nobody"
        elif there < expected:
            extra["reason"] = "short"
        act.write("inspection", "", "", pool.name, extra=extra)


def present(pool: Pool) -> int:
    """Return how many persons of a post are on duty there, not on call elsewhere."""
    return sum(member.on_duty and _on_site(member) for member in pool.members)


def _on_site(member: Member) -> bool:
    return not is_called(member)


def rostered(world: World, post: str) -> int:
    """Return how many persons the roster puts at a post now, those on call not counted."""
    return len(set(_named(world, post)))


def _named(world: World, post: str) -> Iterable[str]:
    now = world.now
    for shift in world.plan.shifts:
        if shift.on_call or post not in shift.posts:
            continue
        if any(span.begin <= now < span.end for span in shift.spans(now)):
            yield from shift.members


def _pool(world: World, office: str, post: str) -> Pool:
    """Return the pool of a post, an empty one where nobody ever stands there."""
    name = f"{office}/{post}"
    return world.pools.setdefault(name, Pool(world.env, name))


def _thread(world: World, key: str, inject: Inject, office: str, row: int) -> Act:
    """Return a thread of the office that no procedure of its own has started."""
    line = f"inject/{key}/{office}"
    procedure = BoundProcedure(
        key=f"inject/{key}",
        on=Event(event="inject"),
        guard=(),
        pool="",
        hold=False,
        priority=PRIORITY,
        steps=(),
        priorities={},
        interruptible=False,
    )
    return Act(world, office, procedure, Matter(inject.incident or "", line), row)
