"""Serve a routine call."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.distributions import Distribution
from sim.scenario.steps.base import Work


class Serve(Work):
    """Serve a caller who gives up after `patience` (none: he waits as long as it takes).

    Each caller has his own patience from its distribution; who has once been served waits
    for the rest of it as long as it takes.
    """

    kind: ClassVar[str] = "serve"
    patience: Distribution | None = None
