"""A network of roads as tables beside the scenario, read as if it stood under `links:`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, shown
from sim.files.inside import inside, no_such_file
from sim.files.tables import Columns, Table, read_table
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.base import Thing
from sim.scenario.units import Length
from sim.texts import t


class Network(Thing):
    """`links`: a CSV file with from, to, length, class, speed, time, one_way, mode, id, name;
    `nodes`: one with id, longitude, latitude, name, unless all ends stand under `places`.
    Both may be workbooks (extra `excel`).

    Lengths without a unit are metres, speeds km/h, times seconds, as in OpenStreetMap
    extracts.  A place that no link touches is joined to the nearest node of a road, as the
    crow flies with the usual detour, if it lies at most `attach` away.
    """

    links: str
    nodes: str | None = None
    attach: Length = 30_000


LINKS = {
    "from": ("u", "source_node", "起点"),
    "to": ("v", "target_node", "终点"),
    "length": ("length_m", "长度", "里程"),
    "class": ("highway", "fclass", "道路等级", "等级"),
    "speed": ("maxspeed", "speed_kph", "速度", "限速"),
    "time": ("时间",),
    "one_way": ("oneway", "单向"),
    "mode": ("方式",),
    "id": ("编号",),
    "name": ("名称",),
}
NODES = {
    "id": ("osmid", "node", "编号"),
    "longitude": ("lon", "x", "经度"),
    "latitude": ("lat", "y", "纬度"),
    "name": ("名称",),
}
"""Column -> other names for it, those of OpenStreetMap tools and of Chinese tables among them."""
REQUIRED = ("from", "to", "longitude", "latitude")
UNITS = {"length": "m", "speed": "km/h", "time": "s"}
WORDS: dict[str, Mapping[str, Any]] = {
    "one_way": dict.fromkeys(("true", "yes", "1", "是"), True)
    | dict.fromkeys(("false", "no", "0", "否"), False),
    "class": {"unclassified": "local", "residential": "local", "service": "local", "road": "local"}
    | {"living_street": "local", "高速公路": "motorway", "一级公路": "trunk"}
    | {"二级公路": "primary", "三级公路": "secondary", "四级公路": "tertiary", "等外公路": "track"}
    | {f"{word}_link": word for word in ("motorway", "trunk", "primary", "secondary", "tertiary")},
    "mode": {"公路": "road", "水路": "water", "航空": "air", "铁路": "rail"},
}


def network_of(file: YamlFile, folder: Path) -> tuple[dict, dict[Node, tuple[str, int]], list]:
    """Return (sections, node -> (file, line), problems) of what a file's `network:` names."""
    given = file.data.get("network")
    names = {"links": given} if isinstance(given, str) else given
    data: dict[str, dict[str, Any]] = {}
    places: dict[Node, tuple[str, int]] = {}
    problems: list[Problem] = []
    if not isinstance(names, dict):
        return data, places, problems
    source = {"source": names["source"]} if isinstance(names.get("source"), str) else {}
    for word, section, columns in (("nodes", "places", NODES), ("links", "links", LINKS)):
        if not isinstance(names.get(word), str):
            continue
        node: Node = ("network",) if isinstance(given, str) else ("network", word)
        path = inside(folder, names[word])
        if path is None or not path.is_file():
            problems.append(no_such_file(file, node, folder, names[word]))
            continue
        table = _table(path, str(folder / names[word]), columns, problems)
        entries = data[section] = {}
        for row in table.rows() if table else ():
            key, entry = _place(row.texts) if section == "places" else _link(row.texts, entries)
            if key in entries:
                expected = t("an id that no other line has")
                problems.append(Problem(*row.place("id"), "id", expected, shown(key)))
            entries[key] = entry | source
            places[section, key] = row.place("")
        problems += table.problems if table else []
    return data, places, problems


def _table(path: Path, name: str, columns: Columns, problems: list[Problem]) -> Table | None:
    """Return the table in a file, `None` with further problems where it is of no use."""
    try:
        table = read_table(path, name, columns)
    except UnusableInput as error:
        problems += error.problems
        return None
    lacking = [c for c in REQUIRED if c in columns and c not in table.positions]
    problems += [table.lacks(column) for column in lacking]
    return None if lacking else table


def _place(row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Return (id, place) as YAML would give it; what is no number is left for the check."""
    at = [_number(row.get(name, "")) for name in ("longitude", "latitude")]
    return row.get("id", ""), {"at": at} | {k: row[k] for k in ("name",) if k in row}


def _link(row: dict[str, str], known: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return (id, link); without an id its ends, and a number for further links between them."""
    entry: dict[str, Any] = {name: row[name] for name in LINKS if name in row and name != "id"}
    for name, unit in UNITS.items():
        if name in entry and isinstance(_number(entry[name]), float):
            entry[name] = f"{entry[name]} {unit}"
    for name, words in WORDS.items():
        if name in entry:
            entry[name] = words.get(entry[name].lower(), entry[name])
    key = ends = f"{row.get('from', '')}-{row.get('to', '')}"
    number = 2
    while key in known:
        key, number = f"{ends}-{number}", number + 1
    return row.get("id", key), entry


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
