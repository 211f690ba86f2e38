"""One shelter: who is in it, what they need, and what is given out to them.

The periods of an item begin when the first person is taken in, and every period of its norm
after that.  What a period's people have not got when the next one begins lapses.  Who is taken
in within a period needs all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sim.model.roads import NEVER
from sim.model.supply.shelf import Shelf, total
from sim.model.supply.wants import Part, Want, exact
from sim.model.things import Need
from sim.scenario.distributions import Distribution
from sim.scenario.shelters import Shelter

if TYPE_CHECKING:
    from sim.model.plan import Steps
    from sim.model.world import World


def write(
    world: World,
    actor: str,
    activity: str,
    incident: str,
    cause: int,
    extra: dict[str, Any],
    to: str = "",
    span: str = "",
    held_by: int | None = None,
) -> int:
    """Write a row of a shelter or of those who look for one; where people go, of which incident."""
    whose = incident if activity in ("admit", "go_home") else ""
    row = (world.now, activity, "", actor, to, whose, incident, cause, held_by, span, extra)
    world.rows.append(row)
    return len(world.rows) - 1


class Refuge:
    """A shelter; `persons` are those in it by incident, `wants` what they need by item."""

    def __init__(self, world: World, key: str, data: Shelter, is_open: bool):
        self.world, self.key, self.data = world, key, data
        self.open = is_open
        self.persons: dict[str, int] = {}
        items = world.scenario.items
        norms = {item: items[item].norm for item in data.items}
        self._every = {item: norm.every for item, norm in norms.items() if norm and norm.every}
        self.wants = {item: Want(exact(n.per_person)) for item, n in norms.items() if n}
        self._new: dict[str, dict[str, int]] = {}
        self._stored: dict[str, int] = {}
        self._first: int | None = None
        self._period = 0
        self._rounds = 0
        self._giving = False

    @property
    def room(self) -> int:
        """How many more persons it can take in now."""
        if not self.open:
            return 0
        most = NEVER if self.data.capacity is None else self.data.capacity
        return most - sum(self.persons.values())

    # -- people ------------------------------------------------------------------------
    def admit(
        self, incident: str, persons: int, cause: int, span: str, held_by: int | None = None
    ) -> None:
        """Take persons in; they need everything at once, and get what lies there."""
        self._keep_time()
        if self._first is None:
            self._first = self.world.now
            if self._every:
                self.world.env.process(self._periods())
        self.persons[incident] = self.persons.get(incident, 0) + persons
        extra = {"persons": persons, "place": self.data.place}
        row = write(
            self.world, self.key, "admit", incident, cause, extra, span=span, held_by=held_by
        )
        for item in self.wants:
            self._need(item, incident, persons, row)
        self._give(self.wants)

    def leave(self, incident: str, persons: int, cause: int) -> int:
        """Let persons go home; return the row.  What they lacked lapses."""
        self._keep_time()
        share = Fraction(persons, self.persons[incident])
        self.persons[incident] -= persons
        row = write(self.world, self.key, "go_home", incident, cause, {"persons": persons})
        for item, want in self.wants.items():
            self._lapsed(item, want.shrink(incident, share), row)
        return row

    # -- need --------------------------------------------------------------------------
    def _periods(self) -> Steps:
        """Begin the periods of all items, for as long as the drill lasts."""
        first = self.world.now
        while True:
            since = self.world.now - first
            yield self.world.pause(min(e - since % e for e in self._every.values()))
            self._keep_time()
            self.tell()

    def _keep_time(self) -> None:
        """Begin the periods that begin in this second, before anything else happens in it."""
        if self._first is None:
            return
        since = self.world.now - self._first
        if since == self._period:
            return
        self._period = since
        begun = [item for item, every in self._every.items() if not since % every]
        for item in begun:
            want = self.wants[item]
            self._lapsed(item, want.lapse(), want.row, "period")
            for incident, persons in self.persons.items():
                if persons:
                    self._need(item, incident, persons, self.wants[item].row, "period")
        self._give(begun)

    def _need(self, item: str, incident: str, persons: int, cause: int, span: str = "") -> None:
        want = self.wants[item]
        pieces = want.grow(incident, persons)
        if pieces is None:
            return
        extra = {"item": item, "quantity": pieces, "persons": persons}
        to = self.data.superior or ""
        want.row = write(self.world, self.key, "need", incident, cause, extra, to=to, span=span)
        if pieces:
            new = self._new.setdefault(incident, {})
            new[item] = new.get(item, 0) + pieces

    def _lapsed(self, item: str, parts: Iterable[Part], cause: int, span: str = "") -> None:
        for part in parts:
            extra = {"item": item, "quantity": part.pieces, "persons": part.persons}
            write(self.world, self.key, "lapse", part.incident, cause, extra, span=span)

    def tell(self) -> None:
        """Tell the office above what is newly needed, neither there nor on order, if anything."""
        new, self._new = self._new, {}
        world, superior = self.world, self.data.superior
        for incident, needed in new.items():
            lines = {item: min(pieces, self._short(item)) for item, pieces in needed.items()}
            lines = {item: pieces for item, pieces in lines.items() if pieces > 0}
            if not lines or superior is None:
                continue
            line = f"incident/{incident}/{self.key}/need"
            matter = Need(
                incident,
                line,
                world.born(line),
                sender=self.key,
                place=self.data.place,
                recipient=self.key,
                lines=lines,
            )
            row = max(self.wants[item].row for item in lines)
            if world.happens("needed", superior, matter, row):
                for item, pieces in lines.items():
                    world.shelf(self.key, item).on_order += pieces

    def _short(self, item: str) -> int:
        shelf = self.world.shelf(self.key, item)
        return self.wants[item].pieces - shelf.there(self.world.now) - shelf.on_order

    # -- distribution ------------------------------------------------------------------
    def stored(self, item: str, row: int) -> None:
        """Goods have come in, by a row: whoever lacks them gets them."""
        self._keep_time()
        self._stored[item] = row
        if item in self.wants:
            self._give([item])

    def _give(self, items: Iterable[str]) -> None:
        """Give out what lies there, at once or after the time that giving out takes."""
        if self.data.giving_out is None:
            for item in items:
                self._hand_out(item, self._on_hand(item), "")
        elif not self._giving and any(self._on_hand(item) for item in items):
            self._giving = True
            self.world.env.process(self._giving_out(self.data.giving_out))

    def _giving_out(self, time: Distribution) -> Steps:
        """Give out in rounds: what has come in meanwhile is given out in the next one."""
        world = self.world
        while True:
            there = {item: (self._on_hand(item), self._enabled(item)) for item in self.wants}
            if not any(pieces for pieces, _ in there.values()):
                break
            stream = f"shelter/{self.key}/giving_out"
            seconds = world.sampler.seconds(time, stream, self._rounds)
            self._rounds += 1
            if seconds:
                yield world.pause(seconds)
            self._keep_time()
            for item, (pieces, cause) in there.items():
                self._hand_out(item, pieces, "giving_out", cause)
        self._giving = False

    def _on_hand(self, item: str) -> int:
        """Pieces on the shelf that somebody lacks."""
        wanted = self.wants[item].pieces
        return min(wanted, self._shelf(item).there(self.world.now)) if wanted else 0

    def _enabled(self, item: str) -> int:
        """Return the row that last made it possible to give an item: it came, or was needed."""
        return max(self._stored.get(item, 0), self.wants[item].row)

    def _hand_out(self, item: str, pieces: int, span: str, cause: int | None = None) -> None:
        pieces = min(pieces, self._on_hand(item))
        if not pieces:
            return
        shelf = self._shelf(item)
        pieces = total(shelf.take(pieces, self.world.now))
        shelf.reserve(pieces)
        shelf.issue(pieces)
        cause = self._enabled(item) if cause is None else cause
        for part in self.wants[item].meet(pieces):
            extra = {"item": item, "quantity": part.pieces, "persons": part.persons}
            write(self.world, self.key, "distribute", part.incident, cause, extra, span=span)

    def _shelf(self, item: str) -> Shelf:
        return self.world.shelf(self.key, item)
