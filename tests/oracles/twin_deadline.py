"""The slow twin of a deadline: contracts, section 2, sentence by sentence."""

from __future__ import annotations

from sim.scenario.grade import grade as grade_of
from sim.scenario.grade import table_for

from tests.oracles.twin_pack import seconds
from tests.oracles.twin_rows import RANK, Scene, stamp

FIELDS = ("dead", "missing", "injured", "poisoned", "trapped", "at_risk", "evacuated", "loss_wan")
READINGS = ("occur", "receive", "confirm")
DONE = ("", "ended")


def verdict(word, reason="", margin=None, **more):
    return {"verdict": word, "reason": reason, "margin": margin, **more}


def earliest(rows):
    """The row that cannot be later than the others: by its latest second."""
    timed = [row for row in rows if stamp(row) is not None]
    return min(timed, key=lambda row: (stamp(row)[1], stamp(row)[0]), default=None)


# --- grade --------------------------------------------------------------------------------


def confirmations(scene: Scene, rule: dict, incident: str, owner: str):
    """The grades that count, in order of time, and how they were found."""
    rows = [r for r in scene.of(incident) if r["activity"] == "confirm" and r["grade"] and r["actor"]]
    rows = sorted((r for r in rows if stamp(r)), key=lambda r: (stamp(r)[1], r["seq"]))
    by = rule.get("confirmed_by", "owner")
    if by == "owner":
        own = [r for r in rows if r["actor"] == owner]
    elif by == "anybody":
        own = rows
    else:
        own = [r for r in rows if r["actor"] in scene.who(by, incident)]
    if own:
        return own, ""
    if rows:
        return rows, "others_grade"
    return [], "derived"


def derived(scene: Scene, incident: str) -> str:
    """Grade of the recorded fields: of each row's figures, the highest."""
    table = table_for(scene.hazard(incident))
    grades = [""]
    for row in scene.of(incident):
        known = {name: row[name] for name in FIELDS if row[name] is not None}
        if known and row["activity"] != "role":
            grades.append(grade_of(known, table))
    return max(grades, key=lambda grade: RANK[grade])


def duty(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    """Whether the grade calls for the rule, since when anew, and when it ceased to."""
    wanted = rule.get("grades") or []
    rows, how = confirmations(scene, rule, incident, owner)
    if not wanted:
        return {"applies": True, "anew": None, "lapse": None, "how": ""}
    if not rows:
        grade = derived(scene, incident)
        if not grade:
            applies = "unknown" in wanted
            return {"applies": applies, "reason": "" if applies else "grade_unknown", "anew": None,
                    "lapse": None, "how": ""}
        return {"applies": grade in wanted, "reason": "other_grade", "anew": None, "lapse": None,
                "how": how}
    first = next((k for k, row in enumerate(rows) if row["grade"] in wanted), None)
    if first is None:
        return {"applies": False, "reason": "other_grade", "anew": None, "lapse": None, "how": how}
    regrade = rule.get("regrade", "upgrade")
    anew = None
    if regrade == "upgrade" and first > 0 and RANK[rows[first - 1]["grade"]] < RANK[rows[first]["grade"]]:
        anew = stamp(rows[first])
    if regrade == "always":
        grades = [row["grade"] for row in rows]
        changes = [k for k in range(1, len(rows)) if grades[k] != grades[k - 1] and grades[k] in wanted]
        if changes:
            anew = stamp(rows[changes[-1]])
    lapse = None
    if rows[-1]["grade"] not in wanted:
        last = max(k for k, row in enumerate(rows) if row["grade"] in wanted)
        if RANK[rows[last + 1]["grade"]] < RANK[rows[last]["grade"]]:
            lapse = stamp(rows[last + 1])
    return {"applies": True, "anew": anew, "lapse": lapse, "how": how}


# --- starts -------------------------------------------------------------------------------


def anchors(scene: Scene, rule: dict, incident: str, owner: str) -> dict:
    """Occurrence, the owner's first notice, his first confirmation of a listed grade."""
    rows = scene.of(incident)
    occurs = [r for r in rows if r["activity"] == "occur" and stamp(r)]
    occur = earliest([r for r in occurs if not r["actor"]]) or earliest(occurs)
    anybody = rule.get("noticed_by") == "anybody"
    notices = []
    for row in rows:
        if scene.forecast(row) or row["phase"] not in DONE:
            continue
        if row["activity"] in ("notice", "receive") and row["actor"] and (anybody or row["actor"] == owner):
            notices.append(row)
        if row["activity"] == "reported" and (anybody or row["recipient"] == owner):
            notices.append(row)
    wanted = rule.get("grades") or []
    rows, how = confirmations(scene, rule, incident, owner)
    grades = [r for r in rows if not how and (not wanted or r["grade"] in wanted)]
    found = {"occur": occur, "receive": earliest(notices), "confirm": earliest(grades)}
    return {name: stamp(row) if row else None for name, row in found.items()}


def contradictory(scene: Scene, rule: dict, incident: str, owner: str) -> bool:
    """The owner's own confirmation stamped before his own first notice."""
    own = anchors(scene, {**rule, "noticed_by": "owner", "confirmed_by": "owner"}, incident, owner)
    return bool(own["receive"] and own["confirm"] and own["confirm"][1] < own["receive"][0])


# --- ends ---------------------------------------------------------------------------------


def content(scene: Scene, rule: dict, row: dict):
    """True, False, or None where the record does not say what the report held."""
    need = dict(rule.get("need") or {})
    kinds, elements = need.pop("kind", None), need.pop("elements", None)
    if not scene.matches(row, need, []):
        return False
    if row["elements"]:
        return elements is None or scene.matches(row, {"elements": elements}, [])
    if kinds is None:
        return None if elements else True
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if row["kind"] in kinds:
        return True
    return False if row["kind"] else None


def reports(scene: Scene, rule: dict, incident: str, owner: str, recipients: list[str]) -> list[dict]:
    """Each report once: its content and when it ended.  `sent` = only that it was sent is known."""
    rows, senders = scene.of(incident), [owner]
    if rule.get("by"):
        senders += scene.who(rule["by"], incident)
    found, seen = [], set()
    for row in rows:
        if row["activity"] not in ("send", "reported", "receive") or row["phase"] not in DONE:
            continue
        sender, recipient = row["actor"], row["recipient"]
        if row["activity"] == "receive":
            sender, recipient = recipient, sender
        if sender not in senders or recipient not in recipients or stamp(row) is None:
            continue
        if scene.forecast(row):
            continue
        if row["activity"] == "reported":
            found.append({"row": row, "end": stamp(row), "sent": None})
            continue
        key = (row["message"], recipient) if row["message"] else (row["row"],)
        if key in seen:
            continue
        seen.add(key)
        found.append(ended(rule, rows, row, recipient))
    for report in found:
        report["ok"] = content(scene, rule, report["row"])
    return found


def ended(rule: dict, rows: list[dict], row: dict, recipient: str) -> dict:
    """Acknowledged, else received; `received`: received, else acknowledged; `sent`: sent."""
    mine = [r for r in rows if r["message"] and r["message"] == row["message"] and r["phase"] in DONE]
    if row["activity"] == "receive" and not row["message"]:
        mine = [row]
    sends = [r for r in mine if r["activity"] == "send"] or ([row] if row["activity"] == "send" else [])
    acks = [r for r in mine if r["activity"] == "acknowledge" and r["actor"] == recipient]
    got = [r for r in mine if r["activity"] == "receive" and r["actor"] == recipient]
    content = next(iter(sends), row)
    stage = rule.get("end", "acknowledged")
    orders = {"acknowledged": (acks, got), "received": (got, acks), "sent": (sends, got, acks)}
    for group in orders[stage]:
        best = earliest(group)
        if best:
            return {"row": content, "end": stamp(best), "sent": None}
    return {"row": content, "end": None, "sent": stamp(earliest(sends))}


def unite(rule: dict, found: list[dict]) -> list[dict]:
    """Under `union` a report adds to what was told before it."""
    if not rule.get("union"):
        return found
    united = []
    for report in found:
        if report["end"] is None:
            united.append(report)
            continue
        told = [r for r in found if r["end"] and r["end"][1] <= report["end"][1]]
        row = dict(report["row"])
        row["elements"] = "|".join(r["row"]["elements"] for r in told if r["row"]["elements"])
        united.append({**report, "row": row, "all": row["elements"]})
    return united
