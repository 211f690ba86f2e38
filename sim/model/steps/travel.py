"""Go to the site."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.convoy import about, go
from sim.model.crew import depart
from sim.model.dispatching.escort import accompany, call_escort, dismiss
from sim.model.dispatching.standby import stand_by
from sim.model.plan import Bound, Steps
from sim.model.things import Order, Trip


def travel(act: Act, step: Bound) -> Steps:
    """Travel to the place of the order or request."""
    crew = act.world.crews.get(act.actor)
    if crew is not None:
        depart(act)
    escort = None
    if step.data.escort and isinstance(act.matter, Trip):
        escort = yield from call_escort(act, step.data.escort, step.data.patience)
    yield from go(act, "travel", act.matter.place, step.data.factor, escort is not None)
    extra: dict[str, Any] = {"place": act.matter.place} | about(act)
    if crew is not None:
        extra["persons"] = crew.strength
    act.write("arrive", object=act.matter.id, extra=extra)
    if escort is not None:
        dismiss(act, escort)
    if isinstance(act.matter, Order) and act.matter.purpose == "standby":
        stand_by(act)
    elif isinstance(act.matter, Order) and act.matter.purpose == "escort":
        yield from accompany(act)
