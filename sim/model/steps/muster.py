"""The team gathers until it can leave; who is late follows; short of strength, it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.model.act import Act
from sim.model.crew import LATE, Crew, call_up, let_go
from sim.model.dispatching.orders import ask_again
from sim.model.journey import Journey
from sim.model.plan import Bound, Steps
from sim.model.pool import Member
from sim.model.steps._work import hold
from sim.model.things import Order
from sim.scenario.distributions import Constant
from sim.scenario.teams import NEVER, Team

Coming = list[tuple[int, str]]
"""(seconds after the muster began, person), the first to come first."""


def muster(act: Act, step: Bound) -> Steps:
    """Gather those who are called, until the minimum strength is there.

    Who is out with another team is not called.  On duty all others are there, and the step takes
    its time; off duty they come by the team's curve, which stands for the time of the step.  That
    too few can be called is known at once, that too few come when nobody comes any more.  Who
    stands by away from the base is together already.
    """
    team = act.world.scenario.teams.get(act.actor)
    if team is None:
        yield from hold(act, step, "mustering")
        return
    if act.world.crews[act.actor].left is not None:
        return  # it has been standing by, together
    called = call_up(act.world, act.actor)
    if len(called) < team.least:
        act.write("muster", "asked")
        _refuse(act, called, 0)
        return
    world, began, ready = act.world, act.world.now, 0
    present: Sequence[str] = called
    late: Coming = []
    curve = team.muster
    if curve and not any(world.members[act.actor].duty.shifts):
        coming = _arrivals(act, step, team, called)
        ready = coming[team.least - 1][0] if len(coming) >= team.least else curve.last
        present = [person for seconds, person in coming if seconds <= ready]
        late = [entry for entry in coming if entry[0] > ready and curve.late == "follow"]
        step = replace(step, time=Constant(ready))
    yield from hold(act, step, "mustering", result=lambda: {"persons": len(present)})
    if len(present) < team.least:
        _refuse(act, called, len(present))
        return
    crew, shared = world.crews[act.actor], world.plan.shared
    if present is not called:
        let_go(world, set(called).difference(present, (person for _, person in late)))
    crew.strength = len(present)
    crew.shared = [person for person in present if person in shared] if shared else []
    if late:
        world.called.update(person for _, person in late)
        thread = act.branch()
        thread.held = None  # the team goes on without them
        crew.late = thread
        world.running[thread] = None
        world.env.process(_follow(thread, crew, late, began + late[-1][0], crew.trip))


def _arrivals(act: Act, step: Bound, team: Team, called: Sequence[str]) -> Coming:
    """Return when each person comes who does come."""
    curve = team.muster
    if curve is None or not curve.drawn:
        times = [curve.seconds(k / len(called)) for k in range(1, len(called) + 1)] if curve else []
    else:
        times = [act.sample(curve, f"{step.stream}/present/{person}") for person in called]
    found = [entry for entry in zip(times, called, strict=True) if entry[0] < NEVER]
    return sorted(found, key=lambda entry: entry[0])


def _refuse(act: Act, called: Sequence[str], present: int) -> None:
    """Report to the office that the team cannot leave; the order goes to another team."""
    let_go(act.world, called)
    reason = {"reason": "short_of_strength", "persons": present}
    row = act.write("refused", object=act.matter.id, extra=reason)
    act.over = True
    if isinstance(act.matter, Order):
        ask_again(act.world, act.matter, act.actor, row)


def _follow(act: Act, crew: Crew, late: Coming, ready: int, trip: int) -> Steps:
    """Those who came late travel after the team on its `trip`, all together; they stay if it is
    back, also if it was called back in the instant in which it had mustered."""
    world = act.world
    persons = {"persons": len(late)}
    act.doing = "mustering"
    yield world.pause(ready - world.now)
    if crew.trip == trip:
        team = world.scenario.teams[act.actor]
        place = {"place": team.base}
        act.write("follow", "started", "mustering", act.matter.id, extra=persons | place)
        act.doing = "travel"
        party = Member(f"{act.actor}/{LATE}{trip + 1}", traits=team)
        world.places[party.id] = team.base
        journey = Journey(act, [party], act.matter.place, 1.0, persons)
        yield from journey.run("follow")
    else:
        reason = {"reason": "not_needed"}
        act.write("cancelled", "", "mustering", act.matter.id, extra=persons | reason)
    joined = crew.trip == trip
    shared = [person for _, person in late if joined and person in world.plan.shared]
    let_go(world, {person for _, person in late}.difference(shared))
    crew.shared += shared
    crew.strength += len(late) if joined else 0
    if crew.late is act:
        crew.late = None
    del world.running[act]
