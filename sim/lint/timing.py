"""What a duration counts as when one asks how quickly something can go."""

from __future__ import annotations

from collections.abc import Callable

from sim.scenario.distributions import AnyDistribution

Timing = Callable[[AnyDistribution], float]
"""Gives the seconds of a distribution."""


def least(distribution: AnyDistribution) -> float:
    """Return the least value: no drill is quicker."""
    return float(distribution.least())


def median(distribution: AnyDistribution) -> float:
    """Return the median: what it takes in the middle of all drills if nobody waits."""
    return float(distribution.seconds(0.5 if distribution.standard == "u" else 0.0))
