"""Start another procedure of the same actor."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps


def start(act: Act, step: Bound) -> Steps:
    """Start the procedure on the same matter and go on at once."""
    world = act.world
    for group in world.plan.procedures[act.actor].values():
        for procedure in group:
            if procedure.key == step.data.procedure:
                world.start(act.actor, procedure, act.matter, act.last)
    yield from ()
