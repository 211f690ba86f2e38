"""Tasks at sites and the command there: records worked out by hand, second by second."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.model.site import call_away, lacking
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
# Ten kilometres of road at 36 km/h take 1000 s.
ROADS = {
    "places": {key: {"at": [108.0, 24.0]} for key in ("here", "near", "far")},
    "links": {
        "short": {"from": "here", "to": "near", "length": "10 km"},
        "long": {"from": "near", "to": "far", "length": "10 km"},
    },
}
GO = {"on": "ordered", "steps": ["travel", "work", "return"]}


def team(base: str, *skills: str, **more: Any) -> dict[str, Any]:
    one = {"base": base, "skills": list(skills), "strength": 5, "speed": "36 km/h"}
    return one | {"superior": "county"} | more


def on(event: Any, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"on": event, "steps": list(steps)} | more


def office(*procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": "county_gov", "place": "here", "procedures": list(procedures)} | more


def send_to(*tasks: str) -> dict[str, Any]:
    return on("noticed", *({"dispatch": {"id": k, "task": k, "time": "0 s"}} for k in tasks))


def site(
    tasks: dict[str, Any], teams: dict[str, Any], call: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """One incident at `here`, noticed at once by the county, which sends teams to all tasks."""
    course = more.pop("course", [{"injured": 1}])
    one = {"hazard": "fire", "place": "here", "course": course, "noticed": {"county": "0 s"}}
    procedures = {"call": call or send_to(*tasks), "team-response": GO} | more.pop("own", {})
    return {
        "procedures": procedures,
        "offices": {"county": office("call", *more.pop("also", ()))},
        "incidents": {"i": one | {"tasks": tasks}},
        "teams": teams,
    } | (ROADS | more)


def record(scenario: Scenario, until: int = 9000) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0), until)


def told(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, activity phase, actor or task, span) of these activities' rows."""
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR] or r[EXTRA]["task"], r[SPAN])
        for r in rows
        if r[ACTIVITY] in activities
    ]


def row(rows: list[tuple], activity: str, actor: str, phase: str = "") -> int:
    """The number of the only row of this kind."""
    found = [k for k, r in enumerate(rows) if r[1:4] == (activity, phase, actor)]
    assert len(found) == 1
    return found[0]


def test_a_joint_force_waits_for_the_last_and_its_arrival_begins_the_task(scenario: Build) -> None:
    tasks = {"rescue": {"needs": {"boat": 2}, "duration": "600 s"}}
    teams = {"a": team("near", "boat"), "b": team("far", "boat")}
    rows = record(scenario(**site(tasks, teams)))
    assert told(rows, "task", "work", "arrive", "return") == [
        (0, "task asked", "rescue", ""),
        (1000, "arrive", "a", ""),
        (1000, "work asked", "a", ""),
        (2000, "arrive", "b", ""),
        (2000, "work asked", "b", ""),
        (2000, "task started", "rescue", ""),
        (2000, "work started", "a", "waiting_others"),
        (2000, "work started", "b", ""),
        (2600, "task ended", "rescue", "working"),
        (2600, "work ended", "a", "working"),
        (2600, "work ended", "b", "working"),
        (2600, "return started", "a", ""),
        (2600, "return started", "b", ""),
        (3600, "return ended", "a", "travel"),
        (4600, "return ended", "b", "travel"),
    ]
    last = row(rows, "arrive", "b")
    assert rows[row(rows, "task", "", "started")][CAUSE] == last
    assert rows[row(rows, "work", "a", "started")][HELD] == last
    assert rows[row(rows, "work", "b", "started")][HELD] is None
    assert rows[row(rows, "task", "", "ended")][CAUSE] == row(rows, "task", "", "started")
    asked = [r[EXTRA] for r in rows if r[1:3] == ("order", "asked")]
    assert asked == [{"reason": "boat", "task": "rescue"}] * 2


def test_reconnaissance_before_rescue_before_medical_care(scenario: Build) -> None:
    tasks = {
        "recon": {"needs": {"scout": 1}, "duration": "300 s"},
        "rescue": {"needs": {"boat": 1}, "duration": "900 s", "after": ["recon"]},
        "medical": {"needs": {"medic": 1}, "duration": "60 s", "after": ["rescue"]},
    }
    teams = {"s": team("here", "scout"), "b": team("here", "boat"), "m": team("near", "medic")}
    rows = record(scenario(**site(tasks, teams)))
    assert told(rows, "task", "work") == [
        (0, "task asked", "recon", ""),
        (0, "task asked", "rescue", ""),
        (0, "task asked", "medical", ""),
        (0, "work asked", "s", ""),
        (0, "task started", "recon", ""),
        (0, "work started", "s", ""),
        (0, "work asked", "b", ""),
        (300, "task ended", "recon", "working"),
        (300, "work ended", "s", "working"),
        (300, "task started", "rescue", ""),
        (300, "work started", "b", "waiting_task"),
        (1000, "work asked", "m", ""),
        (1200, "task ended", "rescue", "working"),
        (1200, "work ended", "b", "working"),
        (1200, "task started", "medical", ""),
        (1200, "work started", "m", "waiting_task"),
        (1260, "task ended", "medical", "working"),
        (1260, "work ended", "m", "working"),
    ]
    ended = [k for k, r in enumerate(rows) if r[1:3] == ("task", "ended")]
    started = [r for r in rows if r[1:3] == ("task", "started")]
    assert [r[CAUSE] for r in started[1:]] == ended[:2]
    assert rows[row(rows, "work", "b", "started")][HELD] == ended[0]


def test_waiting_for_an_earlier_task_and_then_for_others_are_two_spans(scenario: Build) -> None:
    tasks = {
        "recon": {"needs": {"scout": 1}, "duration": "300 s"},
        "rescue": {"needs": {"boat": 2}, "duration": "100 s", "after": ["recon"]},
    }
    teams = {"s": team("here", "scout"), "a": team("here", "boat"), "b": team("near", "boat")}
    rows = record(scenario(**site(tasks, teams)))
    assert [r for r in told(rows, "work", "wait") if r[2] == "a"] == [
        (0, "work asked", "a", ""),
        (300, "wait ended", "a", "waiting_task"),
        (1000, "work started", "a", "waiting_others"),
        (1100, "work ended", "a", "working"),
    ]


def in_turns(times: int) -> list:
    """At most 400 s of work, then 300 s of rest on site, so many times."""
    turn = [{"work": {"at_most": "400 s"}}, {"wait": {"time": "300 s"}}]
    return ["travel", {"repeat": {"times": times, "steps": turn}}]


LEAVES = [
    # 2 × 1000 team-seconds: 400 s by two, then 1200 s by one
    ({"boat": 1}, ["travel", {"work": {"at_most": "400 s"}}, "return"], [(0, 400)], [(0, 1600)]),
    # the same, but back for 400 s after 300 s of rest: 800 + 300 + 800 + 100
    (
        {"boat": 1},
        in_turns(2),
        [(0, 400), (700, 1100)],
        [(0, 1200)],
    ),
    # alone the other may not go on: 800 + 800 + 400, a third time after 300 s of rest
    (
        {"boat": 2},
        in_turns(3),
        [(0, 400), (700, 1100), (1400, 1600)],
        [(0, 400), (700, 1100), (1400, 1600)],
    ),
]


@pytest.mark.parametrize(("minimum", "steps", "first", "second"), LEAVES)
def test_who_leaves_in_the_middle_stretches_the_task(
    scenario: Build, minimum: dict, steps: list, first: list, second: list
) -> None:
    tasks = {"rescue": {"needs": {"boat": 2}, "minimum": minimum, "duration": "1000 s"}}
    teams = {"a": team("here", "boat", procedures=["rests"]), "b": team("here", "boat")}
    parts = site(tasks, teams, own={"rests": {"on": "ordered", "steps": steps}})
    rows = record(scenario(**parts))
    assert intervals(rows, "a") == first
    assert intervals(rows, "b") == second
    assert rows[row(rows, "task", "", "ended")][TIME] == second[-1][1]
    reasons = [r[EXTRA].get("reason") for r in rows if r[1:4] == ("work", "ended", "a")]
    assert reasons[0] == "rest"


def intervals(rows: list[tuple], who: str) -> list[tuple[int, int]]:
    """When a team was at work."""
    mine = [r for r in rows if r[ACTIVITY] == "work" and r[ACTOR] == who and r[PHASE] != "asked"]
    begins = [r[TIME] for r in mine if r[PHASE] in ("started", "resumed")]
    ends = [r[TIME] for r in mine if r[PHASE] in ("interrupted", "ended")]
    return list(zip(begins, ends, strict=True))


def test_below_the_minimum_the_task_pauses_and_says_why(scenario: Build) -> None:
    tasks = {"rescue": {"needs": {"boat": 2}, "duration": "1000 s"}}
    steps = LEAVES[2][1]
    teams = {"a": team("here", "boat", procedures=["rests"]), "b": team("here", "boat")}
    rows = record(scenario(**site(tasks, teams, own={"rests": {"on": "ordered", "steps": steps}})))
    assert [r for r in told(rows, "task", "work") if 0 < r[0] <= 700] == [
        (400, "work ended", "a", "working"),
        (400, "task interrupted", "rescue", ""),
        (400, "work interrupted", "b", "working"),
        (700, "work asked", "a", ""),
        (700, "task resumed", "rescue", ""),
        (700, "work resumed", "b", "waiting_others"),
        (700, "work started", "a", ""),
    ]
    paused = next(r for r in rows if r[1:3] == ("work", "interrupted"))
    assert paused[EXTRA]["reason"] == "below_minimum"


def test_what_nobody_begins_grows_and_the_figures_worsen_on_top_of_the_course(
    scenario: Build,
) -> None:
    """600 s of work: + 60 + 60 + 30 (a quarter at most); one trapped dies at 300 s and 600 s."""
    growth = {"every": "300 s", "by": 0.1, "up_to": 1.25, "worsens": {"dead": 1, "trapped": -1}}
    tasks = {"rescue": {"needs": {"boat": 1}, "duration": "600 s", "growth": growth}}
    course = [{"dead": 0, "trapped": 2}, {"after": "800 s", "dead": 5}]
    rows = record(scenario(**site(tasks, {"a": team("near", "boat")}, course=course)))
    truth = [r for r in rows if r[ACTIVITY] == "truth"]
    assert [(r[TIME], r[EXTRA]["dead"], r[EXTRA]["trapped"], r[SPAN]) for r in truth] == [
        (300, 1, 1, "worsening"),
        (600, 2, 0, "worsening"),
        (800, 7, 0, "planned"),
        (900, 7, 0, "worsening"),  # more work, but nobody left to die
    ]
    assert [r[EXTRA].get("task") for r in truth] == ["rescue", "rescue", None, "rescue"]
    assert truth[0][CAUSE] == row(rows, "task", "", "asked")
    assert intervals(rows, "a") == [(1000, 1750)]


def test_a_task_that_was_begun_grows_no_more(scenario: Build) -> None:
    growth = {"every": "300 s", "by": 1.0, "worsens": {"dead": 1}}
    tasks = {"rescue": {"needs": {"boat": 1}, "duration": "600 s", "growth": growth}}
    rows = record(scenario(**site(tasks, {"a": team("here", "boat")})))
    assert intervals(rows, "a") == [(0, 600)]
    assert not [r for r in rows if r[ACTIVITY] == "truth"]


TWO_SITES = {
    "dike": {"needs": {"boat": 1}, "duration": "100 s"},
    "school": {"needs": {"boat": 1}, "duration": "200 s", "place": "near"},
}


def test_two_sites_with_one_team_are_served_one_after_the_other(scenario: Build) -> None:
    rows = record(scenario(**site(TWO_SITES, {"a": team("here", "boat")})))
    assert told(rows, "order", "task", "arrive", "return") == [
        (0, "task asked", "dike", ""),
        (0, "task asked", "school", ""),
        (0, "order asked", "county", ""),
        (0, "order ended", "county", ""),
        (0, "order asked", "county", ""),
        (0, "arrive", "a", ""),
        (0, "task started", "dike", ""),
        (100, "task ended", "dike", "working"),
        (100, "return started", "a", ""),
        (100, "return ended", "a", "travel"),
        (100, "order ended", "county", "waiting_team"),
        (1100, "arrive", "a", ""),
        (1100, "task started", "school", ""),
        (1300, "task ended", "school", "working"),
        (1300, "return started", "a", ""),
        (2300, "return ended", "a", "travel"),
    ]
    places = [r[EXTRA]["place"] for r in rows if r[1:3] == ("task", "started")]
    assert places == ["here", "near"]


def test_a_team_goes_on_with_a_task_elsewhere_without_going_home(scenario: Build) -> None:
    go_on = on("ordered", "travel", "work", {"work": {"id": "then", "task": "school"}}, "return")
    parts = site(
        TWO_SITES, {"a": team("far", "boat")}, send_to("dike"), own={"team-response": go_on}
    )
    rows = record(scenario(**parts))
    assert told(rows, "arrive", "task", "return") == [
        (0, "task asked", "dike", ""),
        (0, "task asked", "school", ""),
        (2000, "arrive", "a", ""),
        (2000, "task started", "dike", ""),
        (2100, "task ended", "dike", "working"),
        (3100, "arrive", "a", ""),
        (3100, "task started", "school", ""),
        (3300, "task ended", "school", "working"),
        (3300, "return started", "a", ""),
        (4300, "return ended", "a", "travel"),
    ]


def test_more_than_are_needed_wait_and_step_in_and_who_comes_too_late_is_not_needed(
    scenario: Build,
) -> None:
    """1000 s for one boat: 400 s by a, then b; c arrives when all is done, as does d's order."""
    tasks = {"rescue": {"needs": {"boat": 1}, "duration": "1000 s"}}
    more = {"dispatch": {"task": "rescue", "skills": ["boat"], "number": 4, "time": "0 s"}}
    teams = {
        "a": team("here", "boat", procedures=["rests"]),
        "b": team("here", "boat"),
        "c": team("near", "boat"),
    }
    rests = on("ordered", "travel", {"work": {"at_most": "400 s"}}, {"wait": {"time": "900 s"}})
    rows = record(scenario(**site(tasks, teams, on("noticed", more), own={"rests": rests})))
    assert intervals(rows, "a") == [(0, 400)]
    assert intervals(rows, "b") == [(400, 1000)]
    assert [r for r in told(rows, "work", "cancelled") if r[2] == "b"] == [
        (0, "work asked", "b", ""),
        (400, "work started", "b", "waiting_task"),
        (1000, "work ended", "b", "working"),
    ]
    assert [r for r in told(rows, "work", "cancelled") if r[2] == "c"] == [
        (1000, "work asked", "c", ""),
        (1000, "cancelled", "c", ""),
    ]
    assert told(rows, "cancelled")[-1] == (1000, "cancelled", "county", "waiting_team")
    assert {r[EXTRA]["reason"] for r in rows if r[ACTIVITY] == "cancelled"} == {"not_needed"}


def test_the_office_that_ordered_hears_that_a_task_is_done(scenario: Build) -> None:
    hear = on({"event": "task_done", "task": ["dike"]}, {"verify": {"time": "10 s"}})
    parts = site(TWO_SITES, {"a": team("here", "boat")}, own={"hear": hear}, also=["hear"])
    rows = record(scenario(**parts))
    assert told(rows, "verify")[0] == (100, "verify asked", "county", "")
    assert len(told(rows, "verify")) == 3
    asked = rows[row(rows, "verify", "county", "asked")]
    assert rows[asked[CAUSE]][1:3] == ("task", "ended")


def test_a_second_order_asks_only_for_what_the_task_still_lacks(scenario: Build) -> None:
    """Needs two boats and a medic; of the first order one boat comes, the rest is waited for."""
    tasks = {"rescue": {"needs": {"boat": 2, "medic": 1}, "duration": "600 s"}}
    then = {"wait": {"time": "50 s"}}
    again = {"dispatch": {"id": "2", "task": "rescue", "time": "0 s"}}
    first = {"dispatch": {"id": "1", "task": "rescue", "skills": ["boat"], "time": "0 s"}}
    rows = record(
        scenario(**site(tasks, {"a": team("near", "boat")}, on("noticed", first, then, again))), 100
    )
    asked = [(r[TIME], r[EXTRA]["reason"]) for r in rows if r[1:3] == ("order", "asked")]
    assert asked == [(0, "boat"), (50, "boat"), (50, "medic")]


def test_orders_to_a_task_that_the_incident_does_not_have_are_refused(scenario: Build) -> None:
    parts = site(TWO_SITES, {"a": team("here", "boat")}, send_to("dike"))
    one = {k: v for k, v in parts["incidents"]["i"].items() if k != "tasks"}
    parts["incidents"]["j"] = one
    rows = record(scenario(**parts))
    refused = [(r[INCIDENT], r[EXTRA]) for r in rows if r[ACTIVITY] == "refused"]
    assert refused == [("j", {"reason": "no_task", "task": "dike"})]


def test_a_team_whose_order_names_no_task_says_so_while_the_task_waits(scenario: Build) -> None:
    """The county orders a boat without a task; the task exists, and waits for somebody."""
    tasks = {"rescue": {"needs": {"boat": 1}, "duration": "100 s"}}
    call = on("noticed", {"dispatch": {"skills": ["boat"], "time": "0 s"}})
    rows = record(scenario(**site(tasks, {"a": team("here", "boat")}, call)))
    reasons = [r[EXTRA]["reason"] for r in rows if r[1:4] == ("cancelled", "", "a")]
    assert reasons == ["task_not_named"]
    assert rows[-1][ACTIVITY] == "open"


def test_teams_for_a_task_that_has_not_arisen_yet_are_refused_for_that(scenario: Build) -> None:
    """The county hears of the fire before it breaks out at 1000 s."""
    tasks = {"rescue": {"needs": {"boat": 1}, "duration": "100 s"}}
    parts = site(tasks, {"a": team("here", "boat")}, on("inject", send_to("rescue")["steps"][0]))
    parts["incidents"]["i"] |= {"at": "1000 s"}
    parts["injects"] = {"fear": {"at": "10 s", "to": "county", "incident": "i"}}
    rows = record(scenario(**parts))
    refused = [(r[TIME], r[EXTRA]) for r in rows if r[ACTIVITY] == "refused"]
    assert refused == [(10, {"reason": "task_not_arisen", "task": "rescue"})]


def test_a_team_that_is_called_away_leaves_its_share_of_the_work(
    scenario: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two boats for 1000 s; the second is called away after 300 s: 2000 - 600 by one."""
    lacked: list[list[str]] = []

    def call(world: Any) -> Any:
        yield world.pause(300)
        order = next(act.matter for act in world.running if act.actor == "b")
        lacked.append(lacking(world, "i", "rescue"))
        assert call_away(world, order, "rest")
        assert not call_away(world, order, "rest")
        lacked.append(lacking(world, "i", "rescue"))

    module = import_module("sim.model.simulate")
    monkeypatch.setattr(module, "play_clock", lambda world: world.env.process(call(world)))
    tasks = {"rescue": {"needs": {"boat": 2}, "minimum": {"boat": 1}, "duration": "1000 s"}}
    teams = {"a": team("here", "boat"), "b": team("here", "boat")}
    rows = record(scenario(**site(tasks, teams)))
    assert intervals(rows, "b") == [(0, 300)]
    assert intervals(rows, "a") == [(0, 1700)]
    assert lacked == [[], ["boat"]]


def test_command_is_set_up_handed_over_to_the_next_level_and_stays_there(scenario: Build) -> None:
    """The county sets it up in 300 s; the city comes at 200 s and waits; then both hand over."""
    rows = record(
        scenario(
            procedures={
                "set-up": on("noticed", {"command": {"time": "300 s", "by": "leader"}}),
                "look": on("noticed", {"verify": {"time": "350 s"}}),
                "take": on("noticed", {"command": {"time": "100 s"}}),
                "again": on("noticed", {"wait": {"time": "1000 s"}}, {"command": {"time": "60 s"}}),
                "know": on("commanded", {"record": {"time": "5 s"}}),
            },
            offices={
                "county": office("set-up", "look", "again", duty=1, superior="city"),
                "city": office("take", "know", duty=1),
            },
            incidents={
                "i": {
                    "hazard": "fire",
                    "place": "here",
                    "course": [{"injured": 1}],
                    "noticed": {"county": "0 s", "city": "200 s"},
                }
            },
        )
    )
    story = [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[OBJECT] or r[RECIPIENT], r[SPAN])
        for r in rows
        if r[ACTIVITY] in ("command", "cancelled", "record") or r[SPAN] == "waiting_others"
    ]
    assert story == [
        (0, "command asked", "county", "", ""),
        (0, "command started", "county", "county/leader-1", ""),
        (200, "command asked", "city", "", ""),
        (300, "command ended", "county", "county/leader-1", "taking_command"),
        (300, "command", "county", "", ""),
        (300, "wait ended", "city", "", "waiting_others"),
        (300, "command started", "city", "city/duty-1", ""),
        (350, "command started", "county", "county/duty-1", "waiting_person"),
        (450, "command ended", "county", "county/duty-1", "taking_command"),
        (450, "command ended", "city", "city/duty-1", "taking_command"),
        (450, "command", "city", "county", ""),
        (450, "record asked", "city", "", ""),
        (450, "record started", "city", "city/duty-1", ""),
        (455, "record ended", "city", "city/duty-1", "recording"),
        (1000, "command asked", "county", "", ""),
        (1000, "cancelled", "county", "", ""),
    ]
    taken = [k for k, r in enumerate(rows) if r[1:3] == ("command", "")]
    waited, joined = (r for r in rows if r[1:4] == ("wait", "ended", "city"))
    assert waited[HELD] == taken[0]
    assert (joined[TIME], rows[joined[CAUSE]][3]) == (350, "county"), "the last one to come"
    assert [r[EXTRA]["place"] for r in rows if r[1:3] == ("command", "")] == ["here", "here"]
    assert [r[EXTRA]["reason"] for r in rows if r[ACTIVITY] == "cancelled"] == ["commanded"]


def test_the_first_team_commands_until_its_office_takes_over_and_the_second_does_not(
    scenario: Build,
) -> None:
    tasks = {"rescue": {"needs": {"boat": 2}, "duration": "600 s"}}
    first = on("ordered", "travel", {"command": {"time": "30 s"}}, "work", "return")
    take = on("noticed", {"wait": {"time": "2500 s"}}, {"command": {"time": "60 s"}})
    teams = {"a": team("near", "boat"), "b": team("far", "boat")}
    parts = site(tasks, teams, own={"team-response": first, "take": take}, also=["take"])
    rows = record(scenario(**parts))
    taken = [(r[TIME], r[ACTOR], r[RECIPIENT]) for r in rows if r[1:3] == ("command", "")]
    assert taken == [(1030, "a", ""), (2560, "county", "a")]
    cancelled = [
        (r[TIME], r[ACTOR], r[EXTRA]["reason"]) for r in rows if r[ACTIVITY] == "cancelled"
    ]
    assert cancelled == [(2000, "b", "commanded")]
    assert intervals(rows, "a") == [(2000, 2600)]
