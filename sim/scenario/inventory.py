"""Lists of stock and of vehicles beside the scenario, as if they stood in it.

Each row of a list becomes an entry under `depots.<id>.stock` or `vehicles`, so every check and
message is the same.  The scenario may add to a depot or vehicle of a list, but what both state is
a mistake.  What cannot be an entry is reported with the cell in which it stands, all of it together
with the scenario's own mistakes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.inside import inside, no_such_file
from sim.files.tables import Table, read_table
from sim.files.yamlfile import Node, YamlFile, validate
from sim.scenario.base import Thing
from sim.scenario.depots import Depot
from sim.scenario.inventory_lay import laid_under
from sim.scenario.inventory_list import Entries, List, condensed
from sim.scenario.inventory_stock import STOCK, read_stock
from sim.scenario.inventory_vehicles import VEHICLES, read_vehicles
from sim.scenario.items import Item
from sim.texts import t


class Inventory(Thing):
    """A list in `file` (CSV, or a workbook with the extra `excel`), below the scenario's folder.

    `sheet`: the first that is not hidden, unless named.  `header` is the number of the row with
    the headings; it is found where it is not given.  `columns` column -> heading, for headings
    that are not recognised; `items`, `depots` name in the list -> key (keys and names of the
    scenario are known); `units` unit in the list -> unit or pack of the catalogue.  `depot` is
    whose list it is where no column says so.  `fill` are columns whose empty cells repeat the
    one above, as CSV files have them for merged cells.  `unknown: skip` passes over the rows of
    items and depots that the scenario does not have.

    Columns of stock: depot, item, quantity (on record), unit, counted (in fact), damaged, made,
    expires, owner; several rows of one item in one depot are its batches.  Of vehicles: id,
    kind, depot, number, capacity, volume (m3 without a unit), speed (km/h without a unit), mode,
    whose, cold.
    """

    file: str
    sheet: str | None = None
    header: Annotated[int, Field(ge=1)] | None = None
    kind: Literal["stock", "vehicles"] = "stock"
    depot: Depot | None = None
    columns: dict[str, str] = {}
    items: dict[str, Item] = {}
    depots: dict[str, Depot] = {}
    units: dict[str, str] = {}
    fill: list[str] = []
    unknown: Literal["refuse", "skip"] = "refuse"


KINDS = {"stock": (STOCK, read_stock), "vehicles": (VEHICLES, read_vehicles)}
"""Kind -> (its columns and their other names, how it is read)."""


def with_inventory(file: YamlFile, folder: Path) -> tuple[YamlFile, list[Problem]]:
    """Return a scenario with the rows of its lists in it, and what is wrong with them."""
    lists = file.data.get("inventory")
    if not isinstance(lists, dict):
        return file, []
    found = Entries()
    problems: list[Problem] = []
    for key, given in lists.items():
        node = ("inventory", key)
        entry, wrong = validate(Inventory, given, file, node)
        if wrong:  # which the scenario reports with everything else
            continue
        columns, read = KINDS[entry.kind]
        table = _table(entry, columns, file, node, folder, problems)
        if table is not None:
            rows = List(entry, table, file.data)
            read(rows, found)
            problems += condensed([*table.problems, *rows.problems])
    sections, twice = laid_under(file, found)
    both = YamlFile(file.file, {**file.data, **sections}, {**found.places, **file.places})
    return both, [*problems, *twice]


def _table(
    entry: Inventory,
    columns: Mapping[str, tuple[str, ...]],
    file: YamlFile,
    node: Node,
    folder: Path,
    problems: list[Problem],
) -> Table | None:
    """Return the table of a list, `None` with further problems where it is of no use."""
    path = inside(folder, entry.file)
    if path is None or not path.is_file():
        problems.append(no_such_file(file, (*node, "file"), folder, entry.file))
        return None
    wrong = [*entry.columns, *entry.fill]
    for column in [column for column in wrong if column not in columns]:
        below = "columns" if column in entry.columns else "fill"
        expected = t("one of the columns {columns}", columns=", ".join(columns))
        hint = did_you_mean(column, columns)
        problems.append(file.problem((*node, below, column), expected, shown(column), hint))
    named = {column: (heading,) for column, heading in entry.columns.items() if column in columns}
    try:
        table = read_table(
            path, str(folder / entry.file), {**columns, **named}, entry.sheet, entry.header
        )
    except UnusableInput as error:
        problems += error.problems
        return None
    lacking = [column for column in named if column not in table.positions]
    for column in lacking:
        expected = t("a column {column} in {file}", column=named[column][0], file=entry.file)
        headings = [heading for heading in table.headings if heading]
        hint = did_you_mean(named[column][0], headings)
        where = (*node, "columns", column)
        problems.append(file.problem(where, expected, shown(", ".join(headings)), hint))
    return None if lacking or not set(wrong) <= set(columns) else table
