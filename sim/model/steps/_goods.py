"""What the steps of a depot share: hands and machines, time by weight, goods that fall short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.supply.shelf import Lot, total
from sim.model.things import Consignment
from sim.scenario.distributions import Constant

TONNE = 1_000_000
"""Grams."""


def take(act: Act, pool: str, span: str, fits: Any = None) -> Steps:
    """Return a member of a pool, after waiting for one if need be; None where the pool is empty."""
    members = act.world.pools[pool].members
    if not members:
        return None
    act.doing = span
    grant = act.world.pools[pool].ask(act.priority, fits=fits)
    if grant.event is not None:
        act.write("wait", "started", "", pool)
        yield grant.event
        act.write("wait", "ended", span, grant.member.id, held_by=grant.held_by)
    return grant.member


def give_back(members: list[Member | None], row: int) -> None:
    """Release the members that were taken, the last one first."""
    for member in reversed(members):
        if member is not None:
            release(member, row)


def weight(act: Act, goods: dict[str, list[Lot]]) -> int:
    """Return the weight of goods in grams."""
    items = act.world.scenario.items
    return sum(items[item].weight * total(lots) for item, lots in goods.items())


def by_weight(act: Act, step: Bound, grams: int) -> Bound:
    """Return a step whose time is drawn, with its time per tonne on top."""
    per_tonne = step.data.per_tonne
    if not per_tonne:
        return step
    return replace(step, time=Constant(act.seconds(step) + int(per_tonne * grams / TONNE + 0.5)))


def wages(act: Act, begun: int) -> dict[str, Any]:
    """Return what the work of one of a depot's crew since a second costs, as a column."""
    depot = act.world.scenario.depots.get(act.actor)
    if depot is None or not depot.wage:
        return {}
    return {"yuan": depot.wage * (act.world.now - begun) / 3600, "reason": "wages"}


def tell(
    act: Act,
    activity: str,
    goods: Consignment,
    recipient: str,
    item: str,
    quantity: int,
    **more: Any,
) -> int:
    """Write what happened to one line of a consignment, for its own order and incident."""
    world, actor, last = act.world, act.actor, act.last
    rows, extra = world.rows, {"order": goods.order.id, "item": item, "quantity": quantity, **more}
    by = (activity, "", actor, recipient, goods.id, goods.incident, last, None, "", extra)
    rows.append((world.env._now, *by))
    act.last = last = len(rows) - 1
    return last


def tell_all(
    act: Act, activity: str, goods: Consignment, recipient: str, lines: dict[str, int]
) -> None:
    """Write what happened to lines of a consignment, each row caused by the one before."""
    world, rows, order, last = act.world, act.world.rows, goods.order.id, act.last
    head = (world.env._now, activity, "", act.actor, recipient, goods.id, goods.incident)
    for item, quantity in lines.items():
        extra = {"order": order, "item": item, "quantity": quantity}
        rows.append((*head, last, None, "", extra))
        last = len(rows) - 1
    act.last = last


def fall_short(act: Act, goods: Consignment, lines: dict[str, int], reason: str) -> None:
    """Refuse promised pieces that are still on the shelf, and let the order look elsewhere."""
    row = act.last
    for item, quantity in lines.items():
        act.world.shelves[goods.depot][item].unreserve(quantity)
        row = tell(act, "refused", goods, goods.sender, item, quantity, reason=reason)
    if goods.sourcing is not None:
        goods.sourcing.fall_short(lines, row)
