"""Order lines, sums, costs and stages of supply, worked out by hand; and what must not matter."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.log import (
    EventLog,
    order_lines,
    read_log,
    record_accuracy,
    stock_outs,
    supply_costs,
    supply_stages,
    supply_summary,
    to_log,
    unmet_need,
    vehicle_use,
)

TABLES: tuple[Callable[[EventLog], pd.DataFrame], ...] = (
    *(order_lines, record_accuracy, stock_outs, supply_costs, supply_stages, supply_summary),
    *(unmet_need, vehicle_use),
)

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")
CORE = ("activity", "phase", "actor", "recipient", "object", "incident")
NUMBERS = {"quantity": int, "persons": int, "yuan": float, "share": float}


def row(time: int, what: str, actor: str, object: str = "", to: str = "", **more: Any) -> tuple:
    activity, _, phase = what.partition(" ")
    incident = more.pop("incident", "flood")
    return (time, activity, phase, actor, to, object, incident, None, None, "", more or None)


def water(time: int, what: str, actor: str, pieces: int, *rest: str, **more: Any) -> tuple:
    return row(time, what, actor, *rest, item="water", quantity=pieces, **more)


def record(*cases: list[tuple]) -> EventLog:
    named = [(f"drill/{k}", sorted(rows, key=lambda r: r[0])) for k, rows in enumerate(cases)]
    return to_log(named, ORIGIN)


def drill() -> list[tuple]:
    """The rows of `supply_drill.csv`: one order for 120 bottles, served by two depots.

    100 stand on the books of d1, but only 70 lie there; d2 has the rest.  Of c1, v1 takes 40, of
    which two are broken on arrival; v2 turns back with 30.  c2 is collected.
    """
    rows = []
    with Path(__file__).with_name("supply_drill.csv").open(encoding="utf-8") as file:
        for cells in csv.DictReader(file):
            time = int((datetime.fromisoformat(cells.pop("time")) - ORIGIN).total_seconds())
            core = tuple(cells.pop(name) for name in CORE)
            more = {k: NUMBERS.get(k, str)(v) for k, v in cells.items() if v}
            rows.append((time, *core, None, None, "", more or None))
    return rows


def test_an_order_line_is_followed_from_the_request_to_the_signature() -> None:
    (line,) = order_lines(record(drill())).to_dict("records")
    assert [line[name] for name in ("case", "incident", "order", "item")] == [
        *("drill/0", "flood", "o1", "water")
    ]
    assert [line[name] for name in ("office", "recipient", "place")] == ["county", "s", "school"]
    quantities = {
        "requested": 120,
        "reserved": 120,
        "approved": 120,
        "picked": 90,
        "loaded": 70,
        # 40 by v1 and 20 that were collected; v2 never came to the school.
        "delivered": 60,
        "accepted": 58,
        "damaged": 2,
        "returned": 30,
        "refused": 20,
        "shortage": 30,
        "short": 62,
    }
    assert {name: line[name] for name in quantities} == quantities
    assert line["fill_rate"] == pytest.approx(58 / 120)
    assert (line["asked"], line["first"]) == (900, 6000)
    assert pd.isna(line["full"])
    assert not line["replenishes"]


def test_a_line_is_full_at_the_delivery_that_completes_it() -> None:
    more = water(9500, "hand_over", "d2", 70, "c3", "s", order="o1")
    (line,) = order_lines(record([*drill(), more])).to_dict("records")
    assert (line["accepted"], line["short"], line["full"]) == (128, 0, 9500)
    assert line["fill_rate"] == 1.0  # what is too much fills nothing


def test_the_stages_step_up_and_what_is_put_back_steps_down() -> None:
    table = supply_stages(record(drill())).set_index("time").drop(columns=["case", "item"])
    by_hand = {
        600: (120, 0, 0, 0, 0, 0, 0, 0, 0),
        900: (120, 120, 0, 0, 0, 0, 0, 0, 0),
        1200: (120, 120, 100, 0, 0, 0, 0, 0, 0),
        1300: (120, 120, 120, 0, 0, 0, 0, 0, 0),
        2000: (120, 120, 120, 70, 0, 0, 0, 0, 0),
        2100: (120, 120, 120, 70, 70, 0, 0, 0, 0),
        2200: (120, 120, 120, 70, 70, 40, 0, 0, 0),
        2300: (120, 120, 120, 70, 70, 70, 0, 0, 0),
        2500: (120, 120, 120, 90, 70, 70, 0, 0, 0),
        5800: (120, 120, 120, 90, 70, 70, 40, 0, 0),
        6000: (120, 120, 120, 90, 70, 70, 40, 38, 0),
        6100: (120, 120, 120, 90, 70, 70, 40, 38, 38),
        8000: (120, 120, 120, 60, 40, 40, 40, 38, 38),
        9000: (120, 120, 120, 60, 60, 60, 60, 58, 58),
    }
    assert {
        time: tuple(found) for time, found in zip(table.index, table.to_numpy(), strict=True)
    } == by_hand


def test_person_hours_in_want_by_hand() -> None:
    (want,) = unmet_need(record(drill())).to_dict("records")
    seconds = 120 * (6100 - 600) + 82 * (9000 - 6100) + 62 * (10000 - 9000)
    assert [want[name] for name in ("needed", "given", "lapsed", "unmet")] == [120, 58, 0, 62]
    assert want["piece_hours"] == pytest.approx(seconds / 3600)
    assert want["person_hours"] == pytest.approx(seconds / 3 / 3600)  # three bottles a person


def test_books_are_compared_with_the_truth_and_stock_outs_last_until_there_is_some() -> None:
    log = record(drill())
    books = record_accuracy(log).set_index("depot")
    assert books.loc["d1", ["recorded", "actual", "basis", "agrees"]].tolist() == [
        *(100, 70, "true", False)
    ]
    assert books["error"].tolist() == [0.3, 0.0]
    out = stock_outs(log).set_index("where")
    names = ["actor", "start", "end", "seconds", "asked", "lacking"]
    # The books had some again, and so had the shelf, when 30 bottles came back at 8000 s.
    assert out.loc["books", names].tolist() == ["d1", 1000, 8000, 7000, 1, 20]
    assert out.loc["shelf", names].tolist() == ["d1", 2000, 8000, 6000, 1, 30]


def test_vehicles_there_and_back_and_hired_ones_while_they_were_hired() -> None:
    use = vehicle_use(record(drill())).set_index("vehicle")
    # v1: 2200 to 5800 and 6200 to 9800 s of 10000 s; v2: 2300 to 7000 of 2050 to 7050 s.
    assert use.loc["v1", ["trips", "on_way", "at_hand"]].tolist() == [1, 7200, 10000]
    assert use.loc["v2", ["trips", "on_way", "at_hand"]].tolist() == [1, 4700, 5000]
    assert use["share"].to_dict() == {"v1": 0.72, "v2": 0.94}
    assert use["mean_load"].to_dict() == {"v1": 0.25, "v2": 0.75}


def test_costs_by_kind_of_the_order_and_of_none() -> None:
    log = record(drill())
    costs = supply_costs(log).set_index("order").drop(columns="case")
    assert costs.loc["o1"].tolist() == [40.0, 200.0, 40.5, 0.0, 4.0, 0.0, 284.5]
    assert costs.loc[""].tolist() == [0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 7.0]
    (whole,) = supply_costs(log, by="case").to_dict("records")
    assert (whole["wages"], whole["total"]) == (47.5, 291.5)
    with pytest.raises(ValueError, match="order"):
        supply_costs(log, by="depot")


def test_what_no_row_gives_a_price_is_not_free() -> None:
    rows = [water(0, "supply_order", "county", 5, "o", "s", order="o")]
    costs = supply_costs(record(rows, drill()))
    assert costs["case"].tolist() == ["drill/0", "drill/1", "drill/1"]
    assert costs.loc[0, "purchase":"total"].isna().all()
    assert costs.loc[1:, "total"].tolist() == [284.5, 7.0]
    whole = supply_costs(record(rows, drill()), by="case")["total"]
    assert whole.tolist() == [pd.NA, 291.5]
    nothing = [water(9, "put_in_stock", "d", 5, reason="produced", yuan=0.0, order="o")]
    assert supply_costs(record(rows + nothing))["total"].tolist() == [0.0]  # stated to be free


def test_a_stock_out_that_nothing_ends_lasts_to_the_end_of_the_record() -> None:
    rows = [
        water(10, "supply_order", "county", 5, "o", "s", order="o"),
        water(10, "refused", "d1", 5, order="o", reason="no_stock"),
        water(50, "put_in_stock", "d1", 9, reason="donated"),
        water(100, "refused", "d2", 5, order="o", reason="no_stock"),
        row(3700, "clock", ""),
    ]
    item = supply_summary(record(rows)).set_index("item").loc["water"]
    assert (item["stock_outs"], item["outs_open"]) == (2, 1)
    assert item["out_hours"] == pytest.approx((40 + 3600) / 3600)


def test_a_trip_that_carried_two_orders_costs_each_of_them_half() -> None:
    rows = [
        row(10, "hire started", "d1", "t1", vehicle="v"),
        water(20, "loaded", "d1", 5, "c1", order="a", vehicle="v"),
        water(20, "loaded", "d1", 90, "c2", order="b", vehicle="v"),
        row(80, "hire ended", "d1", "t1", vehicle="v", yuan=100.0),
        row(90, "load started", "d1", "t2", vehicle="v"),
        water(95, "loaded", "d1", 5, "c3", order="b", vehicle="v"),
        row(99, "load ended", "d1", "t2", vehicle="v", yuan=7.0),
    ]
    costs = supply_costs(record(rows)).set_index("order")
    assert costs["hire"].to_dict() == {"a": 50.0, "b": 50.0}
    assert costs["wages"].to_dict() == {"a": 0.0, "b": 7.0}


def test_the_summary_by_hand() -> None:
    table = supply_summary(record(drill())).set_index("item")
    item, whole = table.loc["water"], table.loc[""]
    assert item[["lines", "requested", "accepted"]].tolist() == [1, 120, 58]
    assert item["fill_rate"] == whole["fill_rate"] == pytest.approx(58 / 120)
    assert whole[["requested", "accepted"]].isna().all()  # pieces of different items
    # Out on the books from 1000 to 8000 s, on the shelf within that: counted once.
    assert item[["stock_outs", "out_hours"]].tolist() == [2, pytest.approx(7000 / 3600)]
    assert item[["first_median", "first_last"]].tolist() == [5100, 5100]
    assert item[["full_median", "full_last"]].isna().all()
    assert item["outs_open"] == 0
    # Nobody counted: the books are compared with what the rows call the truth.
    assert item[["compared", "counted"]].tolist() == [2, 0]
    assert item[["agree", "record_error"]].tolist() == [0.5, 0.15]
    seconds = (120 * 5500 + 82 * 2900 + 62 * 1000) / 3  # three bottles a person
    assert item["unmet_hours"] == pytest.approx(seconds / 3600)
    assert pd.isna(whole["unmet_hours"])  # the same persons lack several items
    assert (whole["unhoused"], whole["unhoused_hours"]) == (0, 0)  # the record is complete
    assert whole[["vehicles", "trips"]].tolist() == [2, 2]
    assert whole["on_way"] == pytest.approx((7200 + 4700) / 15000)
    assert whole["mean_load"] == pytest.approx(0.5)


def test_medians_count_lines_that_are_not_yet_supplied_as_the_longest() -> None:
    rows = []
    for k, after in enumerate((100, 300, None)):
        rows.append(water(0, "supply_order", "county", 5, f"o{k}", "s", order=f"o{k}"))
        if after:
            rows.append(water(after, "hand_over", "d", 5, f"c{k}", "s", order=f"o{k}"))
    item = supply_summary(record(rows)).set_index("item").loc["water"]
    assert item["full_median"] == 300
    assert pd.isna(item["full_last"])
    assert item["fill_rate"] == pytest.approx(10 / 15)


def test_replenishments_are_lines_of_their_own_and_bought_ones_arrive_in_stock() -> None:
    rows = [
        water(0, "replenish", "d1", 50, "r1", order="r1"),
        water(100, "put_in_stock", "d1", 50, "r1", reason="replenished", yuan=75.0, order="r1"),
        water(200, "replenish", "d1", 20, "r2", "d2", order="r2"),
        water(300, "picked", "d2", 20, "c1", order="r2"),
        water(400, "hand_over", "d2", 20, "c1", "d1", order="r2"),
        water(400, "put_in_stock", "d1", 20, "c1", reason="replenished", order="r2"),
    ]
    log = record(rows)
    lines = order_lines(log).set_index("order")
    assert lines["replenishes"].all()
    assert lines["requested"].tolist() == lines["accepted"].tolist() == [50, 20]
    assert lines["full"].tolist() == [100, 400]
    assert supply_costs(log).set_index("order")["purchase"].to_dict() == {"r1": 75.0, "r2": 0.0}
    assert not len(supply_stages(log))


def test_goods_that_go_to_a_depot_are_kept_apart_from_those_of_the_people() -> None:
    """50 are moved to d1 beforehand; of these 30 are asked for once more, and get to the school."""
    rows = [
        row(0, "role", "d1", actor_role="depot"),
        water(0, "supply_order", "city", 50, "o1", "d1", order="o1"),
        water(100, "picked", "d2", 50, "c1", order="o1"),
        water(200, "hand_over", "d2", 50, "c1", "d1", order="o1"),
        water(200, "put_in_stock", "d1", 50, "c1", order="o1"),
        water(300, "supply_order", "county", 30, "o2", "s", order="o2"),
        water(400, "picked", "d1", 30, "c2", order="o2"),
        water(450, "hand_over", "d1", 30, "c2", "hub", order="o2"),  # by way of another depot
        water(470, "picked", "hub", 30, "c2", order="o3"),
    ]
    log = record(rows)
    people = supply_stages(log)
    people = people[people["item"].eq("water")].set_index("time")
    assert people["requested"].to_dict()[450] == people["accepted"].to_dict()[450] == 30
    depots = supply_stages(log, to_depots=True).set_index("time")
    assert depots["requested"].to_dict() == {0: 50, 100: 50, 200: 50}
    assert depots["accepted"].to_dict() == {0: 0, 100: 0, 200: 50}
    assert supply_stages(record(rows[1:5]), to_depots=True).empty  # nobody says that d1 is one …
    sends = [*rows[1:6], water(400, "picked", "d1", 30, "c2", order="o2")]
    assert len(supply_stages(record(sends), to_depots=True)) == 3  # … but it sends goods


REAL = """\
time,activity,phase,actor,recipient,object,order,item,quantity,yuan
2024-09-06T17:00+08:00,supply_order,,city,county,o1,,tent,500,
2024-09-06T18:00+08:00,pick,ended,depot,,,o1,tent,480,
2024-09-06T19:50+08:00,hand_over,ended,depot,county,,o1,tent,300,
2024-09-06T21:30+08:00,hand_over,ended,depot,county,,o1,tent,180,900
"""


def test_a_real_log_without_causes_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(REAL, encoding="utf-8")
    log = read_log(path)
    (line,) = order_lines(log).to_dict("records")
    assert (line["requested"], line["picked"], line["accepted"]) == (500, 480, 480)
    assert (line["short"], line["fill_rate"]) == (20, 0.96)
    assert line["first"] - line["asked"] == 2 * 3600 + 50 * 60
    # Nobody says that the record is complete: what no row mentions is unknown, not nothing.
    for name in ("reserved", "approved", "loaded", "returned", "refused", "full"):
        assert pd.isna(line[name]), name
    assert supply_stages(log)["loaded"].tolist() == [0, 0, 300, 480]
    for table in TABLES:
        table(log)


def test_a_record_without_supply_gives_empty_tables() -> None:
    log = record([row(0, "occur", ""), row(9, "clock", "")])
    for table in TABLES:
        assert len(table(log)) == 0, table.__name__


def shuffled(rows: list[tuple], seed: int) -> list[tuple]:
    """Return other rows of the same shape: other pieces, other times."""
    numbers = random.Random(seed)
    return [
        (r[0] + numbers.randint(0, 9), *r[1:-1], r[-1] and {**r[-1], "order": "x"}) for r in rows
    ]


@pytest.mark.parametrize("table", TABLES)
def test_other_cases_change_nothing(table: Callable[[EventLog], pd.DataFrame]) -> None:
    alone = table(record(drill()))
    beside = table(record(drill(), shuffled(drill(), 1), shuffled(drill(), 2)))
    mine = beside[beside["case"] == "drill/0"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone)


@pytest.mark.parametrize("table", TABLES)
def test_two_orders_of_one_second_may_stand_in_either_order(
    table: Callable[[EventLog], pd.DataFrame],
) -> None:
    """Two orders that have nothing in common may be written in either order."""
    other = [r for r in drill() if r[-1] and "order" in r[-1]]
    new = {"order": "o2", "vehicle": "v9"}
    other = [
        (*r[:3], *(f"{w}-b" if w else "" for w in r[3:6]), *r[6:-1], {**r[-1], **new})
        for r in other
    ]
    one, two = table(record([*drill(), *other])), table(record([*other, *drill()]))
    keys = [
        c
        for c in ("case", "order", "depot", "actor", "vehicle", "item", "where", "time")
        if c in one
    ]
    one, two = (t.sort_values(keys).reset_index(drop=True) for t in (one, two))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("table", TABLES)
def test_other_names_give_the_same_numbers(table: Callable[[EventLog], pd.DataFrame]) -> None:
    new = {"o1": "z-9", "c1": "a", "c2": "b", "d1": "y", "d2": "x", "v1": "q", "v2": "p"}
    new |= {"s": "camp", "t1": "k2", "t2": "k1", "water": "beds", "county": "c"}

    def renamed(r: tuple) -> tuple:
        names = (*r[:3], *(new.get(w, w) for w in r[3:6]), *r[6:-1])
        more = {k: new.get(str(v), v) for k, v in (r[-1] or {}).items()}
        return (*names, more or None)

    one, two = (table(record(rows)) for rows in (drill(), [renamed(r) for r in drill()]))
    for column in one.columns:
        values = [new.get(str(v), v) if isinstance(v, str) else v for v in one[column]]
        expected = pd.Series(values, dtype=one[column].dtype)
        pd.testing.assert_series_equal(two[column], expected, check_names=False)


@pytest.mark.parametrize("seed", range(30))
def test_every_piece_is_accepted_damaged_put_back_or_still_under_way(seed: int) -> None:
    """Conservation on random consignments, against the pieces that each vehicle was given."""
    numbers = random.Random(seed)
    rows, on_way, spoilt = [row(0, "observe", "")], 0, 0
    for k in range(numbers.randint(1, 12)):
        more = {"order": f"o{k % 3}"}
        pieces, start = numbers.randint(1, 50), numbers.randint(0, 500)
        rows.append(water(start, "picked", "d", pieces, f"c{k}", **more))
        rows.append(water(start, "supply_order", "county", pieces, f"o{k % 3}", "s", **more))
        for j, part in enumerate((pieces // 2, pieces - pieces // 2)):
            fate = numbers.choice(["lies", "leaves", "comes", "signed", "back"])
            vehicle = {"vehicle": f"v{k}-{j}"}
            on_way += part * (fate in ("lies", "leaves", "comes"))
            if part == 0:
                continue
            rows.append(water(start + 9, "loaded", "d", part, f"c{k}", **vehicle, **more))
            if fate != "lies":
                rows.append(row(start + 20, "travel started", "d", f"t{k}", **vehicle))
            if fate in ("comes", "signed"):
                rows.append(row(start + 30, "arrive", "d", f"t{k}", **vehicle))
            if fate == "signed":
                broken = numbers.randint(0, part)
                spoilt += broken
                rows.append(water(start + 40, "hand_over", "d", part - broken, f"c{k}", **more))
                rows.append(water(start + 40, "difference", "s", broken, f"c{k}", **more))
            if fate == "back":
                rows.append(water(start + 900, "put_back", "d", part, f"c{k}", **more))
    log = record(rows)
    lines = order_lines(log)
    end = supply_stages(log).iloc[-1]
    sums = lines[["picked", "accepted", "damaged", "returned"]].sum()
    assert sums["damaged"] == spoilt
    assert sums["picked"] == sums["accepted"] + sums["damaged"] + sums["returned"] + on_way
    assert end["picked"] - end["accepted"] - spoilt == on_way
    assert end["delivered"] == lines["delivered"].sum()
