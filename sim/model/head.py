"""The head of a record: where it begins, who is who, what is complete, what is in store."""

from __future__ import annotations

from typing import Any

from sim.model.world import World


def write_head(world: World, until: int) -> None:
    """Write the directory, the completeness and the stocks on record, all at second 0.

    The remark of a directory row is the actor's Chinese name, where it has one.
    """
    _state(world, "begin")
    scenario = world.scenario
    for key, office in scenario.offices.items():
        _role(
            world,
            key,
            office.role,
            superior=office.superior or "",
            jurisdiction="|".join(office.jurisdiction),
            supervises="|".join(office.supervises),
            place=office.place or "",
            note=office.title("", "zh"),
        )
    for key, team in scenario.teams.items():
        _role(
            world,
            key,
            "team",
            superior=team.superior or "",
            place=team.base,
            persons=team.strength,
            team_kind=team.kind or "",
            note=team.title("", "zh"),
        )
    for key, depot in scenario.depots.items():
        _role(
            world,
            key,
            "depot",
            superior=depot.superior or "",
            place=depot.place,
            note=depot.title("", "zh"),
        )
    for key, shelter in scenario.shelters.items():
        _role(
            world,
            key,
            "site",
            superior=shelter.superior or "",
            place=shelter.place,
            persons=shelter.capacity or 0,
            note=shelter.title("", "zh"),
        )
    _state(world, "observe", until=until)
    for key, shelves in world.shelves.items():
        for item, shelf in shelves.items():
            _state(world, "stock_recorded", key, item=item, quantity=shelf.record)
            there = {"item": item, "quantity": shelf.in_fact()}
            world.rows.append((0, "stock_true", "", "", key, "", "", None, None, "", there))


def _role(world: World, key: str, role: str, **columns: Any) -> None:
    _state(world, "role", key, actor_role=role, **{k: v for k, v in columns.items() if v})


def _state(world: World, activity: str, actor: str = "", **columns: Any) -> None:
    world.rows.append((0, activity, "", actor, "", "", "", None, None, "", columns or None))
