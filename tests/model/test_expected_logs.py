"""Injects that hang on what another one should bring about: records worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler
from sim.model.simulate import run_world

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Any]
INCIDENTS = {
    "i": {"hazard": "fire", "place": "here", "at": "1 d", "course": [{"dead": 1}]},
    "j": {"hazard": "fire", "place": "here", "at": "1 d", "course": [{"dead": 1}]},
}


@pytest.fixture
def drill(scenario: Build) -> Callable[..., list[tuple]]:
    """Offices a and b record an inject for 90 s; then a sends a situation report, 10 s, to b."""

    def run(injects: dict[str, Any], a: str = "90 s") -> list[tuple]:
        office = {"role": "county_gov", "place": "here", "procedures": ["note"]}
        made = scenario(
            channels={"fax": {"kind": "fax", "time": "10 s"}},
            procedures={
                "note": {
                    "on": {"event": "inject", "kind": ["notice"]},
                    "steps": [{"record": {"time": "90 s"}}],
                },
                "tell": {
                    "on": {"event": "inject", "kind": ["order"]},
                    "steps": [
                        {"send": {"to": "superior", "report": "situation", "channel": "fax"}}
                    ],
                },
            },
            offices={
                "a": office
                | {"superior": "b", "procedures": ["note", "tell"], "times": {"note/record": a}},
                "b": office,
            },
            incidents=INCIDENTS,
            injects=injects,
        )
        return run_world(Plan(made), sampler(1, 0), 7200).rows

    return run


def notice(**more: Any) -> dict[str, Any]:
    return {"incident": "i", "to": "a", "kind": "notice"} | more


def put_in(rows: list[tuple]) -> list[tuple]:
    return [(r[TIME], r[OBJECT]) for r in rows if r[ACTIVITY] == "inject"]


@pytest.mark.parametrize(
    ("within", "then"), [("90 s", []), ("89 s", [(150, "again")]), ("1 s", [(62, "again")])]
)
def test_a_contingency_comes_in_the_second_after_the_time_allowed_unless_it_was_done(
    drill: Build, within: str, then: list[tuple]
) -> None:
    """Put in at 60 s, recorded at 150 s: in time at the very limit of 90 s, late by 89 s."""
    first = notice(at="60 s", expect={"does": "record", "within": within})
    rows = drill({"first": first, "again": notice(unless_done="first", to="b")})
    assert put_in(rows) == [(60, "first"), *then]
    for row in rows:
        if row[OBJECT] == "again":
            assert rows[row[CAUSE]][OBJECT] == "first"
            assert row[SPAN] == "planned"


@pytest.mark.parametrize(("within", "then"), [("90 s", [(151, "praise")]), ("89 s", [])])
def test_what_hangs_on_its_being_done_comes_at_the_same_instant_and_only_then(
    drill: Build, within: str, then: list[tuple]
) -> None:
    first = notice(at="60 s", expect={"does": "record", "within": within})
    rows = drill({"first": first, "praise": notice(if_done="first", to="b")})
    assert put_in(rows) == [(60, "first"), *then]
    for row in rows:
        if row[OBJECT] == "praise":
            cause = rows[row[CAUSE]]
            assert (cause[TIME], cause[ACTIVITY], cause[PHASE]) == (150, "record", "ended")


def test_a_contingency_waits_its_own_time_and_looks_at_its_guard_then(drill: Build) -> None:
    first = notice(at="60 s", fields={"dead": 2}, expect={"does": "record", "within": "30 s"})
    later = notice(unless_done="first", at="5 min")
    injects = {"first": first, "later": later, "never": later | {"when": {"dead": ">= 3"}}}
    assert put_in(drill(injects)) == [(60, "first"), (60 + 31 + 300, "later")]


def test_contingencies_follow_one_another(drill: Build) -> None:
    """Nobody sends: reminded at 0 + 61 s, and again at 61 + 31 s."""
    expect = {"does": "send", "within": "60 s"}
    injects = {
        "third": notice(unless_done="second"),
        "second": notice(unless_done="first", expect=expect | {"within": "30 s"}),
        "first": notice(at="0 s", expect=expect),
    }
    assert put_in(drill(injects)) == [(0, "first"), (61, "second"), (92, "third")]


def test_what_hangs_on_an_inject_that_never_comes_never_comes(drill: Build) -> None:
    first = notice(at="0 s", when={"dead": ">= 1"}, expect={"does": "send", "within": "60 s"})
    assert put_in(drill({"first": first, "second": notice(unless_done="first")})) == []


def test_all_who_are_expected_must_have_done_it_by_default_those_it_goes_to(drill: Build) -> None:
    """a records within 90 s, b (told at the same time) too; a alone is not enough for both."""
    expect = {"does": "record", "within": "90 s"}
    both = {"first": notice(at="0 s", to=["a", "b"], expect=expect)}
    again = {"again": notice(unless_done="first")}
    assert put_in(drill(both | again))[2:] == []
    assert put_in(drill(both | again, a="91 s"))[2:] == [(91, "again")]
    only_b = {"first": notice(at="0 s", to=["a", "b"], expect=expect | {"who": "b"})}
    assert put_in(drill(only_b | again, a="91 s"))[2:] == []


@pytest.mark.parametrize(
    ("expect", "done"),
    [
        ({"does": "send"}, True),
        ({"does": "send", "to": "superior"}, True),
        ({"does": "send", "to": "b", "kind": ["detailed", "situation"]}, True),
        ({"does": "send", "to": "a"}, False),
        ({"does": "send", "kind": ["detailed"]}, False),
        ({"does": "send", "who": "b"}, False),
        ({"does": "receive", "who": "b"}, True),
        ({"does": "draft"}, False),
    ],
)
def test_recipient_kind_and_who_tell_what_counts(
    drill: Build, expect: dict[str, Any], done: bool
) -> None:
    """On the order a sends a situation report to its superior b, 10 s by fax."""
    injects = {
        "first": notice(at="0 s", kind="order", expect=expect | {"within": "10 s"}),
        "again": notice(unless_done="first", to="b"),
    }
    assert put_in(drill(injects))[1:] == ([] if done else [(11, "again")])


def test_only_what_is_done_about_the_same_incident_counts(drill: Build) -> None:
    expect = {"does": "record", "within": "100 s"}
    other = notice(at="0 s", incident="j")
    injects = {
        "first": notice(at="0 s", kind="order", expect=expect),
        "other": other,
        "again": notice(unless_done="first", to="b"),
    }
    assert (101, "again") in put_in(drill(injects))
    injects["other"] = other | {"incident": "i"}
    assert (101, "again") not in put_in(drill(injects))


def test_what_was_done_before_the_inject_does_not_count(drill: Build) -> None:
    expect = {"does": "record", "within": "60 s"}
    injects = {
        "early": notice(at="0 s"),
        "first": notice(at="91 s", kind="order", expect=expect),
        "again": notice(unless_done="first", to="b"),
    }
    assert put_in(drill(injects)) == [(0, "early"), (91, "first"), (152, "again")]


@pytest.mark.parametrize(
    ("kind", "manned", "done"),
    [
        ("inspection", {}, True),
        ("inspection", {"leader": {"persons": 1, "on_call": "always"}}, False),  # he is at home
        ("comms_check", {}, True),
        ("comms_check", {"duty": {"persons": 1, "answers": 0.0}}, False),
    ],
)
def test_a_check_is_done_as_expected_only_where_all_is_in_order(
    scenario: Build, kind: str, manned: dict[str, Any], done: bool
) -> None:
    """Rows `inspection` with a reason, and `comms_check` with any but `answered`, do not count.

    The second check, of an office that is in order, does not mend it.
    """
    more = {"channel": "phone", "limit": "30 s"} if kind == "comms_check" else {}
    check = {"kind": kind, "to": ["a"], "incident": "i"} | more
    office = {"role": "county_gov", "place": "here", "duty": 1, "procedures": ["answer"]}
    made = scenario(
        channels={"phone": {"kind": "phone", "lines": 1, "ring": "20 s", "time": "1 s"}},
        procedures={"answer": {"on": "arrived", "steps": [{"answer": {"time": "5 s"}}]}},
        offices={"a": office | manned, "b": office},
        incidents=INCIDENTS,
        injects={
            "first": check | {"at": "60 s", "expect": {"does": kind, "within": "60 s"}},
            "second": check | {"at": "70 s", "to": ["b"]},
            "again": notice(unless_done="first", to="b"),
        },
    )
    rows = run_world(Plan(made), sampler(1, 0), 7200).rows
    assert any(row[ACTIVITY] == kind and row[ACTOR] == "a" for row in rows)
    assert ((121, "again") in put_in(rows)) is not done
