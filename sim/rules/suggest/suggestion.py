"""One suggestion a rule: what to put in, or which rows to provide."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.log.record import EventLog
from sim.rules.pack import Pack, Rule
from sim.rules.patterns import Condition
from sim.rules.suggest.incident import Fragment, incident_for
from sim.rules.suggest.rows import rows_for
from sim.rules.suggest.stage import Stage, hazard_for, stage
from sim.texts import label, language, t

CALLS = {
    **dict.fromkeys(("roll_call", "answered", "missed"), "roll_call"),
    "inspection": "inspection",
    "comms_check": "comms_check",
}
"""What a roll call, an inspection or a check of communications leaves in the record."""
FOLLOWS = frozenset(
    (
        *("", "occur", "truth", "notice", "reported", "answer", "record", "verify", "grade"),
        *("confirm", "draft", "sign", "send", "receive", "acknowledge", "activate", "respond"),
        *("execute", "terminate", "stand_up", "command", "publish", "aar_submit", "consult"),
        *("review", "alert", "order", "dispatch", "refused"),
    )
)
"""What follows from an incident; of everything else the record must bring the rows itself."""


@dataclass(frozen=True)
class Suggestion:
    """What would put a rule to the test.

    `means`: `incident`, `signal`, `roll_call`, `inspection`, `comms_check` or `rows`; `words` in
    the language in force.  `fragment` is to be pasted into the scenario (top keys with what to
    add under them); `rows` are to be added to the record, where no inject can do it.
    """

    pack: str
    rule: str
    means: str
    words: str
    fragment: Fragment = field(default_factory=dict)
    rows: tuple[dict[str, Any], ...] = ()

    def yaml(self) -> str:
        """Return the fragment as YAML, `""` where there is none."""
        if not self.fragment:
            return ""
        from ruamel.yaml import YAML

        stream, writer = io.StringIO(), YAML()
        writer.default_flow_style = None
        writer.width = 1000
        writer.dump(self.fragment, stream)
        return stream.getvalue()

    def csv(self) -> str:
        """Return the rows as CSV with a header, `""` where there are none."""
        if not self.rows:
            return ""
        names = list(dict.fromkeys(name for row in self.rows for name in row))
        stream = io.StringIO()
        writer = csv.DictWriter(stream, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return stream.getvalue()


def suggestions(
    log: EventLog,
    pack: Pack,
    rules: Iterable[tuple[str, str]] | None = None,
    channels: Sequence[str] = (),
) -> list[Suggestion]:
    """Return a suggestion for each of some (pack, rule), of this pack only; default: all rules.

    Who is there, where and of what hazard the drill is, come from the first case of the record.
    `channels` are those of the scenario, where it is at hand (fallbacks leave no trace if unused).
    Rules that the case itself owes are of another field: there is nothing to put in.
    """
    here = stage(log, channels)
    names = list(pack.rules) if rules is None else [rule for own, rule in rules if own == pack.id]
    drills = [name for name in names if not pack.rules[name].owned_by_case]
    return [suggest(name, pack, here) for name in drills]


def suggest(name: str, pack: Pack, here: Stage) -> Suggestion:
    """Return what would put one rule of a pack to the test in a drill like that of a stage."""
    rule = pack.rules[name]
    start = starts_with(rule)
    activity = _first(start, "activity")
    if activity in CALLS:
        return _call(name, rule, pack, here, CALLS[activity])
    if "warning" in start or _first(start, "kind") in ("signal", "warning"):
        return _signal(name, rule, pack, here, start)
    if activity in FOLLOWS:
        return _incident(name, rule, pack, here, start)
    rows, owner = rows_for(rule, here)
    words = t(
        "No inject can do it: add rows to the record for {owner}: {what} ({n} rows below as an "
        "example; rosters, registers and counts come as a sheet).",
        owner=_named(here, owner),
        what=t(", ").join(dict.fromkeys(label("activity", row["activity"]) for row in rows)),
        n=len(rows),
    )
    return Suggestion(pack.id, name, "rows", words, rows=tuple(rows))


def starts_with(rule: Rule) -> Mapping[str, Condition]:
    """Return the pattern of what calls for a duty; empty where any incident does."""
    if rule.kind in ("deadline", "presence"):
        return rule.start if isinstance(rule.start, dict) else {}
    if rule.kind == "sequence":
        return rule.steps[0]
    if rule.kind == "absence" and rule.with_:
        return rule.with_
    return rule.of


def _first(pattern: Mapping[str, Condition], column: str) -> str:
    words = pattern[column].among if column in pattern else None
    return str(words[0]) if words else ""


def _incident(
    name: str, rule: Rule, pack: Pack, here: Stage, start: Mapping[str, Condition]
) -> Suggestion:
    parts, about = incident_for(name, rule, pack, here, start)
    if about["grade"]:
        text = t(
            "Let a further incident ({hazard}, {figures}: {grade}) occur {at} after the start, "
            "first known to {finder}; {owner} then has this duty."
        )
    else:
        text = t(
            "Let a further incident ({hazard}, {figures}) occur {at} after the start, first known "
            "to {finder}; {owner} then has this duty."
        )
    added = {key: label("role", one["role"]) for key, one in parts.get("offices", {}).items()}
    called = {key: _named(here, about[key], added) for key in ("finder", "owner")}
    sentences = [text.format(**{**about, **called})]
    if added:
        roles = t(", ").join(added.values())
        sentences.append(t("Let a body take part that the drill lacks: {roles}.", roles=roles))
    if any(one["kind"] == "outage" for one in parts.get("injects", {}).values()):
        other = rule.unless.met if rule.unless else ""
        sentences.append(t("Cut its lines so that {rule} cannot be met.", rule=other))
    return Suggestion(pack.id, name, "incident", in_a_row(sentences), parts)


def in_a_row(sentences: Iterable[str]) -> str:
    """Return sentences as one text: Chinese ones follow each other without a space."""
    return ("" if language() == "zh" else " ").join(sentences)


def _call(name: str, rule: Rule, pack: Pack, here: Stage, kind: str) -> Suggestion:
    owners = here.owners(rule.owner, hazard_for(rule, here))
    owner = next((one for one in owners if one in here.answerers), next(iter(owners), ""))
    inject: dict[str, Any] = {"at": "90 min", "to": owner, "kind": kind}
    parts: Fragment = {"injects": {f"test-{name}": inject}}
    if kind == "comms_check":
        wanted = _first(starts_with(rule), "channel") or next(iter(here.channels), "phone")
        inject |= {"incident": here.incident, "channel": wanted, "limit": "10 min"}
        if wanted not in here.channels:
            parts["channels"] = {wanted: {"kind": wanted, "time": "1 min"}}
    words = t(
        "Put in, 90 min after the start: {what}, to {owner}.",
        what=label("activity", kind),
        owner=_named(here, owner) or label("role", rule.owner.role[0]),
    )
    return Suggestion(pack.id, name, kind, words, parts)


def _signal(
    name: str, rule: Rule, pack: Pack, here: Stage, start: Mapping[str, Condition]
) -> Suggestion:
    """Put in a signal; where a warning must be published, to a body that publishes warnings."""
    key, level = f"test-{name}", _first(start, "warning") or "orange"
    owner = next(iter(here.owners(rule.owner, hazard_for(rule, here))), "")
    parts: Fragment = {}
    added = ""
    if _first(start, "activity") == "publish":
        owner = next(iter(here.warners), "")
        if not owner:
            owner, added = key, _warner(rule)
            office = {"role": added, "place": here.place, "jurisdiction": list(here.areas)}
            parts["offices"] = {key: office | {"procedures": [f"{key}-warn"]}}
            steps = [
                {"draft": {"report": "warning", "time": "8 min"}},
                {
                    "publish": {
                        "time": "2 min",
                        "reach": {"sms": {"share": 0.75, "within": "15 min"}},
                    }
                },
            ]
            parts["procedures"] = {f"{key}-warn": {"on": {"event": "inject"}, "steps": steps}}
    inject = {"at": "30 min", "incident": here.incident, "to": owner, "kind": "signal"}
    parts["injects"] = {key: inject | {"warning": level, "channel": "platform"}}
    role = label("role", added or rule.owner.role[0])
    sentences = [
        t(
            "Put in, 30 min after the start: a monitoring signal that calls for a warning "
            "({level}), to {owner}.",
            level=label("warning", level),
            owner=role if added or not owner else _named(here, owner),
        )
    ]
    if added:
        sentences.append(t("Let a body take part that the drill lacks: {roles}.", roles=role))
    return Suggestion(pack.id, name, "signal", in_a_row(sentences), parts)


def _warner(rule: Rule) -> str:
    """Return the role of a body that publishes warnings: a city's department where one may."""
    return "city_dept" if "city_dept" in rule.owner.role else rule.owner.role[0]


def _named(here: Stage, actor: str, added: Mapping[str, str] | None = None) -> str:
    return here.names.get(actor) or (added or {}).get(actor) or actor
