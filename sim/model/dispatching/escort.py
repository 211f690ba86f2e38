"""Teams that escort goods: ordered to the depot like to any site, with the goods from there on.

The order is the depot's, by the authority of its superior.  The team answers it by its own
procedure (alert, muster, travel) up to its arrival at the depot; till then a more urgent order may
redirect it, and the depot's order looks for another one.  When the goods have arrived it goes home
by its own way and is free there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simpy import Event

from sim.model.act import Act
from sim.model.convoy import about, go, home
from sim.model.dispatching.orders import new_order, place_order
from sim.model.plan import Steps


@dataclass(slots=True)
class Escort:
    """`met` happens, with the row, when the `team` is at the depot or nobody will come.

    `over` happens, with the row, when the goods have arrived.
    """

    met: Event
    over: Event
    team: str = ""


def call_escort(act: Act, skills: Sequence[str], patience: int | None) -> Steps:
    """Wait for a team at the depot; return its escort, None if no team is free in time."""
    world, trip, depot = act.world, act.matter, act.world.scenario.depots[act.actor]
    escort = Escort(Event(world.env), Event(world.env))
    act.doing = "waiting_escort"
    act.write("escort", "asked", "", trip.id, extra=about(act) | {"reason": " ".join(skills)})
    order = new_order(act, tuple(skills))
    order.sender, order.place = depot.superior or act.actor, depot.place
    order.purpose, order.escort = "escort", escort
    place_order(act, order, patience)
    row = yield escort.met
    if not escort.team:
        why = world.rows[row][-1] or {}
        extra = about(act) | {"reason": why.get("reason", "no_team")}
        act.write("given_up", "", "waiting_escort", trip.id, held_by=row, extra=extra)
        return None
    act.write("escort", "started", "waiting_escort", trip.id, escort.team, row, about(act))
    return escort


def dismiss(act: Act, escort: Escort) -> None:
    """The goods have arrived, and the team with them."""
    world = act.world
    world.places[escort.team] = world.places[act.matter.vehicles[0].id]
    row = act.write("escort", "ended", "", act.matter.id, escort.team, extra=about(act))
    escort.over.succeed(row)


def accompany(act: Act) -> Steps:
    """The team is at the depot: it goes with the goods, then home, and its procedure ends."""
    escort = act.matter.escort
    escort.team = act.actor
    escort.met.succeed(act.last)
    act.doing = "travel"
    act.last = yield escort.over
    act.over = True
    yield from go(act, "return", home(act), 1.0)
