"""Patterns over the columns of the event record, as rule packs write them.

A pattern is a mapping column -> condition; all conditions must hold.  A condition is

- a word or number: equal to it; a list: one of them;
- `{compare: ">= 3"}` on number columns;
- `{nonempty: true}` (or `false`);
- `{part: leader}` on ids: their last part, so `hechi-gov/leader` as well as `leader`;
- `{has: [place, time]}` on list columns: all of them; with `at_least: k`: k of them;
- `owner` or `superior(owner)` on actor columns, or `{role: city_gov}`.

The conditions on actors depend on who owes the duty, so they are tested row by row; all the
others are evaluated for a whole table at once by `mask`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

if TYPE_CHECKING:
    from sim.rules.sheet import Coded

Role = Literal[
    "unit",
    "grassroots",
    "public",
    "press",
    "township_gov",
    "county_gov",
    "county_dept",
    "city_gov",
    "city_dept",
    "region_gov",
    "region_dept",
    "state",
    "team",
    "depot",
    "site",
]
Same = Literal["owner", "superior(owner)"]
ACTORS = ("actor", "recipient", "superior")
"""Columns that hold actors: packs constrain them by role or by the owner only."""

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_listed, json_schema_input_type=list[str] | str)]
Roles = Annotated[list[Role], BeforeValidator(_listed, json_schema_input_type=list[Role] | Role)]


class Condition(BaseModel):
    """What one column must hold; see the module's text."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    among: Annotated[list[str | int | float] | None, Field(alias="in")] = None
    compare: Annotated[str, Field(pattern=r"^(>=|<=|>|<|=)\s*-?\d+(\.\d+)?$")] | None = None
    nonempty: bool | None = None
    part: Words | None = None
    has: Words | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None
    same: Same | None = None
    role: Roles | None = None

    @property
    def relational(self) -> bool:
        """Whether it depends on the owner or on the directory."""
        return self.same is not None or self.role is not None


def _condition(value: Any) -> Any:
    if isinstance(value, str) and value in ("owner", "superior(owner)"):
        return {"same": value}
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return {"in": [value]}
    if isinstance(value, list):
        return {"in": value}
    return value


Written = str | int | float | list[str | int | float] | Condition
"""A condition as files write it."""
Pattern = dict[
    str, Annotated[Condition, BeforeValidator(_condition, json_schema_input_type=Written)]
]


def mask(pattern: Mapping[str, Condition], coded: Callable[[str], Coded], count: int) -> np.ndarray:
    """Return one bool per row: whether all conditions but those on actors hold.

    `coded` returns a column of the `count` rows as (codes, distinct values).
    """
    result = np.ones(count, dtype=bool)
    for name, condition in pattern.items():
        if not condition.relational:
            result &= column_mask(condition, coded(name))
    return result


def column_mask(condition: Condition, coded: Coded) -> np.ndarray:
    """Return one bool per value of a column, each distinct value looked at once."""
    codes, values = coded
    verdicts = np.fromiter((holds(condition, value) for value in values), bool, len(values))
    found: np.ndarray = verdicts[codes]
    return found


def holds(condition: Condition, value: Any) -> bool:
    """Whether a condition that is not about actors holds for one value of the record."""
    absent = value is None or value is pd.NA or value == "" or value != value
    if condition.nonempty is not None and condition.nonempty == absent:
        return False
    if condition.among is not None:
        wanted = {str(item) for item in condition.among}
        if ("" if absent else str(value)) not in wanted:
            return False
    if condition.part is not None and str(value).rpartition("/")[2] not in condition.part:
        return False
    if condition.compare is not None and (absent or not _compares(condition.compare, value)):
        return False
    return condition.has is None or not short_of(condition, "" if absent else value)


def short_of(condition: Condition, listed: str) -> list[str]:
    """Return the words that a list (`a|b|c`) lacks to fulfil `has`; empty if it fulfils it."""
    words = condition.has or []
    lacking = [word for word in words if word not in listed.split("|")]
    enough = len(words) if condition.at_least is None else condition.at_least
    return lacking if len(words) - len(lacking) < enough else []


def _compares(text: str, value: Any) -> bool:
    sign, number = re.match(r"(>=|<=|>|<|=)\s*(.+)", text).groups()  # type: ignore[union-attr]
    return bool(_COMPARE[sign](float(value), float(number)))
