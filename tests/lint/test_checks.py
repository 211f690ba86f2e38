"""Every check on a small scenario that has the fault, and on the same one without it."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.jobs.inputs import kind_of_file
from sim.lint import CHECKS, lint
from sim.rules import load_pack, pack_names
from sim.scenario import Scenario, load_scenario
from sim.texts import in_language

FOLDER = Path(__file__).parents[2] / "scenarios"
SOUND: dict[str, Any] = {
    "yanlian": 1,
    "start": "2026-03-01T08:00+08:00",
    "horizon": "24 h",
    "places": {key: {"at": [lon, 24.0]} for key, lon in (("p", 108.0), ("a", 108.1), ("b", 108.2))},
    "calendars": {"c": {"shifts": {"day": "08:00-18:00", "night": "18:00-08:00"}}},
    "channels": {
        "phone": {"kind": "phone", "time": "60 s", "fallback": "fax"},
        "fax": {"kind": "fax", "time": "60 s"},
    },
    "procedures": {
        "alarm": {"on": "noticed", "steps": [{"send": {"to": "superior", "channel": "phone"}}]},
        "take": {"on": "arrived", "steps": [{"answer": {"time": "60 s"}}]},
        "relay": {
            "on": {"event": "received", "kind": ["initial"], "first": True},
            "steps": [
                {"sign": {"by": "leader", "time": "60 s"}},
                {"dispatch": {"skills": ["fire"], "time": "60 s"}},
                {"send": {"to": "superior", "channel": "phone"}},
            ],
        },
        "call": {"on": "called", "steps": [{"serve": {"time": "5 min"}}]},
        "judge": {"on": "received", "steps": [{"grade": {"time": "60 s"}}]},
        "act": {"on": "confirmed", "steps": [{"activate": {"time": "60 s"}}]},
        "supply": {
            "on": "needed",
            "steps": [
                {"request": {"from": ["own", "superior"], "channel": "phone", "time": "60 s"}}
            ],
        },
        "issue": {
            "on": "requested",
            "by": "crew",
            "steps": [{"pick": {"time": "60 s"}}, {"load": {"time": "60 s"}}],
        },
        "bring": {"on": "loaded", "by": "crew", "steps": ["travel", "return"]},
        "team-response": {"on": "ordered", "steps": ["travel"]},
    },
    "plans": {"general-plan": {"levels": {"III": ["city_gov"]}}},
    "offices": {
        "works": {"role": "unit", "place": "p", "superior": "county", "procedures": ["alarm"]},
        "county": {
            "role": "county_gov",
            "place": "p",
            "superior": "city",
            "calendar": "c",
            "duty": {"day": 2, "night": 1},
            "procedures": ["take", "relay", "supply"],
        },
        "city": {"role": "city_gov", "place": "p", "procedures": ["take", "judge", "act"]},
    },
    "teams": {"brigade": {"base": "p", "skills": ["fire", "hazmat"], "strength": 8}},
    "items": {"quilt": {"unit": "piece", "norm": 1}},
    "depots": {
        "store": {
            "place": "p",
            "superior": "county",
            "stock": {"quilt": 9},
            "procedures": ["issue", "bring"],
        }
    },
    "vehicles": {"truck": {"depot": "store", "capacity": "5 t"}},
    "shelters": {"hall": {"place": "p", "superior": "county", "items": ["quilt"]}},
    "incidents": {
        "i": {
            "hazard": "fire",
            "place": "p",
            "course": [{"dead": 1, "evacuated": 9}],
            "noticed": {"works": "0 s"},
            "shelters": {"to": ["hall"]},
        }
    },
    "injects": {
        "k": {"at": "1 h", "incident": "i", "to": "county", "kind": "initial", "text": "smoke"}
    },
    "background": {"b": {"to": "county", "gap": "6 min", "procedure": "call"}},
}


def changed(path: str, value: Any) -> Scenario:
    """The sound scenario with one value replaced; `None` takes the key away."""
    data = deepcopy(SOUND)
    *way, last = path.split(".")
    place = data
    for key in way:
        place = place[key]
    place[last] = value
    return Scenario.model_validate(data)


def found(scenario: Scenario) -> list[tuple[str, str]]:
    return [(warning.check, warning.path) for warning in lint(scenario)]


def test_the_sound_scenario_has_no_warning() -> None:
    assert lint(Scenario.model_validate(SOUND)) == []


WAIT_35_MIN = {"wait": {"time": "35 min"}}
SEND_UP = {"send": {"to": "superior", "channel": "phone"}}
AT_ONCE = {
    "parallel": {
        "branches": {
            name: [{"record": {"id": name, "time": "60 s"}}] for name in ("one", "two", "three")
        }
    }
}
ROAD = {"from": "a", "to": "b", "length": "20 km"}
PASS_ON = {"on": "received", "steps": [{"send": {"to": "city", "channel": "phone"}}]}
FAULTS: list[tuple[str, Any, str, str]] = [
    ("offices.county.duty", {"day": 2}, "empty_posts", "offices.county.duty"),
    ("offices.county.leader", 0, "empty_posts", "offices.county.leader"),
    ("offices.county.leader", {"night": 1}, "empty_posts", "offices.county.leader"),
    ("offices.city.procedures", [], "nobody_answers", "offices.city.procedures"),
    ("offices.works.procedures", [], "notices_in_vain", "incidents.i.noticed.works"),
    ("injects.k.kind", "final", "nobody_reacts", "injects.k.to"),
    ("offices.city.superior", "works", "own_superior", "offices.works.superior"),
    ("procedures.relay.steps.2.send.to", "county", "own_superior", "procedures.relay"),
    ("background.b.gap", "4 min", "overload", "background.b"),
    ("teams.brigade.skills", ["boat"], "no_such_team", "procedures.relay"),
    (
        "teams",
        {
            "other": {"base": "p", "skills": ["fire"], "strength": 9, "superior": "city"},
        },
        "too_few_of_its_own",
        "procedures.relay",
    ),
    (
        "incidents.i.tasks",
        {"t": {"needs": {"boat": 2}, "duration": "1 h"}},
        "too_few_teams",
        "incidents.i.tasks.t",
    ),
    (
        "incidents.i.tasks",
        {"t": {"needs": {"fire": 1}, "duration": "1 h"}},
        "idle_tasks",
        "incidents.i.tasks.t",
    ),
    (
        "procedures.team-response.steps",
        ["travel", "work"],
        "work_without_task",
        "procedures.team-response",
    ),
    (
        "plans.general-plan.levels",
        {"III": ["city_gov"], "II": ["region_gov"]},
        "nobody_authorised",
        "plans.general-plan.levels.II",
    ),
    ("offices.city.procedures", ["take", "judge"], "no_plan", "offices.city.procedures"),
    ("procedures.alarm.steps", [WAIT_35_MIN, SEND_UP], "short_limits", "procedures.alarm"),
    ("channels.phone.fallback", None, "no_fallback", "channels.phone"),
    ("channels.radio", {"kind": "radio", "time": "1 s"}, "idle_channels", "channels.radio"),
    ("procedures.spare", PASS_ON, "idle_procedures", "procedures.spare"),
    ("links", {"ab": ROAD}, "beside_the_network", "places.p"),
    ("links", {"ab": ROAD | {"length": "60 km"}}, "winding_links", "links.ab"),
    ("shelters.hall.superior", "works", "needs_in_vain", "shelters.hall.superior"),
    ("shelters.hall.superior", None, "needs_in_vain", "shelters.hall"),
    ("shelters.hall.items", [], "needs_in_vain", "shelters.hall"),
    ("shelters.hall.capacity", 8, "crowded_shelters", "incidents.i.shelters"),
    ("vehicles", {}, "no_vehicles", "depots.store"),
    ("incidents.i.course", [{"dead": 1}], "nobody_evacuated", "incidents.i.shelters"),
    (
        "procedures.judge.on",
        {"event": "received", "kind": ["initial"]},
        "requests_in_vain",
        "offices.city.procedures",
    ),
    ("procedures.relay.steps", [AT_ONCE, SEND_UP], "double_duty", "procedures.relay"),
    ("offices.county.posts", {"desk": 1}, "idle_posts", "offices.county.posts.desk"),
    (
        "teams.boats",
        {"base": "p", "skills": ["boat"], "strength": 6},
        "idle_teams",
        "teams.boats",
    ),
    ("depots.store.superior", "city", "idle_depots", "depots.store"),
    ("procedures.issue.steps", [{"pick": {"time": "60 s"}}], "idle_vehicles", "vehicles.truck"),
    ("items.rope", {"unit": "piece"}, "idle_stocks", "depots.store.stock"),
    (
        "injects.k",
        {
            "on": {"event": "confirmed"},
            "incident": "i",
            "to": "county",
            "kind": "initial",
            "text": "smoke",
        },
        "injects_in_vain",
        "injects.k.on",
    ),
    (
        "closures",
        {"k": {"classes": ["track"], "from": "1 h"}},
        "closures_of_nothing",
        "closures.k",
    ),
]


@pytest.mark.parametrize(("path", "value", "check", "where"), FAULTS)
def test_fault_is_found_where_it_stands(path: str, value: Any, check: str, where: str) -> None:
    if ".steps." in path:
        data = deepcopy(SOUND)
        data["procedures"]["relay"]["steps"][2]["send"]["to"] = value
        scenario = Scenario.model_validate(data)
    elif path == "items.rope":
        data = deepcopy(SOUND)
        data["items"]["rope"] = value
        data["depots"]["store"]["stock"]["rope"] = 5
        scenario = Scenario.model_validate(data)
    else:
        scenario = changed(path, value)
    assert (check, where) in found(scenario)


def test_every_check_is_tried_by_a_fault() -> None:
    tried = {check for _, _, check, _ in FAULTS} | {"relay_loops"}
    assert {check.__name__ for check in CHECKS} == tried


def test_a_list_of_recipients_is_a_second_way() -> None:
    """Without a fallback the next on the list is called; a sender with one recipient has none."""
    data = deepcopy(SOUND)
    data["channels"]["phone"]["fallback"] = None
    data["procedures"]["alarm"]["steps"][0]["send"]["to"] = ["superior", "city"]
    data["procedures"]["relay"]["steps"][2]["send"]["channel"] = "fax"
    data["procedures"]["supply"]["steps"][0]["request"]["channel"] = "fax"
    checks = [check for check, path in found(Scenario.model_validate(data)) if "phone" in path]
    assert checks == []
    data["procedures"]["alarm"]["steps"][0]["send"]["to"] = ["superior"]
    assert ("no_fallback", "channels.phone") in found(Scenario.model_validate(data))


@pytest.mark.parametrize(
    ("needs", "minimum", "missing"),
    [
        ({"fire": 1}, None, False),
        ({"fire": 1, "hazmat": 1}, None, True),  # one team cannot be in two places
        ({"fire": 1, "hazmat": 1}, {"hazmat": 1}, True),
        ({"fire": 2}, {"fire": 1}, True),
        ({"hazmat": 1}, {"hazmat": 1}, False),
    ],
)
def test_teams_must_be_enough_for_all_that_a_task_needs(
    needs: dict, minimum: dict | None, missing: bool
) -> None:
    """There is one team, with the skills fire and hazmat."""
    data = deepcopy(SOUND)
    data["procedures"]["relay"]["steps"][1] = {"dispatch": {"task": "t", "time": "60 s"}}
    task = {"needs": needs, "duration": "1 h"} | ({"minimum": minimum} if minimum else {})
    data["incidents"]["i"]["tasks"] = {"t": task}
    checks = [check for check, _ in found(Scenario.model_validate(data))]
    assert checks == (["too_few_teams"] if missing else [])


def sentences(data: dict[str, Any], check: str) -> list[str]:
    return [w.en for w in lint(Scenario.model_validate(data)) if w.check == check]


def test_teams_of_others_are_none_that_anybody_may_send() -> None:
    """Three boats, one of them of a county beside: the message says how many may be sent."""
    data = deepcopy(SOUND)
    boat = {"base": "p", "skills": ["boat"], "strength": 6, "superior": "county"}
    data["teams"] |= {"b1": boat, "b2": boat, "b3": boat | {"superior": "city"}}
    data["procedures"]["relay"]["steps"][1] = {"dispatch": {"task": "t", "time": "60 s"}}
    data["incidents"]["i"]["tasks"] = {"t": {"needs": {"boat": 3, "fire": 1}, "duration": "1 h"}}
    (said,) = sentences(data, "too_few_teams")
    assert said.endswith(
        "boat × 3, and there are boat × 2 that anybody may send: it can never begin"
    )
    task = data["incidents"]["i"]["tasks"]["t"]
    task["minimum"] = {"boat": 2}
    (said,) = sentences(data, "too_few_teams")
    assert said.endswith("it goes on with fewer teams, and more slowly")
    del task["minimum"]
    wanted = {"to": ["city"], "skills": ["boat"], "task": "t", "channel": "phone", "time": "60 s"}
    data["procedures"]["relay"]["steps"].append({"ask_support": wanted})
    promise = {"dispatch": {"as_asked": True, "time": "60 s"}}
    kind = {"event": "received", "kind": ["support_request"]}
    data["procedures"]["promise"] = {"on": kind, "steps": [promise]}
    data["offices"]["city"]["procedures"] = ["take", "judge", "act", "promise"]
    assert sentences(data, "too_few_teams") == []


@pytest.mark.parametrize(
    ("evacuated", "share", "rooms", "crowded"),
    [
        ([9], 1.0, [9], False),
        ([10], 1.0, [9], True),
        ([4, 10, 2], 1.0, [9], True),  # the highest figure counts, not the last
        ([19], 0.5, [9], True),  # 9.5 are 10, as in the drill
        ([18], 0.5, [9], False),
        ([20], 1.0, [9, 11], False),
        ([21], 1.0, [9, 11], True),
        ([99], 1.0, [9, None], False),  # room for all
    ],
)
def test_shelters_should_have_room_for_all_who_are_sent_there(
    evacuated: list, share: float, rooms: list, crowded: bool
) -> None:
    data = deepcopy(SOUND)
    course = [{"after": f"{k} h", "evacuated": n} for k, n in enumerate(evacuated)]
    hall = data["shelters"]["hall"]
    data["shelters"] = {f"hall-{k}": hall | {"capacity": n} for k, n in enumerate(rooms)}
    filling = {"share": share, "to": list(data["shelters"])}
    data["incidents"]["i"] |= {"course": course, "shelters": filling}
    expected = "people are expected in shelters with room for"
    assert [expected in line for line in sentences(data, "crowded_shelters")] == [True] * crowded


def test_a_depot_that_nobody_asks_or_that_loads_nothing_needs_no_vehicle() -> None:
    data = deepcopy(SOUND)
    data["vehicles"] = {}
    assert len(sentences(data, "no_vehicles")) == 1
    data["depots"]["store"]["superior"] = "city"  # only the county asks, and only its own
    assert sentences(data, "no_vehicles") == []
    data["procedures"]["supply"]["steps"][0]["request"]["from"] = ["store", "superior"]
    assert len(sentences(data, "no_vehicles")) == 1
    data["procedures"]["issue"]["steps"].pop()
    assert sentences(data, "no_vehicles") == []


def test_who_only_counts_people_needs_no_items_for_shelters() -> None:
    data = deepcopy(SOUND)
    data["shelters"]["hall"] = {"place": "p"}
    assert len(sentences(data, "needs_in_vain")) == 2
    data["items"] = {}
    data["depots"]["store"]["stock"] = {}
    assert sentences(data, "needs_in_vain") == []


def test_doubts_about_procedures_of_a_library_point_to_who_uses_them() -> None:
    """The author's own line, not that of a library that he cannot change."""
    scenario = changed("teams.brigade.skills", ["boat"])
    own = {"procedures": ["alarm"], "channels": []}
    assert ("no_such_team", "offices.county.procedures") in [
        (warning.check, warning.path) for warning in lint(scenario, own)
    ]


def relaying(county: dict[str, Any], city: dict[str, Any]) -> Scenario:
    """County and city pass reports to each other, on these events."""
    data = deepcopy(SOUND)
    for name, on, to in (("up", county, "city"), ("down", city, "county")):
        steps = [{"send": {"to": to, "channel": "phone", "report": "follow_up"}}]
        data["procedures"][name] = {"on": {"event": "received"} | on, "steps": steps}
    data["offices"]["county"]["procedures"].append("up")
    data["offices"]["city"]["procedures"].append("down")
    return Scenario.model_validate(data)


def test_two_offices_that_relay_to_each_other_every_time_are_a_loop() -> None:
    assert ("relay_loops", "procedures.up") in found(relaying({}, {}))


@pytest.mark.parametrize(
    ("county", "city"),
    [({"first": True}, {}), ({}, {"kind": ["final"]}), ({"kind": ["initial"]}, {})],
)
def test_first_or_a_narrower_kind_ends_the_loop(county: dict, city: dict) -> None:
    assert "relay_loops" not in {check for check, _ in found(relaying(county, city))}


def test_answering_the_sender_each_time_is_a_loop_too() -> None:
    data = deepcopy(SOUND)
    echo = {"on": "received", "steps": [{"send": {"to": "sender", "channel": "phone"}}]}
    data["procedures"]["echo"] = echo
    for office in ("county", "city"):
        data["offices"][office]["procedures"].append("echo")
    assert "relay_loops" in {check for check, _ in found(Scenario.model_validate(data))}


def test_a_load_of_exactly_all_the_time_is_too_much_and_just_below_is_not() -> None:
    """5 min a call, one officer at night: 1.0 at a gap of 5 min, 300/301 at a gap of 301 s."""
    assert ("overload", "background.b") in found(changed("background.b.gap", "5 min"))
    assert found(changed("background.b.gap", "301 s")) == []


def test_a_night_with_few_calls_is_no_overload_and_a_busy_one_is() -> None:
    """5 min a call every 4 min: 1.25 of one officer at night, 0.625 of two by day.

    From 18:00 to 08:00 on average: 1.25 · 0.5 is enough for one, and 1.25 · (0.5 · 12 + 6 · 2) / 14
    = 1.61 is not.
    """
    data = deepcopy(SOUND)
    source = data["background"]["b"]
    source |= {"gap": "4 min", "by_hour": {"08:00": 1, "18:00": 0.5}}
    assert found(Scenario.model_validate(data)) == []
    source["by_hour"]["06:00"] = 6
    (warning,) = lint(Scenario.model_validate(data))
    assert "161 %" in warning.en


def test_gap_is_told_by_the_clock_in_both_languages() -> None:
    """Day shift only, drill from 08:00: from 18:00 to 08:00 messages find nobody."""
    warning = lint(changed("offices.county.duty", {"day": 2}))[0]
    assert "03-01 18:00 to 03-02 08:00" in warning.en
    assert "03-01 18:00 至 03-02 08:00" in warning.zh
    with in_language("zh"):
        assert str(warning) == f"offices.county.duty: {warning.zh}"


def test_a_person_on_several_posts_closes_the_gap() -> None:
    data = deepcopy(SOUND)
    data["offices"]["county"]["duty"] = {"day": 2}
    data["people"] = {"head": {"posts": ["county/duty"], "calendar": "c", "shifts": ["night"]}}
    assert found(Scenario.model_validate(data)) == []


def test_an_inject_that_only_tells_figures_is_no_fault_for_somebody_who_reports() -> None:
    data = deepcopy(SOUND)
    data["injects"]["k"] |= {"kind": "final", "fields": {"dead": 2}}
    assert found(Scenario.model_validate(data)) == []


def test_what_lies_idle_in_a_library_is_no_fault() -> None:
    scenario = changed("procedures.spare", PASS_ON)
    assert lint(scenario, {"procedures": ["alarm"], "channels": []}) == []


REAL = FOLDER / "real"
"""A model beside a real case holds what its record holds, so no plan and few procedures."""
FILES = [path for path in sorted(FOLDER.rglob("*.yaml")) if REAL not in path.parents]
SHIPPED = [path for path in FILES if kind_of_file(path) == "scenario"]
IN_GUANGXI = [n for n in pack_names() if load_pack(n).jurisdiction in ("guangxi", "china")]
"""Packs of other provinces may well ask for more than offices in Guangxi can do."""


loaded = cache(load_scenario)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
@pytest.mark.parametrize("pack", IN_GUANGXI)
def test_shipped_scenarios_have_no_warning(path: Path, pack: str) -> None:
    assert lint(loaded(path), pack=load_pack(pack)) == []
