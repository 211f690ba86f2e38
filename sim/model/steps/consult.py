"""Several offices judge a situation together."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._meeting import Seats, gather, part, sit_down


def consult(act: Act, step: Bound) -> Steps:
    """Call the others in, wait for the last of them, talk, agree on a level."""
    world, data = act.world, step.data
    act.write("consult", "asked")
    there: Seats = []
    yield from sit_down(act, step, step.pool, None, there)
    yield from gather(act, step, data.with_, there)
    act.doing = "consulting"
    seconds = act.seconds(step)
    if seconds:
        yield world.pause(seconds)
    act.dossier.heed(data.warning, world.now)
    part(step, there, "consulting")
