"""Tables of supply of simulated floods: conservation, and plain sums over the rows themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.log import EventLog

FLOOD = Path(__file__).parents[2] / "scenarios/river-flood.yaml"


@pytest.fixture(scope="module")
def log() -> EventLog:
    return sim.run(sim.load_scenario(FLOOD), seed=3, replications=3)


def pieces(log: EventLog, activity: str, *keys: str) -> Counter[Any]:
    """Sum up the pieces of an activity's rows by columns, row by row."""
    found: Counter[Any] = Counter()
    for row in log.table.to_dict("records"):
        if row["activity"] == activity and row["item"]:
            found[tuple(row[key] for key in keys)] += row["quantity"]
    return found


def test_every_piece_that_was_picked_is_accounted_for(log: EventLog) -> None:
    """Picked = accepted + damaged + put back + on the way, line by line; nothing is negative."""
    lines = sim.order_lines(log).fillna(0).set_index(["case", "order", "item"])
    assert len(lines) > 30
    columns = ("picked", "hand_over", "difference", "put_back")
    sums = [pieces(log, what, "case", "order", "item") for what in columns]
    for key, line in lines.iterrows():
        picked, accepted, damaged, returned = (found[key] for found in sums)
        assert (line["picked"], line["damaged"], line["returned"]) == (picked, damaged, returned)
        assert line["accepted"] == accepted
        assert picked - accepted - damaged - returned >= 0, key
        assert accepted + damaged <= line["delivered"] <= line["loaded"] <= picked, key


def test_stages_end_where_the_lines_end_and_never_overtake_one_another(log: EventLog) -> None:
    stages = sim.supply_stages(log)
    last = stages.groupby(["case", "item"]).last()
    lines = sim.order_lines(log).groupby(["case", "item"]).sum(numeric_only=True)
    for key, end in last.iterrows():
        for stage in ("requested", "accepted"):
            assert end[stage] == lines.loc[key, stage], (key, stage)
    order = ["requested", "approved", "picked", "loaded", "sent", "delivered", "accepted"]
    steps = stages[order].astype(int).diff(axis=1).iloc[:, 1:]
    assert (steps <= 0).all(axis=None)


def test_wants_are_the_step_functions_of_the_rows(log: EventLog) -> None:
    """Pieces wanted × time, from plain cumulative sums of the rows in the order of time."""
    ends = log.table.groupby("case")["time"].max()
    table = log.table
    sign = {"need": 1, "distribute": -1, "lapse": -1}
    rows = table[table["activity"].isin(sign) & table["item"].ne("")]
    for want in sim.unmet_need(log).to_dict("records"):
        mine = rows[
            rows["case"].eq(want["case"])
            & rows["actor"].eq(want["shelter"])
            & rows["item"].eq(want["item"])
        ]
        change = mine["quantity"].astype(int) * mine["activity"].map(sign)
        level = change.groupby(mine["time"].astype(int)).sum().cumsum()
        assert (level >= 0).all()
        times = [*level.index, int(ends[want["case"]])]
        total = sum(n * (b - a) for n, a, b in zip(level, times[:-1], times[1:], strict=True))
        assert want["piece_hours"] == pytest.approx(total / 3600)
        assert want["unmet"] == level.iloc[-1]


@pytest.mark.parametrize("less", [0, 500])
def test_those_without_room_are_the_evacuated_beyond_the_capacity(less: int) -> None:
    """Closed form: 0.3 of 9000 evacuated look for room; what the shelters hold is taken off."""
    scenario = sim.load_scenario(FLOOD)
    shelters = dict(scenario.shelters)
    school = shelters["school-shelter"]
    assert school.capacity is not None
    shelters["school-shelter"] = school.model_copy(update={"capacity": school.capacity - less})
    smaller = scenario.model_copy(update={"shelters": shelters})
    (found,) = sim.unhoused(sim.run(smaller, seed=3)).to_dict("records")
    capacity = sum(shelter.capacity or 0 for shelter in shelters.values())
    assert found["waiting"] == 2700 - capacity
    assert found["turned_away"] - found["housed"] - found["went_home"] == found["waiting"]


def test_costs_are_all_the_yuan_of_the_record(log: EventLog) -> None:
    """Cases without any `yuan` cost nobody knows what, not nothing."""
    yuan = log.table.groupby("case", sort=False)["yuan"].sum(min_count=1)
    costs = sim.supply_costs(log, by="case").set_index("case")["total"]
    by_order = sim.supply_costs(log).groupby("case", sort=False)["total"].sum(min_count=1)
    assert costs.notna().equals(yuan.notna())
    assert by_order.notna().equals(yuan.notna())
    for found in (costs, by_order):
        assert found.dropna().to_dict() == pytest.approx(yuan.dropna().to_dict())


def test_vehicles_are_on_the_way_for_as_long_as_their_rows_say(log: EventLog) -> None:
    use = sim.vehicle_use(log)
    assert use["share"].between(0, 1).all()
    assert use["mean_load"].dropna().between(0, 1).all()
    started = log.table[
        log.table["activity"].eq("travel")
        & log.table["phase"].eq("started")
        & log.table["vehicle"].ne("")
    ]
    trips = sum(len(row.split()) for row in started["vehicle"])
    if trips:
        assert use["trips"].sum() == trips


def test_people_are_relieved_when_want_is_nought_for_the_first_time(log: EventLog) -> None:
    """A slow reading: after each second with a distribution, is anything still needed?"""
    relief = sim.relief_times(log)
    for line in relief[relief["shelter"].eq("")].to_dict("records"):
        rows = log.table[log.table["case"].eq(line["case"])]
        open_: Counter[tuple[str, str]] = Counter()
        found = None
        acts = rows[rows["activity"].isin(["need", "distribute", "lapse"]) & rows["item"].ne("")]
        for time, part in acts.groupby("time", sort=True):
            for row in part.to_dict("records"):
                way = 1 if row["activity"] == "need" else -1
                open_[(row["actor"], row["item"])] += way * row["quantity"]
            if part["activity"].eq("distribute").any() and not any(open_.values()):
                found = time
                break
        assert (pd.isna(line["supplied"]) and found is None) or line["supplied"] == found
