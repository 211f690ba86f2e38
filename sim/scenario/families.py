"""The families of distributions: quantile, mean and least value of each, in seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from sim.scenario.units import Duration, unfit
from sim.texts import t

Z90 = 1.2815515655446004
"""The 90 % quantile of the normal(0, 1)."""
_BELOW_ONE = 1.0 - 2.0**-53
_SET = object.__setattr__


def _above_zero(value: int, name: str) -> None:
    if value <= 0:
        raise unfit(t("a {name} above 0", name=name))


@dataclass(frozen=True, slots=True)
class Constant:
    """Always `value` seconds."""

    standard: ClassVar[str] = ""
    value: Duration

    def seconds(self, x: float) -> int:
        """Return the value."""
        return self.value

    def mean(self) -> float:
        """Return the value."""
        return float(self.value)

    def least(self) -> int:
        """Return the value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Lognormal:
    """exp(mu + sigma·z): half of all cases take up to `median` seconds, 90 % up to `p90`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    standard: ClassVar[str] = "z"
    median: Duration
    p90: Duration
    mu: float = field(init=False, repr=False, compare=False)
    sigma: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _above_zero(self.median, "median")
        if self.p90 <= self.median:
            raise unfit(t("a p90 above the median"))
        _SET(self, "mu", math.log(self.median))
        _SET(self, "sigma", math.log(self.p90 / self.median) / Z90)

    def seconds(self, x: float) -> int:
        """Return the quantile of the normal number `x`."""
        return int(math.exp(self.mu + self.sigma * x) + 0.5)

    def mean(self) -> float:
        """Return exp(mu + sigma²/2), in seconds."""
        return math.exp(self.mu + self.sigma**2 / 2)

    def least(self) -> int:
        """Return 0."""
        return 0


@dataclass(frozen=True, slots=True)
class Triangular:
    """From `low` to `high` seconds, most often near `mode`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    standard: ClassVar[str] = "u"
    low: Duration
    mode: Duration
    high: Duration

    def __post_init__(self) -> None:
        if not self.low <= self.mode <= self.high:
            raise unfit(t("low ≤ mode ≤ high"))

    def seconds(self, x: float) -> int:
        """Return the quantile of the uniform number `x`."""
        low, mode, width = self.low, self.mode, self.high - self.low
        if x * width < mode - low:
            return int(low + math.sqrt(x * width * (mode - low)) + 0.5)
        return int(self.high - math.sqrt((1.0 - x) * width * (self.high - mode)) + 0.5)

    def mean(self) -> float:
        """Return (low + mode + high) / 3, in seconds."""
        return (self.low + self.mode + self.high) / 3

    def least(self) -> int:
        """Return `low`."""
        return self.low


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory; `average` seconds (`mean` in files)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    standard: ClassVar[str] = "u"
    average: Annotated[Duration, Field(alias="mean")]

    def __post_init__(self) -> None:
        _above_zero(self.average, "mean")

    def seconds(self, x: float) -> int:
        """Return the quantile of the uniform number `x`, -mean·ln(1 - x)."""
        return int(0.5 - self.average * math.log1p(-min(x, _BELOW_ONE)))

    def mean(self) -> float:
        """Return the mean, in seconds."""
        return float(self.average)

    def least(self) -> int:
        """Return 0."""
        return 0


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything from `low` to `high` seconds, equally likely."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    standard: ClassVar[str] = "u"
    low: Duration
    high: Duration

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise unfit(t("low ≤ high"))

    def seconds(self, x: float) -> int:
        """Return the quantile of the uniform number `x`."""
        return int(self.low + (self.high - self.low) * x + 0.5)

    def mean(self) -> float:
        """Return (low + high) / 2, in seconds."""
        return (self.low + self.high) / 2

    def least(self) -> int:
        """Return `low`."""
        return self.low


@dataclass(frozen=True, slots=True)
class Empirical:
    """One of the observed `values` (seconds, sorted), each equally likely."""

    standard: ClassVar[str] = "u"
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise unfit(t("at least one value"))
        _SET(self, "values", tuple(sorted(self.values)))

    def seconds(self, x: float) -> int:
        """Return the quantile of the uniform number `x`: the smallest value with F > x."""
        count = len(self.values)
        return self.values[min(int(x * count), count - 1)]

    def mean(self) -> float:
        """Return the mean of the values, in seconds."""
        return math.fsum(self.values) / len(self.values)

    def least(self) -> int:
        """Return the smallest value."""
        return self.values[0]
