"""Times of teams from the record: a simulated one and a real one, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from sim.log import EventLog, site_summary, team_times, to_log

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


def row(time: int, what: str, actor: str, object: str = "", to: str = "", **more: Any) -> tuple:
    activity, _, phase = what.partition(" ")
    incident = "" if activity == "role" else more.pop("incident", "flood")
    return (time, activity, phase, actor, to, object, incident, None, None, "", more or None)


def record(*rows: tuple) -> EventLog:
    return to_log([("drill", list(rows))], ORIGIN)


def role(team: str, persons: int) -> tuple:
    return row(0, "role", team, actor_role="team", persons=persons, team_kind="militia")


SIMULATED = (
    role("a", 10),
    role("b", 4),
    row(100, "order asked", "county", "o1"),
    row(100, "order ended", "county", "o1", "a"),
    row(160, "alert ended", "a", "a"),
    row(160, "order ended", "county", "o2", "b"),
    row(700, "muster ended", "a", "a", persons=6),
    row(700, "depart", "a", "o1", persons=6),
    row(700, "travel started", "a", "o1"),
    row(800, "muster ended", "b", "b", persons=1),
    row(800, "refused", "b", "o2", persons=1),
    row(800, "order ended", "county", "o2", "c"),
    row(1700, "travel ended", "a", "o1"),
    row(1700, "arrive", "a", "o1", persons=6),
    row(1700, "work started", "a", "a"),
    row(2700, "follow started", "a", "o1", persons=2),
    row(3700, "follow ended", "a", "o1", persons=2),
    row(5300, "work ended", "a", "a"),
    row(5400, "return started", "a", "o1"),
    row(6300, "return ended", "a", "o1"),
    row(6400, "order ended", "county", "o3", "a"),
    row(6500, "alert ended", "a", "a"),
)


def test_a_simulated_record_is_taken_apart_by_orders() -> None:
    table = team_times(record(*SIMULATED))
    empty = pd.NA
    stamps = table.set_index(["team", "order"]).loc[:, "ordered":"refused"]
    expected = pd.DataFrame(
        {
            ("a", "o1"): [100, 160, 700, 700, 1700, 1700, 5300, 5400, 6300, empty],
            ("b", "o2"): [160, empty, 800, *[empty] * 6, 800],
            ("c", "o2"): [800, *[empty] * 9],
            ("a", "o3"): [6400, 6500, *[empty] * 8],
        }
    ).T.astype("Int64")
    assert stamps.index.tolist() == expected.index.tolist()
    assert [r.tolist() for r in stamps.to_numpy()] == [r.tolist() for r in expected.to_numpy()]


def test_strength_share_and_crew_hours_count_those_who_followed() -> None:
    table = team_times(record(*SIMULATED)).set_index(["team", "order"])
    a = table.loc[("a", "o1")]
    assert (a["strength"], a["establishment"], a["share"]) == (8, 10, 0.8)
    # Six persons from 700 to 6300 s, two from 2700 to 6300 s.
    assert a["crew_hours"] == pytest.approx((6 * 5600 + 2 * 3600) / 3600)
    b = table.loc[("b", "o2")]
    assert (b["strength"], b["share"]) == (1, 0.25)
    assert pd.isna(b["crew_hours"])
    assert table["kind"].tolist() == ["militia", "militia", "", "militia"]


def test_the_site_counts_first_and_last_arrival_and_nobody_who_refused() -> None:
    second = (row(2000, "arrive", "c", "o2", persons=5),)
    rows = sorted([*SIMULATED, *second], key=lambda r: r[0])
    (site,) = site_summary(record(*rows)).to_dict("records")
    assert (site["teams"], site["arrived"]) == (3, 2)
    assert (site["first_arrival"], site["last_arrival"]) == (1700, 2000)
    assert site["strength"] == 13
    assert site["share"] == 0.8  # 8 of 10; c has no directory row
    assert site["crew_hours"] == pytest.approx((6 * 5600 + 2 * 3600) / 3600)


def test_a_real_record_without_orders_gives_what_it_has() -> None:
    table = team_times(
        record(
            row(60, "alert", "brigade"),
            row(180, "depart", "brigade", persons=12),
            row(900, "arrive", "brigade"),
            row(4000, "return", "brigade"),
            row(5000, "alert", "brigade"),
            row(6000, "arrive", "truck"),  # not a team: nothing says so
        )
    )
    assert table["team"].tolist() == ["brigade", "brigade"]
    first = table.iloc[0]
    assert first[["alerted", "departed", "arrived", "returned"]].tolist() == [60, 180, 900, 4000]
    assert first[["ordered", "mustered", "started", "ended", "share"]].isna().all()
    assert first["crew_hours"] == pytest.approx(12 * (4000 - 180) / 3600)
    assert table.iloc[1]["alerted"] == 5000


def test_a_record_without_teams_gives_empty_tables() -> None:
    log = record(row(0, "occur", ""))
    assert len(team_times(log)) == 0
    assert len(site_summary(log)) == 0
