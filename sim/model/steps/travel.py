"""Go to the site."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.convoy import go
from sim.model.crew import depart
from sim.model.plan import Bound, Steps


def travel(act: Act, step: Bound) -> Steps:
    """Travel to the place of the order or request."""
    crew = act.world.crews.get(act.actor)
    if crew is not None:
        depart(act)
    yield from go(act, "travel", act.matter.place, step.data.factor)
    extra: dict[str, Any] = {"place": act.matter.place}
    if crew is not None:
        extra["persons"] = crew.strength
    act.write("arrive", object=act.matter.id, extra=extra)
