"""The team takes the order and turns out."""

from __future__ import annotations

from dataclasses import replace

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def alert(act: Act, step: Bound) -> Steps:
    """The team takes the order and turns out, in the time of its present shift if it has one."""
    team = act.world.scenario.teams.get(act.actor)
    if team is not None and team.turnout:
        shifts = act.world.members[act.actor].duty.shifts
        times = [team.turnout[name] for name in shifts if name in team.turnout]
        step = replace(step, time=times[0]) if times else step
    return hold(act, step, "mustering")
