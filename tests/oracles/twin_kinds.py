"""The slow twin of the kinds of rule that have no three readings."""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import datetime, timedelta

from tests.oracles.twin_judge import judge_deadline, verdict
from tests.oracles.twin_pack import months
from tests.oracles.twin_rows import Scene, stamp


def untouched(scene: Scene, owner: str, incident: str) -> dict:
    """Nothing called for it: where the record shows that, it is not applicable."""
    if scene.complete([owner], incident):
        return verdict("not_applicable", "not_triggered")
    return verdict("unproven", "not_observed")


def presence(scene: Scene, pack: dict, name: str, incident: str, owner: str) -> dict:
    """A deadline without a limit, owed only once its start is on record."""
    rule = pack["rules"][name]
    word = judge_deadline(scene, pack, name, incident, owner)
    settled = ("no_obligor", "no_recipient", "other_hazard", "other_grade", "exception")
    if word["reason"] in settled:
        return word
    start, rows = rule["start"], scene.of(incident)
    if isinstance(start, dict) and not any(scene.matches(r, start, [owner]) for r in rows):
        return {**untouched(scene, owner, incident), "whose": word["whose"]}
    return word


def absence(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    if any(scene.matches(r, rule["of"], [owner]) for r in scene.of(incident)):
        return verdict("late", "present")
    if scene.complete([owner], incident):
        return verdict("met")
    return verdict("unproven", "not_observed")


def sequence(scene: Scene, rule: dict, incident: str, owner: str) -> list[dict]:
    """One verdict for each thing that the columns `same` name."""
    steps = [[r for r in scene.of(incident) if scene.matches(r, s, [owner])] for s in rule["steps"]]
    keys = sorted({tuple(r[c] for c in rule["same"]) for rows in steps for r in rows})
    if not keys:
        return [untouched(scene, owner, incident)]
    out = []
    for key in keys:
        mine = [[r for r in rows if tuple(r[c] for c in rule["same"]) == key] for rows in steps]
        times = [stamp(rows[0]) if rows else None for rows in mine]
        known = [t for t in times if t]
        inner = times[: max(k for k, t in enumerate(times) if t)]
        pairs = list(itertools.pairwise(known))
        if None in inner:
            complete = scene.complete([owner], incident)
            out.append(verdict("late" if complete else "unproven", "missing_step"))
        elif any(a[0] > b[1] for a, b in pairs):
            out.append(verdict("late", "out_of_order"))
        elif any(a[1] > b[0] for a, b in pairs):
            out.append(verdict("unproven", "interval_straddles"))
        else:
            out.append(verdict("met" if len(known) == len(times) else "open"))
    return out


def consistency(scene: Scene, rule: dict, incident: str, owner: str) -> list[dict]:
    """One verdict for each row that is looked at."""
    left = [r for r in scene.of(incident) if scene.matches(r, rule["of"], [owner])]
    if not left:
        return [untouched(scene, owner, incident)]
    one, other = rule["columns"]
    out = []
    for row in left:
        mate = row
        if rule.get("with"):
            mates = [
                r
                for r in scene.rows
                if scene.matches(r, rule["with"], [owner])
                if all(r[c] == row[c] for c in rule["same"]) and stamp(r)[0] <= stamp(row)[1]
            ]
            mate = mates[-1] if mates else None
        if mate is None:
            out.append(verdict("unproven", "no_entry"))
        elif row[one] in (None, "") or mate[other] in (None, ""):
            out.append(verdict("unproven", "empty_column"))
        else:
            same = row[one] == mate[other]
            out.append(verdict("met") if same else verdict("late", "differs"))
    return out


def coverage(scene: Scene, rule: dict, owner: str) -> dict:
    """Between any two changes: `count` persons in every second of the complete record."""
    shifts = [r for r in scene.rows if scene.matches(r, rule["of"], [owner])]
    spans = [(max(lo, 0), hi) for lo, hi in scene.complete([owner], "") if hi > max(lo, 0)]
    if not spans:
        return verdict("unproven", "not_observed")
    gap = 0
    for lo, hi in spans:
        edges = [t for r in shifts for t in (r["time"], r["until"]) if lo < t < hi]
        cuts = sorted({lo, hi, *edges})
        for a, b in itertools.pairwise(cuts):
            there = [r["persons"] or 1 for r in shifts if r["time"] <= a and r["until"] >= b]
            gap += (b - a) if sum(there) < rule.get("count", 1) else 0
    return verdict("late", "gap" if shifts else "no_rows", -gap) if gap else verdict("met")


def period(scene: Scene, rule: dict, owner: str, origin: datetime) -> list[dict]:
    """Judged for the last span in which the record is complete."""
    spans = scene.complete([owner], "")
    if not spans:
        return [verdict("unproven", "not_observed")]
    held = [r for r in scene.rows if scene.matches(r, rule["of"], [owner])]
    keys = sorted({tuple(r[c] for c in rule.get("same", [])) for r in held}) or [()]
    out = []
    for key in keys:
        rows = [r for r in held if tuple(r[c] for c in rule.get("same", [])) == key]
        if rule.get("each") == "year":
            out += each_year(rule, rows, spans[-1], origin)
        else:
            out.append(within(rule, rows, spans[-1], origin))
    return out


def within(rule: dict, rows: list[dict], span, origin: datetime) -> dict:
    lo, hi = span
    instants = [lo, *(stamp(r)[1] for r in rows if stamp(r)[1] <= hi), hi]
    for before, after in itertools.pairwise(instants):
        day = origin + timedelta(seconds=before)
        last = later(day, months(rule["within"]))
        if rule.get("calendar"):
            last = datetime(last.year + 1, 1, 1, tzinfo=last.tzinfo)
        if origin + timedelta(seconds=after) > last:
            return verdict("late", "overdue", int((last - origin).total_seconds()) - after)
    return verdict("met") if rows else verdict("open")


def later(day: datetime, number: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def each_year(rule: dict, rows: list[dict], span, origin: datetime) -> list[dict]:
    begin, end = (origin + timedelta(seconds=second) for second in span)
    out = []
    for year in range(begin.year, end.year + 1):
        held = [r for r in rows if (origin + timedelta(seconds=stamp(r)[0])).year == year]
        first_day = datetime(year, 1, 1, tzinfo=origin.tzinfo)
        last_second = datetime(year + 1, 1, 1, tzinfo=origin.tzinfo) - timedelta(seconds=1)
        if len(held) >= rule.get("count", 1):
            out.append(verdict("met"))
        elif begin <= first_day and last_second <= end:
            out.append(verdict("late", "overdue"))
        elif first_day < begin:
            out.append(verdict("unproven", "not_observed"))
        else:
            out.append(verdict("open"))
    return out
