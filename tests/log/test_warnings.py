"""Warnings that change and are lifted, against what came true: small records judged by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from sim.log import to_log, warnings

ALL = ("warned", "warning", "highest", "lifted", "occurred", "outcome", "lead")


def publish(time, warning, areas="", actor="o"):
    extra = {"kind": "warning", "warning": warning, "jurisdiction": areas}
    return (time, "publish", "", actor, "", "", "i", None, None, "", extra)


def occur(time, areas=""):
    return (time, "occur", "", "", "", "", "i", None, None, "", {"jurisdiction": areas})


def judged(*rows):
    log = to_log([("c", sorted(rows, key=lambda row: row[0]))], datetime(2026, 3, 1, tzinfo=UTC))
    (row,) = warnings(log)[list(ALL)].itertuples(index=False, name=None)
    return tuple(None if cell is pd.NA else cell for cell in row)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [publish(10, "red"), publish(500, "lifted"), occur(300)],
            (10, "red", "red", 500, 300, "hit", 290),
        ),
        (
            [publish(10, "red"), publish(200, "lifted"), occur(300)],
            (10, "red", "red", 200, 300, "missed", None),
        ),
        (
            [publish(10, "red"), publish(50, "lifted"), publish(200, "blue"), occur(300)],
            (200, "blue", "blue", None, 300, "hit", 100),
        ),
        (
            [publish(10, "red"), publish(50, "lifted"), publish(400, "blue"), occur(300)],
            (400, "blue", "blue", None, 300, "late", -100),
        ),
        (
            [
                *(publish(10, "red"), publish(50, "lifted")),
                *(publish(60, "blue"), publish(70, "lifted"), occur(300)),
            ],
            (60, "blue", "blue", 70, 300, "missed", None),
        ),
        (
            [publish(10, "blue"), publish(50, "red"), publish(90, "yellow"), occur(300)],
            (10, "blue", "red", None, 300, "hit", 290),
        ),
        ([publish(10, "red"), publish(50, "lifted")], (10, "red", "red", 50, None, "false", None)),
        ([publish(50, "lifted"), occur(300)], (None, "", "", None, 300, "missed", None)),
        (
            [publish(10, "red"), publish(50, "lifted", actor="p"), occur(300)],
            (10, "red", "red", None, 300, "hit", 290),
        ),
        (
            [publish(10, "red"), publish(20, "blue", actor="p"), publish(50, "lifted"), occur(300)],
            (10, "red", "red", None, 300, "hit", 290),
        ),
    ],
    ids=[
        "lifted afterwards",
        "lifted too early",
        "warned anew in time",
        "warned anew too late",
        "lifted twice",
        "raised and lowered",
        "lifted in vain",
        "lifted only",
        "another cannot lift it",
        "one of two stands",
    ],
)
def test_a_warning_stands_until_it_is_lifted(rows, expected):
    assert judged(*rows) == expected


@pytest.mark.parametrize(
    ("lifted", "occurred", "outcome"),
    [
        ("coast", "hills", "hit"),
        ("coast", "coast", "missed"),
        ("coast", "coast|hills", "hit"),
        ("coast|hills", "coast|hills", "missed"),
        ("", "hills", "missed"),
        ("coast", "", "hit"),
        ("coast|hills", "", "missed"),
    ],
)
def test_a_warning_is_lifted_only_in_the_areas_that_are_named(lifted, occurred, outcome):
    rows = publish(10, "red", "coast|hills"), publish(50, "lifted", lifted), occur(300, occurred)
    assert judged(*rows)[-2] == outcome


def test_a_warning_for_everywhere_stands_where_it_is_not_lifted():
    rows = publish(10, "red"), publish(50, "lifted", "coast"), occur(300, "hills")
    assert judged(*rows)[-2] == "hit"
