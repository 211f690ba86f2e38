"""Exercise control cuts a channel: records worked out by hand, and nothing is ever lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.model import Plan, sampler
from sim.model.simulate import run_world
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
PHONE = {"kind": "phone", "time": "60 s", "lines": 1}


def fire(**noticed: str) -> dict[str, Any]:
    return {"hazard": "fire", "place": "here", "course": [{"dead": 1}], "noticed": noticed}


@pytest.fixture
def cut(scenario: Build) -> Callable[..., list[tuple]]:
    """Office a reports to b at 0 s by phone, 60 s; `inject` is an outage of the phone."""

    def run(
        inject: dict[str, Any], phone: dict[str, Any] | None = None, **send: Any
    ) -> list[tuple]:
        step = {"to": "b", "channel": "phone"} | send
        office = {"role": "county_gov", "place": "here"}
        made = scenario(
            channels={"phone": PHONE | (phone or {}), "fax": {"kind": "fax", "time": "40 s"}},
            procedures={
                "alarm": {"on": "noticed", "steps": [{"send": step}]},
                "take": {"on": "arrived", "steps": [{"answer": {"time": "30 s"}}]},
            },
            offices={
                "a": office | {"procedures": ["alarm"]},
                "b": office | {"procedures": ["take"]},
                "c": office | {"procedures": ["take"]},
            },
            incidents={"i": fire(a="0 s")},
            injects={"cut": {"kind": "outage", "channel": "phone"} | inject},
        )
        return run_world(Plan(made), sampler(1, 0), 7200).rows

    return run


def told(rows: list[tuple]) -> list[tuple]:
    """(time, activity phase, actor, reason or recipient or object) without head and notice."""
    return [
        (
            r[TIME],
            f"{r[ACTIVITY]} {r[PHASE]}".strip(),
            r[ACTOR],
            (r[EXTRA] or {}).get("reason") or r[RECIPIENT] or r[OBJECT],
        )
        for r in rows
        if r[INCIDENT] == "i" or r[ACTIVITY] in ("inject", "outage", "restored")
    ][2:]


def test_an_outage_put_in_mid_send_cuts_it_and_the_fax_takes_over(cut: Callable) -> None:
    phone = {"fallback": "fax", "switch": "2 min"}
    rows = cut({"at": "20 s", "for": "10 min"}, phone)
    assert told(rows) == [
        (0, "send asked", "a", "b"),
        (0, "send started", "a", "b"),
        (20, "inject", "", "cut"),
        (20, "outage", "", ""),
        (20, "try_failed", "a", "outage"),
        (140, "wait ended", "a", ""),
        (180, "send ended", "a", "b"),
        (180, "answer asked", "b", ""),
        (180, "answer started", "b", "b/duty-1"),
        (210, "answer ended", "b", "b/duty-1"),
        (210, "receive", "b", ""),
        (210, "acknowledge", "b", "a"),
        (620, "restored", "", ""),
    ]
    outage = next(r for r in rows if r[ACTIVITY] == "outage")
    assert rows[outage[CAUSE]][ACTIVITY] == "inject"
    assert outage[EXTRA] == {"channel": "phone"}


def test_an_outage_on_condition_comes_when_it_happens_and_its_guard_holds(cut: Callable) -> None:
    """30 s after b has received of one dead, at 90 s; a guard for ten dead never holds."""
    inject = {"on": {"event": "received"}, "when": {"dead": ">= 1"}, "to": "b", "incident": "i"}
    inject |= {"at": "30 s", "for": "1 min"}
    assert [row for row in told(cut(inject)) if row[1] in ("inject", "outage", "restored")] == [
        (120, "inject", "", "b"),
        (120, "outage", "", ""),
        (180, "restored", "", ""),
    ]
    rows = cut(inject | {"when": {"dead": ">= 10"}})
    assert not [r for r in rows if r[ACTIVITY] in ("inject", "outage")]


@pytest.mark.parametrize("end", ["a", "b"])
def test_the_lines_of_one_office_are_cut_to_it_and_from_it(cut: Callable, end: str) -> None:
    rows = cut({"at": "20 s", "for": "10 min", "lines_of": [end]}, to=["b", "c"])
    met = [row for row in told(rows) if row[2] in ("a", "") or row[1] == "outage"]
    met = [row for row in met if row[1] != "restored"]
    reached = [(80, "send ended", "a", "c")]
    refused = [(20, "try_failed", "a", "outage"), (20, "given_up", "a", "c")]
    assert met == [
        (0, "send asked", "a", "b"),
        (0, "send started", "a", "b"),
        (20, "inject", "", "cut"),
        (20, "outage", end, ""),
        (20, "try_failed", "a", "outage"),
        (20, "given_up", "a", "b"),
        (20, "send asked", "a", "c"),
        (20, "send started", "a", "c"),
        *(reached if end == "b" else refused),
    ]


@pytest.mark.parametrize("lines", [None, 1])
def test_who_waits_for_the_lines_of_an_office_is_freed_by_their_return(
    cut: Callable, lines: int | None
) -> None:
    inject = {"at": "0 s", "for": "5 min", "lines_of": ["a"]}
    rows = cut(inject, {"during_outage": "wait", "lines": lines, "tries": 2, "pause": "10 s"})
    at = [row for row in told(rows) if row[2] == "a" and row[1] != "restored"]
    assert [row[:2] for row in at][-2:] == [(300, "wait ended"), (360, "send ended")]
    waited = next(r for r in rows if r[TIME] == 300 and r[ACTIVITY] == "wait")
    assert rows[waited[HELD]][:2] == (300, "restored")


def test_two_outages_at_once_are_over_with_the_longer_one(scenario: Build) -> None:
    made = scenario(
        channels={"phone": PHONE | {"outages": [{"from": "0 s", "for": "100 s"}]}},
        procedures={
            "alarm": {"on": "noticed", "steps": [{"send": {"to": "b", "channel": "phone"}}]}
        },
        offices={
            "a": {"role": "unit", "procedures": ["alarm"]},
            "b": {"role": "county_gov"},
        },
        incidents={"i": fire(a="150 s"), "j": fire(a="201 s")},
        injects={"cut": {"kind": "outage", "channel": "phone", "at": "50 s", "for": "150 s"}},
    )
    rows = run_world(Plan(made), sampler(1, 0), 7200).rows
    ends = [
        (r[TIME], r[INCIDENT], r[ACTIVITY]) for r in rows if r[ACTIVITY] in ("given_up", "receive")
    ]
    assert ends == [(150, "i", "given_up"), (261, "j", "receive")]


times = st.sampled_from(["0 s", "10 s", "59 s", "1 min", "61 s", "2 min", "5 min"])
cuts = st.fixed_dictionaries(
    {
        "kind": st.just("outage"),
        "channel": st.sampled_from(["phone", "radio"]),
        "at": times,
        "for": times,
        "lines_of": st.sampled_from([[], ["o0"], ["o1"], ["o0", "o2"]]),
    }
)
on_event = st.fixed_dictionaries(
    {
        "on": st.sampled_from([{"event": "received"}, {"event": "arrived"}]),
        "to": st.just("o1"),
        "incident": st.just("i0"),
    }
)


@st.composite
def houses(draw: st.DrawFn) -> dict[str, Any]:
    """Three offices always manned; reports and calls back by phone and radio, and outages."""
    phone = {
        "kind": "phone",
        "time": "1 min",
        "lines": draw(st.sampled_from([None, 1, 2])),
        "per": draw(st.sampled_from(["recipient", "all"])),
        "ring": draw(st.sampled_from([None, "30 s"])),
        "patience": draw(st.sampled_from([None, "0 s", "1 min"])),
        "tries": draw(st.integers(1, 3)),
        "pause": "30 s",
        "fallback": draw(st.sampled_from([None, "radio"])),
        "during_outage": draw(st.sampled_from(["fail", "wait"])),
    }
    radio = phone | {"kind": "radio", "fallback": None, "group": draw(st.booleans())}
    send = {"to": draw(st.sampled_from(["o1", ["o1", "o2"]])), "channel": "radio"}
    send |= draw(st.sampled_from([{}, {"confirm": "phone"}]))
    call = {"to": ["o1", "o2"], "channel": "phone"}
    steps = [{"verify": {"time": "1 min", "by_call": call}}, {"send": send | {"report": "initial"}}]
    office = {
        "role": "county_gov",
        "duty": draw(st.sampled_from([1, 2, {"persons": 1, "on_call": "always", "reach": "20 s"}])),
        "procedures": ["tell", "take"],
    }
    return {
        "yanlian": 1,
        "start": "2026-03-01T00:00+08:00",
        "horizon": "1 h",
        "places": {"here": {"at": [108.0, 24.0]}},
        "channels": {
            key: {name: value for name, value in channel.items() if value is not None}
            for key, channel in (("phone", phone), ("radio", radio))
        },
        "procedures": {
            "tell": {"on": "noticed", "steps": steps, "interruptible": draw(st.booleans())},
            "take": {"on": "arrived", "priority": 1, "steps": [{"answer": {"time": "20 s"}}]},
        },
        "offices": {f"o{k}": office for k in range(3)},
        "incidents": {f"i{k}": fire(**{f"o{k % 2}": draw(times)}) for k in range(3)},
        "injects": {
            f"cut{k}": one | (draw(on_event) if draw(st.booleans()) else {})
            for k, one in enumerate(draw(st.lists(cuts, min_size=1, max_size=4)))
        },
    }


@settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(houses())
def test_a_killed_channel_never_loses_an_officer_or_a_line(data: dict[str, Any]) -> None:
    """Every drill comes to its end within a day; then everybody and every line is free, and every
    message has exactly one fate, however often it was sent or told again to confirm it.
    """
    world = run_world(Plan(Scenario.model_validate(data)), sampler(3, 0), 86_400)
    assert not world.running
    for pool in world.pools.values():
        assert not any(member.busy for member in pool.members), pool.name
        assert not any(pool.head(member) for member in pool.members), pool.name
    for wire in world.wires.values():
        assert not wire.down
        assert not wire.users
        assert all(member.on_duty for member in wire.members)
    told = [(row[ACTIVITY], (row[EXTRA] or {}).get("message")) for row in world.rows]
    sent = {message for activity, message in told if activity == "send"}
    fates = Counter(m for activity, m in told if activity in ("receive", "lost", "given_up") and m)
    assert fates == dict.fromkeys(sent, 1)
