"""Who is on duty when: staffing and calendars laid out in seconds from the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario import Scenario
from sim.scenario.people import Staffing

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Shift:
    """`members` stand at `actor`'s post in the spans that `spans(until)` gives.

    `hours` are (begin, end) in seconds of the day, empty = always.  `name` is the shift's
    word in the calendar.
    """

    actor: str
    posts: tuple[str, ...]
    name: str
    members: tuple[str, ...]
    hours: tuple[tuple[int, int], ...]
    start_of_day: int

    def spans(self, until: int) -> Iterator[tuple[int, int]]:
        """Yield (begin, end) of every presence that touches [0, until], in order of time.

        Shifts that overlap are one presence.  The end of a presence that lasts beyond `until`
        is its own, not cut.
        """
        if not self.hours:
            yield (0, until + 1)
            return
        present: tuple[int, int] | None = None
        for first, last in sorted(self._shifts(until)):
            if present is None:
                present = (first, last)
            elif first < present[1]:
                present = (present[0], max(last, present[1]))
            else:
                yield present
                present = (first, last)
        if present is not None:
            yield present

    def _shifts(self, until: int) -> Iterator[tuple[int, int]]:
        for day in range(-1, until // DAY + 2):
            for begin, end in self.hours:
                first = day * DAY + begin - self.start_of_day
                last = first + ((end - begin) % DAY or DAY)
                if last > 0 and first <= until:
                    yield (first, last)


def shifts_of(scenario: Scenario) -> tuple[Shift, ...]:
    """Return every presence that the scenario lays down: posts of offices, crews, teams, people."""
    clock = scenario.start.hour * 3600 + scenario.start.minute * 60 + scenario.start.second
    found: list[Shift] = []
    for key, office in scenario.offices.items():
        staff = {"duty": office.duty, "leader": office.leader, **office.posts}
        for post, staffing in staff.items():
            found += _of_post(scenario, clock, key, post, staffing, office.calendar)
    for key, depot in scenario.depots.items():
        found += _of_post(scenario, clock, key, "crew", depot.crew, depot.calendar)
    for key, team in scenario.teams.items():
        hours = _hours(scenario, team.calendar, team.shifts)
        found.append(Shift(key, ("teams",), "", (key,), hours, clock))
    for key, person in scenario.people.items():
        hours = _hours(scenario, person.calendar, person.shifts)
        first = person.posts[0].split("/")[0] if person.posts else key
        found.append(Shift(first, tuple(person.posts), "", (key,), hours, clock))
    return tuple(found)


def _of_post(
    scenario: Scenario, clock: int, actor: str, post: str, staffing: Staffing, calendar: str | None
) -> Iterator[Shift]:
    per_shift = {"": staffing} if isinstance(staffing, int) else staffing
    for name, count in per_shift.items():
        if count:
            stem = f"{actor}/{post}" + (f"/{name}" if name else "")
            members = tuple(f"{stem}-{k}" for k in range(1, count + 1))
            hours = _hours(scenario, calendar, [name] if name else [])
            yield Shift(actor, (f"{actor}/{post}",), name, members, hours, clock)


def _hours(
    scenario: Scenario, calendar: str | None, names: list[str]
) -> tuple[tuple[int, int], ...]:
    if calendar is None or not names:
        return ()
    shifts = scenario.calendars[calendar].shifts
    return tuple(hours for name in names for hours in shifts[name])
