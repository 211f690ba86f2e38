"""In words: which reading agrees with an official finding of "late", and which would with what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sim.report.names import named
from sim.texts import label, t

OPEN = ("unproven", "open")
MOST = 3
"""How many choices of options are named for a reading."""


def agreement_lines(found: Sequence[Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (heading, words) for each conclusion; `found` are `sim.rules.Agreement`."""
    lines = []
    for _, group in groupby(found, key=lambda one: id(one.conclusion)):
        duties = list(group)
        lines.append((_heading(duties[0].conclusion, names), _words(duties)))
    return lines


def _heading(conclusion: Any, names: Mapping[str, str]) -> str:
    who = named(names, conclusion.about) or conclusion.incident
    verdict = label("verdict", _MEANT[conclusion.means])
    return t(
        "{category} ({verdict}) of {actor}",
        category=conclusion.category,
        verdict=verdict,
        actor=who,
    )


_MEANT = {"late": "late", "in_time": "met"}


def _words(duties: list[Any]) -> str:
    if not duties[0].rule:
        return t("cannot be tried: these rules hold no duty of that body")
    agreeing = [one for one in duties if one.agreeing]
    if agreeing:
        return t("; ").join(_agrees(one) for one in agreeing)
    tried = t("; ").join(_tried(one) for one in duties)
    if all(verdict in OPEN for one in duties for verdict in one.readings.values()):
        return t("the record decides no reading: {tried}", tried=tried)
    return t("agrees with no reading: {tried}", tried=tried)


def _agrees(one: Any) -> str:
    """Say which readings of one duty agree, and what the others say."""
    yes = t(", ").join(_reading(name) for name in one.agreeing)
    text = t("agrees with the reading {readings} ({rule})", readings=yes, rule=one.rule)
    others = [_other(one, name) for name in one.readings if name not in one.agreeing]
    return text + (t(", not {others}", others=t(", ").join(others)) if others else "")


def _tried(one: Any) -> str:
    others = t(", ").join(_other(one, name) for name in one.readings)
    return t("{rule} {readings}", rule=one.rule, readings=others)


def _other(one: Any, name: str) -> str:
    found = t("{reading}: {verdict}", reading=_reading(name), verdict=_verdict(one, name))
    choices = [f"{option} = {choice}" for option, choice in one.choices.get(name, ())[:MOST]]
    return found + (
        t(" (it would with {choices})", choices=t(" or ").join(choices)) if choices else ""
    )


def _verdict(one: Any, name: str) -> str:
    return label("verdict", one.readings[name])


def _reading(name: str) -> str:
    return t("from the start that the rule names") if name == "own" else label("reading", name)
