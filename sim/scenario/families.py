"""The families of distributions: quantile, mean and least value of each, in seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from sim.scenario.units import Duration, unfit
from sim.texts import t

QUANTILES = {
    "p25": -0.6744897501960817,
    "median": 0.0,
    "p75": 0.6744897501960817,
    "p90": 1.2815515655446004,
    "p95": 1.6448536269514722,
}
"""Quantiles of the normal(0, 1) by the names that files use, in order."""
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
    """exp(mu + sigma·z) by two quantiles, such as `{median: 10 min, p90: 25 min}`.

    `median` seconds are enough for half of all cases, `p90` for 90 %, and so on.  With the
    quantiles a < b and those of normal(0, 1) at the same places, sigma = ln(b/a) / (z_b - z_a)
    and mu = ln(a) - sigma·z_a: whatever is published is met exactly.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    standard: ClassVar[str] = "z"
    median: Duration | None = None
    p90: Duration | None = None
    p25: Duration | None = None
    p75: Duration | None = None
    p95: Duration | None = None
    mu: float = field(init=False, repr=False, compare=False)
    sigma: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        given = [(z, name) for name, z in QUANTILES.items() if getattr(self, name) is not None]
        if len(given) != 2:
            raise unfit(t("two of {names}", names=", ".join(QUANTILES)))
        (z_low, lower), (z_high, higher) = given
        low, high = getattr(self, lower), getattr(self, higher)
        _above_zero(low, lower)
        if high <= low:
            raise unfit(t("a {higher} above the {lower}", higher=higher, lower=lower))
        sigma = math.log(high / low) / (z_high - z_low)
        _SET(self, "mu", math.log(low) - sigma * z_low)
        _SET(self, "sigma", sigma)

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
