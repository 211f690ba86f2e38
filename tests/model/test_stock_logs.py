"""How stocks fill up and go off, worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model import Plan, sampler, simulate
from sim.model.simulate import run_world
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
LINES = (
    *("request", "reserve", "picked", "set_aside", "shortage", "stock_counted", "refused"),
    *("hand_over", "replenish", "put_in_stock", "produce", "expired", "donation", "loaded"),
)


def ask(items: dict[str, int], source: Any = "store", **more: Any) -> dict[str, Any]:
    return {"request": {"items": items, "from": source, "to": "town", "time": "0 s"} | more}


def depot(stock: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {"place": "here", "stock": stock, "procedures": ["counter"], "superior": "town"}
    return given | more


def drill(scenario: Build, depots: dict[str, Any], calls: Any, **more: Any) -> Scenario:
    """Exercise control tells the town what to ask for, at the seconds of `calls`.

    What is asked for is collected at the counter: picking takes 10 s.
    """
    steps = [{"pick": {"time": "10 s"}}, {"hand_over": {"time": "0 s"}}]
    made: dict[str, Any] = {
        "procedures": {f"ask-{at}": injected(at, *asks) for at, asks in calls.items()}
        | {"counter": {"on": "requested", "steps": steps}},
        "offices": {
            "town": {
                "role": "county_gov",
                "place": "here",
                "procedures": [f"ask-{n}" for n in calls],
            }
        },
        "items": {
            "tent": {"unit": "piece", "price": 10},
            "milk": {"unit": "box", "price": 2, "shelf_life": "100 s"},
        },
        "depots": depots,
        "incidents": {
            f"call-{at}": {
                "hazard": "flood",
                "place": "here",
                "at": f"{at} s",
                "noticed": {"town": "0 s"},
            }
            for at in calls
        },
    }
    for key, part in more.items():
        made[key] = made.get(key, {}) | part
    return scenario(**made)


def injected(at: int, *asks: Any) -> dict[str, Any]:
    steps = [one | {"request": one["request"] | {"id": f"ask-{k}"}} for k, one in enumerate(asks)]
    return {"on": {"event": "noticed", "incident": [f"call-{at}"]}, "steps": steps}


def record(scenario: Scenario, until: int = 3600) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0), until)


def lines(rows: list[tuple], *activities: str, item: str = "tent") -> list[tuple]:
    """(second, activity, actor, pieces, reason, yuan) of the rows about an item."""
    return [
        (
            r[TIME],
            r[ACTIVITY],
            r[ACTOR],
            r[EXTRA].get("quantity"),
            r[EXTRA].get("reason"),
            r[EXTRA].get("yuan"),
        )
        for r in rows
        if r[ACTIVITY] in (activities or LINES)
        and not r[PHASE]
        and (r[EXTRA] or {}).get("item") == item
    ]


def test_two_requests_of_one_second_make_one_order(scenario: Build) -> None:
    """(s, S) = (80, 100), 50 s: 15 and 15 asked for at 5 s; the position 70 is looked at once."""
    rule = {"below": 80, "up_to": 100, "lead": "50 s"}
    store = depot({"tent": 100}, replenish={"tent": rule})
    rows = record(drill(scenario, {"store": store}, {5: [ask({"tent": 15})] * 2}))
    assert lines(rows, "reserve", "replenish", "picked", "put_in_stock") == [
        (5, "reserve", "store", 15, None, None),
        (5, "reserve", "store", 15, None, None),
        (5, "replenish", "store", 30, None, None),
        (15, "picked", "store", 15, None, None),
        (15, "picked", "store", 15, None, None),
        (55, "put_in_stock", "store", 30, "replenished", 300),
    ]
    order = next(k for k, row in enumerate(rows) if row[ACTIVITY] == "replenish")
    assert rows[rows[order][CAUSE]][ACTIVITY] == "reserve", "the last thing that changed the books"
    come = next(row for row in rows if row[ACTIVITY] == "put_in_stock")
    assert (come[CAUSE], come[SPAN], come[OBJECT]) == (order, "supplier", rows[order][OBJECT])


def test_a_stock_is_looked_at_when_the_drill_begins(scenario: Build) -> None:
    """70 where it should be 100: ordered at 0 s; with `every` again at 40, 80, ..."""
    for every in ({}, {"every": "40 s"}):
        rule = {"up_to": 100, "lead": "5 s"} | every
        store = depot({"tent": 70}, replenish={"tent": rule})
        rows = record(drill(scenario, {"store": store}, {10: [ask({"tent": 8})]}), 100)
        assert lines(rows, "replenish", "put_in_stock") == [
            (0, "replenish", "store", 30, None, None),
            (5, "put_in_stock", "store", 30, "replenished", 300),
            (40 if every else 10, "replenish", "store", 8, None, None),
            (45 if every else 15, "put_in_stock", "store", 8, "replenished", 80),
        ]


def test_what_was_refused_is_ordered_when_the_stock_falls_to_the_same_position_again(
    scenario: Build,
) -> None:
    """8 of at least 10 at 0 s, and the supplier has nothing; he gets 100 at 50 s.  At 100 s the
    shop is given 5, at 200 s asked for 5: the position is 8 again, and 22 are ordered.
    """
    rule = {"below": 9, "up_to": 30, "from": "big"}
    gift = {"items": {"tent": 5}, "time": "0 s"}
    shop = depot(
        {"tent": 8},
        replenish={"tent": rule},
        donations={"gift": gift | {"gap": "100 s"}},
    )
    big = depot({"tent": 0}, donations={"lorry": gift | {"items": {"tent": 100}, "gap": "50 s"}})
    rows = record(
        drill(scenario, {"shop": shop, "big": big}, {200: [ask({"tent": 5}, "shop")]}), 250
    )
    assert lines(rows, "replenish", "refused") == [
        (0, "replenish", "shop", 22, None, None),
        (0, "refused", "big", 22, "no_stock", None),
        (200, "replenish", "shop", 22, None, None),
    ]


def test_fixed_lots_are_ordered_as_many_times_as_it_takes(scenario: Build) -> None:
    """(R, Q) = (20, 10): at a position of 3 two lots bring it above 20."""
    store = depot({"tent": 40}, replenish={"tent": {"below": 20, "order": 10}})
    rows = record(drill(scenario, {"store": store}, {5: [ask({"tent": 37})]}))
    assert lines(rows, "replenish", "put_in_stock") == [
        (5, "replenish", "store", 20, None, None),
        (5, "put_in_stock", "store", 20, "replenished", 200),
    ]


def test_another_depot_gives_what_its_books_show(scenario: Build) -> None:
    """30 wanted, 12 there: 18 are taken off what is on order, and asked for with the next look."""
    depots = {
        "store": depot({"tent": 100}, replenish={"tent": {"up_to": 100, "from": "big"}}),
        "big": depot({"tent": 12}, replenish={"tent": {"up_to": 12, "lead": "60 s"}}),
    }
    calls = {5: [ask({"tent": 30})], 100: [ask({"tent": 1})]}
    given = drill(scenario, depots, calls)
    rows = record(given, 99)
    assert lines(rows, "request", "reserve", "replenish", "refused", "put_in_stock") == [
        (5, "request", "town", 30, None, None),
        (5, "reserve", "store", 30, None, None),
        (5, "replenish", "store", 30, None, None),
        (5, "request", "store", 12, None, None),
        (5, "reserve", "big", 12, None, None),
        (5, "refused", "big", 18, "no_stock", None),
        (5, "replenish", "big", 12, None, None),
        (15, "put_in_stock", "store", 12, "replenished", None),
        (65, "put_in_stock", "big", 12, "replenished", 120),
    ]
    world = run_world(Plan(given), sampler(1, 0), 99)
    store = world.shelves["store"]["tent"]
    assert (store.record, store.reserved, store.on_order) == (82, 0, 0)
    assert (100, "replenish", "store", 19, None, None) in lines(record(given, 120), "replenish")


def test_capacity_starts_after_a_delay_and_serves_who_waits_in_order(scenario: Build) -> None:
    """Set up in 100 s, 10 every 20 s; 4 there, 15 and then 9 asked for: 20 to be made."""
    works = depot(
        {"tent": 4},
        owner="production",
        production={"tent": {"after": "100 s", "every": "20 s", "quantity": 10}},
    )
    calls = {0: [ask({"tent": 15})], 5: [ask({"tent": 9})], 300: [ask({"tent": 3})]}
    rows = record(drill(scenario, {"store": works}, calls))
    assert lines(rows, "reserve", "produce", "put_in_stock", "picked", "hand_over") == [
        (0, "reserve", "store", 4, None, None),
        (0, "reserve", "store", 11, None, None),
        (5, "reserve", "store", 9, None, None),
        (10, "picked", "store", 4, None, None),
        (10, "hand_over", "store", 4, "bought", 40),
        (100, "produce", "store", None, None, None),
        (120, "put_in_stock", "store", 10, "produced", None),
        (140, "put_in_stock", "store", 10, "produced", None),
        (150, "picked", "store", 11, None, None),
        (150, "hand_over", "store", 11, "bought", 110),
        (150, "picked", "store", 9, None, None),
        (150, "hand_over", "store", 9, "bought", 90),
        (300, "reserve", "store", 3, None, None),
        (300, "produce", "store", None, None, None),  # it is set up by now
        (320, "put_in_stock", "store", 10, "produced", None),
        (330, "picked", "store", 3, None, None),
        (330, "hand_over", "store", 3, "bought", 30),
    ]
    waited = next(r for r in rows if r[ACTIVITY] == "wait" and r[PHASE] == "ended")
    assert (waited[TIME], waited[SPAN], rows[waited[HELD]][ACTIVITY]) == (
        140,
        "stock",
        "put_in_stock",
    )


def test_a_line_makes_no_more_than_it_can(scenario: Build) -> None:
    """25 can be made in all: 31 asked for, 4 of them there, 2 refused at once."""
    works = depot(
        {"tent": 4},
        owner="production",
        production={"tent": {"after": "0 s", "every": "20 s", "quantity": 10, "up_to": 25}},
    )
    rows = record(drill(scenario, {"store": works}, {0: [ask({"tent": 31})]}))
    assert lines(rows, "refused", "put_in_stock", "picked") == [
        (0, "refused", "town", 2, "no_stock", None),
        (10, "picked", "store", 4, None, None),
        (20, "put_in_stock", "store", 10, "produced", None),
        (40, "put_in_stock", "store", 10, "produced", None),
        (60, "put_in_stock", "store", 5, "produced", None),
        (70, "picked", "store", 25, None, None),
    ]


def test_the_governments_own_line_is_paid_when_something_comes_out(scenario: Build) -> None:
    store = depot(
        {},
        backorders=True,
        production={"tent": {"after": "0 s", "every": "20 s", "quantity": 10}},
    )
    rows = record(drill(scenario, {"store": store}, {0: [ask({"tent": 10})]}))
    assert lines(rows, "put_in_stock", "hand_over") == [
        (20, "put_in_stock", "store", 10, "produced", 100),
        (30, "hand_over", "store", 10, None, None),
    ]


def test_a_donation_blocks_the_dock(scenario: Build) -> None:
    """One dock: clothes come at 5 s and take 100 s; the tents that were asked for wait for it."""
    store = depot(
        {"tent": 50},
        docks=1,
        crew=2,
        wage=36,
        procedures=["issue"],
        donations={"clothes": {"gap": "5 s", "items": {"coat": 300}, "time": "100 s"}},
    )
    issue = {"on": "requested", "steps": [{"pick": {"time": "10 s"}}, {"load": {"time": "30 s"}}]}
    more = {
        "procedures": {"issue": issue},
        "items": {"coat": {"unit": "piece", "price": 7}},
        "vehicles": {"truck": {"depot": "store", "capacity": "1 t"}},
    }
    given = drill(scenario, {"store": store}, {0: [ask({"tent": 20})]}, **more)
    rows = record(given)
    chosen = ("donation", "unload", "load", "wait", "put_in_stock", "loaded")
    story = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[OBJECT], r[SPAN])
        for r in rows
        if r[ACTIVITY] in chosen and r[TIME] > 0
    ]
    thing, trip = "depot/store/donation/clothes-1", "incident/call-0/town/request-1/1/1"
    assert story == [
        (5, "donation", thing, ""),
        (5, "unload asked", thing, ""),
        (5, "unload started", thing, ""),
        (10, "load asked", trip, ""),
        (10, "wait started", "store/docks", ""),
        (105, "unload ended", thing, "unloading"),
        (105, "put_in_stock", thing, ""),
        (105, "wait ended", "store/dock-1", "waiting_dock"),
        (105, "load started", trip, ""),
        (135, "load ended", trip, "loading"),
        (135, "loaded", "incident/call-0/town/request-1/1", ""),
    ]
    freed = next(r for r in rows if r[ACTIVITY] == "wait" and r[PHASE] == "ended")
    assert rows[freed[HELD]][1:3] == ("unload", "ended"), "the donation is what it waited for"
    assert lines(rows, "donation", "put_in_stock", item="coat") == [
        (5, "donation", "", 300, None, None),
        (105, "put_in_stock", "store", 300, "donated", None),
    ]
    ended = next(r for r in rows if r[1:3] == ("unload", "ended"))
    assert (ended[EXTRA]["yuan"], ended[EXTRA]["reason"]) == (1.0, "wages")


def test_donations_keep_coming_and_are_open_at_the_end(scenario: Build) -> None:
    donations = {"clothes": {"gap": "10 s", "items": {"tent": 1}, "time": "15 s", "number": 4}}
    store = depot({}, docks=1, donations=donations)
    rows = record(drill(scenario, {"store": store}, {}), 50)
    assert [r[TIME] for r in rows if r[ACTIVITY] == "donation"] == [10, 20, 30, 40]
    assert [r[TIME] for r in rows if r[ACTIVITY] == "put_in_stock"] == [25, 40]
    still = [(r[OBJECT], r[SPAN]) for r in rows if r[ACTIVITY] == "open"]
    assert still == [
        ("depot/store/donation/clothes-3", "unloading"),
        ("depot/store/donation/clothes-4", "waiting_dock"),
    ]


def test_goods_expire_on_the_shelf_and_the_books_do_not_know(scenario: Build) -> None:
    """Milk that came at 25 s goes off at 125 s; the books promise it until a picker looks."""
    store = depot({"milk": 5}, replenish={"milk": {"below": 2, "up_to": 12, "lead": "15 s"}})
    calls = {10: [ask({"milk": 4})], 130: [ask({"milk": 9})]}
    rows = record(drill(scenario, {"store": store}, calls), 200)
    chosen = [*LINES[:6], "replenish", "put_in_stock", "expired"]
    assert lines(rows, *chosen, item="milk") == [
        (10, "request", "town", 4, None, None),
        (10, "reserve", "store", 4, None, None),
        (10, "replenish", "store", 11, None, None),
        (20, "picked", "store", 4, None, None),
        (25, "put_in_stock", "store", 11, "replenished", 22),
        (125, "expired", "store", 11, None, 22),
        (130, "request", "town", 9, None, None),
        (130, "reserve", "store", 9, None, None),
        (140, "set_aside", "store", 11, "expired", None),  # the loss stands in the row at 125
        (140, "picked", "store", 1, None, None),
        (140, "shortage", "store", 8, "expired", None),
        (140, "replenish", "store", 12, None, None),
        (155, "put_in_stock", "store", 12, "replenished", 24),
    ]


def test_what_had_expired_before_is_a_loss_when_it_is_found(scenario: Build) -> None:
    """The last day of some was yesterday, that of others today: midnight of the first day ends it.

    The drill begins at midnight of 1 March; nobody picks, the crew counts at 2 d.
    """
    stock = {
        "record": 100,
        "damaged": 4,
        "batches": [
            {"quantity": 20, "expires": "2026-02-28"},
            {"quantity": 30, "expires": "2026-03-01"},
            {"quantity": 40},
        ],
    }
    count = {"on": "called", "steps": [{"stock_take": {"time": "1 h"}}]}
    store = depot({"tent": stock}, procedures=["counter"], wage=30)
    day = 86_400
    rows = record(
        drill(
            scenario,
            {"store": store},
            {},
            procedures={"count": count},
            background={"audit": {"to": "store", "gap": "2 d", "procedure": "count"}},
        ),
        3 * day,
    )
    assert lines(rows) == [
        (day, "expired", "store", 30, None, 300),
        (2 * day + 3600, "set_aside", "store", 50, "expired", 200),
        (2 * day + 3600, "set_aside", "store", 4, "damaged", 40),
        (2 * day + 3600, "stock_counted", "store", 36, None, None),
    ]
    ended = next(r for r in rows if r[1:3] == ("stock_take", "ended"))
    assert ended[EXTRA] == {"item": "tent", "yuan": 30.0, "reason": "wages"}


def test_the_books_say_nothing_less_than_0(scenario: Build) -> None:
    """Of 17 pieces the books know 5; 8 have expired: set aside, they are more than the books say.

    So 5 are ordered to have 5 again, not 13.
    """
    stock = {"record": 5, "batches": [{"quantity": 8, "expires": "2026-02-01"}, {"quantity": 9}]}
    store = depot({"tent": stock}, replenish={"tent": {"up_to": 5, "lead": "1 h"}})
    world = run_world(
        Plan(drill(scenario, {"store": store}, {1: [ask({"tent": 5})]})), sampler(1, 0), 60
    )
    assert lines(world.rows, "set_aside", "picked", "replenish", "hand_over") == [
        (1, "replenish", "store", 5, None, None),
        (11, "set_aside", "store", 8, "expired", 80),
        (11, "picked", "store", 5, None, None),
        (11, "hand_over", "store", 5, None, None),
    ]
    shelf = world.shelves["store"]["tent"]
    assert (shelf.record, shelf.in_fact()) == (0, 4)


def test_counting_sets_off_what_the_books_had_hidden(scenario: Build) -> None:
    """100 in the books, 60 there: counted at 50 s, 40 are ordered in the same second."""
    store = depot(
        {"tent": {"record": 100, "fact": 60}, "milk": 3},
        procedures=["counter"],
        replenish={"tent": {"up_to": 100, "lead": "1 h"}},
    )
    count = {"on": "called", "steps": [{"stock_take": {"time": "10 s"}}]}
    given = drill(
        scenario,
        {"store": store},
        {},
        procedures={"count": count},
        background={"audit": {"to": "store", "gap": "50 s", "procedure": "count"}},
    )
    rows = record(given, 80)
    assert lines(rows) == [
        (60, "stock_counted", "store", 60, None, None),
        (60, "replenish", "store", 40, None, None),
    ]
    assert lines(rows, item="milk") == [(70, "stock_counted", "store", 3, None, None)]


def test_who_waits_for_what_the_books_show_in_vain_has_it_counted(scenario: Build) -> None:
    """20 in the books, 5 there, base stock 20: the picker looks, 15 more are ordered, he waits."""
    store = depot(
        {"tent": {"record": 20, "fact": 5}},
        backorders=True,
        replenish={"tent": {"up_to": 20, "lead": "60 s"}},
    )
    rows = record(drill(scenario, {"store": store}, {0: [ask({"tent": 12})]}))
    assert lines(rows, "stock_counted", "replenish", "put_in_stock", "picked") == [
        (0, "stock_counted", "store", 5, None, None),
        (0, "replenish", "store", 27, None, None),
        (60, "put_in_stock", "store", 27, "replenished", 270),
        (70, "picked", "store", 12, None, None),
    ]


def test_nobody_waits_where_nothing_can_come(scenario: Build) -> None:
    """A works with 20 in the books and 5 there, and no line for it: 7 of 12 are short."""
    works = depot({"tent": {"record": 20, "fact": 5}}, owner="production")
    rows = record(drill(scenario, {"store": works}, {0: [ask({"tent": 12})]}))
    assert lines(rows, "stock_counted", "shortage", "picked", "refused") == [
        (0, "stock_counted", "store", 5, None, None),
        (10, "picked", "store", 5, None, None),
        (10, "shortage", "store", 7, "record_wrong", None),
        (10, "refused", "town", 7, "no_stock", None),
    ]


def test_goods_are_brought_near_before_a_forecast_event(scenario: Build) -> None:
    """A signal at 100 s; 40 tents go from the city's store to the village's, 600 s away.

    The event comes at 5000 s: what is asked for then is 60 s away.
    """
    roads = {
        "city-road": {"from": "city", "to": "village", "time": "600 s"},
        "path": {"from": "village", "to": "site", "time": "60 s"},
    }
    procedures = {
        "prepare": {
            "on": "inject",
            "steps": [ask({"tent": 40}, "store", to="hut")],
        },
        "act": {
            "on": "noticed",
            "steps": [ask({"tent": 30}, ["hut", "store"]) | {}],
        },
        "issue": {
            "on": "requested",
            "steps": [{"pick": {"time": "10 s"}}, {"load": {"time": "30 s"}}],
        },
        "deliver": {
            "on": "loaded",
            "steps": [
                "travel",
                {"unload": {"time": "20 s"}},
                {"hand_over": {"time": "5 s"}},
                "return",
            ],
        },
    }
    del procedures["act"]["steps"][0]["request"]["to"]
    base = {"procedures": ["issue", "deliver"]}
    truck = {"capacity": "1 t", "depot": "store"}
    given = scenario(
        places={"city": {}, "village": {}, "site": {}},
        links=roads,
        procedures=procedures,
        offices={"town": {"role": "county_gov", "place": "city", "procedures": ["prepare", "act"]}},
        items={"tent": {"unit": "piece", "weight": "10 kg"}},
        depots={
            "store": base | {"place": "city", "stock": {"tent": 100}},
            "hut": base | {"place": "village", "stock": {"tent": 2}},
        },
        vehicles={"truck": truck, "cart": truck | {"depot": "hut"}},
        incidents={
            "flood": {
                "hazard": "flood",
                "place": "site",
                "at": "5000 s",
                "noticed": {"town": "0 s"},
            }
        },
        injects={"forecast": {"at": "100 s", "to": "town", "kind": "signal", "incident": "flood"}},
    )
    world = run_world(Plan(given), sampler(1, 0), 9000)
    assert lines(world.rows, "reserve", "loaded", "hand_over", "put_in_stock") == [
        (100, "reserve", "store", 40, None, None),
        (140, "loaded", "store", 40, None, None),
        (765, "hand_over", "store", 40, None, None),
        (765, "put_in_stock", "hut", 40, "replenished", None),
        (5000, "reserve", "hut", 30, None, None),
        (5040, "loaded", "hut", 30, None, None),
        (5125, "hand_over", "hut", 30, None, None),
    ]
    hut = world.shelves["hut"]["tent"]
    assert (hut.record, hut.in_fact(), hut.on_order) == (12, 12, 0)
