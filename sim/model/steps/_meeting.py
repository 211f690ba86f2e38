"""Officers of several offices come together: a consultation, a handover of command."""

from __future__ import annotations

from collections.abc import Iterable

from simpy import Event

from sim.model.act import Act
from sim.model.officer import is_called, reach
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, Pool, release

Seats = list[tuple[Act, Member]]
"""Who is there: each office's thread and its officer, the host first, then as they came."""


def sit_down(thread: Act, step: Bound, pool: str, patience: int | None, there: Seats) -> Steps:
    """Send an officer (who is on call is rung up first), or give up."""
    pools = thread.world.pools
    thread.doing = "waiting_person"
    member, held_by, span = thread.held, None, ""
    if member is None:
        if pool not in pools:  # a post that nobody ever holds
            pools[pool] = Pool(thread.world.env, pool)
        grant = thread.ask(pool, patience)
        if grant.event is not None:
            span = "waiting_person"
            yield grant.event
            if grant.gave_up:
                thread.write("given_up", "", span, extra={"reason": "patience"})
                return
        member, held_by = grant.member, grant.held_by
        if is_called(member):
            if span:
                thread.write("wait", "ended", span, member.id, "", held_by)
            yield from reach(thread, member, f"{step.stream}/{thread.actor}")
            span, held_by = "waiting_person", None
    thread.doing = "waiting_others"
    thread.write(step.data.kind, "started", span, member.id, "", held_by)
    there.append((thread, member))


def gather(act: Act, step: Bound, offices: Iterable[str], there: Seats) -> Steps:
    """Wait until each of the other offices has sent somebody of `post` or given up.

    The last one to do so is the cause of the host's next row, and what held up the others.
    """
    world, data = act.world, step.data
    guests = [office for office in dict.fromkeys(offices) if office != act.actor]
    joined = Event(world.env)
    settled: list[int] = []

    def come(thread: Act) -> Steps:
        yield from sit_down(thread, step, f"{thread.actor}/{data.post}", data.patience, there)
        settled.append(thread.last)
        if len(settled) == len(guests):
            joined.succeed()

    threads = [Act(world, office, act.procedure, act.matter, act.last) for office in guests]
    for thread in threads:
        world.running[thread] = None
        world.env.process(come(thread))
    if not guests:
        return
    yield joined
    for thread, member in there[1:]:
        if thread.last != settled[-1]:
            thread.write("wait", "ended", "waiting_others", member.id, "", settled[-1])
    for thread in threads:
        del world.running[thread]
    act.last = settled[-1]
    act.write("wait", "ended", "", there[0][1].id)


def part(step: Bound, there: Seats, span: str) -> None:
    """Write the end for everybody, the host last; let the officers go."""
    for thread, member in reversed(there):
        ended = thread.write(step.data.kind, "ended", span, member.id)
        if thread.held is None:
            release(member, ended)
