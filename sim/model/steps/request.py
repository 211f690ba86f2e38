"""Ask for supplies, from one source after the other."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._sourcing import Sourcing
from sim.model.things import Message, Need, SupplyOrder
from sim.model.world import World


def request(act: Act, step: Bound) -> Steps:
    """Make the order, or take over the one at hand, and look for sources."""
    matter = act.matter
    lines = dict(step.data.items)
    if isinstance(matter, Message) and isinstance(matter.report.request, SupplyOrder):
        order, lines = matter.report.request, dict(matter.report.lines)
    else:
        if isinstance(matter, Need) and not lines:
            lines = dict(matter.lines)
        order = _new_order(act, step, lines)
    if lines:
        yield from Sourcing(act, step, order, lines).run(act)


def _new_order(act: Act, step: Bound, lines: dict[str, int]) -> SupplyOrder:
    """Return a new order, and write what it asks for."""
    world, matter = act.world, act.matter
    recipient = step.data.to or (matter.recipient if isinstance(matter, Need) else "")
    if isinstance(matter, Need) and matter.lines:
        line, number, recipient = matter.line, matter.number, matter.recipient
        for item, quantity in matter.lines.items():  # on order since the office was told of it
            world.shelf(recipient, item).on_order -= quantity
        matter.lines = {}
    else:
        line = f"{matter.line}/{act.actor}/request"
        if matter.incident:
            line = f"incident/{matter.incident}/{act.actor}/request"
        number = world.born(line)
    incident = world.scenario.incidents[matter.incident].place if matter.incident else ""
    place = place_of(world, recipient) or matter.place or incident
    order = SupplyOrder(f"{line}-{number + 1}", matter.incident, line, number, place, recipient)
    for item, quantity in lines.items():
        extra = {"order": order.id, "item": item, "quantity": quantity, "place": place}
        act.write("supply_order", "", "", order.id, recipient, extra=extra)
        if recipient in world.shelves:
            world.shelf(recipient, item).on_order += quantity
    return order


def place_of(world: World, actor: str) -> str:
    """Return where an actor stands, or an empty text for nobody."""
    if not actor:
        return ""
    scenario = world.scenario
    sections: tuple[dict[str, Any], ...] = (scenario.shelters, scenario.offices, scenario.depots)
    for section in sections:
        if actor in section:
            return str(section[actor].place or "")
    return world.places.get(actor, "")
