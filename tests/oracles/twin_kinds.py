"""The slow twin of the kinds of rule that have no three readings."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.oracles.twin_deadline import duty, earliest, verdict
from tests.oracles.twin_judge import missing
from tests.oracles.twin_pack import months
from tests.oracles.twin_rows import Scene, stamp


def presence(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    calls = duty(scene, rule, incident, owner)
    if not calls["applies"]:
        word = "unproven" if calls["reason"] == "grade_unknown" else "not_applicable"
        return verdict(word, calls["reason"])
    rows = scene.of(incident)
    start = earliest([r for r in rows if scene.matches(r, rule["start"], [owner])])
    if start is None:
        return verdict("not_applicable", "not_triggered")
    doers = [owner] + (scene.who(rule["by"], incident) if rule.get("by") else [])
    if any(scene.matches(r, rule["end"], doers) and stamp(r) for r in rows):
        return verdict("met")
    return missing(rule, stamp(start), scene.complete(doers, incident), None)


def absence(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    rows = scene.of(incident) if incident else scene.rows
    if any(scene.matches(r, rule["of"], [owner]) for r in rows):
        return verdict("late", "present")
    return verdict("met") if scene.complete([owner], incident) else verdict("unproven", "not_observed")


def sequence(scene: Scene, rule: dict, incident: str, owner: str) -> list[dict]:
    """One verdict for each thing that the columns `same` name."""
    rows = [
        r for r in scene.of(incident)
        if any(scene.matches(r, step, [owner]) for step in rule["steps"])
    ]
    keys = sorted({tuple(r[c] for c in rule.get("same", [])) for r in rows})
    if not keys:
        return [verdict("not_applicable", "not_triggered")]
    out = []
    for key in keys:
        group = [r for r in rows if tuple(r[c] for c in rule["same"]) == key]
        firsts = [earliest([r for r in group if scene.matches(r, s, [owner])]) for s in rule["steps"]]
        known = [stamp(r) for r in firsts if r]
        if any(b[1] < a[0] for a, b in zip(known, known[1:], strict=False)):
            out.append(verdict("late", "out_of_order"))
        elif None in firsts:
            spans = scene.complete([owner], incident)
            out.append(verdict("late", "missing_step") if spans else verdict("unproven", "not_observed"))
        elif any(b[0] < a[1] for a, b in zip(known, known[1:], strict=False)):
            out.append(verdict("unproven", "interval_straddles"))
        else:
            out.append(verdict("met"))
    return out


def consistency(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    rows = scene.of(incident) if incident else scene.rows
    left = [r for r in rows if scene.matches(r, rule["of"], [owner])]
    if not left:
        return verdict("not_applicable", "not_triggered")
    one, other = rule["columns"]
    unknown = False
    for row in left:
        mate = row
        if rule.get("with"):
            mates = [
                r for r in rows if scene.matches(r, rule["with"], [owner])
                and all(r[c] == row[c] for c in rule["same"])
            ]
            before = [r for r in mates if stamp(r) is None or stamp(r) <= stamp(row)]
            mate = (before or [None])[-1]
        if mate is None or row[one] in (None, "") or mate[other] in (None, ""):
            unknown = True
        elif row[one] != mate[other]:
            return verdict("late", "differs")
    return verdict("unproven", "empty_column") if unknown else verdict("met")


def coverage(scene: Scene, rule: dict, owner: str) -> dict:
    """Second by second where something changes: `count` persons in every observed second."""
    shifts = [r for r in scene.rows if scene.matches(r, rule["of"], [owner]) and r["until"] is not None]
    spans = scene.complete([owner], "")
    if not spans:
        return verdict("unproven", "not_observed")
    gap = 0
    for lo, hi in spans:
        cuts = sorted({lo, hi, *(t for r in shifts for t in (r["time"], r["until"]) if lo < t < hi)})
        for a, b in zip(cuts, cuts[1:], strict=False):
            there = sum(r["persons"] or 1 for r in shifts if r["time"] <= a and r["until"] >= b)
            gap += (b - a) if there < rule.get("count", 1) else 0
    return verdict("late", "gap", -gap) if gap else verdict("met")


def add_months(day: datetime, number: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError(day)


def period(scene: Scene, rule: dict, owner: str, origin: datetime) -> list[dict]:
    held = [r for r in scene.rows if scene.matches(r, rule["of"], [owner]) and stamp(r)]
    spans = scene.complete([owner], "")
    if rule.get("each") == "year":
        return each_year(held, spans, origin)
    keys = sorted({tuple(r[c] for c in rule.get("same", [])) for r in held}) or [None]
    out = []
    for key in keys:
        times = sorted(r["time"] for r in held if tuple(r[c] for c in rule["same"]) == key)
        out.append(within(rule, times, spans, origin))
    return out


def within(rule: dict, times: list[int], spans, origin: datetime) -> dict:
    def due(instant: int) -> int:
        day = add_months(origin + timedelta(seconds=instant), months(rule["within"]))
        if rule.get("calendar"):
            day = day.replace(month=12, day=31, hour=23, minute=59, second=59)
        return int((day - origin).total_seconds())

    if not spans:
        return verdict("unproven", "not_observed")
    lo, hi = spans[-1]
    points = [t for t in times if t <= hi] or [lo]
    for a, b in zip(points, points[1:], strict=False):
        if b > due(a):
            return verdict("late", "overdue")
    if due(points[-1]) < hi:
        return verdict("late", "overdue")
    return verdict("met") if times else verdict("open")


def each_year(held, spans, origin: datetime) -> list[dict]:
    if not spans:
        return [verdict("unproven", "not_observed")]
    lo, hi = spans[0][0], spans[-1][1]
    years = range((origin + timedelta(seconds=lo)).year, (origin + timedelta(seconds=hi)).year + 1)
    out = []
    for year in years:
        if any((origin + timedelta(seconds=r["time"])).year == year for r in held):
            out.append(verdict("met"))
            continue
        first = int((datetime(year, 1, 1, tzinfo=origin.tzinfo) - origin).total_seconds())
        last = int((datetime(year + 1, 1, 1, tzinfo=origin.tzinfo) - origin).total_seconds()) - 1
        whole = any(a <= first and b >= last for a, b in spans)
        out.append(verdict("late", "overdue") if whole else verdict("unproven", "not_observed"))
    return out
