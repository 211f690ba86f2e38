"""What can discharge a duty: deliveries of reports, or rows that match a pattern."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from sim.rules.deliveries import Deliveries
from sim.rules.directory import Directory
from sim.rules.forecasts import FORECASTS
from sim.rules.pack import Rule
from sim.rules.patterns import Condition, column_mask, mask, short_of
from sim.rules.sheet import Sheet
from sim.rules.stamps import INF, Stamp


class Act(NamedTuple):
    """One act of an owner in an incident that may discharge a duty.

    `stamp` is when it counts as done, `sent` and `arrived` by the other ends of the clock;
    `fits` is False for a report of the right kind that lacks elements, and for one of which
    neither label nor elements are known (`doubtful`); `number` names the delivery (-1 for
    plain rows).
    """

    stamp: Stamp
    sent: Stamp
    arrived: Stamp
    recipient: str
    grade: str
    elements: str
    fits: bool
    doubtful: bool
    written: bool
    number: int = -1


class Acts(Protocol):
    """Finds the acts of some actors in an incident."""

    def of(
        self, case: int, incident: str, actors: Iterable[str], directory: Directory
    ) -> list[Act]: ...


_LISTED = Condition(nonempty=True)
_JUDGED = (Condition(has=["judged_full"]), Condition(has=["judged_short"]))


class Reports:
    """Acts that are reports: the deliveries that hold what a rule needs.

    Content decides: where a report lists elements they must fulfil `need.elements`; its
    label (`need.kind`) counts only where it lists none.  A forecast is no report of the event:
    it discharges only a duty that names its kind.
    """

    def __init__(self, rule: Rule, deliveries: Deliveries):
        assert isinstance(rule.end, str)
        self.deliveries = deliveries
        coded, count = deliveries.coded, len(deliveries)
        plain = {c: cond for c, cond in rule.need.items() if c not in ("elements", "kind")}
        wanted, kind = rule.need.get("elements"), rule.need.get("kind")
        listed = column_mask(_LISTED, coded("elements"))
        right_kind = column_mask(kind, coded("kind")) if kind else np.ones(count, bool)
        full = column_mask(wanted, coded("elements")) if wanted else listed
        possible = mask(plain, coded, count)
        if not kind or not set(FORECASTS) & set(kind.among or ()):
            possible &= ~deliveries.forecast
        labelled = right_kind if kind or not wanted else np.zeros(count, bool)
        fits = possible & np.where(listed, full, labelled)
        short = possible & listed & right_kind & ~fits
        if rule.union and wanted:  # every part counts
            short = possible & listed & ~fits
        unlabelled = ~column_mask(_LISTED, coded("kind"))
        doubtful = possible & ~listed & unlabelled & ~fits
        if rule.tick:  # an evaluator has read it; what he has not judged is not known
            full, poor = (column_mask(word, coded("elements")) for word in _JUDGED)
            fits, short = possible & full, possible & poor & ~full
            doubtful = possible & (right_kind | unlabelled) & ~full & ~poor
        self.fits = fits.tolist()
        self.doubtful = doubtful.tolist()
        self.relevant = (fits | short | doubtful).tolist()
        self.written = [False] * count
        if rule.written:
            self.written = column_mask(Condition(among=rule.written), coded("channel")).tolist()
        self.stamps = deliveries.stamps(rule.end)
        self.sent = deliveries.stamps("sent")
        self.arrived = deliveries.stamps("acknowledged")
        self.union = wanted if rule.union and not rule.tick else None

    def of(
        self, case: int, incident: str, actors: Iterable[str], directory: Directory
    ) -> list[Act]:
        """Return the reports of these actors about an incident, those lacking elements too."""
        found: list[Act] = []
        for actor in actors:
            for d in self.deliveries.by_sender.get((case, incident, actor), ()):
                if self.relevant[d] and self.stamps[d].lo < INF:
                    found.append(self._act(d))
        return _joined(found, self.union) if self.union else found

    def _act(self, d: int) -> Act:
        post = self.deliveries
        return Act(
            self.stamps[d],
            self.sent[d],
            self.arrived[d],
            post.recipient[d],
            post.grade[d],
            post.elements[d],
            self.fits[d],
            self.doubtful[d],
            self.written[d],
            d,
        )


def _joined(acts: list[Act], wanted: Condition) -> list[Act]:
    """Let each report count for all elements that came with or before it."""
    acts.sort(key=lambda act: (act.stamp.hi, act.stamp.lo))
    result: list[Act] = []
    so_far: dict[str, list[str]] = {}
    for act in acts:
        words = so_far.setdefault(act.recipient, [])
        words.extend(word for word in act.elements.split("|") if word and word not in words)
        elements = "|".join(words)
        fits = act.fits or (bool(act.elements) and not short_of(wanted, elements))
        result.append(act._replace(elements=elements, fits=fits))
    return result


class Rows:
    """Acts that are plain rows: those that match a pattern."""

    def __init__(self, pattern: Mapping[str, Condition], sheet: Sheet):
        self.relations = {c: cond for c, cond in pattern.items() if cond.relational}
        self.own = next((c for c, cond in self.relations.items() if cond == _OWNER), "")
        self.rest = {c: cond for c, cond in self.relations.items() if c != self.own}
        self.sheet = sheet
        self.at = np.flatnonzero(mask(pattern, sheet.coded, len(sheet)))

    @cached_property
    def by_incident(self) -> dict[tuple[int, str, str], list[int]]:
        """The rows of each case, incident and owner; owner `""` where the pattern names none."""
        return self._by("incident")

    @cached_property
    def by_case(self) -> dict[tuple[int, str, str], list[int]]:
        """The rows of each case and owner, whatever incident they are about."""
        return self._by("")

    def _by(self, column: str) -> dict[tuple[int, str, str], list[int]]:
        none = [""] * len(self.at)
        keys = (
            self.sheet.case_of[self.at].tolist(),
            self.sheet.picked(column, self.at) if column else none,
            self.sheet.picked(self.own, self.at) if self.own else none,
        )
        found: dict[tuple[int, str, str], list[int]] = {}
        for p, key in zip(self.at.tolist(), zip(*keys, strict=True), strict=True):
            found.setdefault(key, []).append(p)
        return found

    def in_case(self, case: int) -> list[int]:
        """Return where the rows of a case stand, whoever they are about."""
        lo, hi = np.searchsorted(self.at, self.sheet.starts[case : case + 2])
        found: list[int] = self.at[lo:hi].tolist()
        return found

    def part(self, positions: list[int]) -> Rows:
        """Return the same pattern as if only these of its rows stood in the record."""
        made = copy(self)
        made.at = np.array(positions, dtype="int64")
        for name in ("by_incident", "by_case"):
            vars(made).pop(name, None)
        return made

    def of(
        self, case: int, incident: str, actors: Iterable[str], directory: Directory
    ) -> list[Act]:
        """Return the rows about an incident that match for one of these actors."""
        at = self.positions(case, incident, actors, directory)
        if not at:
            return []
        stamp, recipients = self.sheet.stamp, self.sheet.text("recipient")
        grades = self.sheet.text("grade")
        return [
            Act(stamp(p), stamp(p), stamp(p), recipients[p], grades[p], "", True, False, False)
            for p in at
        ]

    def positions(
        self, case: int, incident: str, actors: Iterable[str], directory: Directory
    ) -> list[int]:
        """Return where the rows stand; without an incident, all rows of the case."""
        rows = self.by_incident if incident else self.by_case
        if not self.own:
            found = rows.get((case, incident, ""), [])
            return self._fitting(found, dict.fromkeys(actors), directory) if found else []
        lists = [
            self._fitting(rows[case, incident, owner], (owner,), directory)
            for owner in dict.fromkeys(actors)
            if (case, incident, owner) in rows
        ]
        if len(lists) < 2:
            return lists[0] if lists else []
        return sorted(p for found in lists for p in found)

    def _fitting(
        self, found: list[int], owners: Collection[str], directory: Directory
    ) -> list[int]:
        """Return the rows that the remaining conditions let count for one of these owners."""
        if not self.rest:
            return found if owners else []
        return [p for p in found if any(self._related(p, owner, directory) for owner in owners)]

    def _related(self, p: int, owner: str, directory: Directory) -> bool:
        return all(
            related(condition, self.sheet.text(column)[p], owner, directory)
            for column, condition in self.rest.items()
        )


_OWNER = Condition(same="owner")


def related(condition: Condition, actor: str, owner: str, directory: Directory) -> bool:
    """Whether a condition on an actor holds for this owner."""
    if condition.same == "owner" and actor != owner:
        return False
    if condition.same == "superior(owner)" and actor != directory.superior.get(owner):
        return False
    return condition.role is None or bool(directory.roles.get(actor, set()) & set(condition.role))
