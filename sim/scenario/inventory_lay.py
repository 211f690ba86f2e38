"""What lists give, laid under what the scenario says: nothing may be stated by both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import Problem
from sim.files.validate import described
from sim.files.yamlfile import Node, YamlFile, dotted
from sim.scenario.inventory_list import Entries
from sim.texts import t


def laid_under(file: YamlFile, found: Entries) -> tuple[dict[str, Any], list[Problem]]:
    """Return the sections that lists add to, and a problem for all that is stated twice."""
    sections: dict[str, Any] = {}
    problems: list[Problem] = []
    if found.stock:
        depots = sections["depots"] = dict(file.data["depots"])
        for key, stock in found.stock.items():
            node: Node = ("depots", key)
            depot = depots[key]
            own = depot.get("stock", {})
            if isinstance(own, dict):
                problems += _twice(file, found, (*node, "stock"), stock, own)
                own = {**stock, **own}
            owner = found.owners.get(key, {})
            problems += _twice(file, found, node, owner, depot, same=True)
            depots[key] = {**owner, **depot, "stock": own}
    own = file.data.get("vehicles", {})
    if found.vehicles and isinstance(own, dict):
        vehicles = sections["vehicles"] = {**found.vehicles, **own}
        for key, listed in found.vehicles.items():
            if isinstance(own.get(key), dict):
                problems += _twice(file, found, ("vehicles", key), listed, own[key])
                vehicles[key] = {**listed, **own[key]}
    return sections, problems


def _twice(
    file: YamlFile,
    found: Entries,
    node: Node,
    listed: Mapping[str, Any],
    own: Mapping[str, Any],
    same: bool = False,
) -> list[Problem]:
    """Return a problem, at the cell, for every key of a list that the scenario states as well.

    With `same` both may say the same.
    """
    problems = []
    for key in listed:
        if key not in own or key in ("name", "source") or (same and own[key] == listed[key]):
            continue
        where = (*node, key)
        cell, yaml = (
            found.places.get((*where, "record"), found.places.get(where)),
            file.place(where),
        )
        received = t(
            "it stated twice: {own} in the scenario ({place}), {listed} in the list",
            own=_number(own[key]),
            place="{}:{}".format(*yaml),
            listed=_number(listed[key]),
        )
        place = cell or found.places.get(node, yaml)
        problems.append(Problem(*place, dotted(where), t("one statement of it"), received))
    return problems


def _number(entry: Any) -> str:
    """Return a stock by what is on record, anything else as it is."""
    return described(entry.get("record", entry) if isinstance(entry, dict) else entry)
