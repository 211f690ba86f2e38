"""A depot fills its stock up again by its books: (s, S), (R, Q) or base stock."""

from __future__ import annotations

from collections.abc import Mapping

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.supply.consign import consign, shares
from sim.model.supply.errand import errand, set_out
from sim.model.supply.hearing import Hearing
from sim.model.supply.stocking import put_in_stock
from sim.model.world import World
from sim.scenario.stocks import Replenishment


def wanted(rule: Replenishment, position: int) -> int:
    """Return how much a rule orders at a position (free on record and on order, less owed)."""
    below = _below(rule)
    if position > below:
        return 0
    if rule.up_to is not None:
        return rule.up_to - position
    assert rule.order is not None
    return ((below - position) // rule.order + 1) * rule.order


def _below(rule: Replenishment) -> int:
    """Return the highest position at which a rule orders."""
    if rule.below is not None:
        return rule.below
    assert rule.up_to is not None
    return rule.up_to - 1


class Replenisher:
    """Looks at one item in one depot when it changes, or every so often from second 0 on."""

    def __init__(self, world: World, depot: str, item: str, rule: Replenishment):
        self._world, self._depot, self._item, self._rule = world, depot, item, rule
        self._line = f"depot/{depot}/replenish/{item}"
        self._shelf = world.shelf(depot, item)
        self._left: int | None = None
        self._hear = Hearing(world, depot, item, self._wanted, self._look)
        self._hear()
        if rule.every is None:
            self._shelf.watch.append((_below(rule), self._hear))
        else:
            world.env.process(self._review(rule.every))

    def fall_short(self, lines: Mapping[str, int], row: int) -> None:
        """The other depot does not deliver this after all: it is looked at with the next change."""
        for item, quantity in lines.items():
            self._world.shelf(self._depot, item).on_order -= quantity

    def _review(self, every: int) -> Steps:
        while True:
            yield self._world.pause(every)
            self._hear()

    def _wanted(self) -> int:
        return wanted(self._rule, self._shelf.position)

    def _look(self, row: int | None) -> None:
        """Order what is wanted, if the position is not the one that the last look has left."""
        if self._rule.every is None and self._shelf.position == self._left:
            return
        self._order(self._wanted(), row)
        self._left = self._shelf.position

    def _order(self, quantity: int, row: int | None) -> None:
        world, item, supplier = self._world, self._item, self._rule.from_ or ""
        act = errand(world, self._depot, self._line, world.born(self._line), row)
        order = act.matter.order
        world.shelf(self._depot, item).on_order += quantity
        extra = {"order": order.id, "item": item, "quantity": quantity}
        act.write("replenish", "", "", order.id, supplier, extra=extra)
        if supplier:
            self._ask(act, supplier, quantity)
        else:
            set_out(act, self._deliver(act, quantity))

    def _ask(self, act: Act, supplier: str, quantity: int) -> None:
        """Ask another depot, which refuses what its books do not show."""
        item, order, last = self._item, act.matter.order, act.last
        now, later = shares(act.world, supplier, {item: quantity})
        for lines in (now, later):
            if lines:
                consign(act, order, supplier, lines, self)
                quantity -= lines[item]
        if quantity:
            extra = {"order": order.id, "item": item, "quantity": quantity, "reason": "no_stock"}
            by = (act.world.now, "refused", "", supplier, self._depot, order.id, "", last)
            act.world.rows.append((*by, None, "", extra))
            self.fall_short({item: quantity}, last)

    def _deliver(self, act: Act, quantity: int) -> Steps:
        """Bring goods from outside."""
        world, item = act.world, self._item
        act.doing = "supplier"
        seconds = world.sampler.seconds(self._rule.lead, f"{self._line}/lead", act.matter.number)
        if seconds:
            yield world.pause(seconds)
        world.shelf(self._depot, item).off_order(quantity)
        put_in_stock(act, item, quantity, "replenished", "supplier", bought=True)
