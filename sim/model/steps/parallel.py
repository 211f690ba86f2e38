"""Several branches at once."""

from __future__ import annotations

from simpy import Event

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import happen
from sim.model.world import perform


def parallel(act: Act, step: Bound) -> Steps:
    """Run the branches; the last one that is waited for is the cause of what follows."""
    until = step.data.until
    need = {"all": len(step.branches), "first": 1}.get(until, until)
    world = act.world
    joined = Event(world.env)
    through: list[int] = []

    def run(thread: Act, steps: tuple[Bound, ...]) -> Steps:
        yield from perform(thread, steps)
        del world.running[thread]
        through.append(thread.last)
        if len(through) == need:
            happen(joined, 0)  # goes on before an officer that it has freed is given away

    for steps in step.branches.values():
        thread = act.branch()
        world.running[thread] = None
        world.env.process(run(thread, steps))
    del world.running[act]
    yield joined
    world.running[act] = None
    act.last = through[need - 1]
