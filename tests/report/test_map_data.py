"""What a map shows, counted by hand from small records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sim.log.record import EventLog
from sim.log.rows import to_log
from sim.report.map_data import Closing, map_data
from sim.scenario import Scenario

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


def town(**more: Any) -> Scenario:
    """Places a, b, c in a row and d aside; `nowhere` has no coordinates."""
    places: dict[str, Any] = {
        key: {"at": at}
        for key, at in {
            "a": (109, 24),
            "b": (109.1, 24),
            "c": (109.2, 24),
            "d": (109, 24.2),
        }.items()
    }
    base = {
        "yanlian": 1,
        "start": ORIGIN.isoformat(),
        "horizon": "1 h",
        "places": places | {"nowhere": {}},
        "links": {
            "ab": {"from": "b", "to": "a", "time": "60 s", "class": "primary"},
            "bc": {"from": "b", "to": "c", "time": "60 s"},
            "bx": {"from": "b", "to": "nowhere", "time": "60 s"},
        },
        "offices": {"o": {"role": "county_gov"}},
        "teams": {
            "t1": {"base": "a", "skills": ["x"], "strength": 3, "procedures": []},
            "t2": {"base": "a", "skills": ["x"], "strength": 3, "procedures": []},
            "t3": {"base": "nowhere", "skills": ["x"], "strength": 3, "procedures": []},
        },
        "depots": {"store": {"place": "d", "procedures": [], "crew": 1}},
        "incidents": {
            "fire": {"hazard": "fire", "place": "c"},
            "feared": {"hazard": "fire", "place": "b", "occurs": False},
        },
    }
    return Scenario.model_validate(base | more)


def row(time: int, what: str, actor: str = "", matter: str = "", cause: int | None = None,
        **more: Any) -> tuple:  # fmt: skip
    activity, _, phase = what.partition(" ")
    return (time, activity, phase, actor, "", matter, "", cause, None, "", more or None)


def record(*cases: list[tuple]) -> EventLog:
    return to_log([(f"drill/base/{k}", rows) for k, rows in enumerate(cases)], ORIGIN)


def test_drives_are_counted_by_stretch_both_ways_and_as_a_mean_of_the_drills() -> None:
    """t1 goes a-b-c and returns c-b; the depot's convoy d-c straight; nothing in drill two."""
    first = [
        row(0, "travel started", "t1", "o1", place="a"),
        row(1, "travel started", "store", "s1", place="d"),
        row(60, "reroute", "t1", "o1", place="b", way="a|b"),
        row(120, "travel ended", "t1", "o1", place="c", way="b|c"),
        row(130, "travel ended", "store", "s1", place="c"),
        row(200, "return started", "t1", "o1", place="c"),
        row(260, "return ended", "t1", "o1", place="b", way="c|b"),
    ]
    data = map_data(record(first, [row(0, "begin")]), town())
    assert data.driven == {("a", "b"): 0.5, ("b", "c"): 1.0, ("c", "d"): 0.5}
    assert data.roads == {("a", "b"): "primary", ("b", "c"): ""}


def test_who_is_sent_elsewhere_at_the_end_of_his_way_is_not_counted_twice() -> None:
    """The way a-b stands on the row `divert`; the journey then ends where it is."""
    rows = [
        row(0, "travel started", "t1", "o1", place="a"),
        row(60, "divert", "t1", "o1", place="b", way="a|b"),
        row(60, "travel ended", "t1", "o2", place="b"),
    ]
    assert map_data(record(rows), town()).driven == {("a", "b"): 1}


def test_who_turns_back_drives_the_stretch_twice() -> None:
    rows = [
        row(0, "travel started", "t1", "o1", place="a"),
        row(30, "turn_back", "t1", "o1", place="a", links="ab"),
        row(60, "travel ended", "t1", "o1", place="d", way="a|a|d"),
    ]
    assert map_data(record(rows), town()).driven == {("a", "d"): 1}, "not known how far it came"


def test_who_follows_comes_from_the_base() -> None:
    rows = [
        row(0, "follow started", "t1", "o1", place="a", persons=2),
        row(90, "follow ended", "t1", "o1", place="d", persons=2),
    ]
    assert map_data(record(rows), town()).driven == {("a", "d"): 1}


def test_closings_have_their_hours_and_the_share_of_the_drills() -> None:
    """`ab` closes twice in drill one, is slowed in drill two; `bx` has no coordinates."""
    first = [
        row(10, "road_closed", matter="k", links="ab|bx"),
        row(70, "road_opened", matter="k", cause=0, links="ab|bx"),
        row(90, "road_closed", matter="k", links="ab"),
    ]
    data = map_data(record(first, [row(5, "road_slowed", matter="j", links="ab")]), town())
    one, two = data.cases
    assert data.closings == {
        ("a", "b"): [
            Closing(one, False, 10, 70),
            Closing(one, False, 90, None),
            Closing(two, True, 5, None),
        ]
    }
    assert data.share(("a", "b"), slowed=False) == 0.5
    assert data.share(("a", "b"), slowed=True) == 0.5


def test_bases_depots_and_incidents_stand_where_the_scenario_says() -> None:
    data = map_data(record([row(0, "begin")]), town())
    assert data.bases == {"a": ["t1", "t2"]}
    assert data.depots == {"d": ["store"]}
    assert data.sites == {"c": ["fire"]}, "what is only feared is no site"
    assert data.hidden == ("nowhere",)
    assert data.used() == ["a", "c", "d"]


@pytest.mark.parametrize("name", ["river-flood", "city-bridges"])
def test_every_drive_of_a_drill_is_on_the_map_against_a_walk_along_each_journey(name: str) -> None:
    """Slow twin: the places of one journey in a row, from the row that starts it to its end."""
    from collections import Counter
    from itertools import pairwise
    from pathlib import Path

    import sim

    folder = Path(__file__).parents[2] / "scenarios"
    scenario = sim.load_scenario(folder / f"{name}.yaml")
    log = sim.run(scenario, 3, name=name)
    found: Counter[tuple[str, str]] = Counter()
    table = log.table[log.table["place"].ne("")]
    for (_, matter), rows in table.groupby(["actor", "object"], sort=False):
        at = ""
        for r in rows.itertuples():
            if r.activity in ("travel", "return", "follow") and r.phase == "started":
                at = r.place
            elif r.way or (at and r.activity in ("travel", "return", "follow")):
                walked = [*r.way.split("|")] if r.way else [at, r.place]
                assert walked[0] == at, matter
                found.update(tuple(sorted(pair)) for pair in pairwise(walked) if pair[0] != pair[1])
                at = walked[-1]
    assert found
    assert map_data(log, scenario).driven == dict(found)
