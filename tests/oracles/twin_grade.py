"""The slow twin: which grade counts for an owner, when a rule therefore applies, its anchors."""

from __future__ import annotations

from sim.scenario.grade import grade as grade_of
from sim.scenario.grade import table_for
from tests.oracles.twin_rows import NEVER, RANK, Instant, Scene, first, stamp, timed

FIELDS = ("dead", "missing", "injured", "poisoned", "trapped", "at_risk", "evacuated", "loss_wan")
READINGS = ("occur", "receive", "confirm")


def graded(scene: Scene, rule: dict, incident: str, owner: str):
    """(grades in order of time, those that start his confirm clock, whose they are).

    His own, else anybody's, else by the figures.  `as_if`: had the true grade been confirmed.
    """
    rows = [r for r in scene.done(incident, "confirm") if r["grade"]]
    who = confirmers(scene, rule, owner)
    everybody = [(stamp(r), r["grade"]) for r in rows]
    own = [(stamp(r), r["grade"]) for r in rows if r["actor"] in who]
    whose = "own" if own else "others_grade" if everybody else ""
    if scene.as_if:
        return as_if(own or everybody, own, true_grades(scene, incident))
    if whose:
        return own or everybody, own, whose
    found = derived(scene, incident)
    return found, [], "derived" if found else ""


def as_if(confirmed, own, true):
    """At the first confirmation the grade that was true by then, and every later rise of it."""
    highest = max((grade for _, grade in true), key=RANK.get, default="")
    if not true or not confirmed:
        return ([(true[0][0], highest)] if true else []), [], "true"
    at = confirmed[0][0]
    by_then = [grade for when, grade in true if when[0] <= at[1]]
    grades = [(at, by_then[-1] if by_then else highest)]
    grades += [(when, grade) for when, grade in true if by_then and when[0] > at[1]]
    return grades, grades if own else [], "true"


def confirmers(scene: Scene, rule: dict, owner: str) -> list[str]:
    by = rule.get("confirmed_by", "owner")
    if by == "owner":
        return [owner]
    if by == "anybody":
        return [r["actor"] for r in scene.rows]
    roles = by["role"] if isinstance(by["role"], list) else [by["role"]]
    return [a for a, entry in scene.roles.items() if entry["actor_role"] in roles]


def derived(scene: Scene, incident: str):
    """By the highest figure of each kind that actors recorded so far, else of the truth."""
    rows = [r for r in scene.of(incident) if not scene.forecast(r)]
    told = [r for r in rows if r["actor"]]
    return rises(scene, told, incident, False) or true_grades(scene, incident)


def true_grades(scene: Scene, incident: str):
    """The true grade as it rose: rows of `occur` and `truth` without an actor."""
    rows = [r for r in scene.of(incident) if not r["actor"] and not scene.forecast(r)]
    return rises(scene, [r for r in rows if r["activity"] in ("occur", "truth")], incident, True)


def rises(scene: Scene, rows: list[dict], incident: str, stated: bool):
    table, known, best, found = table_for(scene.hazard(incident)), {}, "", []
    for row in rows:
        for name in FIELDS:
            if row[name] is not None:
                known[name] = max(row[name], known.get(name, 0))
        now = grade_of(known, table) if known else ""
        if stated and RANK[row["grade"]] > RANK[now]:
            now = row["grade"]
        if RANK[now] > RANK[best]:
            best = now
            found.append((stamp(row), now))
    return found


def periods(rule: dict, grades) -> list[dict]:
    """When the rule applied: from `enter` (None = no new clock) until `leave` (lowered).

    upgrade: a rise into the list starts a new duty; always: so does every change; never: none.
    """
    wanted, regrade = rule["grades"], rule.get("regrade", "upgrade")
    lowest = min(RANK[g] for g in wanted if g in RANK)
    found: list[dict] = []
    before, applies = "", False
    for at, now in grades:
        change = bool(before) and before != now
        if now in wanted:
            if applies and change and regrade == "always":
                found[-1]["leave"] = at
                applies = False
            if not applies:
                new = change and (
                    regrade == "always" or (regrade == "upgrade" and RANK[before] < RANK[now])
                )
                found.append({"enter": at if new else None, "leave": None})
                applies = True
        elif applies and RANK[now] < lowest:
            found[-1]["leave"] = at
            applies = False
        before = now
    return found


def anchors(scene: Scene, rule: dict, incident: str, owner: str, enter: Instant | None) -> dict:
    """Occurrence, the owner's first notice from anybody, his first confirmation that counts."""
    occurs = [r for r in scene.done(incident, "occur") if timed(r)]
    truth = [r for r in occurs if not r["actor"]]
    wanted = None if rule.get("regrade") == "never" else rule.get("grades") or None
    _, own, _ = graded(scene, rule, incident, owner)
    own = [
        at
        for at, grade in own
        if (wanted is None or grade in wanted) and (enter is None or at[0] >= enter[0])
    ]
    anybody = rule.get("noticed_by") == "anybody"
    return {
        "occur": first([stamp(r) for r in truth or occurs]),
        "receive": first(notices(scene, incident, None if anybody else owner)),
        "confirm": own[0] if own else None,
    }


def notices(scene: Scene, incident: str, owner: str | None) -> list[Instant]:
    rows = scene.done(incident, "notice", "receive", "reported")
    found = []
    for row in rows:
        learner = row["recipient"] if row["activity"] == "reported" else row["actor"]
        if learner and owner in (None, learner) and timed(row) and not scene.forecast(row):
            found.append(stamp(row))
    return found


def contradictory(scene: Scene, incident: str, owner: str) -> bool:
    """The owner's own first confirmation, of any grade, stamped before his own first notice."""
    noticed = first(notices(scene, incident, owner))
    own = [r for r in scene.done(incident, "confirm") if r["actor"] == owner and r["grade"]]
    return bool(noticed and own and stamp(own[0])[1] < noticed[0])


def bounded(found: dict, reading: str, enter: Instant | None) -> Instant:
    """A reading's start; a missing one lies between its neighbours: occur, receive, confirm."""
    start = found[reading]
    if start is None:
        k = READINGS.index(reading)
        before = [found[n][0] for n in READINGS[:k] if found[n]]
        after = [found[n][1] for n in READINGS[k + 1 :] if found[n]]
        start = (max(before, default=-NEVER), min(after, default=NEVER))
    if enter is not None:
        start = (max(start[0], enter[0]), max(start[1], enter[1]))
    return start
