"""Load the goods on vehicles."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Load(Work):
    """Load at a dock; as many vehicles as the weight needs, `time` for each of them."""

    kind: ClassVar[str] = "load"
