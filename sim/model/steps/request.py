"""Ask a depot for supplies."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.response import executes
from sim.model.steps._work import hold
from sim.model.things import Supply
from sim.model.world import World


def request(act: Act, step: Bound) -> Steps:
    """Ask the depot; it is told when the request has been written."""
    yield from hold(act, step, "deciding")
    world, data = act.world, step.data
    incident = act.matter.incident
    line = f"incident/{incident}/{act.actor}/request"
    number = world.born(line)
    supply = Supply(
        incident,
        line,
        number,
        sender=act.actor,
        id=f"{line}-{number + 1}",
        place=_place(world, data.to) or world.scenario.incidents[incident].place,
        recipient=data.to or "",
        items=dict(data.items),
    )
    executes(act)
    for item, quantity in supply.items.items():
        row = act.write(
            "request", "", "", supply.id, data.depot, extra={"item": item, "quantity": quantity}
        )
    world.happens("requested", data.depot, supply, row)


def _place(world: World, actor: str | None) -> str:
    """Return where an actor stands, or an empty text for nobody."""
    if not actor:
        return ""
    scenario = world.scenario
    sections: tuple[dict[str, Any], ...] = (scenario.shelters, scenario.offices, scenario.depots)
    for section in sections:
        if actor in section:
            return str(section[actor].place or "")
    return world.places.get(actor, "")
