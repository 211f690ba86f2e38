"""The slow twin: reports, each once, when they ended and whether they hold what a rule needs."""

from __future__ import annotations

from tests.oracles.twin_rows import FORECASTS, NEVER, Scene, first, listed, stamp, words

FATES = ("lost", "refused", "given_up", "cancelled")


def reports(
    scene: Scene, rule: dict, incident: str, senders: list[str], to: list[str]
) -> list[dict]:
    """Reports of these senders to these recipients that say anything about the duty.

    Each has `end` (earliest, latest; NEVER where only that it was sent is known), `fits`,
    `doubtful` (neither label nor elements are known) and `short` (rightly labelled, lacking).
    """
    acts = ("send", "reported", "receive", "acknowledge")
    groups: dict[str, list[dict]] = {}
    for row in scene.done("", *acts):
        groups.setdefault(row["message"] or "\0" + row["row"], []).append(row)
    found = []
    for name, group in groups.items():
        left = [r for r in group if r["activity"] in ("send", "reported")]
        base = (left or group)[0]
        sender, recipient = base["actor"], base["recipient"]
        if not left:
            sender, recipient = recipient, sender
        if base["incident"] != incident or sender not in senders or recipient not in to:
            continue
        kinds = listed((rule.get("need") or {}).get("kind", []))
        if scene.forecast(base) and not set(kinds) & set(FORECASTS):
            continue
        end = ended(scene, rule, name, group, recipient)
        if end is not None:
            found.append({"row": base, "end": end, "to": recipient, **content(scene, rule, base)})
    if rule.get("union") and "elements" in (rule.get("need") or {}):
        unite(scene, rule, found)
    return [r for r in found if r["fits"] or r["doubtful"] or r["short"]]


def ended(scene: Scene, rule: dict, name: str, group: list[dict], recipient: str):
    """Acknowledged, else received; `received`: received, else acknowledged; `sent`: sent.

    With a send row alone: some time after it; never, where the record says so.
    """
    by_stage = {
        "sent": [r for r in group if r["activity"] in ("send", "reported")],
        "received": [
            r
            for r in group
            if r["activity"] == "reported"
            or (r["activity"] == "receive" and (r["actor"] == recipient or not recipient))
        ],
        "acknowledged": [
            r for r in group if r["activity"] == "acknowledge" and r["actor"] == recipient
        ],
    }
    stage = rule.get("end", "acknowledged")
    if stage == "sent":
        if by_stage["sent"]:
            return stamp(by_stage["sent"][0])
        got = [stamp(rows[0])[1] for rows in by_stage.values() if rows]
        return (-NEVER, min(got)) if got else None
    other = "received" if stage == "acknowledged" else "acknowledged"
    for one in (stage, other):
        if by_stage[one]:
            return stamp(by_stage[one][0])
    fates = [r for r in scene.done("", *FATES) if r["message"] == name]
    if fates:
        return None
    still = [stamp(r)[0] for r in scene.done("", "open") if r["message"] == name]
    return (max([stamp(by_stage["sent"][0])[0], *still]), NEVER)


def content(scene: Scene, rule: dict, row: dict) -> dict:
    """Content discharges a duty; the label decides only where no elements are listed."""
    need = dict(rule.get("need") or {})
    kinds, elements = need.pop("kind", None), need.pop("elements", None)
    if not scene.matches(row, need, []):
        return {"fits": False, "doubtful": False, "short": False}
    labelled = kinds is None or row["kind"] in listed(kinds)
    if row["elements"]:
        fits = elements is None or scene.matches(row, {"elements": elements}, [])
        return {"fits": fits, "doubtful": False, "short": not fits and labelled}
    fits = labelled if kinds is not None or elements is None else False
    return {"fits": fits, "doubtful": not fits and not row["kind"], "short": False}


def unite(scene: Scene, rule: dict, found: list[dict]) -> None:
    """Every report counts for all elements told to the same body with or before it."""
    need = {k: v for k, v in rule["need"].items() if k not in ("kind", "elements")}
    found.sort(key=lambda r: (r["end"][1], r["end"][0]))
    told: dict[str, list[str]] = {}
    for report in found:
        if not scene.matches(report["row"], need, []):
            continue
        so_far = told.setdefault(report["to"], [])
        so_far += words(report["row"]["elements"])
        row = {**report["row"], "elements": "|".join(so_far)}
        if report["row"]["elements"]:
            whole = scene.matches(row, {"elements": rule["need"]["elements"]}, [])
            report["short"] = not (report["fits"] or whole)
            report["fits"] = report["fits"] or whole


def first_end(found: list[dict]):
    return first([report["end"] for report in found])
