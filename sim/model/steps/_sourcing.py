"""From which depots an order is filled: one source after the other, by their books.

The officer looks at the books before he asks, so a depot that shows nothing free is not asked.
Who has promised and cannot deliver says so, and the search goes on where it had stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.model.act import Act
from sim.model.mail import address, write_report
from sim.model.plan import Bound, Steps
from sim.model.response import executes
from sim.model.roads import NEVER
from sim.model.steps._work import hold
from sim.model.steps.send import send
from sim.model.supply.consign import consign, offers, shares
from sim.model.supply.sources import means
from sim.model.things import SupplyOrder
from sim.model.visit import ByCar
from sim.scenario.steps.request import SOURCES
from sim.scenario.steps.send import Send

NOT_FOR_WANT = ("not_approved", "no_vehicle", "no_cold_vehicle")
"""Reasons for which a depot that has stock does not deliver it."""


class Sourcing:
    """One office's search for sources of an order; `missing` is what nobody has promised yet.

    What a depot refused for another reason than want of stock is refused for that reason in the
    end, if nobody else gives it.
    """

    def __init__(self, act: Act, step: Bound, order: SupplyOrder, lines: Mapping[str, int]):
        self.order = order
        self.missing = dict(lines)
        self._act = act
        self._step = step
        self._reasons: dict[str, str] = {}
        self._sources = list(_sources(act, step.data.sources, order))
        self._at = 0
        self._busy = False
        self._decided = False

    def run(self, act: Act) -> Steps:
        """Ask sources until nothing is missing or none is left."""
        self._busy = True
        while self.missing:
            source = self._next(act)
            if source is None:
                break
            to = address(act, source) if source == "superior" else source
            yield from hold(act, self._step, "deciding", to=to)
            self._decided = True
            if source == "superior":
                yield from self._pass_up(act)
            else:
                self._book(act, source)
        if self.missing and not self._decided:
            yield from hold(act, self._step, "deciding")
            self._decided = True
        self._give_up(act)
        self._busy = False

    def fall_short(self, lines: Mapping[str, int], row: int) -> None:
        """A depot cannot deliver this after all: ask the next source, because of `row`."""
        for item, quantity in lines.items():
            self.missing[item] = self.missing.get(item, 0) + quantity
            reason = (self._act.world.rows[row][-1] or {}).get("reason", "")
            self._reasons[item] = reason if reason in NOT_FOR_WANT else "no_stock"
        if self._busy or not lines:
            return
        act = self._act.branch()
        act.last = row
        act.held = None  # whoever was held throughout is free since, or busy with something else
        act.world.running[act] = None
        act.world.env.process(self._again(act))
        self._busy = True

    def _again(self, act: Act) -> Steps:
        yield from self.run(act)
        del act.world.running[act]

    def _next(self, act: Act) -> str | None:
        """Return the next source that has something by its books, None if there is none."""
        while self._at < len(self._sources):
            source = self._sources[self._at]
            self._at += 1
            if source == "superior" or any(
                offers(act.world, source, item, quantity) for item, quantity in self.missing.items()
            ):
                return source
        return None

    def _book(self, act: Act, depot: str) -> None:
        """Ask a depot for what its books show now, and for the rest where it waits for more."""
        now, later = shares(act.world, depot, self.missing)
        for lines in (now, later):
            if lines:
                executes(act)
                for item, quantity in lines.items():
                    self._less(item, quantity)
                consign(act, self.order, depot, lines, self)
        if not now and not later:
            extra = {"order": self.order.id, "reason": "no_stock"}
            act.write("refused", "", "", self.order.id, depot, extra=extra)

    def _pass_up(self, act: Act) -> Steps:
        """Ask the office above for all that is missing; once it has heard, the order is its own."""
        superior = address(act, "superior")
        lines = dict(self.missing)
        if not superior or self._step.data.channel is None:
            return
        for item, quantity in lines.items():
            extra = {"order": self.order.id, "item": item, "quantity": quantity}
            act.write("request", "", "", self.order.id, superior, extra=extra)
        act.report = write_report(act, "supply_request", [], [], "")
        act.report.request, act.report.lines = self.order, lines
        call = Send(to=superior, channel=self._step.data.channel)
        bound = replace(self._step, data=call, branches={"else": ()}, time=None)
        if (yield from send(act, bound)):
            for item, quantity in lines.items():
                self._less(item, quantity)

    def _less(self, item: str, quantity: int) -> None:
        left = self.missing.pop(item) - quantity
        if left > 0:
            self.missing[item] = left

    def _give_up(self, act: Act) -> None:
        """Refuse what nobody has left to give."""
        world, recipient = act.world, self.order.recipient
        for item, quantity in self.missing.items():
            if recipient in world.shelves:
                world.shelf(recipient, item).off_order(quantity)
            extra = {"order": self.order.id, "item": item, "quantity": quantity}
            extra["reason"] = self._reasons.get(item, "no_stock")
            act.write("refused", "", "", self.order.id, self.order.recipient, extra=extra)
        self.missing = {}


def _sources(act: Act, words: list[str], order: SupplyOrder) -> Iterator[str]:
    """Yield depots, and the word `superior`, in the order of asking; each once."""
    scenario = act.world.scenario
    seen: set[str] = set()
    for word in words:
        found = [word] if word not in SOURCES or word == "superior" else []
        if not found:
            found = sorted(
                (key for key in scenario.depots if means(scenario, act.actor, word, key)),
                key=lambda key: _seconds(act, scenario.depots[key].place, order.place),
            )
        for key in found:
            if key not in seen and key != order.recipient:
                seen.add(key)
                yield key


def _seconds(act: Act, start: str, end: str) -> int:
    """Return how far a depot is, by road as the roads are now."""
    scenario, roads = act.world.scenario, act.world.roads
    if start == end:
        return 0
    who = act.world.plan.roads.traveller("car", ByCar())
    known = all(scenario.places[place].at is not None for place in (start, end))
    if not known and not roads.linked(start, end, who):
        return NEVER
    return roads.seconds(start, end, who)
