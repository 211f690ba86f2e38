"""Which reading an authority must have used: its finding of "late" against every reading.

The readings are tried, and each choice of each option by itself; nothing is taken from the words
of the finding but that it says late (or in time).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sim.log.record import EventLog
from sim.rules.finding import Conclusion, Finding
from sim.rules.pack import READINGS, Pack
from sim.rules.scoring import score

WANTED = {"late": "late", "in_time": "met"}
"""What a finding means -> the verdict that agrees with it."""
OWN = "own"
"""The reading of a duty that names its own start."""


class Agreement(NamedTuple):
    """One duty of the body that a conclusion is about, and what each reading of it says.

    `readings` maps each reading to its verdict under the options as scored; `choices` maps each
    reading that does not agree to the choices (option, choice), each alone, under which it would.
    `rule` is empty where the packs hold no duty of that body.
    """

    conclusion: Conclusion
    pack: str = ""
    rule: str = ""
    readings: Mapping[str, str] = {}
    choices: Mapping[str, tuple[tuple[str, str], ...]] = {}

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The readings under which the finding is also the program's verdict."""
        wanted = WANTED[self.conclusion.means]
        return tuple(name for name, verdict in self.readings.items() if verdict == wanted)


def agreements(
    log: EventLog, finding: Finding, chosen: Iterable[tuple[Pack, Mapping[str, str]]]
) -> list[Agreement]:
    """Return what agrees with each conclusion that says late or in time, duty by duty.

    `chosen` are the packs with their options.  Conclusions about other things (content, intent)
    have none.
    """
    compared = [one for one in finding.conclusions if one.means]
    if not compared:
        return []
    packs = list(chosen)
    tried = [_Tried(log, pack, options) for pack, options in packs]
    found = []
    for conclusion in compared:
        duties = [one for trial in tried for one in trial.compared(conclusion)]
        found += duties or [Agreement(conclusion)]
    return found


class _Tried:
    """A record scored by one pack: as chosen, and with each choice of each option by itself."""

    def __init__(self, log: EventLog, pack: Pack, options: Mapping[str, str]):
        self.pack = pack
        self.rows = _rows(log, pack, options)
        self.others: dict[tuple[str, str], dict[Key, Readings]] = {}
        for name, option in pack.options.items():
            for choice in option.choices:
                if choice != options.get(name, option.default):
                    changed = {**options, name: choice}
                    self.others[name, choice] = _rows(log, pack, changed)

    def compared(self, conclusion: Conclusion) -> list[Agreement]:
        """Return the duties of the body concerned, with all that would make them agree."""
        wanted = WANTED[conclusion.means]
        found = []
        for key, readings in self.rows.items():
            rule, incident, owner = key
            if owner != conclusion.about or conclusion.incident not in ("", incident):
                continue
            choices = {
                name: tuple(
                    choice
                    for choice, rows in self.others.items()
                    if rows.get(key, {}).get(name) == wanted
                )
                for name, verdict in readings.items()
                if verdict != wanted
            }
            found.append(Agreement(conclusion, self.pack.id, rule, readings, choices))
        return found


Key = tuple[str, str, str]
"""Rule, incident, owner."""
Readings = dict[str, str]


def _rows(log: EventLog, pack: Pack, options: Mapping[str, str]) -> dict[Key, Readings]:
    """Return the verdicts per reading of all deadlines that apply and are owed once."""
    found: dict[Key, Readings] = {}
    for row in score(log, pack, options).table.to_dict("records"):
        rule = pack.rules[row["rule"]]
        if rule.kind != "deadline" or row["recurrence"] or row["verdict"] == "not_applicable":
            continue
        found[row["rule"], row["incident"], row["owner"]] = _readings(row)
    return found


def _readings(row: Mapping[Any, Any]) -> Readings:
    named: Readings = {name: row[f"{name}_verdict"] for name in READINGS if row[f"{name}_verdict"]}
    return named or {OWN: row["verdict"]}
