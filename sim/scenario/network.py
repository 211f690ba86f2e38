"""A network of roads as CSV files beside the scenario, read as if it stood under `links:`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.inside import inside
from sim.files.text import NoText, decoded
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.base import Thing
from sim.scenario.units import Length
from sim.texts import t


class Network(Thing):
    """`links`: a CSV file with from, to, length, class, speed, time, one_way, mode, id, name;
    `nodes`: one with id, longitude, latitude, name, unless all ends stand under `places`.

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
            expected = t("a file inside the scenario's folder")
            problems.append(file.problem(node, expected, shown(names[word])))
            continue
        table = _Table(path, str(folder / names[word]), columns)
        entries = data[section] = {}
        for line, row in table.rows():
            key, entry = _place(row) if section == "places" else _link(row, entries)
            if key in entries:
                expected = t("an id that no other line has")
                table.problems.append(Problem(table.name, line, "id", expected, shown(key)))
            entries[key] = entry | source
            places[section, key] = (table.name, line)
        problems += table.problems
    return data, places, problems


class _Table:
    """A CSV file whose header tells commas, semicolons or tabs apart; `problems` grows."""

    def __init__(self, path: Path, name: str, columns: Mapping[str, tuple[str, ...]]):
        self.name = name
        self.columns = columns
        self.problems: list[Problem] = []
        try:
            self.lines = decoded(path.read_bytes()).splitlines()
        except (OSError, NoText):
            self.lines = []
            expected = t("a readable CSV file, {file}", file=path.name)
            self.problems.append(Problem(name, 0, "", expected, t("binary data")))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line, column -> text) of every row that is not empty."""
        first = self.lines[0] if self.lines else ""
        separator = max(",;\t", key=first.count)
        reader = csv.reader(self.lines, delimiter=separator)
        header = [self._column(cell.strip()) for cell in next(reader, [])]
        for column in [word for word in self.columns if word in REQUIRED]:
            if self.lines and column not in header:
                expected = t("a column {column} in {file}", column=column, file=self.name)
                hint = did_you_mean(column, [cell for cell in header if cell])
                self.problems.append(Problem(self.name, 1, column, expected, t("nothing"), hint))
        if self.problems:
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                expected = t("as many cells as the header has")
                received = str(len(cells))
                self.problems.append(Problem(self.name, reader.line_num, "", expected, received))
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            yield reader.line_num, {name: cell for name, cell in row.items() if cell}

    def _column(self, cell: str) -> str:
        known = {other: name for name, others in self.columns.items() for other in others}
        return known.get(cell.lower(), cell.lower() if cell.lower() in self.columns else cell)


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
