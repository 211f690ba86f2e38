"""Orders for supplies whose record is worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.model.simulate import run_world
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
ROADS = {
    "places": {"here": {}, "near": {}, "far": {}},
    "links": {
        "short": {"from": "near", "to": "here", "time": "100 s"},
        "long": {"from": "far", "to": "here", "time": "300 s"},
    },
}
ISSUE = [{"pick": {"time": "60 s"}}, {"load": {"time": "30 s"}}]
DELIVER = ["travel", {"hand_over": {"time": "20 s"}}, "return"]
TENT = {"unit": "piece", "weight": "50 kg", "price": 10}
INCIDENT_AT = {"hazard": "flood", "place": "here", "course": [{"at_risk": 9}]}


def depot(stock: Any, place: str = "near", **more: Any) -> dict[str, Any]:
    given = {"place": place, "superior": "county", "stock": {"tent": stock}, "docks": 1}
    return given | {"procedures": ["issue", "deliver"]} | more


@pytest.fixture
def drill(scenario: Build) -> Callable[..., Scenario]:
    """The county asks for 60 tents at 0 s; pick 60 s, load 30 s, 100 s away, hand over 20 s."""

    def build(
        ask: dict[str, Any],
        depots: dict[str, Any],
        trucks: dict[str, Any] | None = None,
        issue: Any = None,
        at: tuple[str, ...] = ("0 s",),
        **more: Any,
    ) -> Scenario:
        step = {"request": {"items": {"tent": 60}, "time": "0 s"} | ask}
        vehicles = {
            f"{key}-truck": {"depot": key, "number": 2, "capacity": "3 t"} | (trucks or {})
            for key in depots
        }
        office = {"role": "county_gov", "place": "here", "procedures": ["ask"]}
        made: dict[str, Any] = {
            **ROADS,
            "procedures": {
                "ask": {"on": "noticed", "steps": [step]},
                "issue": {"on": "requested", "by": "crew", "steps": issue or ISSUE},
                "deliver": {"on": "loaded", "by": "crew", "steps": DELIVER},
            },
            "offices": {"county": office},
            "items": {"tent": TENT},
            "depots": depots,
            "vehicles": vehicles,
            "incidents": {
                key: INCIDENT_AT | {"noticed": {"county": when}}
                for key, when in zip("ijk", at, strict=False)
            },
        }
        for key, part in more.items():
            made[key] = made.get(key, {}) | part if isinstance(part, dict) else part
        return scenario(**made)

    return build


def record(scenario: Scenario, until: int = 7200) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0), until)


LINES = (
    *("supply_order", "request", "reserve", "approved", "picked", "set_aside", "shortage"),
    *("stock_counted", "put_back", "refused", "loaded", "hand_over", "difference"),
    *("requisition", "receipt"),
)


def lines(rows: list[tuple], *activities: str) -> list[tuple]:
    """(second, activity, actor, incident, pieces, reason) of the rows that name an item."""
    chosen = (r for r in rows if r[ACTIVITY] in (activities or LINES) and not r[PHASE])
    return [
        (r[TIME], r[ACTIVITY], r[ACTOR], r[INCIDENT], r[EXTRA]["quantity"], r[EXTRA].get("reason"))
        for r in chosen
    ]


def test_two_orders_for_the_last_stock(drill: Build) -> None:
    """The books of 100 promise 60 to the first and 40 to the second; one dock."""
    rows = record(drill({"from": "store"}, {"store": depot(100)}, at=("0 s", "10 s")))
    assert lines(rows) == [
        (0, "supply_order", "county", "i", 60, None),
        (0, "request", "county", "i", 60, None),
        (0, "reserve", "store", "i", 60, None),
        (10, "supply_order", "county", "j", 60, None),
        (10, "request", "county", "j", 40, None),
        (10, "reserve", "store", "j", 40, None),
        (10, "refused", "county", "j", 20, "no_stock"),
        (60, "picked", "store", "i", 60, None),
        (70, "picked", "store", "j", 40, None),
        (90, "loaded", "store", "i", 60, None),  # the dock is free at 90
        (120, "loaded", "store", "j", 40, None),
        (210, "hand_over", "store", "i", 60, None),
        (240, "hand_over", "store", "j", 40, None),
    ]


def test_the_record_is_larger_than_reality(drill: Build) -> None:
    """60 in the books, 45 on the shelf: the rest is asked of the next depot at 60, 300 s away."""
    depots = {"store": depot({"record": 60, "fact": 45}), "other": depot(100, "far")}
    rows = record(drill({"from": ["store", "other"]}, depots))
    assert lines(rows)[3:] == [
        (60, "picked", "store", "i", 45, None),
        (60, "shortage", "store", "i", 15, "record_wrong"),
        (60, "stock_counted", "store", "i", 0, None),
        (60, "request", "county", "i", 15, None),
        (60, "reserve", "other", "i", 15, None),
        (90, "loaded", "store", "i", 45, None),
        (120, "picked", "other", "i", 15, None),
        (150, "loaded", "other", "i", 15, None),
        (210, "hand_over", "store", "i", 45, None),
        (470, "hand_over", "other", "i", 15, None),
    ]
    asked = next(r for r in rows if r[ACTIVITY] == "request" and r[TIME] == 60)
    chain = [rows[asked[CAUSE]]]
    assert chain[0][ACTIVITY] == "stock_counted", "what the crew found is why another is asked"


LEVELS = {
    "approve": {
        "time": "10 min",
        "levels": [{"up_to": 600, "by": "superior.duty"}, {"by": "superior.leader"}],
    }
}
DAY = {"hours": {"shifts": {"day": "08:00-18:00"}}}


def approved(drill: Build, price: float, **patience: str) -> list[tuple]:
    step = {"approve": LEVELS["approve"] | patience}
    office = {
        "role": "county_gov",
        "place": "here",
        "procedures": ["ask"],
        "calendar": "hours",
        "duty": 1,
        "leader": {"day": 1},
    }
    scenario = drill(
        {"from": ["store", "other"]},
        {"store": depot(100), "other": depot(100, "far")},
        issue=[step, *ISSUE],
        offices={"county": office},
        calendars=DAY,
        items={"tent": TENT | {"price": price}},
    )
    return record(scenario, until=40_000)


def test_approval_outside_duty_hours_waits_for_the_leader(drill: Build) -> None:
    """60 tents of 11 yuan are more than the duty officer may approve; the leader comes at 8:00."""
    rows = approved(drill, 11)
    steps = [r for r in rows if r[ACTIVITY] == "approve"]
    assert [(r[TIME], r[PHASE], r[OBJECT], r[SPAN]) for r in steps] == [
        (0, "asked", "", ""),
        (28_800, "started", "county/leader/day-1", "waiting_person"),
        (29_400, "ended", "county/leader/day-1", "deciding"),
    ]
    assert rows[steps[1][HELD]][1:3] == ("shift_begin", "")
    assert lines(rows, "approved", "picked") == [
        (29_400, "approved", "store", "i", 60, None),
        (29_460, "picked", "store", "i", 60, None),
    ]


def test_what_the_duty_officer_may_approve_is_approved_at_night(drill: Build) -> None:
    rows = approved(drill, 10)  # 600 yuan: the limit itself
    assert lines(rows, "approved") == [(600, "approved", "store", "i", 60, None)]
    assert {r[OBJECT] for r in rows if r[ACTIVITY] == "approve"} == {"", "county/duty-1"}


def test_nobody_to_approve_in_time_sends_the_order_to_the_next_depot(drill: Build) -> None:
    """The second depot's leader is away too: after another hour nobody is left."""
    rows = approved(drill, 11, patience="1 h")
    assert lines(rows, "refused", "reserve") == [
        (0, "reserve", "store", "i", 60, None),
        (3600, "refused", "store", "i", 60, "not_approved"),
        (3600, "reserve", "other", "i", 60, None),
        (7200, "refused", "other", "i", 60, "not_approved"),
        (7200, "refused", "county", "i", 60, "not_approved"),
    ]


def test_a_partial_load_over_two_vehicles(drill: Build) -> None:
    """2 t carry 40 tents: the second truck is loaded when the dock is free."""
    rows = record(drill({"from": "store"}, {"store": depot(100)}, {"capacity": "2 t"}))
    assert lines(rows)[3:] == [
        (60, "picked", "store", "i", 60, None),
        (90, "loaded", "store", "i", 40, None),
        (120, "loaded", "store", "i", 20, None),
        (210, "hand_over", "store", "i", 40, None),
        (240, "hand_over", "store", "i", 20, None),
    ]


def test_two_docks_load_two_vehicles_at_once(drill: Build) -> None:
    rows = record(drill({"from": "store"}, {"store": depot(100, docks=2)}, {"capacity": "2 t"}))
    assert lines(rows, "loaded", "hand_over") == [
        (90, "loaded", "store", "i", 40, None),
        (90, "loaded", "store", "i", 20, None),
        (210, "hand_over", "store", "i", 40, None),
        (210, "hand_over", "store", "i", 20, None),
    ]


def test_volume_limits_a_load_before_weight_does(drill: Build) -> None:
    rows = record(
        drill(
            {"from": "store"},
            {"store": depot(100)},
            {"volume": "12.5 m3"},
            items={"tent": TENT | {"volume": "0.25 m3"}},
        )
    )
    assert [line[4] for line in lines(rows, "loaded")] == [50, 10]


def test_one_truck_goes_twice(drill: Build) -> None:
    """Loaded at 90 with 40, back at 310 (100 out, 20 handing over, 100 back), loaded at 340."""
    one = {"capacity": "2 t", "number": 1}
    rows = record(drill({"from": "store"}, {"store": depot(100)}, one))
    assert lines(rows, "loaded", "hand_over") == [
        (90, "loaded", "store", "i", 40, None),
        (210, "hand_over", "store", "i", 40, None),
        (340, "loaded", "store", "i", 20, None),
        (460, "hand_over", "store", "i", 20, None),
    ]
    wait = next(r for r in rows if r[1:3] == ("wait", "ended"))
    assert wait[TIME] == 310
    assert rows[wait[HELD]][1:3] == ("return", "ended")


def test_together_all_vehicles_leave_when_the_last_is_loaded(drill: Build) -> None:
    issue = [ISSUE[0], {"load": {"time": "30 s", "together": True}}]
    truck = {"capacity": "2 t"}
    rows = record(drill({"from": "store"}, {"store": depot(100)}, truck, issue))
    assert lines(rows, "hand_over") == [
        (240, "hand_over", "store", "i", 40, None),
        (240, "hand_over", "store", "i", 20, None),
    ]


def test_a_convoy_does_not_wait_for_its_own_vehicles(drill: Build) -> None:
    """As with one truck that goes twice: the rest needs the very truck that is loaded."""
    issue = [ISSUE[0], {"load": {"time": "30 s", "together": True}}]
    one = {"capacity": "2 t", "number": 1}
    rows = record(drill({"from": "store"}, {"store": depot(100, docks=2, crew=2)}, one, issue))
    assert lines(rows, "loaded", "hand_over") == [
        (90, "loaded", "store", "i", 40, None),
        (210, "hand_over", "store", "i", 40, None),
        (340, "loaded", "store", "i", 20, None),
        (460, "hand_over", "store", "i", 20, None),
    ]


def test_two_convoys_do_not_wait_for_each_others_vehicles(drill: Build) -> None:
    """Each has one of two trucks and 20 left, which go together when the first truck is back."""
    issue = [ISSUE[0], {"load": {"time": "30 s", "together": True}}]
    depots = {"store": depot(200, crew=4)}
    rows = record(drill({"from": "store"}, depots, {"capacity": "2 t"}, issue, at=("0 s", "0 s")))
    assert lines(rows, "loaded", "hand_over") == [
        (90, "loaded", "store", "i", 40, None),
        (120, "loaded", "store", "j", 40, None),
        (210, "hand_over", "store", "i", 40, None),
        (240, "hand_over", "store", "j", 40, None),
        (340, "loaded", "store", "i", 20, None),
        (340, "loaded", "store", "j", 20, None),
        (460, "hand_over", "store", "i", 20, None),
        (460, "hand_over", "store", "j", 20, None),
    ]


def test_orders_that_wait_for_the_same_vehicle_go_together(drill: Build) -> None:
    """Three orders for one place, one truck for 60: the second and third share its second way."""
    step = {"items": {"tent": 30}, "from": "store"}
    truck = {"number": 1, "capacity": "1.5 t"}
    at = ("0 s", "10 s", "20 s")
    rows = record(drill(step, {"store": depot(100, crew=3)}, truck, at=at))
    assert lines(rows, "hand_over") == [
        (210, "hand_over", "store", "i", 30, None),
        (460, "hand_over", "store", "j", 30, None),
        (710, "hand_over", "store", "k", 30, None),
    ]
    truck["capacity"] = "3 t"
    rows = record(drill(step, {"store": depot(100, crew=3)}, truck, at=at))
    assert lines(rows, "loaded", "hand_over") == [
        (90, "loaded", "store", "i", 30, None),
        (210, "hand_over", "store", "i", 30, None),
        (340, "loaded", "store", "j", 30, None),
        (340, "loaded", "store", "k", 30, None),
        (460, "hand_over", "store", "j", 30, None),
        (460, "hand_over", "store", "k", 30, None),
    ]
    gone = next(r for r in rows if r[ACTIVITY] == "wait" and (r[EXTRA] or {}).get("reason"))
    assert (gone[TIME], gone[INCIDENT], gone[EXTRA]["reason"]) == (310, "k", "consolidated")
    alone = {"supply": {"consolidate": False}}
    rows = record(drill(step, {"store": depot(100, crew=3)}, truck, at=at, policies=alone))
    assert lines(rows, "hand_over")[-1] == (710, "hand_over", "store", "k", 30, None)


def test_requisition_is_the_last_resort(drill: Build) -> None:
    """20 of the county's own, the rest from a firm 300 s away at 1.2 times the price."""
    depots = {"store": depot(20), "firm": depot(100, "far", owner="social", compensation=1.2)}
    rows = record(drill({"from": ["own", "agreement", "requisition"]}, depots))
    decided = [r[RECIPIENT] for r in rows if r[1:3] == ("request", "ended")]
    assert decided == ["store", "firm"], "the officer decides on one source after the other"
    assert lines(rows)[1:] == [
        (0, "request", "county", "i", 20, None),
        (0, "reserve", "store", "i", 20, None),
        (0, "requisition", "county", "i", 40, None),
        (0, "reserve", "firm", "i", 40, None),
        (60, "picked", "store", "i", 20, None),
        (60, "picked", "firm", "i", 40, None),
        (90, "loaded", "store", "i", 20, None),
        (90, "loaded", "firm", "i", 40, None),
        (210, "hand_over", "store", "i", 20, None),
        (410, "hand_over", "firm", "i", 40, None),
        (410, "receipt", "firm", "i", 40, "compensation"),
    ]
    assert [r[EXTRA].get("yuan") for r in rows if r[ACTIVITY] == "receipt"] == [40 * 10 * 1.2]


def test_goods_under_agreement_are_bought(drill: Build) -> None:
    rows = record(drill({"from": ["agreement"]}, {"shop": depot(100, owner="agreement")}))
    (row,) = (r for r in rows if r[ACTIVITY] == "hand_over" and not r[PHASE])
    assert (row[EXTRA]["yuan"], row[EXTRA]["reason"]) == (600, "bought")


BATCHES = {
    "record": 80,
    "batches": [
        {"quantity": 50, "expires": "2026-12-31"},
        {"quantity": 30, "expires": "2026-02-28"},  # the day before the drill
    ],
}


def test_what_expires_or_breaks_before_it_is_bought_is_its_owners_loss(drill: Build) -> None:
    """Of 60 bought tents 6 are broken: 54 are paid, at 10 yuan, and the 30 expired ones are not."""
    stock = {"record": 90, "batches": [{"quantity": 30, "expires": "2026-02-01"}, {"quantity": 60}]}
    items = {"tent": TENT | {"breaks": 0.1}}
    shop = depot(stock, owner="agreement")
    rows = record(drill({"from": ["agreement"]}, {"shop": shop}, items=items))
    assert lines(rows, "set_aside", "difference") == [
        (60, "set_aside", "shop", "i", 30, "expired"),
        (210, "difference", "shop", "i", 6, "damaged"),
    ]
    paid = [(r[ACTIVITY], r[EXTRA]["yuan"]) for r in rows if "yuan" in (r[EXTRA] or {})]
    assert paid == [("hand_over", 540)]


def test_an_expired_batch_is_set_aside_and_the_rest_asked_elsewhere(drill: Build) -> None:
    depots = {"store": depot(BATCHES), "other": depot(100, "far")}
    rows = record(drill({"from": ["store", "other"]}, depots))
    assert lines(rows)[3:8] == [
        (60, "set_aside", "store", "i", 30, "expired"),
        (60, "picked", "store", "i", 50, None),
        (60, "shortage", "store", "i", 10, "expired"),
        (60, "request", "county", "i", 10, None),
        (60, "reserve", "other", "i", 10, None),
    ]
    (row,) = (r for r in rows if r[ACTIVITY] == "set_aside")
    assert row[EXTRA]["yuan"] == 300


def test_the_oldest_usable_batch_is_issued_first(drill: Build) -> None:
    """Of batches that expire in June, September and December the first two are used."""
    days = {"2026-12-31": 40, "2026-06-30": 20, "2026-09-30": 50}
    batches = [{"quantity": n, "expires": day} for day, n in days.items()]
    world = run_world(
        Plan(drill({"from": "store"}, {"store": depot({"record": 110, "batches": batches})})),
        sampler(1, 0),
        7200,
    )
    shelf = world.shelves["store"]["tent"]
    assert [lot.quantity for lot in shelf.lots] == [10, 40]
    assert (shelf.record, shelf.reserved) == (50, 0)


def test_damaged_goods_are_met_with_after_the_last_usable_piece(drill: Build) -> None:
    stock = {"record": 70, "damaged": 15}
    rows = record(drill({"from": "store"}, {"store": depot(stock)}))
    assert lines(rows)[3:7] == [
        (60, "picked", "store", "i", 55, None),
        (60, "set_aside", "store", "i", 15, "damaged"),
        (60, "shortage", "store", "i", 5, "damaged"),
        (60, "refused", "county", "i", 5, "no_stock"),
    ]


def test_what_breaks_on_the_way_is_a_difference_at_the_handover(drill: Build) -> None:
    items = {"tent": TENT | {"breaks": 0.075}}  # 4.5 of 60, half up
    rows = record(drill({"from": "store"}, {"store": depot(100)}, items=items))
    assert lines(rows, "hand_over", "difference") == [
        (210, "hand_over", "store", "i", 55, None),
        (210, "difference", "store", "i", 5, "damaged"),
    ]


def test_an_officer_held_throughout_is_asked_for_anew_when_a_depot_falls_short(
    drill: Build,
) -> None:
    """Free from 10 on, busy with the second request from 65 to 75: the first goes on till 85."""
    ask = {"on": "noticed", "hold": "procedure"}
    ask["steps"] = [{"request": {"items": {"tent": 60}, "from": ["a", "b"], "time": "10 s"}}]
    depots = {"a": depot({"record": 60, "fact": 20}), "b": depot(200, "far")}
    rows = record(drill({"from": "a"}, depots, at=("0 s", "65 s"), procedures={"ask": ask}))
    worked = [r for r in rows if r[1:3] in (("request", "started"), ("request", "ended"))]
    assert [(r[TIME], r[PHASE], r[INCIDENT]) for r in worked] == [
        (0, "started", "i"),
        (10, "ended", "i"),
        (65, "started", "j"),
        (75, "ended", "j"),
        (75, "started", "i"),
        (85, "ended", "i"),
    ]


def test_what_nobody_gives_is_refused_for_the_reason_that_there_was(drill: Build) -> None:
    """One depot has no vehicle for its 20, the other one not all of its 40: two reasons."""
    depots = {"store": depot(20), "other": depot({"record": 50, "fact": 15}, "far")}
    vehicles = {
        "store-truck": {"depot": "store", "capacity": "40 kg"},
        "other-truck": {"depot": "other", "capacity": "3 t"},
    }
    step = {"from": ["store", "other"]}
    rows = record(drill(step, depots, vehicles=vehicles))
    assert lines(rows, "refused", "shortage", "hand_over") == [
        (60, "refused", "store", "i", 20, "no_vehicle"),
        (60, "refused", "county", "i", 20, "no_vehicle"),
        (60, "shortage", "other", "i", 25, "record_wrong"),
        (60, "refused", "county", "i", 25, "no_stock"),
        (410, "hand_over", "other", "i", 15, None),
    ]


def test_an_item_too_heavy_for_every_vehicle_is_put_back(drill: Build) -> None:
    rows = record(drill({"from": "store"}, {"store": depot(100)}, {"capacity": "40 kg"}))
    assert lines(rows)[3:] == [
        (60, "picked", "store", "i", 60, None),
        (60, "put_back", "store", "i", 60, "no_vehicle"),
        (60, "refused", "store", "i", 60, "no_vehicle"),
        (60, "refused", "county", "i", 60, "no_vehicle"),
    ]


def test_crew_and_forklift_are_taken_by_weight(drill: Build) -> None:
    """3 t at 100 s a tonne on top; the one forklift goes to who asked for it first."""
    issue = [{"pick": {"time": "60 s", "per_tonne": "100 s"}}, ISSUE[1]]
    store = depot(200, forklifts=1, wage=36)
    rows = record(drill({"from": "store"}, {"store": store}, issue=issue, at=("0 s", "10 s")))
    assert lines(rows, "picked", "loaded") == [
        (360, "picked", "store", "i", 60, None),
        (720, "picked", "store", "j", 60, None),  # it had asked at 10, the load of i asks at 360
        (750, "loaded", "store", "i", 60, None),
        (780, "loaded", "store", "j", 60, None),
    ]
    paid = [(r[TIME], r[EXTRA]["yuan"]) for r in rows if r[1:3] == ("pick", "ended")]
    assert paid == [(360, 3.6), (720, 3.6)]


def test_a_crew_on_call_is_rung_up_for_picking_and_for_loading(drill: Build) -> None:
    """60 s each time: picks from 60 to 120, loads from 180 to 210, there at 310."""
    crew = {"persons": 1, "on_call": "always", "reach": "60 s"}
    rows = record(drill({"from": "store"}, {"store": depot(100, crew=crew)}))
    assert lines(rows, "picked", "loaded", "hand_over") == [
        (120, "picked", "store", "i", 60, None),
        (210, "loaded", "store", "i", 60, None),
        (330, "hand_over", "store", "i", 60, None),
    ]
    rung = [(r[TIME], r[SPAN]) for r in rows if r[1:3] == ("wait", "ended")]
    assert rung == [(180, "waiting_person")]


def test_wages_are_paid_for_work_not_for_waiting(drill: Build) -> None:
    """One of a crew picks for 60 s, 36 yuan an hour; the second order waits for him from 0 to 60.

    What is collected is signed for at the counter in 30 s, which he is paid for too.
    """
    counter = [{"pick": {"time": "60 s"}}, {"hand_over": {"time": "30 s"}}]
    store = depot(200, crew=1, wage=36)
    rows = record(drill({"from": "store"}, {"store": store}, issue=counter, at=("0 s", "0 s")))
    paid = [(r[TIME], r[ACTIVITY], r[EXTRA]["yuan"]) for r in rows if "yuan" in (r[EXTRA] or {})]
    assert sorted(yuan for _, what, yuan in paid if what == "pick") == [0.6, 0.6]
    assert sorted(yuan for _, what, yuan in paid if what == "hand_over") == [0.3, 0.3]
    orders = {r[EXTRA]["order"] for r in rows if "yuan" in (r[EXTRA] or {})}
    assert orders == {"incident/i/county/request-1", "incident/j/county/request-1"}


def test_who_is_called_away_from_picking_is_paid_for_what_he_did(drill: Build) -> None:
    """Picks from 0 to 70 and, called away for 20 s, from 90 to 120: 100 s at 36 yuan an hour."""
    steps = [{"pick": {"time": "100 s"}}, ISSUE[1]]
    urgent = {"on": "called", "by": "crew", "priority": 1, "steps": [{"record": {"time": "20 s"}}]}
    issue = {"on": "requested", "by": "crew", "interruptible": True, "steps": steps}
    rows = record(
        drill(
            {"from": "store"},
            {"store": depot(200, crew=1, wage=36)},
            procedures={"urgent": urgent, "issue": issue},
            background={"calls": {"to": "store", "gap": "70 s", "procedure": "urgent"}},
        )
    )
    ended = next(r for r in rows if r[1:3] == ("pick", "ended"))
    assert (ended[TIME], ended[EXTRA]["yuan"]) == (120, 1.0)


def test_a_depot_that_is_delivered_to_pays_its_own_crew(drill: Build) -> None:
    """Its one hand unloads for 90 s, at 40 yuan an hour; nobody else is paid anything."""
    deliver = {"steps": ["travel", {"unload": {"time": "90 s"}}, DELIVER[1], "return"]}
    depots = {"store": depot(100), "post": depot(0, "here", wage=40)}
    rows = record(
        drill(
            {"from": "store", "to": "post"},
            depots,
            procedures={"deliver": {"on": "loaded", "by": "crew"} | deliver},
        )
    )
    paid = [(r[1:3], r[EXTRA]["yuan"]) for r in rows if "yuan" in (r[EXTRA] or {})]
    assert paid == [(("unload", "ended"), 1.0)]


def test_a_request_goes_up_and_keeps_its_order(drill: Build) -> None:
    """The county has 20; the city, rung up for 50 s, sends 40 from its own depot 300 s away."""
    county = {"role": "county_gov", "place": "here", "procedures": ["ask"], "superior": "city"}
    city = {"role": "city_gov", "place": "here", "procedures": ["grant"]}
    rows = record(
        drill(
            {"from": ["own", "superior"], "channel": "phone"},
            {"store": depot(20), "big": depot(500, "far", superior="city")},
            offices={"county": county, "city": city},
            channels={"phone": {"kind": "sms", "time": "50 s", "acknowledged": False}},
            procedures={
                "grant": {
                    "on": {"event": "received", "kind": ["supply_request"]},
                    "steps": [{"request": {"from": ["own"], "time": "30 s"}}],
                }
            },
        )
    )
    assert lines(rows, "supply_order", "request", "reserve", "hand_over") == [
        (0, "supply_order", "county", "i", 60, None),
        (0, "request", "county", "i", 20, None),
        (0, "reserve", "store", "i", 20, None),
        (0, "request", "county", "i", 40, None),
        (80, "request", "city", "i", 40, None),
        (80, "reserve", "big", "i", 40, None),
        (210, "hand_over", "store", "i", 20, None),
        (490, "hand_over", "big", "i", 40, None),
    ]
    orders = {r[EXTRA]["order"] for r in rows if r[ACTIVITY] in LINES and not r[PHASE]}
    assert orders == {"incident/i/county/request-1"}
