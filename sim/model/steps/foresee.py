"""See in time that another report will be late."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, BoundProcedure, Steps
from sim.model.world import perform


def foresee(act: Act, step: Bound) -> Steps:
    """Wait until the time to decide; say so and do the steps if the other one will be too late."""
    begun = act.world.now
    act.doing = "planned"
    act.write("wait", "started")
    if step.data.decide_at:
        yield act.world.pause(step.data.decide_at)
    act.write("wait", "ended", "planned")
    left = _left(act, step.data.procedure)
    if left is not None and act.world.now - begun + left > step.data.expected_after:
        act.write("foreseen")
        yield from perform(act, step.branches["steps"])


def _left(act: Act, name: str) -> float | None:
    """Return the mean time that is left of the actor's other procedure (s), None if through."""
    world, incident = act.world, act.matter.incident
    if (act.actor, name, incident) in world.finished:
        return None
    for other in world.running:
        if (other.actor, other.procedure.key, other.matter.incident) == (act.actor, name, incident):
            return _mean(other, other.procedure.steps[other.at :])
    for group in world.plan.procedures[act.actor].values():
        for procedure in group:
            if procedure.key == name:
                return _whole(act, procedure)
    return None


def _whole(act: Act, procedure: BoundProcedure) -> float:
    return _mean(act, procedure.steps)


def _mean(act: Act, steps: tuple[Bound, ...]) -> float:
    """Return the sum of mean times; of branches, the longest."""
    total = 0.0
    for step in steps:
        if step.time is not None:
            total += step.time.mean()
        elif step.data.kind == "send":
            total += act.world.scenario.channels[step.data.channel].time.mean()
        if step.branches:
            total += max(_mean(act, inner) for inner in step.branches.values())
    return total
