"""The roads of one drill as they are now: closed and slowed links, hours of the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.model.graph import Traveller
from sim.model.plan import Steps
from sim.model.pool import Member
from sim.model.roads import NEVER, Condition, Way
from sim.model.shifts import DAY
from sim.model.supply.fleet import offer_again

if TYPE_CHECKING:
    from sim.model.world import World


class Traffic:
    """What travellers ask; who is under way hears of every change."""

    def __init__(self, world: World):
        self._world = world
        self._roads = world.plan.roads
        start = world.scenario.start
        self._clock = start.hour * 3600 + start.minute * 60 + start.second
        self._slowed: dict[int, list[float]] = {}
        self._state: Condition = self._roads.all_open

    @property
    def all_open(self) -> bool:
        """Whether nothing is closed or slowed down now."""
        return self._state is self._roads.all_open

    @property
    def _slot(self) -> int:
        roads = self._roads
        return roads.slot((self._clock + self._world.now) % DAY) if len(roads.edges) > 1 else 0

    def traveller(self, members: Sequence[Member]) -> Traveller:
        """Return how a team, or vehicles that keep together, travel: as the slowest may."""
        if len(members) == 1:
            return self._roads.traveller(members[0].id, members[0].traits)
        each = [self._roads.traveller(member.id, member.traits) for member in members]
        speed = min((one.speed for one in each if one.speed), default=None)
        modes = tuple(m for m in each[0].modes if all(m in one.modes for one in each))
        return Traveller(speed, modes, all(one.entitled for one in each))

    def seconds(self, start: str, end: str, who: Traveller) -> int:
        """Return the present travel time from place to place, `NEVER` where no way is open."""
        return self._roads.seconds(self._state, self._slot, start, end, who)

    def seconds_for(self, member: Member, place: str) -> int:
        """Return the present travel time of a team from where it stands to a place."""
        start = self._world.places[member.id]
        return self.seconds(start, place, self._roads.traveller(member.id, member.traits))

    def nearest(self, members: Sequence[Member], place: str) -> Member:
        """Return the first of the members that are there soonest over the roads as they are now.

        The time over open roads is the least that it can be: whoever would be later even so
        is not looked at.
        """
        slot, roads, places = self._slot, self._roads, self._world.places
        known = roads.open_seconds.setdefault((slot, place), {})
        bounds = []
        for one in members:
            key = one.id, places[one.id]
            least = known.get(key)
            if least is None:
                who = roads.traveller(one.id, one.traits)
                least = known[key] = roads.seconds(roads.all_open, slot, key[1], place, who)
            bounds.append(least)
        if self._state is roads.all_open:
            return members[bounds.index(min(bounds))]
        best = (NEVER + 1, 0)
        for bound, k in sorted(zip(bounds, range(len(members)), strict=True)):
            if bound > best[0]:
                break
            best = min(best, (self.seconds_for(members[k], place), k))
        return members[best[1]]

    def linked(self, start: str, end: str, who: Traveller) -> bool:
        """Return whether links join two places when all are open."""
        return self._roads.linked(start, end, who, self._slot)

    def way(self, start: str, end: str, who: Traveller) -> Way | None:
        """Return the quickest way over links as they are now, `None` where none is open."""
        return self._roads.way(self._state, self._slot, start, end, who)

    def closed(self, link: str) -> bool:
        """Return whether a link is closed."""
        return self._roads.number[link] in self._state.closed

    def close(self, links: Sequence[str], factor: float, row: int) -> None:
        """Slow links down to a part of their speed, 0 closes them."""
        for link in links:
            self._slowed.setdefault(self._roads.number[link], []).append(factor)
        self._changed(row)

    def open(self, links: Sequence[str], factor: float, row: int) -> None:
        """Take a closure back; what else slows a link down goes on."""
        for link in links:
            number = self._roads.number[link]
            self._slowed[number].remove(factor)
            if not self._slowed[number]:
                del self._slowed[number]
        self._changed(row)

    def _changed(self, row: int) -> None:
        before = self._state
        self._state = self._roads.condition({k: min(f) for k, f in self._slowed.items()})
        if self._state is not before:
            self._tell(row)
            offer_again(self._world, row)

    def _tell(self, row: int | None) -> None:
        for journey in dict.fromkeys(self._world.journeys.values()):
            journey.roads_changed(row)

    def hours(self) -> Steps:
        """Let the hours of the day go by that speeds depend on."""
        edges = self._roads.edges
        while len(edges) > 1:
            second = (self._clock + self._world.now) % DAY
            after = next((edge for edge in edges if edge > second), DAY)
            yield self._world.pause(after - second)
            self._tell(None)
