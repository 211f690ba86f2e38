"""What nobody asks for, and who is needed twice: each with a near twin that is in order."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from sim.lint import lint
from sim.scenario import Scenario
from tests.lint.test_checks import SOUND


def told(data: dict[str, Any], check: str) -> list[str]:
    return [w.en for w in lint(Scenario.model_validate(data)) if w.check == check]


def at_once(*branches: list[dict[str, Any]], until: Any = "all") -> dict[str, Any]:
    """The county does these branches at once, by an officer of its duty post for each step."""
    data = deepcopy(SOUND)
    named = {f"b{k}": steps for k, steps in enumerate(branches)}
    steps = [{"parallel": {"branches": named, "until": until}}]
    data["procedures"]["relay"]["steps"][0:1] = steps
    return data


def record(name: str, time: str = "60 s", **more: Any) -> dict[str, Any]:
    return {"record": {"id": name, "time": time, **more}}


WAIT = {"wait": {"time": "60 s"}}


@pytest.mark.parametrize(
    ("branches", "sure"),
    [
        ([[record("a")], [record("b")]], False),  # two by day
        ([[record("a")], [record("b")], [record("c")]], True),
        ([[record("a")], [record("b")], [record("c", by="leader")]], False),
        ([[record("a")], [record("b")], [WAIT, record("c")]], False),  # later perhaps one is free
        ([[record("a")], [record("b")], [record("c", "0 s")]], False),
        ([[record("a")], [record("b")], [{"repeat": {"times": 2, "steps": [record("c")]}}]], True),
        (
            [[record("a")], [{"parallel": {"branches": {"x": [record("b")], "y": [record("c")]}}}]],
            False,  # two branches need one each at once, the third of the inner ones comes on top
        ),
    ],
)
def test_more_branches_at_once_than_persons_are_a_sure_wait(branches: list, sure: bool) -> None:
    """Two persons of the county are on duty by day, one at night."""
    sentences = told(at_once(*branches), "double_duty")
    assert len(sentences) == sure
    if sure:
        assert "3 branches at once with work for county/duty" in sentences[0]
        assert "never more than 2 persons" in sentences[0]


def test_one_who_calls_several_bodies_is_no_fault() -> None:
    calls = [[{"send": {"id": f"s{k}", "to": "superior", "channel": "phone"}}] for k in range(3)]
    assert told(at_once(*calls), "double_duty") == []


def test_an_officer_kept_throughout_does_all_branches_himself() -> None:
    data = at_once([record("a")], [record("b")])
    assert told(data, "double_duty") == []
    data["procedures"]["relay"]["hold"] = "procedure"
    (sentence,) = told(data, "double_duty")
    assert "who does 2 branches at once" in sentence
    data = at_once([record("a")], [WAIT])
    data["procedures"]["relay"]["hold"] = "procedure"
    assert told(data, "double_duty") == []


@pytest.mark.parametrize(
    ("hold", "by", "persons", "stuck"),
    [
        ("procedure", "duty", 1, True),
        ("procedure", "duty", 2, False),
        ("procedure", None, 1, False),  # he goes himself
        ("procedure", "leader", 1, False),
        ("step", "duty", 1, False),
    ],
)
def test_the_only_officer_cannot_send_another_one(
    hold: str, by: str | None, persons: int, stuck: bool
) -> None:
    data = deepcopy(SOUND)
    visit = {"time": "60 s", "by_visit": {}} | ({"by": by} if by else {})
    data["procedures"]["relay"] |= {"hold": hold, "steps": [{"verify": visit}]}
    data["offices"]["county"]["duty"] = persons
    assert len(told(data, "double_duty")) == stuck


def test_a_guest_of_a_consultation_whose_post_is_empty_keeps_all_waiting() -> None:
    """With patience he stays away; without it the host waits for the end of the night."""
    data = deepcopy(SOUND)
    consult: dict[str, Any] = {"with": ["city"], "post": "leader", "time": "5 min"}
    data["procedures"]["relay"]["steps"][0] = {"consult": consult}
    assert told(data, "empty_posts") == []
    data["offices"]["city"] |= {"calendar": "c", "leader": {"day": 1}}
    (sentence,) = told(data, "empty_posts")
    assert sentence.startswith("nobody is on post city/leader")
    consult["patience"] = "10 min"
    assert told(data, "empty_posts") == []


def test_a_post_that_a_roll_call_asks_for_is_not_idle() -> None:
    data = deepcopy(SOUND)
    data["offices"]["county"]["posts"] = {"desk": 1}
    assert len(told(data, "idle_posts")) == 1
    data["injects"]["roll"] = {"at": "1 h", "to": "county", "kind": "roll_call", "post": "desk"}
    assert told(data, "idle_posts") == []


BOATS = {"base": "p", "skills": ["boat"], "strength": 6, "superior": "city"}


@pytest.mark.parametrize(
    ("change", "idle"),
    [
        ({}, True),
        ({"skills": ["fire"]}, True),  # the county may not order a team of the city
        ({"skills": ["fire"], "superior": "county"}, False),
        ({"skills": ["fire"], "superior": None}, False),
    ],
)
def test_a_team_that_somebody_may_order_out_is_not_idle(change: dict, idle: bool) -> None:
    data = deepcopy(SOUND)
    data["teams"]["boats"] = {k: v for k, v in (BOATS | change).items() if v is not None}
    assert told(data, "idle_teams") == ["nobody ever orders boats out"] * idle


def test_a_team_that_another_office_may_be_asked_for_is_not_idle() -> None:
    data = deepcopy(SOUND)
    data["teams"]["boats"] = BOATS
    promise = {"dispatch": {"as_asked": True, "time": "60 s"}}
    on = {"event": "received", "kind": ["support_request"]}
    data["procedures"]["promise"] = {"on": on, "steps": [promise]}
    data["offices"]["city"]["procedures"] = ["take", "judge", "act", "promise"]
    assert len(told(data, "idle_teams")) == 1
    ask = {"to": ["city"], "skills": ["boat"], "channel": "phone", "time": "60 s"}
    data["procedures"]["relay"]["steps"].append({"ask_support": ask})
    assert told(data, "idle_teams") == []


def test_a_team_that_notices_the_incident_itself_is_not_idle() -> None:
    data = deepcopy(SOUND)
    data["teams"]["boats"] = BOATS
    data["incidents"]["i"]["noticed"]["boats"] = "0 s"
    assert told(data, "idle_teams") == []


def test_stocks_and_depots_that_somebody_asks_for_are_not_idle() -> None:
    data = deepcopy(SOUND)
    data["items"]["rope"] = {"unit": "piece"}
    data["depots"]["store"]["stock"]["rope"] = 5
    assert told(data, "idle_stocks") == ["nobody ever asks store for rope"]
    request = {"request": {"id": "r", "items": {"rope": 2}, "from": "store", "time": "60 s"}}
    data["procedures"]["relay"]["steps"].append(request)
    assert told(data, "idle_stocks") == []
    data["depots"]["store"]["superior"] = "city"
    assert told(data, "idle_depots") == []  # by its name
    data["procedures"]["relay"]["steps"].pop()
    assert told(data, "idle_depots") == ["nobody ever asks store for goods"]


def test_an_inject_that_waits_for_what_never_happens_never_comes() -> None:
    """The county never judges the grade, the city does; nobody ever sends it a notice."""
    data = deepcopy(SOUND)
    inject = data["injects"]["k"]
    del inject["at"]
    for on, to, never in (
        ({"event": "confirmed"}, "county", True),
        ({"event": "confirmed"}, "city", False),
        ({"event": "received", "kind": ["initial"]}, "city", False),
        ({"event": "received", "kind": ["notice"]}, "city", True),
        ({"event": "shift"}, "county", False),
    ):
        inject |= {"on": on, "to": to}
        assert len(told(data, "injects_in_vain")) == never, (on, to)
