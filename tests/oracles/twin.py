"""A slow, literal second reading of the contract: `judge(rows, pack, options, origin)`.

It was written from the contract, the directive and the pack's YAML before the scorer was read,
and imports nothing of it.  Where the contract was silent and the two differed, the sentence that
both now follow stands in `docs/design.md`.
"""

from __future__ import annotations

from datetime import datetime

from tests.oracles import twin_kinds
from tests.oracles.twin_grade import true_grades
from tests.oracles.twin_judge import OWN, judge_deadline, readings_of, verdict
from tests.oracles.twin_pack import read
from tests.oracles.twin_rows import Scene


def judge(rows: list[dict], pack, chosen: dict[str, str], origin: datetime) -> list[dict]:
    """One dictionary per rule × incident × owner (× recurrence)."""
    scene, true, pack = Scene(rows), Scene(rows, as_if=True), read(pack, chosen)
    out = []
    for name, rule in pack["rules"].items():
        whole = rule.get("per", "incident") == "case"
        for incident in [""] if whole else scene.incidents or [None]:
            for owner, word in of_rule(scene, pack, name, incident, origin):
                about = {"rule": name, "kind": rule["kind"], "owner": owner}
                out.append(full(pack, rule, word) | about | {"incident": incident or ""})
                if incident:
                    out[-1]["true"] = had_it_been_true(true, pack, name, incident, owner, out[-1])
    return out


def had_it_been_true(true: Scene, pack, name, incident, owner, word) -> str:
    """The verdict had the true grade been confirmed; `""` where the record has no true grade."""
    if not true_grades(true, incident):
        return ""
    if not pack["rules"][name].get("grades"):
        return word["verdict"]
    graded = {n: rule for n, rule in pack["rules"].items() if rule.get("grades")}
    return one(true, {**pack, "rules": graded}, name, incident, owner, None)[0]["verdict"]


def full(pack: dict, rule: dict, word: dict) -> dict:
    """A verdict with its summary and its readings, where it is the same in all of them."""
    clocks = rule["kind"] in ("deadline", "presence")
    names = [n for n in readings_of(pack, rule) if n != OWN] if clocks else []
    return {"summary": word["verdict"], "readings": dict.fromkeys(names, word), **word}


def of_rule(scene: Scene, pack: dict, name: str, incident: str | None, origin: datetime):
    """Yield (owner, verdict)."""
    rule = pack["rules"][name]
    if incident is None:
        return [("", verdict("unproven", "no_incident"))]
    owners = scene.who(rule["owner"], incident)
    if rule["kind"] not in ("deadline", "presence") and not owners:
        return [("", verdict("unproven", "no_obligor"))]
    return [
        (owner, word)
        for owner in owners or [""]
        for word in one(scene, pack, name, incident, owner, origin)
    ]


def one(scene, pack, name, incident, owner, origin) -> list[dict]:
    rule = pack["rules"][name]
    kind = rule["kind"]
    if kind == "deadline":
        return [judge_deadline(scene, pack, name, incident, owner)]
    if kind == "presence":
        return [twin_kinds.presence(scene, pack, name, incident, owner)]
    if kind == "absence":
        return [twin_kinds.absence(scene, rule, incident, owner)]
    if kind == "coverage":
        return [twin_kinds.coverage(scene, rule, owner)]
    if kind == "period":
        return twin_kinds.period(scene, rule, owner, origin)
    act = {"sequence": twin_kinds.sequence, "consistency": twin_kinds.consistency}[kind]
    return act(scene, rule, incident, owner)
