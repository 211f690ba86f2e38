"""Who is on duty when: staffing and calendars laid out in seconds from the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sim.scenario import Scenario
from sim.scenario.people import Calendar, Hours, Post, Staffing, in_full
from sim.scenario.teams import Team

DAY = 86_400
ALONE = Post(persons=1)
"""The post of whoever stands for himself: a team, a person of several posts."""


class Span(NamedTuple):
    """One presence in seconds from the start: hours, minutes of handover after them, breaks."""

    begin: int
    end: int
    handover: int = 0
    breaks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """`members` stand at `actor`'s post in the spans that `spans(until)` gives.

    `hours` are those of `calendar`, empty = always.  `name` is the shift's word in the
    calendar.  `midnight` is second 0 of `day_one` in seconds from the start (not positive).
    `on_call`: these members are reached by telephone.  `shared`: it is one person who holds
    all of `posts`, and `post` says his own rules.
    """

    actor: str
    posts: tuple[str, ...]
    name: str
    members: tuple[str, ...]
    hours: tuple[Hours, ...]
    calendar: Calendar | None
    day_one: date
    midnight: int
    post: Post = ALONE
    on_call: bool = False
    shared: bool = False

    def spans(self, until: int) -> Iterator[Span]:
        """Yield every presence that touches [0, until], in order of time.

        Shifts that overlap are one presence, with the handover of the one that ends last and
        with the breaks of each.  The end of a presence that lasts beyond `until` is its own,
        not cut.  Who was handing over at second 0 has left.
        """
        if not self.hours or self.calendar is None:
            yield Span(0, until + 1)
            return
        present: Span | None = None
        for span in sorted(self._shifts(self.calendar, until)):
            if present is None:
                present = span
            elif span.begin < present.end:
                last = max(present, span, key=lambda s: s.end)
                breaks = tuple(sorted(present.breaks + span.breaks))
                present = Span(present.begin, last.end, last.handover, breaks)
            else:
                yield present
                present = span
        if present is not None:
            yield present

    def _shifts(self, calendar: Calendar, until: int) -> Iterator[Span]:
        for day in range(-1, until // DAY + 2):
            midnight = self.midnight + day * DAY
            for hours in self.hours:
                if not calendar.is_on(hours, self.day_one + timedelta(day)):
                    continue
                for begin, end in hours.hours:
                    first = midnight + begin
                    last = first + _length(begin, end)
                    if last > 0 and first <= until:
                        yield Span(
                            first,
                            last,
                            hours.handover,
                            tuple(_breaks(hours, midnight, first, last)),
                        )


def _length(begin: int, end: int) -> int:
    return (end - begin) % DAY or DAY


def _breaks(hours: Hours, midnight: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the breaks that lie in a presence, those of its second day included."""
    for day in (0, DAY):
        for begin, end in sorted(hours.breaks):
            start = max(first, midnight + day + begin)
            stop = min(last, midnight + day + begin + _length(begin, end))
            if start < stop:
                yield start, stop


def shifts_of(scenario: Scenario) -> tuple[Shift, ...]:
    """Return every presence that the scenario lays down: posts of offices, crews, teams, people.

    Whoever is on call stands last, so that those present are taken before.
    """
    found: list[Shift] = []
    for key, office in scenario.offices.items():
        staff = {"duty": office.duty, "leader": office.leader, **office.posts}
        for post, staffing in staff.items():
            found += _of_post(scenario, key, post, staffing, office.calendar)
    for key, depot in scenario.depots.items():
        found += _of_post(scenario, key, "crew", depot.crew, depot.calendar)
    for key, team in scenario.teams.items():
        found += _of_team(scenario, key, team)
    for key, person in scenario.people.items():
        first = person.posts[0].split("/")[0] if person.posts else key
        posts = tuple(person.posts)
        shift = _shift(
            scenario, first, posts, "", (key,), person.calendar, person.shifts, person.rules
        )
        found.append(replace(shift, shared=True))
    return tuple(sorted(found, key=lambda shift: shift.on_call))


def _of_team(scenario: Scenario, key: str, team: Team) -> Iterator[Shift]:
    """A team without shifts, or that musters off duty, can always be ordered out."""
    if team.muster or not (team.calendar and team.shifts):
        yield _shift(scenario, key, ("teams",), "", (key,), None, [])
    for name in team.shifts if team.calendar else ():
        yield _shift(scenario, key, ("teams",), name, (key,), team.calendar, [name])


def _of_post(
    scenario: Scenario, actor: str, name: str, staffing: Staffing, calendar: str | None
) -> Iterator[Shift]:
    post = in_full(staffing)
    per_shift = {"": post.persons} if isinstance(post.persons, int) else post.persons
    for shift, count in per_shift.items():
        stem = f"{actor}/{name}" + (f"/{shift}" if shift else "")
        for on_call in (False, True):
            numbers = [k for k in range(1, count + 1) if post.called(shift, k) == on_call]
            members = tuple(f"{stem}-{k}" for k in numbers)
            if members:
                names = [shift] if shift else []
                yield _shift(
                    scenario,
                    actor,
                    (f"{actor}/{name}",),
                    shift,
                    members,
                    calendar,
                    names,
                    post,
                    on_call,
                )


def _shift(
    scenario: Scenario,
    actor: str,
    posts: tuple[str, ...],
    name: str,
    members: tuple[str, ...],
    calendar: str | None,
    names: list[str],
    post: Post = ALONE,
    on_call: bool = False,
) -> Shift:
    start = scenario.start
    clock = start.hour * 3600 + start.minute * 60 + start.second
    found = scenario.calendars[calendar] if calendar and names else None
    hours = tuple(found.shifts[n] for n in names) if found else ()
    return Shift(actor, posts, name, members, hours, found, start.date(), -clock, post, on_call)
