"""The leader signs off; `by: leader` in the usual procedure."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Sign(Work):
    """The leader signs off; `by: leader` in the usual procedure."""

    kind: ClassVar[str] = "sign"
