"""One drill from its first second to `until`."""

from __future__ import annotations

from typing import Any

from sim.log.rows import Row
from sim.model.act import Act
from sim.model.background import play_background
from sim.model.closures import play_closures
from sim.model.crew import Crew
from sim.model.duty import begin_shifts
from sim.model.garbage import no_collection
from sim.model.happenings import play_clock, play_incidents, play_injects
from sim.model.head import write_head
from sim.model.numbers import Sampler
from sim.model.plan import Plan
from sim.model.pool import Member, Pool
from sim.model.site import close_tasks
from sim.model.stops import Logbook
from sim.model.supply.stocking import shelf_of
from sim.model.supply.upkeep import keep_stocks
from sim.model.things import Consignment, Message, Order, Trip
from sim.model.wires import lay_wires, play_outages
from sim.model.world import World


def simulate(plan: Plan, sampler: Sampler, until: int) -> list[Row]:
    """Run one replication and return its rows, in the order in which they were written.

    `until` is the last second of the record (from the scenario's start): what happens at
    that very second is still recorded.  The caller computes it from the horizon and the
    longest limit of the rule packs in use; the model knows neither.
    """
    with no_collection():
        world = run_world(plan, sampler, until)
        rows = world.rows
        vars(world).clear()  # who still waits keeps the world alive, but nothing in it
        return rows


def run_world(plan: Plan, sampler: Sampler, until: int) -> World:
    """Run one replication and return the world as it stands at the end."""
    world = World(plan, sampler)
    _furnish(world)
    write_head(world, until)
    begin_shifts(world, until)
    lay_wires(world)
    play_outages(world)
    play_closures(world)
    play_incidents(world)
    play_injects(world)
    play_background(world)
    play_clock(world)
    keep_stocks(world)
    world.env.run_through(until)
    _close(world, until)
    return world


def _furnish(world: World) -> None:
    """Set up the resources; persons and teams come on duty with their shifts."""
    env, scenario = world.env, world.scenario
    world.pools["teams"] = world.teams
    for key, office in scenario.offices.items():
        for post in ("duty", "leader", *office.posts):
            world.pools[f"{key}/{post}"] = Pool(env, f"{key}/{post}")
    for key, team in scenario.teams.items():
        world.members[key] = Member(key, on_duty=False, traits=team)
        world.places[key] = team.base
        world.crews[key] = Crew(team.strength)
    for key, depot in scenario.depots.items():
        docks = [Member(f"{key}/dock-{k}") for k in range(1, depot.docks + 1)]
        world.pools[f"{key}/docks"] = Pool(env, f"{key}/docks", docks)
        world.pools[f"{key}/vehicles"] = Pool(env, f"{key}/vehicles")
        world.pools[f"{key}/crew"] = Pool(env, f"{key}/crew")
        lifts = [Member(f"{key}/forklift-{k}") for k in range(1, depot.forklifts + 1)]
        world.pools[f"{key}/forklifts"] = Pool(env, f"{key}/forklifts", lifts)
        world.kinds[key], world.bays[key] = [], []
    stores: dict[str, Any] = {**scenario.depots, **scenario.shelters}
    for key, store in stores.items():
        shelves = {item: shelf_of(scenario, item, stock) for item, stock in store.stock.items()}
        world.shelves[key] = shelves
    for key, depot in scenario.depots.items():
        for item in (*depot.replenish, *depot.production):
            world.shelf(key, item)
    own_first = sorted(scenario.vehicles.items(), key=lambda kind: kind[1].whose != "own")
    for key, kind in own_first:
        for k in range(1, kind.number + 1):
            vehicle = Member(f"{key}-{k}", traits=kind)
            world.pools[f"{kind.depot}/vehicles"].add(vehicle)
            if k == 1:
                world.kinds[kind.depot].append(vehicle)
            world.places[vehicle.id] = scenario.depots[kind.depot].place
            world.logbooks[vehicle.id] = Logbook()


def _close(world: World, until: int) -> None:
    """Write one row for everything that is still open at the end."""
    still: set[str] = set()
    for act in world.running:
        matter = act.matter
        thing = matter.id if isinstance(matter, Order | Consignment | Trip) else ""
        for extra in _unfinished(act, still):
            span = act.doing
            row = (until, "open", "", act.actor, "", thing, matter.incident, act.last, None, span)
            world.rows.append((*row, extra))
    close_tasks(world, until)


def _unfinished(act: Act, still: set[str]) -> list[dict[str, str]]:
    """Return the messages that a thread leaves open, none that another has named before."""
    matter, sending = act.matter, act.sending
    if isinstance(matter, Message) and not matter.received:
        found = [matter]
    else:
        found = sending if isinstance(sending, list) else [sending] if sending else []
    named = [m for m in found if not m.received and m.id not in still]
    still.update(m.id for m in named)
    return [{"message": m.id, "report": m.report.id} for m in named] or [{}]
