"""Stops on the way: vehicles break down, and drivers rest, wherever they are.

Time at the wheel is counted, none while a vehicle waits or is repaired.  What is due in the very
second of arriving does not happen before the vehicle sets out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.pool import Member
from sim.model.roads import NEVER

if TYPE_CHECKING:
    from sim.model.world import World


Columns = dict[str, Any]
Stop = tuple[int, str, str, Columns]
"""Seconds, activity, span, columns."""


@dataclass(slots=True)
class Logbook:
    """What is kept of one vehicle.

    `driven`: seconds at the wheel since the last rest.  `lasts`: as many more until it breaks
    down, in its k-th `stretch` (a stretch begins when it leaves its depot or is repaired).
    `back`: when it came to its depot last, None while it is out; `called` the second of its
    last call, `calls` how many there were.
    """

    driven: int = 0
    lasts: int = NEVER
    stretch: int = -1
    back: int | None = 0
    called: int = 0
    calls: int = 0


class Stops:
    """The stops of vehicles that keep together: all wait for the one that is repaired.

    When one driver has to rest, all rest, as long as the longest rest takes.  A repair and a rest
    that begin in the same second go on side by side.
    """

    def __init__(self, act: Act, vehicles: Sequence[tuple[Member, Logbook]]):
        self._act = act
        self._broken = [entry for entry in vehicles if entry[0].traits.breakdown]
        self._drivers = [entry for entry in vehicles if entry[0].traits.driving]
        self._books = [book for _, book in vehicles]
        for one, book in vehicles:
            _set_out(act.world, one, book)

    @property
    def left(self) -> int:
        """Seconds at the wheel until the next stop; 0 if it is due."""
        if not self._drivers and not self._broken:
            return NEVER
        hours = (one.traits.driving.at_most - book.driven for one, book in self._drivers)
        return min((*hours, *(book.lasts for _, book in self._broken)), default=NEVER)

    def drove(self, seconds: int) -> None:
        """Count time at the wheel."""
        for book in self._books:
            book.driven += seconds
            book.lasts -= seconds

    def stand(self, place: str, tell: Callable[[str, str, str, Columns], None]) -> Steps:
        """Stop for all that is due; `place` was passed last, `tell` writes how it begins."""
        act, world = self._act, self._act.world
        begun = world.now
        due = [*self._repairs(), *self._rests()]
        for _, activity, _, extra in due:
            tell(activity, "started", place, extra)
        for seconds, activity, span, extra in sorted(due, key=lambda stop: stop[0]):
            act.doing = span
            if begun + seconds > world.now:
                yield world.pause(begun + seconds - world.now)
            act.write(activity, "ended", span, act.matter.id, extra=extra | {"place": place})
        act.doing = "travel"

    def _repairs(self) -> list[Stop]:
        found: list[Stop] = []
        for one, book in self._broken:
            if book.lasts:
                continue
            name = f"vehicle/{one.id}/breakdown/repair"
            seconds = self._act.world.sampler.seconds(
                one.traits.breakdown.repair, name, book.stretch
            )
            found.append((seconds, "breakdown", "repairing", {"vehicle": one.id}))
            _new_stretch(self._act.world, one, book)
        return found

    def _rests(self) -> list[Stop]:
        if all(book.driven < one.traits.driving.at_most for one, book in self._drivers):
            return []
        for _, book in self._drivers:
            book.driven = 0
        seconds = max(one.traits.driving.rest for one, _ in self._drivers)
        extra = {"vehicle": names(one for one, _ in self._drivers), "reason": "driving_hours"}
        return [(seconds, "rest", "resting", extra)]


NO_STOPS = Stops(cast(Any, None), ())
"""Those of a team: it keeps no logbook."""


def stops_of(act: Act, members: Sequence[Member]) -> Stops:
    """Return the stops of a team, or of vehicles that keep together and set out."""
    books = act.world.logbooks
    if members[0].id not in books:
        return NO_STOPS
    return Stops(act, [(one, books[one.id]) for one in members])


def names(vehicles: Any) -> str:
    """Return the names of vehicles as a row gives them."""
    return " ".join(one.id for one in vehicles)


def come_back(world: World, vehicle: Member) -> None:
    """A vehicle is at its depot: the time there counts as rest if it is long enough."""
    world.logbooks[vehicle.id].back = world.now


def _set_out(world: World, vehicle: Member, book: Logbook) -> None:
    """The vehicle leaves its depot; nothing if it is out already."""
    if book.back is None:
        return
    driving = vehicle.traits.driving
    if driving is not None and world.now - book.back >= driving.rest:
        book.driven = 0
    book.back = None
    if vehicle.traits.breakdown is not None:
        _new_stretch(world, vehicle, book)


def _new_stretch(world: World, vehicle: Member, book: Logbook) -> None:
    """Draw how long the vehicle drives until it breaks down next."""
    book.stretch += 1
    name = f"vehicle/{vehicle.id}/breakdown/after"
    book.lasts = max(1, world.sampler.seconds(vehicle.traits.breakdown.after, name, book.stretch))
