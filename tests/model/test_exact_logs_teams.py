"""Small drills of teams whose record is worked out by hand: muster, refusal, rest, shifts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scipy import stats

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario
from sim.scenario.teams import MusterCurve, rosters

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]

# Ten kilometres of road at 36 km/h take 1000 s.
PLACES = {key: {"at": [108.0, 24.0]} for key in ("here", "base", "other")}
LINKS = {
    "short": {"from": "base", "to": "here", "length": "10 km"},
    "long": {"from": "other", "to": "here", "length": "20 km"},
}
TEAM = {"base": "base", "skills": ["boat"], "strength": 10, "speed": "36 km/h"}
RESPONSE = [
    {"alert": {"time": "60 s"}},
    {"muster": {"time": "30 s"}},
    "travel",
    {"work": {"time": "10 min"}},
    "return",
]
CURVE = {"present": {"0 min": 0.3, "10 min": 0.6, "30 min": 1.0}, "drawn": False}
OUT = ("order", "muster", "refused", "depart", "follow", "arrive", "work", "rest", "supplies_end")


@pytest.fixture
def drill(scenario: Build) -> Callable[..., list[tuple]]:
    """Run orders for boats at the seconds of `notices`; return the rows."""

    def run(
        teams: dict[str, Any],
        notices: tuple[int, ...] = (0,),
        until: int = 20_000,
        given: dict[Any, int] | None = None,
        **sections: Any,
    ) -> list[tuple]:
        one = {"hazard": "flood", "place": "here", "course": [{"injured": 1}]}
        made = scenario(
            **{
                "places": PLACES,
                "links": LINKS,
                "procedures": {
                    "send": {
                        "on": "noticed",
                        "steps": [{"dispatch": {"skills": ["boat"], "time": "0 s"}}],
                    },
                    "team-response": {"on": "ordered", "steps": RESPONSE},
                },
                "offices": {
                    "county": {"role": "county_gov", "place": "here", "procedures": ["send"]}
                },
                "teams": teams,
                "incidents": {
                    f"i{k}": one | {"noticed": {"county": f"{second} s"}}
                    for k, second in enumerate(notices)
                },
            }
            | sections
        )
        return simulate(Plan(made), sampler(1, 0, given), until)

    return run


def told(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, activity phase, actor, persons, span) of these activities' rows."""
    return [
        (
            row[TIME],
            f"{row[ACTIVITY]} {row[PHASE]}".strip(),
            row[RECIPIENT] or row[ACTOR],
            (row[EXTRA] or {}).get("persons"),
            row[SPAN],
        )
        for row in rows
        if row[ACTIVITY] in (activities or OUT)
    ]


def test_a_curve_is_linear_between_its_points_and_rounded_half_up() -> None:
    curve = MusterCurve.model_validate(CURVE)
    # 0.45 lies half way from 0.3 to 0.6, so at 5 min; 0.7 a quarter from 10 to 30 min.
    assert [curve.seconds(x) for x in (0.0, 0.3, 0.45, 0.6, 0.7, 1.0)] == [
        *(0, 0, 300, 600, 900, 1800)
    ]
    late = MusterCurve.model_validate({"present": {"5 min": 0.5, "6 min": 0.5, "7 min": 0.8}})
    assert [late.seconds(x) for x in (0.1, 0.5, 0.65)] == [300, 300, 390]
    assert late.seconds(0.81) > 10**9, "nobody comes after the last point"


def test_the_team_leaves_at_its_minimum_and_the_late_follow_together(
    drill: Callable[..., list[tuple]],
) -> None:
    # Ordered at 0, alerted 60; of ten the 6th comes after 600 s, the 10th after 1800 s.
    rows = drill({"militia": TEAM | {"minimum": 6, "muster": CURVE}})
    assert told(rows) == [
        (0, "order asked", "county", None, ""),
        (0, "order ended", "militia", None, ""),
        (60, "muster asked", "militia", None, ""),
        (60, "muster started", "militia", None, ""),
        (660, "muster ended", "militia", 6, "mustering"),
        (660, "depart", "militia", 6, ""),
        (1660, "arrive", "militia", 6, ""),
        (1660, "work asked", "militia", None, ""),
        (1660, "work started", "militia", None, ""),
        (1860, "follow started", "militia", 4, "mustering"),
        (2260, "work ended", "militia", None, "working"),
        (2860, "follow ended", "militia", 4, "travel"),
    ]
    follow = next(r for r in rows if r[1:3] == ("follow", "started"))
    assert rows[follow[CAUSE]][1:3] == ("muster", "ended")


def test_the_late_stay_where_the_team_says_so_or_is_back(
    drill: Callable[..., list[tuple]],
) -> None:
    stay = drill({"militia": TEAM | {"minimum": 6, "muster": CURVE | {"late": "stay"}}})
    assert told(stay, "follow", "cancelled") == []
    slow = {"present": {"0 min": 0.6, "60 min": 1.0}, "drawn": False}
    rows = drill({"militia": TEAM | {"minimum": 6, "muster": slow}})
    # Back at 60 + 1000 + 600 + 1000 = 2660, the last one comes at 3660.
    assert told(rows, "follow", "cancelled") == [(3660, "cancelled", "militia", 4, "mustering")]


@pytest.mark.parametrize(
    ("last", "rows_of_the_late"),
    # The team has left at 60 and is on the first link until 1060.  Who left at 180 passes "here"
    # at 1180 and has 2000 s to go; who leaves at 960 goes all the 3000 s to "other".
    [
        (
            "2 min",
            [(180, "base", "started"), *[(800, "other", "divert")] * 2, (3180, "other", "ended")],
        ),
        ("15 min", [(800, "other", "divert"), (960, "base", "started"), (3960, "other", "ended")]),
    ],
)
def test_who_follows_goes_where_the_team_was_sent_on_the_way(
    drill: Callable[..., list[tuple]], last: str, rows_of_the_late: list[tuple]
) -> None:
    """Ordered to "here" at 0, to something more urgent at "other" at 800."""
    incident = {"hazard": "flood", "course": [{"injured": 1}]}
    send = {"dispatch": {"skills": ["boat"], "time": "0 s"}}
    early = {"present": {"0 min": 0.6, last: 1.0}, "drawn": False}
    rows = drill(
        {"militia": TEAM | {"minimum": 6, "muster": early}},
        incidents={
            "i0": incident | {"place": "here", "noticed": {"county": "0 s"}},
            "i1": incident | {"place": "other", "noticed": {"county": "800 s"}},
        },
        procedures={
            "send": {"on": {"event": "noticed", "incident": ["i0"]}, "steps": [send]},
            "urgent": {
                "on": {"event": "noticed", "incident": ["i1"]},
                "priority": 1,
                "steps": [send],
            },
            "team-response": {"on": "ordered", "steps": RESPONSE},
        },
        offices={
            "county": {"role": "county_gov", "place": "here", "procedures": ["send", "urgent"]}
        },
        policies={"redirect": "none_idle"},
        until=4000,
    )
    followed = [
        (row[TIME], row[EXTRA].get("place", ""), row[PHASE] or row[ACTIVITY])
        for row in rows
        if row[ACTIVITY] in ("follow", "divert")
    ]
    assert (3060, 6) in [(r[TIME], r[EXTRA]["persons"]) for r in rows if r[ACTIVITY] == "arrive"]
    assert followed == rows_of_the_late


def test_who_follows_is_not_called_again_before_he_is_there(
    drill: Callable[..., list[tuple]],
) -> None:
    """Back at 2660, four on the road until 3460; called at 2730, the others come by 40 min."""
    slow = {"present": {"0 min": 0.6, "40 min": 1.0}, "drawn": False}
    rows = drill({"militia": TEAM | {"minimum": 6, "muster": slow}}, (0, 2670), until=6000)
    assert told(rows, "muster", "follow")[2:] == [
        (60, "muster ended", "militia", 6, "mustering"),
        (2460, "follow started", "militia", 4, "mustering"),
        (2730, "muster asked", "militia", None, ""),
        (2730, "muster started", "militia", None, ""),
        (3460, "follow ended", "militia", 4, "travel"),
        (5130, "muster ended", "militia", 6, "mustering"),
    ]


def test_short_of_its_minimum_a_team_refuses_and_the_next_one_goes(
    drill: Callable[..., list[tuple]],
) -> None:
    """Given numbers: nine of the ten stay away or come late, one comes at once."""
    stream = "team/militia/team-response/muster/present/militia-{}@incident/i0/county/order"
    never = {(stream.format(k), 0, 0): 1 << 40 for k in range(4, 11)}
    times = {(stream.format(k), 0, 0): 100 * k for k in (1, 2, 3)}
    curve = {"present": {"0 min": 0.3, "10 min": 0.6}}
    rows = drill(
        {
            "militia": TEAM | {"minimum": 4, "muster": curve},
            "boats": TEAM | {"base": "other"},
        },
        given=never | times,
    )
    assert told(rows)[:10] == [
        (0, "order asked", "county", None, ""),
        (0, "order ended", "militia", None, ""),
        (60, "muster asked", "militia", None, ""),
        (60, "muster started", "militia", None, ""),
        (660, "muster ended", "militia", 3, "mustering"),  # nobody comes after ten minutes
        (660, "refused", "militia", 3, ""),
        (660, "order asked", "county", None, ""),
        (660, "order ended", "boats", None, ""),
        (720, "muster asked", "boats", None, ""),
        (720, "muster started", "boats", None, ""),
    ]
    again = [r for r in rows if r[1:3] == ("order", "asked")][1]
    assert rows[again[CAUSE]][ACTIVITY] == "refused"
    assert rows[again[CAUSE]][EXTRA]["reason"] == "short_of_strength"
    assert {r[OBJECT] for r in rows if r[ACTIVITY] == "order"} == {"incident/i0/county/order-1"}


def test_an_order_that_the_last_team_refuses_is_refused(
    drill: Callable[..., list[tuple]],
) -> None:
    few = {"present": {"0 min": 0.3}, "drawn": False}
    rows = drill({"militia": TEAM | {"minimum": 4, "muster": few}})
    assert told(rows, "refused") == [
        (60, "refused", "militia", 3, ""),
        (60, "refused", "county", None, ""),
    ]


def test_exactly_the_minimum_is_enough(drill: Callable[..., list[tuple]]) -> None:
    few = {"present": {"0 min": 0.3}, "drawn": False}
    rows = drill({"militia": TEAM | {"minimum": 3, "muster": few}})
    assert told(rows, "depart", "refused") == [(60, "depart", "militia", 3, "")]


def test_a_team_that_shares_persons_leaves_with_fewer_or_refuses(
    drill: Callable[..., list[tuple]],
) -> None:
    """Four of the township's ten are militia: while the militia is out, six are left."""
    teams = {
        "militia": TEAM,
        "township": TEAM | {"base": "other", "shares": {"militia": 4}, "minimum": 6},
    }
    rows = drill(teams, (0, 10))
    assert told(rows, "depart", "refused") == [
        (90, "depart", "militia", 10, ""),
        (100, "depart", "township", 6, ""),
    ]
    teams["township"] |= {"minimum": 7}
    rows = drill(teams, (0, 10), until=3000)
    assert told(rows, "order", "depart", "refused")[4:] == [
        (70, "refused", "township", 0, ""),  # known at once, before anybody comes together
        (70, "order asked", "county", None, ""),
        (90, "depart", "militia", 10, ""),
        (2690, "order ended", "militia", None, "waiting_team"),
        (2780, "depart", "militia", 10, ""),
    ]


def test_shared_persons_are_free_again_when_their_team_is_back(
    drill: Callable[..., list[tuple]],
) -> None:
    """The militia stands far away: the township goes first, is home at 2690 and goes again."""
    teams = {
        "militia": TEAM | {"base": "other", "minimum": 6},
        "township": TEAM | {"shares": {"militia": 4}},
    }
    rows = drill(teams, (0, 10, 2800), until=4000)
    assert told(rows, "depart") == [
        (90, "depart", "township", 10, ""),
        (100, "depart", "militia", 6, ""),
        (2890, "depart", "township", 10, ""),
    ]


def test_after_its_hours_the_team_rests_and_the_order_waits(
    drill: Callable[..., list[tuple]],
) -> None:
    """Away from 90 to 2690: 2600 s, the limit; rests an hour, until 6290."""
    rest = {"rest": {"after": "2600 s", "for": "60 min"}}
    rows = drill({"boats": TEAM | rest}, (0, 100))
    assert told(rows, "order", "rest", "depart") == [
        (0, "order asked", "county", None, ""),
        (0, "order ended", "boats", None, ""),
        (90, "depart", "boats", 10, ""),
        (100, "order asked", "county", None, ""),
        (2690, "rest started", "boats", 10, ""),
        (6290, "rest ended", "boats", None, "resting"),
        (6290, "order ended", "boats", None, "waiting_team"),
        (6380, "depart", "boats", 10, ""),
        (8980, "rest started", "boats", 10, ""),
        (12580, "rest ended", "boats", None, "resting"),
    ]
    waited = next(r for r in rows if r[SPAN] == "waiting_team")
    assert rows[waited[HELD]][1:3] == ("rest", "ended")


@pytest.mark.parametrize(("second", "rests"), [(3000, 1), (6200, 1), (6201, 0)])
def test_times_away_add_up_unless_the_team_was_at_base_for_the_length_of_a_rest(
    drill: Callable[..., list[tuple]], second: int, rests: int
) -> None:
    """Twice 2600 s away, home at 2690, to leave 90 s after the order; 3600 s at base = rested."""
    rest = {"rest": {"after": "5200 s", "for": "60 min"}}
    rows = drill({"boats": TEAM | rest}, (0, second - 1))
    assert len([r for r in rows if r[1:3] == ("rest", "started")]) == rests


def test_by_day_it_turns_out_by_night_it_musters(drill: Callable[..., list[tuple]]) -> None:
    """Day shift to 18:00; ordered at 17:50 and 18:50, home from the first at 18:34."""
    team = TEAM | {
        "minimum": 6,
        "muster": CURVE,
        "calendar": "c",
        "shifts": ["day"],
        "turnout": {"day": "45 s"},
    }
    rows = drill(
        {"brigade": team},
        (0, 3600),
        start="2026-03-01T17:50+08:00",
        calendars={"c": {"shifts": {"day": "08:00-18:00"}}},
    )
    assert told(rows, "shift_end", "alert", "muster", "depart") == [
        (0, "alert asked", "brigade", None, ""),
        (0, "alert started", "brigade", None, ""),
        (45, "alert ended", "brigade", None, "mustering"),
        (45, "muster asked", "brigade", None, ""),
        (45, "muster started", "brigade", None, ""),
        (75, "muster ended", "brigade", 10, "mustering"),
        (75, "depart", "brigade", 10, ""),
        (600, "shift_end", "brigade", 1, ""),
        (3600, "alert asked", "brigade", None, ""),
        (3600, "alert started", "brigade", None, ""),
        (3660, "alert ended", "brigade", None, "mustering"),
        (3660, "muster asked", "brigade", None, ""),
        (3660, "muster started", "brigade", None, ""),
        (4260, "muster ended", "brigade", 6, "mustering"),
        (4260, "depart", "brigade", 6, ""),
    ]


@pytest.mark.parametrize(("then", "ends"), [("stay", 1690), ("return", 1590)])
def test_when_its_supplies_end_a_team_says_so_and_returns_if_stated(
    drill: Callable[..., list[tuple]], then: str, ends: int
) -> None:
    """Away from 90 with supplies for 1500 s; on the spot from 1090 with 600 s of work."""
    supplies = {"self_sufficient": {"for": "1500 s", "then": then}}
    rows = drill({"boats": TEAM | supplies})
    assert told(rows, "supplies_end") == [(1590, "supplies_end", "boats", 10, "planned")]
    assert [r[TIME] for r in rows if r[1:3] == ("work", "ended")] == [ends]


def test_supplies_that_last_until_the_return_are_not_worth_a_row(
    drill: Callable[..., list[tuple]],
) -> None:
    assert not told(drill({"boats": TEAM | {"self_sufficient": "72 h"}}), "supplies_end")


def test_a_roster_names_shared_persons_by_their_first_team(scenario: Build) -> None:
    teams = {
        "a": TEAM | {"strength": 3},
        "b": TEAM | {"strength": 3, "shares": {"a": 2}},
        "c": TEAM | {"strength": 4, "shares": {"b": 3}},
    }
    made = scenario(places=PLACES, teams=teams)
    assert rosters(made.teams) == {
        "a": ("a-1", "a-2", "a-3"),
        "b": ("a-1", "a-2", "b-1"),
        "c": ("a-1", "a-2", "b-1", "c-1"),
    }


def test_each_person_comes_independently_by_the_curve(scenario: Build, many: Callable) -> None:
    """Who is there after ten minutes is binomial(12, 0.6): chi-square at error 1e-4."""
    n, share = 12, 0.6
    curve = {"present": {"0 min": 0.3, "10 min": share}}
    one = {"hazard": "flood", "place": "here", "course": [{}], "noticed": {"county": "0 s"}}
    made = scenario(
        places=PLACES,
        links=LINKS,
        procedures={
            "send": {"on": "noticed", "steps": [{"dispatch": {"skills": ["boat"], "time": "0 s"}}]},
            "team-response": {"on": "ordered", "steps": RESPONSE},
        },
        offices={"county": {"role": "county_gov", "place": "here", "procedures": ["send"]}},
        teams={"t": TEAM | {"strength": n, "minimum": n, "muster": curve}},
        incidents={"i": one},
    )
    came = [
        next(r[EXTRA]["persons"] for r in rows if r[1:3] == ("muster", "ended"))
        for rows in many(Plan(made), 5, 1024, 3600)
    ]
    law = stats.binom(n, share)
    seen = [sum(min(max(c, 4), 10) == k for c in came) for k in range(4, 11)]
    right = [law.cdf(4), *law.pmf(range(5, 10)), law.sf(9)]
    expected = [len(came) * p for p in right]
    assert stats.chisquare(seen, expected).pvalue > 1e-4, (seen, expected)
