"""The slow twin of a deadline, second half: from starts and ends to a verdict per reading."""

from __future__ import annotations

from tests.oracles.twin_deadline import (
    READINGS,
    anchors,
    content,
    contradictory,
    duty,
    earliest,
    reports,
    unite,
    verdict,
)
from tests.oracles.twin_pack import seconds
from tests.oracles.twin_rows import Scene, stamp


def against(rule: dict, start, found: list[dict], spans: list[tuple[int, int]], other_spans) -> dict:
    """One start, one verdict.  `found` are the reports, `spans` where the owner's record is whole."""
    limit = seconds(rule["limit"]) if rule.get("limit") else None
    strict = rule.get("strict", False)
    first, last = (start[0] + limit, start[1] + limit) if limit is not None else (None, None)

    def in_time(instant, deadline):
        return deadline is None or (instant < deadline if strict else instant <= deadline)

    sure, doubtful, late = [], [], []
    for report in found:
        if report["ok"] is False:
            continue
        if report["end"] is None:
            if in_time(report["sent"][0], last):
                doubtful.append("no_end_stamp")
            elif report["ok"]:
                late.append(None)
            continue
        lo, hi = report["end"]
        if report["ok"] and in_time(hi, first):
            sure.append(None if first is None else first - hi)
        elif in_time(lo, last):
            doubtful.append("content_unknown" if report["ok"] is None else "interval_straddles")
        elif report["ok"]:
            late.append(last - lo)
    if sure:
        return verdict("met", "", max((m for m in sure if m is not None), default=None))
    whole = missing(rule, start, spans, last)
    if doubtful:
        unreceived = set(doubtful) == {"no_end_stamp"}
        told = missing(rule, start, other_spans, last)
        if not (unreceived and told["verdict"] == "late"):
            return verdict("unproven", doubtful[0])
    if late:
        return verdict("late", "", max((m for m in late if m is not None), default=None))
    if any(report["ok"] is False for report in found) and whole["reason"] == "never_reported":
        return {**whole, "reason": "missing_elements"}
    return whole


def missing(rule: dict, start, spans, deadline) -> dict:
    """Nothing that counts is on record."""
    if deadline is None:
        deadline = start[1] + (seconds(rule["soft"]) if rule.get("soft") else 0)
    for lo, hi in spans:
        if lo <= start[0] and hi >= start[1]:
            if hi >= deadline:
                return verdict("late", "never_reported")
            return verdict("open")
    return verdict("unproven", "not_observed")


def raw_readings(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    """Verdict per reading, before any exception; `names` says which readings the rule has."""
    names = readings_of(rule)
    calls = duty(scene, rule, incident, owner)
    if not calls["applies"]:
        word = "unproven" if calls["reason"] == "grade_unknown" else "not_applicable"
        return dict.fromkeys(names, verdict(word, calls["reason"]))
    if contradictory(scene, rule, incident, owner):
        return dict.fromkeys(names, verdict("unproven", "contradictory_stamps"))
    recipients = scene.who(rule["recipient"], incident)
    if not recipients:
        return dict.fromkeys(names, verdict("unproven", "no_recipient"))
    found = reports(scene, rule, incident, owner, recipients)
    if rule.get("before_confirm") == "not":
        confirm = anchors(scene, rule, incident, owner)["confirm"]
        found = [r for r in found if confirm and (r["end"] or r["sent"])[0] >= confirm[0]]
    for report in unite(rule, found):
        report["ok"] = content(scene, rule, report["row"])
    found = [{**r, "ok": content(scene, rule, r["row"])} for r in unite(rule, found)]
    senders = [owner] + (scene.who(rule["by"], incident) if rule.get("by") else [])
    spans = scene.complete([*senders, *recipients], incident)
    told = scene.complete(recipients, incident)
    starts = starts_of(scene, rule, incident, owner, calls["anew"])
    judged = {}
    for name, start in starts.items():
        judged[name] = against(rule, start, found, spans, told) if start else None
    out = {}
    for name in names:
        out[name] = bounded(rule, judged, name, found) if judged[name] is None else judged[name]
        out[name] = lapsed(rule, out[name], starts[name], calls["lapse"], found)
    return out


def readings_of(rule: dict) -> list[str]:
    start = rule.get("start", "readings")
    if start == "readings":
        return list(READINGS)
    return [start] if isinstance(start, str) else ["own"]


def starts_of(scene: Scene, rule: dict, incident: str, owner: str, anew) -> dict:
    start = rule.get("start", "readings")
    if isinstance(start, dict):
        rows = [r for r in scene.of(incident) if scene.matches(r, start, [owner]) and not scene.forecast(r)]
        row = earliest(rows)
        found = {"own": stamp(row) if row else None}
    else:
        found = anchors(scene, rule, incident, owner)
    if anew:
        for name, at in found.items():
            if at:
                found[name] = (max(at[0], anew[0]), max(at[1], anew[1]))
    return found


def bounded(rule: dict, judged: dict, name: str, found) -> dict:
    """No start: met from an earlier one is met, late from a later one is late."""
    if name == "own":
        return verdict("unproven", "no_start")
    k = READINGS.index(name)
    if rule.get("limit") is None and any(r["ok"] and r["end"] for r in found):
        return verdict("met")
    if any(judged[n] and judged[n]["verdict"] == "met" for n in READINGS[:k]):
        return verdict("met")
    if any(judged[n] and judged[n]["verdict"] == "late" for n in READINGS[k + 1 :]):
        return verdict("late")
    return verdict("unproven", "no_start")


def lapsed(rule: dict, judged: dict, start, lapse, found) -> dict:
    """Lowered before the limit ran out: what had not been done by then lapses."""
    if lapse is None or judged["verdict"] == "met":
        return judged
    if rule.get("limit") and start and start[1] + seconds(rule["limit"]) < lapse[0]:
        return judged
    return verdict("not_applicable", "downgraded")


def excepted(rule: dict, word: dict, other: dict | None) -> dict:
    """`unless` with `effect`: the other rule, as judged before its own exception."""
    if other is None or other["verdict"] != "met":
        if other and rule.get("effect", "not_applicable") == "not_applicable":
            if word["verdict"] == "late" and other["verdict"] in ("open", "unproven"):
                return verdict(other["verdict"], other["reason"])
        return word
    if rule.get("effect", "not_applicable") == "not_applicable":
        return verdict("not_applicable", "not_triggered")
    if word["verdict"] == "late":
        done = word["margin"] is not None
        return verdict("excused", "exception" if done else "still_owed", word["margin"])
    if word["verdict"] in ("unproven", "open") and word["reason"] == "not_observed":
        return verdict("excused", "still_owed")
    return word


def judge_deadline(scene: Scene, pack: dict, name: str, incident: str, owner: str) -> dict:
    """One row of the table: the verdict, and one per reading where the rule has readings."""
    rule = pack["rules"][name]
    raw = raw_readings(scene, rule, incident, owner)
    met = (rule.get("unless") or {}).get("met")
    if met in pack["rules"]:
        other = raw_readings(scene, pack["rules"][met], incident, owner)
        single = next(iter(other.values())) if len(other) == 1 else None
        for reading, word in raw.items():
            mate = single or other.get(reading) or other[pack["anchor"]]
            raw[reading] = excepted(rule, word, mate)
    only = next(iter(raw)) if len(raw) == 1 else pack["anchor"]
    words = {word["verdict"] for word in raw.values()}
    return {
        **raw[only],
        "summary": words.pop() if len(words) == 1 else "depends",
        "readings": {n: w for n, w in raw.items() if n != "own"},
    }
