"""Mistakes in what a scenario says of its shelters: each with its message and path."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = """yanlian: 1
start: 2026-03-01T08:00+08:00
horizon: 6 h
places: {town: {at: [108.0, 24.0]}}
offices: {county: {role: county_gov, place: town, procedures: [open]}}
procedures: {open: {on: noticed, steps: [open_shelter: {shelters: [school], time: 1 h}]}}
items: {quilt: {unit: piece, norm: 1}, pump: {unit: piece}}
shelters: {school: {place: town, superior: county, items: [quilt]}, hall: {place: town}}
incidents:
  flood:
    hazard: flood
    place: town
    course: [{evacuated: 5}]
    shelters: {to: [school, hall]}
"""
CASES = {
    "item without a norm": (
        ("items: [quilt]", "items: [quilt, pump]"),
        "shelters.school.items.1: expected an item with a norm (norm): how much a person needs, "
        "received 'pump'",
    ),
    "item that is not there": (
        ("items: [quilt]", "items: [quitl]"),
        "shelters.school.items.0: expected a key under items, received 'quitl', "
        "did you mean quilt?",
    ),
    "item twice": (
        ("items: [quilt]", "items: [quilt, quilt]"),
        "shelters.school.items.1: expected each of them once, received 'quilt'",
    ),
    "room for nobody": (
        ("superior: county,", "superior: county, capacity: 0,"),
        "shelters.school.capacity: expected",
    ),
    "office that is not there": (
        ("superior: county,", "superior: country,"),
        "shelters.school.superior: expected a key under offices, received 'country', "
        "did you mean county?",
    ),
    "giving out takes no duration": (
        ("superior: county,", "superior: county, giving_out: soon,"),
        "shelters.school.giving_out",
    ),
    "shelter that is not there": (
        ("to: [school, hall]", "to: [school, hal]"),
        "incidents.flood.shelters.to.1: expected a key under shelters, received 'hal', "
        "did you mean hall?",
    ),
    "shelter twice": (
        ("to: [school, hall]", "to: [school, hall, school]"),
        "incidents.flood.shelters.to.2: expected each of them once, received 'school'",
    ),
    "share above one": (
        ("to: [school, hall]", "to: [school, hall], share: 1.5"),
        "incidents.flood.shelters.share: expected",
    ),
    "for what never occurs": (
        ("course: [{evacuated: 5}]", "occurs: false"),
        "incidents.flood.shelters: expected no shelters for what never occurs, "
        "received school, hall",
    ),
    "opens what is not there": (
        ("shelters: [school], time", "shelters: [schol], time"),
        "procedures.open.steps.0.open_shelter.shelters.0: expected a key under shelters, "
        "received 'schol', did you mean school?",
    ),
}


def test_the_head_is_sound(messages: Callable[..., list[str]]) -> None:
    assert messages(HEAD) == []


@pytest.mark.parametrize("case", CASES)
def test_mistake_is_told_where_it_stands(case: str, messages: Callable[..., list[str]]) -> None:
    (wrong, right), message = CASES[case]
    assert wrong in HEAD
    found = messages(HEAD.replace(wrong, right))
    assert len(found) == 1
    assert message in found[0]


def test_mistakes_are_told_together_and_in_chinese(messages: Callable[..., list[str]]) -> None:
    text = HEAD.replace("items: [quilt]", "items: [quilt, pump]").replace("[school, hall]", "[hal]")
    found = messages(text, lang="zh")
    assert len(found) == 2
    assert "人均定额" in found[0]
