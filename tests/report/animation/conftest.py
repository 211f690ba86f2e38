"""Small records for animations, written by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sim.log.record import EventLog
from sim.log.rows import to_log
from sim.scenario import Scenario

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")
AT = {"a": (109.0, 24.0), "b": (109.3, 24.0), "c": (109.3, 24.4)}


def row(
    time: int, what: str, actor: str = "", to: str = "", matter: str = "", **more: Any
) -> tuple:
    activity, _, phase = what.partition(" ")
    incident = more.pop("incident", "fire")
    return (time, activity, phase, actor, to, matter, incident, None, None, "", more or None)


def record(rows: list[tuple], case: str = "drill/base/0") -> EventLog:
    return to_log([(case, rows)], ORIGIN)


def small(title: str = "") -> EventLog:
    """County and city talk; one team goes a-b-c in 100 s and stays; a truck goes to nowhere."""
    seats = (("city", "city_gov", "a"), ("county", "county_gov", "b"), ("t1", "team", "a"),
             ("t2", "team", "b"), ("store", "depot", "a"))  # fmt: skip
    rows = [
        row(0, "role", name, incident="", actor_role=role, place=place, note=title + name)
        for name, role, place in seats
    ]
    rows += [
        row(60, "occur", place="c", hazard="fire", dead=1),
        row(100, "reported", "county", "city", message="m1", kind="initial", note=title),
        row(160, "dispatch", "county", "t1", "o1"),
        row(170, "dispatch", "county", "t2", "o2"),
        row(200, "travel started", "t1", matter="o1", place="a"),
        row(250, "notice", "city"),
        row(300, "travel ended", "t1", matter="o1", place="c", way="a|b|c"),
        row(300, "arrive", "t1", matter="o1", place="c"),
        row(320, "travel started", "store", matter="s1", place="a", vehicle="truck"),
        row(380, "travel ended", "store", matter="s1", place="b", vehicle="truck"),
        row(500, "travel started", "store", matter="s2", place="a", vehicle="van"),
        row(560, "travel ended", "store", matter="s2", place="nowhere", vehicle="van"),
        row(600, "terminate", "city"),
    ]
    return record(rows)


def make_towns(title: str = "drill") -> Scenario:
    """A scenario of three places, for their coordinates and names."""
    raw = {
        "yanlian": 1,
        "name": {"zh": title, "en": title},
        "start": ORIGIN.isoformat(),
        "horizon": "1 h",
        "places": {key: {"at": at, "name": {"zh": key, "en": key}} for key, at in AT.items()},
        "offices": {"city": {"role": "city_gov", "place": "a"}},
    }
    return Scenario.model_validate(raw)


@pytest.fixture
def small_log() -> EventLog:
    return small()


@pytest.fixture
def towns() -> Scenario:
    return make_towns()


@pytest.fixture
def make_small():
    return small, make_towns


@pytest.fixture
def make_record():
    return record, row
