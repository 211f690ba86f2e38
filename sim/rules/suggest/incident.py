"""A further incident that calls for a duty: its true figures, who finds it, whom to add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.log.schema import FIELDS
from sim.rules.pack import Pack, Rule, Who
from sim.rules.patterns import Condition
from sim.rules.suggest.stage import FINDERS, LOWEST, Stage, hazard_for
from sim.scenario.grade import GRADES, RANK, grade_table, table_for
from sim.texts import in_language, label, t

AT, TOLD, ENDS, ENDED = "1 h", "65 min", "3 h", "7 h"
"""When it occurs and is told of; how much later nobody is trapped or at risk; when that is told."""
ENDING = ("terminate", "aar_submit")
OVER = {"trapped": 0, "at_risk": 0}
"""The figures on which offices end a response."""
USUAL = "III"
"""The least grade for which a response is activated, where the rule names no grade."""
Fragment = dict[str, dict[str, Any]]


def figures(hazard: str, grade: str) -> dict[str, int]:
    """Return the least figures that reach a grade by the usual table of a hazard.

    Empty where no criterion over figures that a scenario can state speaks of that grade.
    """
    table = table_for(hazard)
    for criterion in grade_table(table).criteria if table else ():
        (part, *others) = criterion.parts
        least = part.least(grade)
        if not others and least is not None and part.fields[0] in FIELDS:
            return {part.fields[0]: max(1, least)}
    return {}


def wanted_grade(rule: Rule, start: Mapping[str, Condition]) -> str:
    """Return the lowest grade that the rule and what starts it allow, `""` for any grade."""
    asked = [word for word in rule.grades if word in GRADES]
    named = [
        str(word)
        for column in ("grade", "level")
        for word in (start[column].among if column in start else None) or ()
        if str(word) in GRADES
    ]
    both = [word for word in asked if word in named] or named or asked
    return min(both, key=RANK.__getitem__, default="")


def incident_for(
    name: str, rule: Rule, pack: Pack, stage: Stage, start: Mapping[str, Condition]
) -> tuple[Fragment, dict[str, str]]:
    """Return (scenario fragment, what the words need) of an incident that calls for the duty."""
    hazard = hazard_for(rule, stage)
    activity = (start["activity"].among or [""])[0] if "activity" in start else ""
    grade = wanted_grade(rule, start) or ("" if activity in ("", "notice") else USUAL)
    fields = figures(hazard, grade) if grade else {"injured": 1}
    key = f"test-{name}"
    parts: Fragment = {"incidents": {}}
    owner = _owner(rule.owner, hazard, stage, parts)
    if isinstance(rule.recipient, Who) and not stage.directory.recipients(rule.recipient, owner):
        _add_office(rule.recipient, hazard, stage, parts)
    finder = owner if owner in parts.get("offices", {}) else stage.lowest_below(owner)
    finder = owner if stage.has(owner, FINDERS) else finder
    begun = {"trapped": 2, "at_risk": 2} if activity in ENDING else {}
    course = [{"after": "0 s", **fields, **begun}]
    if begun:
        course.append({"after": ENDS, **OVER})
    incident: dict[str, Any] = {
        "name": _name(name, hazard, grade),
        "hazard": hazard,
        "place": stage.place,
        "jurisdiction": list(stage.areas),
        "at": AT,
        "course": course,
    }
    parts["incidents"][key] = incident
    injects = parts.setdefault("injects", {})
    finds = set(rule.owner.role) & set(FINDERS) if finder == owner else ()
    if finds or stage.has(finder, FINDERS):
        incident["noticed"] = {finder: "5 min"}
    else:
        injects[key] = told(TOLD, key, finder, "initial", {**fields, **begun})
    if begun:
        injects[f"{key}-end"] = told(ENDED, key, owner, "situation", dict(OVER))
    if rule.unless and rule.unless.met and rule.effect == "not_applicable":
        _cut_lines(key, grade, owner, pack.rules[rule.unless.met], stage, injects)
    if not injects:
        del parts["injects"]
    shown = t(", ").join(f"{label('field', word)} {n}" for word, n in fields.items())
    about = {"hazard": label("hazard", hazard), "place": stage.place, "at": AT, "figures": shown}
    about |= {"grade": label("grade", grade) if grade else "", "finder": finder, "owner": owner}
    return parts, about


def _name(name: str, hazard: str, grade: str) -> dict[str, str]:
    words = {}
    for lang in ("zh", "en"):
        with in_language(lang):
            what = label("hazard", hazard) + (f" {label('grade', grade)}" if grade else "")
            words[lang] = t("{what} (puts {rule} to the test)", what=what, rule=name)
    return words


def told(at: str, incident: str, to: str, kind: str, fields: Mapping[str, int]) -> dict[str, Any]:
    """Return an inject that tells somebody figures of an incident."""
    elements = ["time", "place", "nature"] if kind == "initial" else ["loss", "measures"]
    inject: dict[str, Any] = {"at": at, "incident": incident, "to": to, "kind": kind}
    return inject | {"channel": "phone", "fields": dict(fields), "elements": elements}


def _owner(who: Who, hazard: str, stage: Stage, parts: Fragment) -> str:
    """Return who owes it here; where nobody does, an office that is added for it."""
    found = stage.owners(who, hazard)
    return found[0] if found else _add_office(who, hazard, stage, parts)


def _add_office(who: Who, hazard: str, stage: Stage, parts: Fragment) -> str:
    role = who.role[0]
    key = f"test-{role.replace('_', '-')}"
    above = LOWEST[LOWEST.index(role) + 1 :] if role in LOWEST else ("county_gov", "city_gov")
    line = "dept" if role.endswith("dept") else "gov"
    superior = stage.of_level(tuple(r for r in above if r.endswith(line))) or stage.of_level(above)
    office: dict[str, Any] = {"role": role, "place": stage.place}
    office |= (
        {"jurisdiction": list(stage.areas)} if not role.startswith(("region", "state")) else {}
    )
    office |= {"superior": superior} if superior else {}
    if role in FINDERS:
        department = stage.of_level(("county_dept", "city_dept"))
        office |= {"department": department} if department else {}
    office |= {"supervises": [hazard]} if who.supervises or line == "dept" else {}
    usual = ["answer-message", "relay-initial"]
    office["procedures"] = ["unit-alarm"] if role in FINDERS and department else usual
    parts.setdefault("offices", {})[key] = office
    return key


def _cut_lines(
    key: str, grade: str, owner: str, other: Rule, stage: Stage, injects: dict[str, Any]
) -> None:
    """Cut the owner's lines once he has confirmed the grade, for longer than the other limit."""
    hours = -(-(other.limit or other.soft or 3600) // 3600) + 1
    for channel in stage.channels or ("phone",):
        injects[f"{key}-{channel}"] = {
            "on": {"event": "confirmed"},
            "when": {"grade": f">= {grade or 'IV'}"},
            "incident": key,
            "to": owner,
            "kind": "outage",
            "channel": channel,
            "lines_of": [owner],
            "for": f"{hours} h",
        }
