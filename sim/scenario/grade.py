"""Grade of an event from its figures, by tables that are data (`grades.yaml`).

Grades are `I` (especially major), `II` (major), `III` (larger), `IV` (ordinary).  A grade is
the highest that any criterion of the table gives; a bound includes its own number ("以上
includes the number, 以下 excludes it", order 493), but for `above` ("超过").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.errors import did_you_mean
from sim.log.schema import FIELDS
from sim.texts import t

GRADES = ("IV", "III", "II", "I")
"""All grades, from the lowest to the highest."""

RANK: dict[str, int] = {"": 0} | {grade: k for k, grade in enumerate(GRADES, start=1)}
"""Grade -> 1 (IV) to 4 (I); 0 for no grade."""

_FILE = Path(__file__).with_name("grades.yaml")


@dataclass(frozen=True)
class Part:
    """The sum of `fields` reaches the lower bounds `(bound, grade)`, lowest grade first.

    `above`: what only equals a bound has not reached it (超过, where 以上 includes it).
    """

    fields: tuple[str, ...]
    bounds: tuple[tuple[float, str], ...]
    above: bool = False

    def reached(self, fields: Mapping[str, float | None]) -> str:
        """Return the highest grade reached, `""` where nothing is known or none is reached."""
        known = [value for name in self.fields if (value := fields.get(name)) is not None]
        if not known:
            return ""
        amount, best = sum(known), ""
        for bound, name in self.bounds:
            if amount > bound or (amount == bound and not self.above):
                best = name
        return best

    def least(self, grade: str) -> int | None:
        """Return the least whole amount that reaches a grade, `None` where none is named."""
        for bound, name in self.bounds:
            if name == grade:
                return math.floor(bound) + 1 if self.above else math.ceil(bound)
        return None


@dataclass(frozen=True)
class Criterion:
    """One way to a grade: the lowest grade that any of its `parts` reaches (all of them count).

    Most criteria have one part; "more than 100 poisoned and somebody dead" has two.
    """

    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it looks at, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.fields))

    def reached(self, fields: Mapping[str, float | None]) -> str:
        """Return the grade that these fields reach, `""` for none."""
        return min((part.reached(fields) for part in self.parts), key=RANK.__getitem__)


@dataclass(frozen=True)
class Judged:
    """What a text names for a grade and no number shows: a person judges it."""

    grade: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class GradeTable:
    """One table: its criteria, and where they come from.

    `judged` are criteria of its text that are left to a person.
    """

    name: str
    title: Mapping[str, str]
    version: str
    source: str
    confidence: str
    criteria: tuple[Criterion, ...]
    judged: tuple[Judged, ...] = ()

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """The fields that no column of the record carries: only a caller's own figures do."""
        named = dict.fromkeys(name for criterion in self.criteria for name in criterion.fields)
        return tuple(name for name in named if name not in FIELDS)


def grade(fields: Mapping[str, float | None], table: str) -> str:
    """Return `I` to `IV`, or `""` where nothing is known or no criterion speaks.

    `fields` maps names such as `dead`, `missing`, `injured` (persons), `loss_wan` (10 000
    yuan) to numbers; `None` is unknown.  A criterion over several fields adds up the known
    ones.  `table` is one of `table_names()`; `""` gives `""`; any other raises `ValueError`.
    """
    if not table:
        return ""
    return highest(criterion.reached(fields) for criterion in grade_table(table).criteria)


def highest(grades: Iterable[str]) -> str:
    """Return the highest of some grades, `""` if there is none."""
    return max(grades, key=RANK.__getitem__, default="")


def table_names() -> tuple[str, ...]:
    """Return the names of all tables."""
    return tuple(_tables()[0])


def grade_table(name: str) -> GradeTable:
    """Return one table; an unknown name raises `ValueError` with the nearest known one."""
    tables = _tables()[0]
    if name not in tables:
        raise ValueError(
            t(
                "there is no grade table {name}; nearest: {hint}; known: {known}",
                name=name,
                hint=did_you_mean(name, tables) or "-",
                known=", ".join(tables),
            )
        )
    return tables[name]


def table_hazards() -> tuple[str, ...]:
    """Return the kinds of hazard that have a table."""
    return tuple(_tables()[1])


def table_for(hazard: str) -> str:
    """Return the usual table of a kind of hazard, `""` where there is none."""
    return _tables()[1].get(hazard, "")


@cache
def _tables() -> tuple[dict[str, GradeTable], dict[str, str]]:
    """Read the data file, once and only when a grade is asked for."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    tables = {name: _table(name, entry) for name, entry in data["tables"].items()}
    return tables, dict(data["hazards"])


def _table(name: str, entry: Mapping[str, Any]) -> GradeTable:
    criteria = [Criterion(tuple(map(_part, item.get("all", [item])))) for item in entry["criteria"]]
    return GradeTable(
        name=name,
        title=dict(entry["title"]),
        version=str(entry["version"]),
        source=str(entry["source"]),
        confidence=str(entry["confidence"]),
        criteria=tuple(criteria),
        judged=tuple(Judged(one["grade"], dict(one["text"])) for one in entry.get("judged", ())),
    )


def _part(item: Mapping[str, Any]) -> Part:
    given = item.get("from") or item["above"]
    bounds = sorted(given.items(), key=lambda pair: RANK[pair[0]])
    return Part(tuple(item["of"]), tuple((b, g) for g, b in bounds), above="above" in item)
