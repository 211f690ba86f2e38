"""What a rule pack asks of whom in a scenario, and the least time that each duty takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.lint.earliest import LONG_BEFORE, NEVER, At, Earliest, Gate, by_time
from sim.lint.ends import may_end
from sim.lint.gates import after_receipt, after_row
from sim.lint.grades import possible_grades
from sim.lint.house import House, steps_within
from sim.lint.timing import Timing, least
from sim.rules.directory import Directory, Entry
from sim.rules.forecasts import FORECASTS
from sim.rules.instance import OWN, clocks_of
from sim.rules.options import with_options
from sim.rules.pack import Pack, Rule
from sim.rules.patterns import Condition
from sim.scenario.grade import RANK


class Duty(NamedTuple):
    """What one rule asks of one owner in one incident."""

    rule: str
    incident: str
    owner: str


class Obligations:
    """The duties of a pack in a scenario: those with a clock, of incidents that occur.

    Times are in seconds from a clock's start (the occurrence, the owner's first notice or
    confirmation of a grade, the first row of the rule's own start) to its end.
    """

    def __init__(self, house: House, pack: Pack, timing: Timing = least):
        self.house = house
        self.pack = with_options(pack)
        self.timing = timing
        self.directory = _directory(house)
        self._grades: dict[str, frozenset[str]] = {}
        self._known: dict[object, Earliest] = {}

    def duties(self) -> Iterator[Duty]:
        """Yield every duty, in the order of the pack; those that recur are left out."""
        for name, rule in self.pack.rules.items():
            if not rule.enabled or rule.kind not in ("deadline", "presence") or rule.every:
                continue
            for incident, about in self.house.scenario.incidents.items():
                if not about.occurs or (rule.hazards and about.hazard not in rule.hazards):
                    continue
                if rule.grades and not self.grades(incident) & set(rule.grades):
                    continue
                areas = tuple(about.jurisdiction)
                for owner in self.directory.owners(rule.owner, about.hazard, areas):
                    yield Duty(name, incident, owner)

    def rule(self, duty: Duty) -> Rule:
        """Return the rule of a duty."""
        return self.pack.rules[duty.rule]

    def readings(self, duty: Duty) -> tuple[str, ...]:
        """Return the readings of a duty's clock: `occur`, `receive`, `confirm`, or `own`."""
        return clocks_of(self.pack, self.rule(duty))[0]

    def anchor(self, duty: Duty) -> str:
        """Return the reading that counts."""
        return clocks_of(self.pack, self.rule(duty))[1]

    def least(self, duty: Duty, reading: str) -> At:
        """Return the least time of a duty by one reading, and the path that takes it.

        -inf where the end may come before the start, or nothing can be said; `inf` where no
        procedure leads there.
        """
        rule, incident, owner = self.rule(duty), duty.incident, duty.owner
        about = self.house.scenario.incidents[incident]
        actors: tuple[str, ...] = (owner,)
        if rule.by is not None:
            areas = tuple(about.jurisdiction)
            actors = self.directory.owners(rule.by, about.hazard, areas)
        clock = self._clock(rule, incident, owner, reading)
        if clock is None:
            return LONG_BEFORE
        found = (
            at
            for row, at in clock.rows.items()
            if may_end(rule, owner, actors, self.directory, row)
        )
        return min(found, key=by_time, default=NEVER)

    def grades(self, incident: str) -> frozenset[str]:
        """Return the grades that anybody may confirm of an incident."""
        if incident not in self._grades:
            judges = (d.accuracy for _, d in self.house.steps if d.kind == "grade")
            worst = min(judges, default=1.0)
            self._grades[incident] = possible_grades(self.house.scenario, incident, worst)
        return self._grades[incident]

    def may_rise(self, duty: Duty) -> bool:
        """Whether a later grade may begin the duty: its clock then starts no earlier than that."""
        rule = self.rule(duty)
        if not rule.grades or rule.regrade == "never" or self._judges_once(duty.owner):
            return False
        possible = self.grades(duty.incident) - {""}
        inside = possible & set(rule.grades)
        lowest = min((RANK[grade] for grade in possible), default=0)
        if rule.regrade == "always":
            return len(possible) > 1
        return any(RANK[grade] > lowest for grade in inside) and bool(possible - inside)

    # -- clocks ------------------------------------------------------------------------
    def _clock(self, rule: Rule, incident: str, owner: str, reading: str) -> Earliest | None:
        """Return all least times counted from the start of a clock, None if nothing is known."""
        if reading == "occur":
            return self._times(incident)
        if reading == "receive":
            if rule.noticed_by != "owner":
                return None
            return self._times(incident, after_receipt(owner))
        if reading == OWN:
            assert not isinstance(rule.start, str)
            start = _event_and_values(rule.start)
        elif rule.confirmed_by == "owner":
            anything = rule.regrade == "never" or not rule.grades
            start = "confirm", frozenset(RANK) if anything else frozenset(rule.grades)
        else:
            start = None
        if start is None:
            return None
        activity, values = start
        sure = (
            activity != "confirm"
            or self._judges_once(owner)
            or (self.grades(incident) <= values and self._informed(incident, owner))
        )
        return self._times(incident, after_row(owner, activity, values, sure), (activity, values))

    def _times(self, incident: str, gate: Gate | None = None, start: object = "") -> Earliest:
        key = (incident, gate and gate.owner, start)
        if key not in self._known:
            grades = self.grades(incident)
            self._known[key] = Earliest(self.house, incident, self.timing, grades, gate)
        return self._known[key]

    def _judges_once(self, owner: str) -> bool:
        """Whether the owner judges the grade once at most: then, or never, the clock starts."""
        judging = [
            procedure
            for procedure in self.house.procedures(owner)
            for step in steps_within(procedure.steps)
            if step.data.kind == "grade"
        ]
        again = {
            data.procedure
            for who, data in self.house.steps
            if who == owner and data.kind == "start"
        }
        repeated = any(
            inner.data.kind == "grade"
            for procedure in judging
            for step in steps_within(procedure.steps)
            if step.data.kind in ("repeat", "review")
            for inner in steps_within((step,))
        )
        if len(judging) != 1 or repeated:
            return False
        return judging[0].on.first and judging[0].key not in again

    def _informed(self, incident: str, owner: str) -> bool:
        """Whether the owner knows figures of the incident whenever he judges its grade.

        Who saw it knows them, and whom he told, and so on: unless somebody judges or reports who
        was only asked for something, ordered out, or told by exercise control.
        """
        all_times = self._times(incident)
        uninformed = {t for t in _triggers(all_times) if not _brings_figures(t)}
        judged = {trigger for who, trigger in all_times.judged if who == owner}
        reported = {trigger for _, trigger, kind in all_times.sent if _brings_figures(kind)}
        return not uninformed & (judged | reported)


def _event_and_values(pattern: Mapping[str, Condition]) -> tuple[str, frozenset[str]] | None:
    """Return (activity, grades or levels) of a start that an act of the owner himself gives."""
    activity, actor = pattern.get("activity"), pattern.get("actor")
    if actor is None or actor.same != "owner" or activity is None:
        return None
    words = [str(word) for word in activity.among or ()]
    if len(words) != 1 or words[0] not in ("confirm", "activate", "terminate"):
        return None
    values = pattern.get("grade" if words[0] == "confirm" else "level")
    others = set(pattern) - {"activity", "actor", "phase", "grade", "level"}
    if others or (values is not None and values.among is None):
        return None
    return words[0], frozenset(map(str, values.among or ())) if values else frozenset(RANK)


def _triggers(times: Earliest) -> set[str]:
    return {trigger for _, trigger, _ in times.sent} | {trigger for _, trigger in times.judged}


_ASKED = ("support_request", "support_answer", "supply_request", *FORECASTS)
_FIGURES = ("noticed", "received", "confirmed", "changed", "activated", "terminated", "arrived")


def _brings_figures(words: str) -> bool:
    """Whether who is told so, or begins to act on this, knows figures of the incident."""
    event, _, kind = words.partition(" ")
    return (event in _FIGURES or (not kind and event not in _ASKED)) and (
        kind or event
    ) not in _ASKED


def _directory(house: House) -> Directory:
    """Return who is who, as the record will say at its head."""
    scenario = house.scenario
    entries: list[Entry] = [
        (key, o.role, "|".join(o.jurisdiction), o.superior or "", "|".join(o.supervises))
        for key, o in scenario.offices.items()
    ]
    entries += [(key, "team", "", team.superior or "", "") for key, team in scenario.teams.items()]
    entries += [(key, "depot", "", one.superior or "", "") for key, one in scenario.depots.items()]
    entries += [(key, "site", "", one.superior or "", "") for key, one in scenario.shelters.items()]
    return Directory(entries)
