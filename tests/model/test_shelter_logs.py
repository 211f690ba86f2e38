"""Shelters and their needs: records worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sim.log.check import check_log
from sim.log.rows import to_log
from sim.log.unmet import unmet_need
from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
PEOPLE = ("admit", "turn_away", "go_home")
GOODS = ("need", "lapse", "distribute")
HOUR = 3600


def people(rows: list[tuple]) -> list[tuple]:
    """(second, activity, shelter, next one, incident, persons, reason)."""
    return [
        (r[TIME], r[ACTIVITY], r[ACTOR], r[RECIPIENT], r[INCIDENT], *said(r, "persons", "reason"))
        for r in rows
        if r[ACTIVITY] in PEOPLE
    ]


def goods(rows: list[tuple], item: str = "") -> list[tuple]:
    """(second, activity, shelter, item, pieces, persons)."""
    return [
        (r[TIME], r[ACTIVITY], r[ACTOR], *said(r, "item", "quantity", "persons"))
        for r in rows
        if r[ACTIVITY] in GOODS and item in ("", r[EXTRA]["item"])
    ]


def said(row: tuple, *names: str) -> tuple:
    return tuple(row[EXTRA].get(name) for name in names)


def told(rows: list[tuple]) -> list[tuple]:
    """(second, order, item, pieces): what the office has asked for."""
    orders = (r for r in rows if r[ACTIVITY] == "supply_order")
    return [(r[TIME], r[OBJECT], *said(r, "item", "quantity")) for r in orders]


def flood(*figures: tuple[str, float], **filling: Any) -> dict[str, Any]:
    """An incident whose true figure of evacuees changes; all of them go to `a`, then `b`."""
    course = [{"after": after, "evacuated": number} for after, number in figures]
    shelters = {"to": ["a", "b"]} | filling
    return {"hazard": "flood", "place": "here", "course": course, "shelters": shelters}


@pytest.fixture
def drill(scenario: Build) -> Callable[..., list[tuple]]:
    """Two shelters under the county; its depot is 100 s away: pick 60 s, load 30 s, sign 20 s.

    The county decides in `deciding` from which depot a need is met: of its own, 1000 pieces.
    """

    def run(
        incidents: dict[str, Any],
        a: dict[str, Any] | None = None,
        b: dict[str, Any] | None = None,
        items: dict[str, Any] | None = None,
        deciding: str = "0 s",
        until: int = 4 * HOUR,
        stock: int = 1000,
        **more: Any,
    ) -> list[tuple]:
        items = {key: {"unit": "piece", "norm": norm} for key, norm in (items or {}).items()}
        shelter = {"place": "here", "superior": "county", "items": list(items)}
        county = {"role": "county_gov", "place": "here", "procedures": ["ask"]}
        depot = {
            "place": "near",
            "superior": "county",
            "stock": dict.fromkeys(items, stock),
            "procedures": ["issue", "deliver"],
        }
        made: dict[str, Any] = {
            "places": {"here": {}, "near": {}},
            "links": {"road": {"from": "near", "to": "here", "time": "100 s"}},
            "procedures": {
                "ask": {
                    "on": "needed",
                    "steps": [{"request": {"from": "own", "time": deciding}}],
                },
                "issue": {
                    "on": "requested",
                    "by": "crew",
                    "steps": [{"pick": {"time": "60 s"}}, {"load": {"time": "30 s"}}],
                },
                "deliver": {
                    "on": "loaded",
                    "by": "crew",
                    "steps": ["travel", {"hand_over": {"time": "20 s"}}, "return"],
                },
            },
            "offices": {"county": county},
            "depots": {"store": depot},
            "vehicles": {"truck": {"depot": "store", "number": 9, "capacity": "9 t"}},
            "items": items,
            "shelters": {"a": shelter | (a or {}), "b": shelter | (b or {})},
            "incidents": incidents,
        }
        for key, part in more.items():
            made[key] = made.get(key, {}) | part
        built = scenario(**made)
        rows = simulate(Plan(built), sampler(1, 0), until)
        assert check_log(to_log([("case", rows)], built.start)) == []
        return rows

    return run


LORRY = 60 + 30 + 100 + 20
"""Seconds from the decision to the signature."""


# -- people -----------------------------------------------------------------------------
def test_shelters_fill_one_after_the_other(drill: Callable[..., list[tuple]]) -> None:
    """Nine tenths of 100 come by 30 every 20 s; there is room for 50 and 30."""
    rows = drill(
        {"i": flood(("0 s", 0), ("100 s", 100), share=0.9, over="60 s", every="20 s")},
        a={"capacity": 50},
        b={"capacity": 30},
    )
    assert people(rows) == [
        (120, "admit", "a", "", "i", 30, None),
        (140, "admit", "a", "", "i", 20, None),
        (140, "turn_away", "a", "b", "i", 10, "full"),
        (140, "admit", "b", "", "i", 10, None),
        (160, "turn_away", "a", "b", "i", 30, "full"),
        (160, "admit", "b", "", "i", 20, None),
        (160, "turn_away", "b", "", "i", 10, "full"),
    ]
    chosen = [r for r in rows if r[ACTIVITY] in PEOPLE]
    causes = [rows[r[CAUSE]][1:4:2] for r in chosen]
    truth, a = ("truth", ""), ("turn_away", "a")
    assert causes == [truth, truth, truth, a, truth, a, a]
    assert [r[SPAN] for r in chosen] == [*["moving_in"] * 3, "", "moving_in", "", ""]


def test_equal_parts_are_whole_and_add_up(drill: Callable[..., list[tuple]]) -> None:
    """10 persons over 50 s every 20 s: after 20, 40 and 50 s there have come 3, 6 and 10."""
    rows = drill({"i": flood(("0 s", 10), over="50 s", every="20 s")})
    assert [r[:2] + r[5:6] for r in people(rows)] == [
        (20, "admit", 3),
        (40, "admit", 3),
        (50, "admit", 4),
    ]


def test_who_waits_goes_home_first_then_the_last_shelter(
    drill: Callable[..., list[tuple]],
) -> None:
    """90 persons, room for 80; 86 (85.5 rounded half up), 72, and 90 again."""
    figures = [("0 s", 100), ("300 s", 95), ("400 s", 80), ("500 s", 100)]
    rows = drill({"i": flood(*figures, share=0.9)}, a={"capacity": 50}, b={"capacity": 30})
    assert people(rows) == [
        (0, "admit", "a", "", "i", 50, None),
        (0, "turn_away", "a", "b", "i", 40, "full"),
        (0, "admit", "b", "", "i", 30, None),
        (0, "turn_away", "b", "", "i", 10, "full"),
        (300, "go_home", "", "", "i", 4, None),
        (400, "go_home", "", "", "i", 6, None),
        (400, "go_home", "b", "", "i", 8, None),
        (500, "turn_away", "a", "b", "i", 18, "full"),
        (500, "admit", "b", "", "i", 8, None),
        (500, "turn_away", "b", "", "i", 10, "full"),
    ]


def test_who_is_still_on_the_way_turns_round(drill: Callable[..., list[tuple]]) -> None:
    """30 come by 10 every 100 s; after 150 s only 14 are left: 4 of the second part come."""
    rows = drill({"i": flood(("0 s", 30), ("150 s", 14), over="300 s", every="100 s")})
    assert [r[:2] + r[5:6] for r in people(rows)] == [(100, "admit", 10), (200, "admit", 4)]


def test_shelters_are_opened_late_one_after_the_other(drill: Callable[..., list[tuple]]) -> None:
    """One officer opens `a` and `b`, 100 s each; the third shelter is open all the time."""
    rows = drill(
        {"i": flood(("0 s", 80), to=["a", "b", "c"]) | {"noticed": {"county": "10 s"}}},
        a={"capacity": 50},
        shelters={"c": {"place": "here", "capacity": 5}},
        procedures={
            "open": {
                "on": "noticed",
                "steps": [{"open_shelter": {"shelters": ["c", "a", "b"], "time": "100 s"}}],
            }
        },
        offices={"county": {"role": "county_gov", "place": "here", "procedures": ["open"]}},
    )
    assert people(rows) == [
        (0, "turn_away", "a", "b", "i", 80, "closed"),
        (0, "turn_away", "b", "c", "i", 80, "closed"),
        (0, "turn_away", "c", "", "i", 80, "closed"),
        (110, "admit", "c", "", "i", 5, None),
        (210, "admit", "a", "", "i", 50, None),
        (310, "admit", "b", "", "i", 25, None),
    ]
    opening = [r[:5] for r in rows if r[ACTIVITY] == "open_shelter" and r[PHASE] == "ended"]
    assert opening == [
        (110, "open_shelter", "ended", "county", "c"),
        (210, "open_shelter", "ended", "county", "a"),
        (310, "open_shelter", "ended", "county", "b"),
    ]
    last = [r for r in rows if r[ACTIVITY] == "admit"][-1]
    assert (rows[last[CAUSE]][ACTIVITY], last[SPAN]) == ("turn_away", "waiting_room")
    assert rows[last[HELD]][:3] == (310, "open_shelter", "ended")


def test_what_is_open_needs_no_opening(drill: Callable[..., list[tuple]]) -> None:
    """Two offices open the same shelter: who comes later finds it open and takes no time."""
    step = {"open_shelter": {"shelters": ["a"], "time": "100 s"}}
    office = {"role": "county_gov", "place": "here", "procedures": ["open"]}
    rows = drill(
        {"i": flood(("0 s", 8)) | {"noticed": {"county": "0 s", "town": "200 s"}}},
        procedures={"open": {"on": "noticed", "steps": [step]}},
        offices={"county": office, "town": office},
    )
    assert {r[ACTOR] for r in rows if r[ACTIVITY] == "open_shelter"} == {"county"}


def test_room_goes_to_who_has_waited_longest(drill: Callable[..., list[tuple]]) -> None:
    """6 of `j` find no room, then 6 of `i`; when 8 of `i` go home, 6 of `i` were waiting."""
    rows = drill(
        {
            "i": flood(("0 s", 20), ("200 s", 26), ("300 s", 12), to=["a"]),
            "j": flood(("100 s", 0), ("110 s", 6), to=["a"]),
        },
        a={"capacity": 20},
    )
    assert people(rows) == [
        (0, "admit", "a", "", "i", 20, None),
        (110, "turn_away", "a", "", "j", 6, "full"),
        (200, "turn_away", "a", "", "i", 6, "full"),
        (300, "go_home", "", "", "i", 6, None),
        (300, "go_home", "a", "", "i", 8, None),
        (300, "admit", "a", "", "j", 6, None),
    ]


# -- needs ------------------------------------------------------------------------------
def test_a_need_is_asked_for_and_met_by_a_lorry(drill: Callable[..., list[tuple]]) -> None:
    """10 persons, 2 quilts each, the office decides in 300 s; then 210 s until the signature."""
    rows = drill({"i": flood(("50 s", 0), ("60 s", 10))}, items={"quilt": 2}, deciding="300 s")
    assert goods(rows) == [
        (60, "need", "a", "quilt", 20, 10),
        (360 + LORRY, "distribute", "a", "quilt", 20, 10),
    ]
    assert told(rows) == [(60, "incident/i/a/need-1", "quilt", 20)]
    need = next(r for r in rows if r[ACTIVITY] == "need")
    assert (need[RECIPIENT], need[INCIDENT]) == ("county", "i")
    assert rows[need[CAUSE]][ACTIVITY] == "admit"
    gift = next(r for r in rows if r[ACTIVITY] == "distribute")
    assert rows[gift[CAUSE]][1:4] == ("put_in_stock", "", "a")


def test_a_need_is_told_once_only(drill: Callable[..., list[tuple]]) -> None:
    """Parts of 10 come every 100 s; each is asked for by itself, and nothing twice."""
    rows = drill(
        {"i": flood(("0 s", 30), over="300 s", every="100 s")},
        items={"quilt": 1, "tent": 0.125},
        deciding="1000 s",
    )
    assert told(rows) == [  # ten in tents of eight: 2, 3 (of 2.5) and 4 (of 3.75) in all
        (100, "incident/i/a/need-1", "quilt", 10),
        (100, "incident/i/a/need-1", "tent", 2),
        (200, "incident/i/a/need-2", "quilt", 10),
        (200, "incident/i/a/need-2", "tent", 1),
        (300, "incident/i/a/need-3", "quilt", 10),
        (300, "incident/i/a/need-3", "tent", 1),
    ]


def test_what_nobody_gives_is_not_asked_for_again_in_its_period(
    drill: Callable[..., list[tuple]],
) -> None:
    """The depot has 5 of 20: 15 are refused; who comes later has a need of his own."""
    figures = [("0 s", 20), ("1000 s", 22)]
    rows = drill({"i": flood(*figures)}, items={"quilt": 1}, stock=5)
    assert told(rows) == [
        (0, "incident/i/a/need-1", "quilt", 20),
        (1000, "incident/i/a/need-2", "quilt", 2),
    ]
    assert goods(rows)[1:3] == [
        (LORRY, "distribute", "a", "quilt", 5, 5),
        (1000, "need", "a", "quilt", 2, 2),
    ]


def test_what_a_period_did_not_get_lapses(drill: Callable[..., list[tuple]]) -> None:
    """Nobody hears of it: 3 pieces for each of 4 persons every hour from the first one on."""
    rows = drill(
        {"i": flood(("10 s", 0), ("100 s", 4))},
        a={"superior": None},
        items={"water": {"per_person": 3, "every": "1 h"}},
        until=2 * HOUR + 200,
    )
    assert goods(rows) == [
        (100, "need", "a", "water", 12, 4),
        (100 + HOUR, "lapse", "a", "water", 12, 4),
        (100 + HOUR, "need", "a", "water", 12, 4),
        (100 + 2 * HOUR, "lapse", "a", "water", 12, 4),
        (100 + 2 * HOUR, "need", "a", "water", 12, 4),
    ]
    assert [r[SPAN] for r in rows if r[ACTIVITY] in GOODS] == ["", *["period"] * 4]


def test_two_periods_with_a_late_lorry(drill: Callable[..., list[tuple]]) -> None:
    """What was asked for in the first hour comes in the second and serves that one.

    4 persons need 12 an hour, 2 more come at 4000 s and need 6.  The one officer decides on the
    first order (12) by 5000 s: it meets the second hour's need of the first four, for which
    nothing more is asked; on the second one (6) by 10000 s, in the third hour.  That begins at
    7200 s: 6 lapse, 18 are needed, 6 are on order, 12 are asked for.  In the fourth hour these
    12 are still on order, and 6 are asked for.
    """
    rows = drill(
        {"i": flood(("0 s", 4), ("4000 s", 6))},
        items={"water": {"per_person": 3, "every": "1 h"}},
        deciding="5000 s",
        until=3 * HOUR,
    )
    assert told(rows) == [
        (0, "incident/i/a/need-1", "water", 12),
        (4000, "incident/i/a/need-2", "water", 6),
        (7200, "incident/i/a/need-3", "water", 12),
        (10800, "incident/i/a/need-4", "water", 6),
    ]
    assert goods(rows) == [
        (0, "need", "a", "water", 12, 4),
        (3600, "lapse", "a", "water", 12, 4),
        (3600, "need", "a", "water", 12, 4),
        (4000, "need", "a", "water", 6, 2),
        (5000 + LORRY, "distribute", "a", "water", 12, 4),
        (7200, "lapse", "a", "water", 6, 2),
        (7200, "need", "a", "water", 18, 6),
        (10000 + LORRY, "distribute", "a", "water", 6, 2),
        (10800, "lapse", "a", "water", 12, 4),
        (10800, "need", "a", "water", 18, 6),
    ]


def test_what_is_left_over_serves_the_next_period(drill: Callable[..., list[tuple]]) -> None:
    """20 lie there; 4 persons need 12 an hour: 12 at once, 8 an hour later, the rest is asked for.

    That is 4 of the second hour; in the third one 12 are asked for.
    """
    rows = drill(
        {"i": flood(("0 s", 4))},
        a={"stock": {"water": 20}},
        items={"water": {"per_person": 3, "every": "1 h"}},
        until=2 * HOUR,
    )
    assert goods(rows) == [
        (0, "need", "a", "water", 12, 4),
        (0, "distribute", "a", "water", 12, 4),
        (3600, "need", "a", "water", 12, 4),
        (3600, "distribute", "a", "water", 8, 2),  # two thirds of 4: one is served by half
        (3600 + LORRY, "distribute", "a", "water", 4, 2),
        (7200, "need", "a", "water", 12, 4),
    ]
    assert told(rows) == [
        (3600, "incident/i/a/need-1", "water", 4),
        (7200, "incident/i/a/need-2", "water", 12),
    ]


def test_fractions_of_pieces_are_carried_on(drill: Callable[..., list[tuple]]) -> None:
    """0.4 a person and hour, 3 persons, plenty there: 1.2, 2.4, 3.6, 4.8 are 2, 3, 4, 5 in all."""
    rows = drill(
        {"i": flood(("0 s", 3))},
        a={"stock": {"food": 99}},
        items={"food": {"per_person": 0.4, "every": "1 h"}},
        until=3 * HOUR,
    )
    needs = [r[4] for r in goods(rows) if r[1] == "need"]
    assert needs == [2, 1, 1, 1]


def test_what_lapses_leaves_no_fraction_behind(drill: Callable[..., list[tuple]]) -> None:
    """The same three get nothing at all: 1.2 are 2 pieces in every hour."""
    rows = drill(
        {"i": flood(("0 s", 3))},
        a={"superior": None},
        items={"food": {"per_person": 0.4, "every": "1 h"}},
        until=2 * HOUR,
    )
    assert [r[1:2] + r[4:] for r in goods(rows)] == [
        ("need", 2, 3),
        ("lapse", 2, 3),
        ("need", 2, 3),
        ("lapse", 2, 3),
        ("need", 2, 3),
    ]


def test_what_is_signed_for_as_a_period_begins_serves_that_period(
    drill: Callable[..., list[tuple]],
) -> None:
    """Counting and signing takes until the second in which the third hour begins."""
    rows = drill(
        {"i": flood(("0 s", 4))},
        items={"water": {"per_person": 3, "every": "1 h"}},
        depots={
            "store": {
                "place": "near",
                "superior": "county",
                "stock": {"water": 50},
                "procedures": ["issue", "deliver"],
                "times": {"deliver/hand_over": f"{2 * HOUR - 60 - 30 - 100} s"},
            }
        },
        until=2 * HOUR,
    )
    assert goods(rows) == [
        (0, "need", "a", "water", 12, 4),
        (3600, "lapse", "a", "water", 12, 4),
        (3600, "need", "a", "water", 12, 4),
        (7200, "lapse", "a", "water", 12, 4),
        (7200, "need", "a", "water", 12, 4),
        (7200, "distribute", "a", "water", 12, 4),
    ]
    assert len(told(rows)) == 1


def test_a_tent_is_shared_by_who_comes_later(drill: Callable[..., list[tuple]]) -> None:
    """Tents for eight, three persons every 100 s: one tent, none, one (9 / 8), none.

    The second three share the first tent, which is still to come; the last three find theirs
    there: they lack nothing.  The lorry with the first tent is there at 100 + 10 + 210 s.
    """
    rows = drill(
        {"i": flood(("0 s", 12), over="400 s", every="100 s")},
        items={"tent": 0.125},
        deciding="10 s",
    )
    assert goods(rows) == [
        (100, "need", "a", "tent", 1, 3),
        (200, "need", "a", "tent", 0, 3),
        (300, "need", "a", "tent", 1, 3),
        (310 + 10, "distribute", "a", "tent", 1, 6),
        (400, "need", "a", "tent", 0, 3),
        (310 + 210, "distribute", "a", "tent", 1, 6),
    ]


def test_giving_out_takes_its_time_in_rounds(drill: Callable[..., list[tuple]]) -> None:
    """60 s a round: what lies there is given out at 60; a lorry that comes at 210 at 270.

    With 300 s a round, the lorry's goods come within the first one and wait for the second.
    """

    def run(time: str) -> list[tuple]:
        return goods(
            drill(
                {"i": flood(("0 s", 10))},
                a={"stock": {"quilt": 4}, "giving_out": time},
                items={"quilt": 1},
            )
        )

    need = (0, "need", "a", "quilt", 10, 10)
    assert run("60 s") == [
        need,
        (60, "distribute", "a", "quilt", 4, 4),
        (LORRY + 60, "distribute", "a", "quilt", 6, 6),
    ]
    assert run("300 s") == [
        need,
        (300, "distribute", "a", "quilt", 4, 4),  # the lorry came at 210, within this round
        (600, "distribute", "a", "quilt", 6, 6),
    ]


def test_two_incidents_fill_one_shelter(drill: Callable[..., list[tuple]]) -> None:
    """5 of `i` and 6 of `j`, room for 9; a tent for four: 5 / 4 are 2 tents, 9 / 4 are 3: 1 more.

    Each need belongs to its incident, and so does what is given: the older need first.  The one
    officer decides on them one after the other, 1 h each.
    """
    rows = drill(
        {"i": flood(("0 s", 5)), "j": flood(("100 s", 0), ("150 s", 6), to=["a"])},
        a={"capacity": 9},
        items={"tent": 0.25, "quilt": 2},
        deciding="1 h",
    )
    assert people(rows) == [
        (0, "admit", "a", "", "i", 5, None),
        (150, "admit", "a", "", "j", 4, None),
        (150, "turn_away", "a", "", "j", 2, "full"),
    ]
    chosen = (r for r in rows if r[ACTIVITY] in GOODS)
    whose = [(r[INCIDENT], *g) for r, g in zip(chosen, goods(rows), strict=True)]
    assert whose[:4] == [
        ("i", 0, "need", "a", "tent", 2, 5),
        ("i", 0, "need", "a", "quilt", 10, 5),
        ("j", 150, "need", "a", "tent", 1, 4),
        ("j", 150, "need", "a", "quilt", 8, 4),
    ]
    assert whose[4:] == [
        ("i", 3600 + LORRY, "distribute", "a", "tent", 2, 5),
        ("i", 3600 + LORRY, "distribute", "a", "quilt", 10, 5),
        ("j", 7200 + LORRY, "distribute", "a", "tent", 1, 4),
        ("j", 7200 + LORRY, "distribute", "a", "quilt", 8, 4),
    ]
    assert [r[:4] for r in told(rows)] == [
        (0, "incident/i/a/need-1", "tent", 2),
        (0, "incident/i/a/need-1", "quilt", 10),
        (150, "incident/j/a/need-1", "tent", 1),
        (150, "incident/j/a/need-1", "quilt", 8),
    ]


def test_what_those_lacked_who_go_home_lapses(drill: Callable[..., list[tuple]]) -> None:
    """10 persons lack 20 quilts; 4 lie there (2 persons' worth).  Half of them go home.

    Of the 16 open ones half lapse; the lorry brings 16, 8 are given out and 8 stay there, and
    who comes then needs nothing from outside.
    """
    rows = drill(
        {"i": flood(("0 s", 10), ("100 s", 5), ("1000 s", 7))},
        a={"stock": {"quilt": 4}},
        items={"quilt": 2},
    )
    assert goods(rows) == [
        (0, "need", "a", "quilt", 20, 10),
        (0, "distribute", "a", "quilt", 4, 2),
        (100, "lapse", "a", "quilt", 8, 4),
        (LORRY, "distribute", "a", "quilt", 8, 4),
        (1000, "need", "a", "quilt", 4, 2),
        (1000, "distribute", "a", "quilt", 4, 2),
    ]
    assert told(rows) == [(0, "incident/i/a/need-1", "quilt", 16)]


# -- person-hours -----------------------------------------------------------------------
def lacking_person_seconds(rows: list[tuple], until: int) -> int:
    """Go through every second: who needs an item and has not got it, by the record alone."""
    changes: dict[int, int] = {}
    sign = {"need": 1, "distribute": -1, "lapse": -1}
    for row in rows:
        if row[ACTIVITY] in sign:
            change = sign[row[ACTIVITY]] * row[EXTRA]["persons"]
            changes[row[TIME]] = changes.get(row[TIME], 0) + change
    lacking = total = 0
    for second in range(until):
        lacking += changes.get(second, 0)
        total += lacking
    return total


def test_unmet_need_in_person_hours(drill: Callable[..., list[tuple]]) -> None:
    """The late lorry by hand: 4 persons for 3600 s, 4 for 1610 s, 2 from 4000 to 7200 s, then
    6 for 3010 s (until 10210 s) and 4 until 10800 s."""
    rows = drill(
        {"i": flood(("0 s", 4), ("4000 s", 6))},
        items={"water": {"per_person": 3, "every": "1 h"}},
        deciding="5000 s",
        until=3 * HOUR,
    )
    by_hand = 4 * 3600 + 4 * 1610 + 2 * 3200 + 6 * 3010 + 4 * 590
    assert lacking_person_seconds(rows, 3 * HOUR) == by_hand
    start = datetime.fromisoformat("2026-03-01T00:00+08:00")
    (hours,) = unmet_need(to_log([("case", rows)], start))["person_hours"]
    assert hours == pytest.approx(by_hand / 3600, rel=1e-12)
