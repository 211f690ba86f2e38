"""A slow, literal second reading of the contract: `judge(rows, raw pack, options)`.

It was written from the contract, the directive's summary and the pack's YAML before the scorer
was read, and imports nothing of it.
"""

from __future__ import annotations

from datetime import datetime

from tests.oracles import twin_kinds
from tests.oracles.twin_deadline import verdict
from tests.oracles.twin_judge import judge_deadline, readings_of
from tests.oracles.twin_pack import read
from tests.oracles.twin_rows import Scene


def judge(rows: list[dict], raw: dict, chosen: dict[str, str], origin: datetime) -> list[dict]:
    """One dictionary per rule × incident × owner (× recurrence)."""
    scene, pack = Scene(rows), read(raw, chosen)
    out = []
    for name, rule in pack["rules"].items():
        whole = rule.get("per", "incident") == "case"
        for incident in [""] if whole else scene.incidents:
            out += of_rule(scene, pack, name, rule, incident, origin)
    return out


def of_rule(scene, pack, name, rule, incident, origin) -> list[dict]:
    hazards = rule.get("hazards") or []
    owners = scene.who(rule["owner"], incident or None)
    found: list[tuple[str, dict]] = []
    if hazards and scene.hazard(incident) not in hazards:
        word = verdict("not_applicable", "other_hazard")
        found = [(owner, word) for owner in owners or [""]]
    elif not owners:
        found = [("", verdict("unproven", "no_obligor"))]
    else:
        for owner in owners:
            found += [(owner, word) for word in one(scene, pack, name, rule, incident, owner, origin)]
    names = [n for n in readings_of(rule) if n != "own"] if rule["kind"] == "deadline" else []
    return [
        {
            "summary": word["verdict"],
            "readings": dict.fromkeys(names, word),
            **word,
            "rule": name,
            "kind": rule["kind"],
            "incident": incident,
            "owner": owner,
        }
        for owner, word in found
    ]


def one(scene, pack, name, rule, incident, owner, origin) -> list[dict]:
    kind = rule["kind"]
    if kind == "deadline":
        return [judge_deadline(scene, pack, name, incident, owner)]
    if kind == "sequence":
        return twin_kinds.sequence(scene, rule, incident, owner)
    if kind == "period":
        return twin_kinds.period(scene, rule, owner, origin)
    if kind == "coverage":
        return [twin_kinds.coverage(scene, rule, owner)]
    act = {
        "presence": twin_kinds.presence,
        "absence": twin_kinds.absence,
        "consistency": twin_kinds.consistency,
    }[kind]
    return [act(scene, rule, incident, owner)]
