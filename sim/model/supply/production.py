"""Capacity held in reserve: a line starts some time after the first request that is owed."""

from __future__ import annotations

from math import inf

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.supply.errand import errand, set_out
from sim.model.supply.hearing import Hearing
from sim.model.supply.stocking import put_in_stock
from sim.model.world import World
from sim.scenario.stocks import Production


class Line:
    """Makes one item in one depot while pieces are owed; `left`: how much it can still make.

    The first time it has to be set up, which takes `after`; from then on it runs whenever more is
    owed than made, and something comes out at the end of every stretch of `every`.
    """

    def __init__(self, world: World, depot: str, item: str, data: Production):
        self.left = data.up_to if data.up_to is not None else 10**12
        self._world, self._depot, self._item, self._data = world, depot, item, data
        self._name = f"depot/{depot}/produce/{item}"
        self._running = False
        hear = Hearing(world, depot, item, self._owed, self._look)
        hear()
        world.shelf(depot, item).watch.append((inf, hear))

    def _look(self, row: int | None) -> None:
        if not self._running:
            self._running = True
            act = errand(self._world, self._depot, self._name, self._world.born(self._name), row)
            set_out(act, self._run(act))

    def _owed(self) -> bool:
        return self.left > 0 and self._world.shelf(self._depot, self._item).free < 0

    def _run(self, act: Act) -> Steps:
        """Make pieces until none are owed."""
        world, data, item = act.world, self._data, self._item
        act.doing = "producing"
        if act.matter.number == 0:
            seconds = world.sampler.seconds(data.after, f"{self._name}/after")
            if seconds:
                yield world.pause(seconds)
        act.write(
            "produce", "", "producing" if act.matter.number == 0 else "", extra={"item": item}
        )
        while self._owed():
            yield world.pause(data.every)
            quantity = min(data.quantity, self.left)
            self.left -= quantity
            put_in_stock(act, item, quantity, "produced", "producing", bought=True)
        self._running = False
