"""Where those evacuated go: to the first shelter with room, else on to the next one.

Nobody is lost: who is sent to shelters is on the way, in one of them, waiting for room, or has
gone home again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sim.model.supply.refuge import Refuge, write
from sim.model.supply.wants import exact

if TYPE_CHECKING:
    from sim.model.plan import Steps
    from sim.model.world import World


@dataclass(slots=True)
class Group:
    """Persons of one incident who are on the way or wait; `row` is why."""

    incident: str
    persons: int
    row: int


class Evacuees:
    """All who are sent to shelters: `sent` in all by incident, less who has gone home since.

    `coming` are on the way, `waiting` found no room anywhere, each in the order of time.
    """

    def __init__(self, world: World):
        self.world = world
        closed = world.plan.closed
        shelters = world.scenario.shelters.items()
        self.refuges = {key: Refuge(world, key, data, key not in closed) for key, data in shelters}
        self.sent: dict[str, int] = {}
        self.coming: list[Group] = []
        self.waiting: list[Group] = []

    def follow(self, incident: str, row: int) -> None:
        """Send people to shelters, or home, as the true figure of evacuees stands; `row` says so.

        The share is rounded half up, for all of them together.
        """
        filling = self.world.scenario.incidents[incident].shelters
        if filling is None:
            return
        evacuated = exact(self.world.truth[incident].get("evacuated", 0))
        number = int(exact(filling.share) * evacuated + Fraction(1, 2))
        more = number - self.sent.get(incident, 0)
        self.sent[incident] = number
        if more < 0:
            self._go_home(incident, -more, row)
        elif more and not filling.over:
            self._come(incident, more, row, "")
        elif more:
            self.world.env.process(self._move(incident, more, row))

    def open(self, shelter: str, row: int) -> None:
        """Open a shelter, by a row; whoever waits for it is taken in."""
        self.refuges[shelter].open = True
        self._take_in(row)

    def _move(self, incident: str, persons: int, row: int) -> Steps:
        """Let persons come in equal parts; who has gone home meanwhile is of the last parts."""
        filling = self.world.scenario.incidents[incident].shelters
        assert filling is not None
        parts = -(-filling.over // filling.every)
        group = Group(incident, persons, row)
        self.coming.append(group)
        begun = self.world.now
        for k in range(1, parts + 1):
            yield self.world.pause(begun + min(k * filling.every, filling.over) - self.world.now)
            part = min(persons * k // parts - persons * (k - 1) // parts, group.persons)
            group.persons -= part
            if part:
                self._come(incident, part, row, "moving_in")
        self.coming.remove(group)

    def _come(self, incident: str, persons: int, cause: int, span: str) -> None:
        """Persons look for room in one shelter after the other; the rest of them wait."""
        filling = self.world.scenario.incidents[incident].shelters
        assert filling is not None
        for k, key in enumerate(filling.to):
            refuge = self.refuges[key]
            taken = min(persons, refuge.room)
            if taken:
                refuge.admit(incident, taken, cause, span)
                persons -= taken
            if not persons:
                break
            following = "".join(filling.to[k + 1 : k + 2])
            extra = {"persons": persons, "reason": "full" if refuge.open else "closed"}
            cause = write(self.world, key, "turn_away", incident, cause, extra, following, span)
            span = ""
        else:
            self.waiting.append(Group(incident, persons, cause))
        self._tell(filling.to)

    def _take_in(self, row: int) -> None:
        """Take in who waits where there is room now, by a row, in the order of waiting."""
        for group in self.waiting:
            filling = self.world.scenario.incidents[group.incident].shelters
            assert filling is not None
            for key in filling.to:
                taken = min(group.persons, self.refuges[key].room)
                if taken:
                    group.persons -= taken
                    why = (group.row, "waiting_room", row)
                    self.refuges[key].admit(group.incident, taken, *why)
            self._tell(filling.to)
        self.waiting = [group for group in self.waiting if group.persons]

    def _go_home(self, incident: str, persons: int, row: int) -> None:
        """Let persons go home: the last on the way, then who waits, then the last shelter's."""
        filling = self.world.scenario.incidents[incident].shelters
        assert filling is not None
        for groups in (self.coming, self.waiting):
            for group in reversed(groups):
                if group.incident == incident:
                    part = min(persons, group.persons)
                    persons -= part
                    group.persons -= part
                    if part and groups is self.waiting:
                        write(self.world, "", "go_home", incident, row, {"persons": part})
        self.waiting = [group for group in self.waiting if group.persons]
        for key in reversed(filling.to):
            part = min(persons, self.refuges[key].persons.get(incident, 0))
            if part:
                persons -= part
                self._take_in(self.refuges[key].leave(incident, part, row))

    def _tell(self, shelters: Iterable[str]) -> None:
        for key in shelters:
            self.refuges[key].tell()
