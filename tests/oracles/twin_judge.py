"""The slow twin of a deadline: from starts and ends to a verdict per reading."""

from __future__ import annotations

from tests.oracles.twin_grade import anchors, bounded, contradictory, graded, periods
from tests.oracles.twin_pack import seconds
from tests.oracles.twin_reports import first_end, reports
from tests.oracles.twin_rows import NEVER, Scene, first, stamp

OWN = "own"
FIXED = ("contradictory_stamps", "no_obligor", "no_recipient", "grade_unknown", "order_unknown")


def verdict(word: str, reason: str = "", margin: int | None = None) -> dict:
    return {"verdict": word, "reason": reason, "margin": margin}


def readings_of(pack: dict, rule: dict) -> list[str]:
    start = rule.get("start", "readings")
    if start == "readings":
        return list(pack["readings"])
    return [start] if isinstance(start, str) else [OWN]


def applies(scene: Scene, rule: dict, incident: str, owner: str):
    """The periods in which the grade calls for the rule, or the verdict where none does."""
    always = [{"enter": None, "leave": None}]
    if not rule.get("grades"):
        return always
    grades, _, _ = graded(scene, rule, incident, owner)
    if not grades:
        return always if "unknown" in rule["grades"] else verdict("unproven", "grade_unknown")
    when = periods(rule, grades)
    if when and any(
        a[1] > b[0] and one != other
        for k, (a, one) in enumerate(grades)
        for b, other in grades[k + 1 :]
        if not {one, other} <= set(rule["grades"]) or rule.get("regrade") == "always"
    ):
        return verdict("unproven", "order_unknown")
    return when or verdict("not_applicable", "other_grade")


def whose_grade(scene: Scene, rule: dict, incident: str, owner: str) -> str:
    """Flag that the grade was not the owner's own."""
    other = rule.get("hazards") and scene.hazard(incident) not in ("", *rule["hazards"])
    if other or not rule.get("grades"):
        return ""
    return graded(scene, rule, incident, owner)[2]


def raw_readings(scene: Scene, pack: dict, name: str, incident: str, owner: str) -> dict:
    """Verdict per reading, before any exception."""
    rule, names = pack["rules"][name], readings_of(pack, pack["rules"][name])
    if rule.get("hazards") and scene.hazard(incident) not in ("", *rule["hazards"]):
        return dict.fromkeys(names, verdict("not_applicable", "other_hazard"))
    if not owner and not rule.get("grades"):
        return dict.fromkeys(names, verdict("unproven", "no_obligor"))
    when = applies(scene, rule, incident, owner)
    if isinstance(when, dict):
        if not owner and when["verdict"] == "unproven":
            when = verdict("unproven", "no_obligor")  # a known other grade comes first
        return dict.fromkeys(names, when)
    if not owner:
        return dict.fromkeys(names, verdict("unproven", "no_obligor"))
    lifted = (rule.get("unless") or {}).get("row")
    if lifted and any(scene.matches(r, lifted, [owner]) for r in scene.of(incident)):
        return dict.fromkeys(names, verdict("not_applicable", "exception"))
    to = scene.told(rule["recipient"], owner) if rule.get("recipient") else []
    if rule.get("recipient") and not to:
        return dict.fromkeys(names, verdict("unproven", "no_recipient"))
    if names != [OWN] and contradictory(scene, incident, owner):
        return dict.fromkeys(names, verdict("unproven", "contradictory_stamps"))
    doers = scene.who(rule["by"], incident) if rule.get("by") else [owner]
    out: dict[str, dict] = {}
    for period in when:
        for reading in names:
            if reading not in out or out[reading]["reason"] == "downgraded":
                out[reading] = in_period(scene, rule, incident, owner, doers, to, period, reading)
    return out


def in_period(scene, rule, incident, owner, doers, to, period, reading) -> dict:
    enter = period["enter"]
    found = anchors(scene, rule, incident, owner, enter)
    known = True
    if reading == OWN:
        begun = [stamp(r) for r in scene.of(incident) if scene.matches(r, rule["start"], [owner])]
        start, known = (first(begun), True) if begun else ((-NEVER, NEVER), False)
    else:
        start, known = bounded(found, reading, enter), found[reading] is not None
    acts = done(scene, rule, incident, doers, to)
    if enter is not None:  # a new duty is not discharged by an old report of a lower grade
        acts = since_then(acts, enter, rule["grades"])
    if rule.get("before_confirm") == "not" and found["confirm"]:
        acts = since_then(acts, found["confirm"], [])
    limit = seconds(rule["limit"]) if rule.get("limit") else None
    end = first_end([a for a in acts if a["fits"]])
    leave = period["leave"]
    if leave is not None:
        lapse = lapsed(start, limit, end, leave)
        if lapse:
            return lapse
    since = start[0]
    if found["receive"] or found["occur"]:
        since = (found["receive"] or found["occur"])[0]
        since = max(since, enter[0]) if enter else since
    channel = (rule.get("need") or {}).get("channel", "")
    channel = channel if isinstance(channel, str) else ""
    spans = scene.complete([*doers, *to], incident, channel)
    whole = max((hi for lo, hi in spans if lo <= since <= hi), default=None)
    return against(rule, start, known, limit, acts, end, whole)


def since_then(acts: list[dict], then, spared: list[str]) -> list[dict]:
    """What came after; of what may have come before, it is not known whether it ever counted."""
    kept = []
    for act in acts:
        after, maybe = act["end"][0] >= then[1], act["end"][1] >= then[0]
        if act["row"]["grade"] in spared or after:
            kept.append(act)
        elif maybe:
            kept.append({**act, "end": (act["end"][0], NEVER)})
    return kept


def done(scene: Scene, rule: dict, incident: str, doers: list[str], to: list[str]) -> list[dict]:
    """What can discharge the duty: reports, or rows that match the pattern `end`."""
    end = rule.get("end", "acknowledged")
    if isinstance(end, str):
        return reports(scene, rule, incident, doers, to)
    return [
        {"row": r, "end": stamp(r), "fits": True, "doubtful": False, "short": False}
        for r in scene.of(incident)
        if any(scene.matches(r, end, [doer]) for doer in doers)
    ]


def lapsed(start, limit, end, leave) -> dict | None:
    """Lowered below the list: what was neither discharged nor breached by then lapses."""
    if end is not None and end[1] <= leave[0]:
        return None  # discharged before
    if limit is not None and start[1] + limit < leave[0]:
        return None  # breached before
    undone = end is None or end[0] > leave[1]
    unbreached = limit is None or start[0] + limit >= leave[1]
    exact = leave[0] == leave[1] and start[0] == start[1] and (end is None or end[0] == end[1])
    if (undone and unbreached) or exact:
        return verdict("not_applicable", "downgraded")
    return verdict("unproven", "interval_straddles")


def against(rule, start, known, limit, acts, end, whole) -> dict:
    """One start against all that was done; `whole` = until when nothing can be missing."""
    word = ending(rule, start, known, limit, end) if end else missing(rule, start, known, whole)
    if not end and any(a["short"] for a in acts):
        word["reason"] = "missing_elements"
    unknown = first_end([a for a in acts if a["doubtful"]])
    if unknown and word["verdict"] != "met":
        strict = 1 if rule.get("strict") else 0
        if limit is None or start[1] + limit - unknown[0] >= strict:
            return verdict("unproven", "content_unknown")
    return word


def ending(rule, start, known, limit, end) -> dict:
    if limit is None:
        return verdict("unproven", "no_end_stamp") if end[1] >= NEVER else verdict("met")
    needed = 1 if rule.get("strict") else 0
    least, most = start[0] + limit - end[1], start[1] + limit - end[0]
    if least >= needed:
        return verdict("met", "", least)
    if most < needed:
        return verdict("late", "", most)
    if end[1] >= NEVER:
        return verdict("unproven", "no_end_stamp")
    return verdict("unproven", "interval_straddles" if known else "no_start")


def missing(rule, start, known, whole) -> dict:
    limit = rule.get("limit") or rule.get("soft")
    limit = seconds(limit) if limit else 0
    if whole is None:
        return verdict("unproven", "not_observed")
    if whole >= start[1] + limit:
        return verdict("late", "never_reported")
    if whole < start[0] + limit:
        return verdict("open")
    return verdict("unproven", "interval_straddles" if known else "no_start")


def excepted(rule: dict, word: dict, other: dict) -> dict:
    """`unless` with `effect`: the other duty as it stood before its own exception."""
    met, own = other["verdict"] == "met", word["verdict"]
    if rule.get("effect", "not_applicable") == "not_applicable":
        if met:
            return verdict("not_applicable", "not_triggered")
        if other["verdict"] == "not_applicable":
            return verdict("not_applicable", other["reason"])
        if other["verdict"] in ("open", "unproven") and own in ("late", "open", "unproven"):
            return {**word, "verdict": other["verdict"], "reason": other["reason"]}
        return word
    if own not in ("late", "open", "unproven") or word["reason"] in FIXED:
        return word
    if met:
        undone = ("never_reported", "not_observed", "missing_elements")
        owed = word["reason"] in undone or (own != "late" and not word["reason"])
        return {**word, "verdict": "excused", "reason": "still_owed" if owed else ""}
    doubts = ("no_end_stamp", "interval_straddles", "no_start", "content_unknown")
    if own == "late" and other["verdict"] == "unproven" and other["reason"] in doubts:
        return {**word, "verdict": "unproven", "reason": other["reason"]}
    return word


def judge_deadline(scene: Scene, pack: dict, name: str, incident: str, owner: str) -> dict:
    """One row of the table: the verdict, and one per reading where the rule has readings."""
    rule = pack["rules"][name]
    raw = raw_readings(scene, pack, name, incident, owner)
    met = (rule.get("unless") or {}).get("met")
    if met in pack["rules"]:
        other = partner(scene, pack, met, incident, owner)
        for reading, word in raw.items():
            raw[reading] = excepted(rule, word, other.get(reading) or only(pack, other))
    kinds = {word["verdict"] for word in raw.values()}
    return {
        **only(pack, raw),
        "summary": kinds.pop() if len(kinds) == 1 else "depends",
        "readings": {n: w for n, w in raw.items() if n != OWN},
        "whose": whose_grade(scene, rule, incident, owner),
    }


def only(pack: dict, found: dict) -> dict:
    """The reading that counts: the pack's anchor, or the one that there is."""
    return found.get(pack["anchor"]) or next(iter(found.values()))


def partner(scene: Scene, pack: dict, name: str, incident: str, owner: str) -> dict:
    """The other rule for the same owner; where he does not owe it, for one who met it."""
    owners = scene.who(pack["rules"][name]["owner"], incident) or [""]
    if owner in owners:
        return raw_readings(scene, pack, name, incident, owner)
    found = [raw_readings(scene, pack, name, incident, one) for one in owners]
    met = [one for one in found if only(pack, one)["verdict"] == "met"]
    return (met or found)[0]
