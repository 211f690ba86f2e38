"""How busy the hours of the day are: a rate that changes by the clock.

`by_hour: {"08:00": 1.5, "12:00": 0.7, "14:00": 1.5, "18:00": 0.3}` says by how much the rate of
arrivals is multiplied from each time of day until the next one named, round midnight.  The
arrivals are those of the plain process in another time: if Λ(t) is the multiplier summed up
until second t, an arrival after `load` seconds of the plain process comes at Λ⁻¹(load).  With
exponential gaps that is the Poisson process of the changing rate (Çinlar's inversion), with
other gaps a renewal process whose clock runs faster in busy hours.  The same random numbers
serve every profile, and a multiplier of 1 throughout changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Annotated, Any

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator

from sim.files.units import SECONDS
from sim.scenario.units import TimeOfDay, unfit
from sim.texts import t

DAY = SECONDS["d"]


def _profile(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    found = read(value)
    if len(found) < len(value):
        raise unfit(t("every time of day once"))
    if found and not any(found.values()):
        raise unfit(t("a multiplier above 0 at some hour"))
    return found


ByHour = Annotated[dict[TimeOfDay, Annotated[float, Field(ge=0, le=1000)]], WrapValidator(_profile)]
"""Times of day, in seconds since midnight, and the multiplier from each until the next."""


class DailyRate:
    """The multipliers of a profile, seen from a drill that begins at `start` seconds of a day."""

    def __init__(self, by_hour: Mapping[int, float], start: int):
        turns = sorted(((at - start) % DAY, factor) for at, factor in by_hour.items())
        if turns[0][0]:
            turns.insert(0, (0, turns[-1][1]))  # what was begun before the drill
        self._begins = [begin for begin, _ in turns]
        self._factors = [factor for _, factor in turns]
        lengths = [end - begin for begin, end in pairwise([*self._begins, DAY])]
        done = (length * f for length, f in zip(lengths, self._factors, strict=True))
        *self._before, self._whole = accumulate(done, initial=0.0)

    def load(self, second: int) -> float:
        """Return Λ(second): seconds of the plain process within the first seconds of the drill."""
        days, rest = divmod(second, DAY)
        k = bisect_right(self._begins, rest) - 1
        return days * self._whole + self._before[k] + (rest - self._begins[k]) * self._factors[k]

    def moment(self, load: float) -> int:
        """Return Λ⁻¹(load), the second of the drill, rounded half up."""
        days, rest = divmod(load, self._whole)
        k = bisect_right(self._before, rest) - 1
        within = (rest - self._before[k]) / self._factors[k]
        return int(days * DAY + self._begins[k] + within + 0.5)
