"""Factors of a study: what is varied, as paths into the scenario.

offices.hechi.duty.night: [1, 2, 3]            # levels of one value
posting:                                       # whole variants, each with its changes
  one bank: {}
  two banks: {teams.rescue-2.base: north}
channels.phone.tries: {from: 1, to: 6, whole: true}            # ranges, for designs that
procedures.relay.steps.0.draft.time: {from: 5 min, to: 1 h}    # draw their points
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from sim.files.units import QuantityError, duration_seconds
from sim.scenario.changes import Change, path_of
from sim.texts import t

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Range(BaseModel):
    """Values from `from` to `to`, both included: numbers, or durations as text with a unit.

    `whole`: whole numbers only; `log`: equal ratios are equally likely.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    low: float | str = Field(alias="from")
    high: float | str = Field(alias="to")
    whole: bool = False
    log: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        low, high = self.bounds
        if not low < high:
            raise _unfit(t("a range from a lower to a higher value"))
        if self.log and low <= 0:
            raise _unfit(t("a range above 0 where its scale is logarithmic"))
        if self.in_time and self.whole:
            raise _unfit(t("`whole` for numbers only: durations are whole seconds anyhow"))
        return self

    @property
    def in_time(self) -> bool:
        """Whether the values are durations."""
        return isinstance(self.low, str) or isinstance(self.high, str)

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest value; durations in seconds."""
        if not self.in_time:
            return float(self.low), float(self.high)
        try:
            return duration_seconds(self.low), duration_seconds(self.high)
        except QuantityError as error:
            raise _unfit(error.expected) from None

    def value(self, share: float) -> Any:
        """Return the value at `share` (0 to 1) of the range, as a file would write it."""
        low, high = self.bounds
        if self.whole:  # every whole number is equally likely
            return int(min(low + (high - low + 1) * share // 1, high))
        at = low * (high / low) ** share if self.log else low + (high - low) * share
        return f"{round(at)} s" if self.in_time else float(f"{at:.6g}")


def _unfit(expected: str) -> PydanticCustomError:
    return PydanticCustomError("unfit", "expected {expected}", {"expected": expected, "hint": ""})


Scalar = bool | int | float | str
Variant = dict[str, Any]
"""Changes of one variant: path -> value; `null` takes the key away."""


def _shape(value: Any) -> str:
    if isinstance(value, Range) or (isinstance(value, dict) and {"from", "to"} & set(value)):
        return "range"
    return "variants" if isinstance(value, dict) else "levels"


Factor = Annotated[
    Annotated[list[Any], Tag("levels")]
    | Annotated[Range, Tag("range")]
    | Annotated[dict[str, Variant], Tag("variants")],
    Discriminator(_shape),
]
"""Levels of one value, a range, or variants by name."""


def levels_of(factor: Factor) -> list[str] | None:
    """Return the names of a factor's levels, `None` for a range."""
    if isinstance(factor, Range):
        return None
    return [shown_level(level) for level in factor] if isinstance(factor, list) else list(factor)


def shown_level(level: Any) -> str:
    """Return a level as tables show it: `2`, `15 min`, `day 3, night 2`."""
    if isinstance(level, Mapping):
        return ", ".join(f"{key} {shown_level(value)}" for key, value in level.items())
    if isinstance(level, list):
        return " + ".join(shown_level(value) for value in level)
    if isinstance(level, bool) or level is None:
        return {True: "true", False: "false", None: "-"}[level]
    return f"{level:g}" if isinstance(level, float) else str(level)


def changes_at(name: str, factor: Factor, level: Any) -> list[Change]:
    """Return the changes to the scenario by which a factor takes a level.

    `level`: for variants the name of one, else the value itself.
    """
    if isinstance(factor, dict):
        return [Change(path_of(path), value) for path, value in factor[level].items()]
    return [Change(path_of(name), level)]
