"""Count what is there and correct the books."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.items import Item
from sim.scenario.steps.base import Work


class StockTake(Work):
    """Count `items` of the depot (none named: all); the books then say what is usable.

    `time` is taken for each item, one after the other; what is expired or damaged is set aside.
    """

    kind: ClassVar[str] = "stock_take"
    items: list[Item] = []
