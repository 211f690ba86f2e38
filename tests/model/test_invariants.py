"""What must hold in the record of any drill, on random scenarios."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.log.schema import ROOTS, STANDING
from sim.model import Plan, sampler
from sim.model.simulate import run_world
from sim.scenario.scenario import Scenario
from sim.texts import vocabulary

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
SEEN: Counter[str] = Counter()
DRIVING = {"driving": {"at_most": "20 min", "rest": "10 min"}}
BREAKING = {
    "breakdown": {
        "after": {"exponential": {"mean": "30 min"}},
        "repair": {"exponential": {"mean": "10 min"}},
    }
}
ESCORTED = {"travel": {"escort": ["a"]}}
HURRIED = {"travel": {"escort": ["a"], "patience": "5 min"}}
JOURNEY = ("travel", "return", "blocked", "reroute", "turn_back", "breakdown", "rest")
STOPS = ("breakdown", "rest")
BEGUN = ("asked", "started", "interrupted", "resumed")
FINAL = ("receive", "lost", "refused", "given_up", "cancelled", "open")

durations = st.sampled_from(
    [
        "0 s",
        "1 s",
        "2 min",
        {"exponential": {"mean": "3 min"}},
        {"triangular": {"low": "0 s", "mode": "1 min", "high": "9 min"}},
        {"lognormal": {"median": "2 min", "p90": "10 min"}},
    ]
)
persons = st.one_of(
    st.integers(1, 3), st.fixed_dictionaries({"day": st.integers(0, 2), "night": st.integers(1, 2)})
)
windows = st.fixed_dictionaries(
    {
        "from": st.sampled_from(["0 s", "5 min", "12 min"]),
        "for": st.sampled_from(["0 s", "2 min", "1 h"]),
    }
)
FAILS = {"every": {"exponential": {"mean": "5 min"}}, "for": {"exponential": {"mean": "2 min"}}}
GARBLE = {"all": {"omit": 0.3, "mishear": 0.5, "round": 5}, "dead": {"mishear": 1.0}}
posts = st.fixed_dictionaries(
    {
        "persons": persons,
        "at_end": st.sampled_from(["finish", "hand_over", "pre_empt"]),
        "on_call": st.sampled_from(["always", "second", []]),
        "reach": durations,
        "fatigue": st.just({"after": "50 min", "factor": 1.3, "source": "assumed"}),
    }
)
staffing = st.one_of(persons, posts)
calendars = st.sampled_from(
    [
        {"day": "08:00-18:00", "night": "18:00-08:00"},
        {
            "day": {"hours": "08:00-18:00", "breaks": ["17:20-17:30"], "handover": "10 min"},
            "night": {"hours": "17:50-08:00", "breaks": ["01:00-01:30", "18:40-19:00"]},
        },
    ]
)
curve = {"0 min": 0.2, "5 min": 0.6, "40 min": 1}
musters = st.sampled_from(
    [
        {},
        {"minimum": 2, "muster": {"present": curve}},
        {"minimum": 3, "rest": {"after": "10 min", "for": "30 min"}},
        {"minimum": 4, "muster": {"present": {"0 min": 0.5, "9 min": 0.9}, "late": "stay"}},
        {"minimum": 1, "muster": {"present": curve}, "self_sufficient": "20 min"},
        {"minimum": 2, "self_sufficient": {"for": "25 min", "then": "return"}},
    ]
)
SHARED = {"posts": ["o0/duty", "o1/duty", "o1/leader"]}
TIRED = {
    "calendar": "c",
    "shifts": ["day"],
    "at_end": "hand_over",
    "fatigue": {"after": "1 h", "factor": 1.5, "source": "assumed"},
}
interrupted = st.sampled_from(["drop", "resume", "restart"])


CALL = {"to": ["sender", "o0", "o1"], "channel": "phone"}
asking = st.sampled_from(
    [
        {},
        {"by_call": CALL},
        {"by_visit": {"way": "5 min"}},
        {"by_call": CALL, "by_visit": {"way": "0 s", "time": "1 min"}, "by": "leader"},
    ]
)


@st.composite
def channels(draw: st.DrawFn) -> dict:
    """Two channels that are scarce, fail and fall back on each other."""
    made = {}
    for key, other in (("phone", "net"), ("net", "phone")):
        made[key] = {
            "kind": "phone",
            "time": draw(durations),
            "lines": draw(st.sampled_from([None, 1, 2])),
            "per": draw(st.sampled_from(["recipient", "all"])),
            "dropped": draw(st.sampled_from([0.0, 0.3, 1.0])),
            "patience": draw(st.sampled_from([None, "0 s", "1 min"])),
            "tries": draw(st.integers(1, 3)),
            "pause": draw(st.sampled_from(["0 s", "30 s"])),
            "fallback": draw(st.sampled_from([None, other])),
            "acknowledged": draw(st.booleans()),
            "give_up": draw(st.sampled_from([None, "0 s", "2 min"])),
            "switch": draw(st.sampled_from(["0 s", "1 min"])),
            "ring": draw(st.sampled_from([None, "0 s", "45 s"])),
            "group": draw(st.booleans()),
            "outages": draw(st.lists(windows, max_size=2)),
            "fails": draw(st.sampled_from([None, FAILS])),
            "during_outage": draw(st.sampled_from(["fail", "wait"])),
            "garble": draw(st.sampled_from([{}, GARBLE])),
        }
        made[key] = {name: value for name, value in made[key].items() if value is not None}
    return made


def office_steps(draw: st.DrawFn) -> list:
    """Steps of an office that end with sending on."""
    steps: list = []
    for kind in draw(
        st.lists(st.sampled_from(["record", "verify", "grade"]), max_size=3, unique=True)
    ):
        steps.append({kind: {"time": draw(durations), "interrupted": draw(interrupted)}})
    steps.append({"verify": {"id": "ask", "time": draw(durations)} | draw(asking)})
    steps.append(
        {
            "draft": {
                "time": draw(durations),
                "report": draw(st.sampled_from(["initial", "detailed"])),
            }
        }
    )
    if draw(st.booleans()):
        steps.append({"sign": {"by": "leader", "time": draw(durations)}})
    sends = [
        {"send": {"id": f"to-{to}", "to": to, "channel": "phone"}}
        for to in ("superior", "department")
    ]
    for send in sends:
        send["send"] |= draw(
            st.sampled_from([{}, {}, {"await_ack": "3 min", "tries": 3}, {"await_ack": "0 s"}])
        )
    if draw(st.booleans()):
        sends[0]["send"]["to"] = ["superior", "department"]
    if draw(st.booleans()):
        until = draw(st.sampled_from(["all", "first"]))
        steps.append({"parallel": {"branches": {"a": sends[:1], "b": sends[1:]}, "until": until}})
    else:
        steps += sends
    if draw(st.booleans()):
        again = [{"wait": {"time": "20 min"}}, {"verify": {"id": "again", "time": draw(durations)}}]
        steps.append({"repeat": {"times": 2, "until": {"dead": ">= 3"}, "steps": again}})
    return steps


def warning_steps(draw: st.DrawFn, size: int) -> list:
    """Consult every office, then make, review, sign and publish a warning, and tell o0."""
    consult: dict = {"with": [f"o{k}" for k in range(size)], "time": draw(durations)}
    if draw(st.booleans()):
        consult["patience"] = draw(st.sampled_from(["0 s", "5 min"]))
    reach = {"sms": {"share": 0.5, "within": "10 min"}, "web": {"share": 1, "within": "0 s"}}
    return [
        {"consult": consult},
        {"draft": {"report": "warning", "time": draw(durations)}},
        {"review": {"time": draw(durations)}},
        {"sign": {"by": "leader", "time": draw(durations)}},
        {"publish": {"time": draw(durations), "reach": reach, "public": 100, "at": ["3 h"]}},
        {"send": {"to": "o0", "channel": "net"}},
    ]


ROADS = ("p0-p1", "p1-p2", "p2-p3", "p3-p0", "p0-p2")


@st.composite
def roads(draw: st.DrawFn) -> dict:
    """No links, or a ring with one way across, closures planned and at random."""
    if draw(st.booleans()):
        return {"links": {}}
    links = {}
    for key in ROADS:
        start, end = key.split("-")
        link = {"from": start, "to": end, "length": f"{draw(st.integers(5, 40))} km"}
        link |= {"one_way": draw(st.integers(0, 5)) == 0}
        links[key] = link | draw(st.sampled_from([{}, {"class": "primary"}]))
    planned = st.fixed_dictionaries(
        {
            "links": st.lists(st.sampled_from(ROADS), min_size=1, max_size=4, unique=True),
            "from": st.sampled_from(["0 s", "25 min", "40 min", "1 h"]),
            "lasts": st.sampled_from(["0 s", "10 min", "50 min"]),
            "factor": st.sampled_from([0, 0, 0.3]),
        }
    )
    gaps = {"exponential": {"mean": "8 min"}}
    fails = {"links": list(ROADS), "every": gaps, "lasts": gaps, "each": True, "reason": "damage"}
    closures = {f"c{k}": c for k, c in enumerate(draw(st.lists(planned, max_size=3)))}
    closures |= draw(st.sampled_from([{}, {"fails": fails}]))
    closures |= {"flood": {"links": ["p3-p0"], "incident": "i0", "from": "20 min"}}
    closures |= {"put-in": {"links": ["p0-p2", "p0-p1"], "lasts": "30 min"}}
    return {"links": links, "closures": closures}


@st.composite
def tasks(draw: st.DrawFn) -> dict:
    """A task that needs both teams, and one after it at another place that grows."""
    both: dict = {"needs": {"a": 1, "b": 1}, "duration": draw(durations)}
    if draw(st.booleans()):
        both["minimum"] = {"a": 1}
    growth = {"every": "7 min", "by": 0.5, "up_to": 3, "worsens": {"dead": 1, "injured": -1}}
    more = {
        "needs": {"a": 2},
        "minimum": {"a": 1},
        "duration": draw(durations),
        "place": draw(st.sampled_from(["p2", "p3"])),
    }
    return {"both": both, "more": more | {"after": ["both"], "growth": growth}}


@st.composite
def plans(draw: st.DrawFn) -> dict:
    """Nobody bound by a plan, or authority by role and by name; the lowest office is told."""
    levels = {"I": ["region_gov", "o2"], "II": ["city_gov"], "III": ["county_gov", "o0"]}
    levels["IV"] = ["unit"]
    return {
        "general-plan": {
            "levels": draw(st.sampled_from([levels, {}])),
            "bodies": ["o0"],
            "groups": {"press": "II", "rescue": "IV"},
        }
    }


def response_steps(draw: st.DrawFn) -> dict:
    """Procedures that raise, lower, ask for, follow, end and assess a response."""
    time, asked = {"time": draw(durations)}, {"level": "asked"}
    return {
        "adjust": {
            "on": "confirmed",
            "when": {"level": ">= IV"},
            "steps": [{"activate": time}, {"notify": {"channel": "net"}}],
        },
        "decide": {
            "on": {"event": "received", "kind": ["activation_request"]},
            "steps": [
                {"activate": time | asked | {"granted": draw(st.sampled_from([0.0, 0.0, 1.0]))}},
                {"send": {"to": "sender", "report": "notice", "channel": "net"}},
            ],
        },
        "follow": {
            "on": {"event": "received", "kind": ["notice"]},
            "when": {"allowed": ">= IV"},
            "steps": [{"activate": time | asked}, {"stand_up": time | {"plan": "general-plan"}}],
        },
        "end": {
            "on": "activated",
            "steps": [
                {"wait": {"time": "20 min"}},
                {"terminate": time},
                {"send": {"to": "superior", "report": "assessment", "channel": "net"}},
            ],
        },
    }


@st.composite
def scenarios(draw: st.DrawFn) -> dict:
    """A chain of two to four offices with everything else in small numbers."""
    size = draw(st.integers(2, 4))
    offices = {
        f"o{k}": {
            "role": ["unit", "county_gov", "city_gov", "region_gov"][k],
            "place": "p0",
            "superior": f"o{k + 1}" if k + 1 < size else None,
            "department": draw(st.sampled_from([None, f"o{size - 1}"])) if k + 1 < size else None,
            "calendar": "c",
            "duty": draw(staffing),
            "leader": draw(staffing),
            "procedures": [
                *("alarm", "answer", "relay", "respond", "calls", "ask", "warn", "press"),
                *("post", "ask-teams", "support"),
                *("adjust", "decide", "follow", "end"),
            ],
        }
        for k in range(size)
    }
    relay = office_steps(draw)
    procedures = {
        "alarm": {
            "on": "noticed",
            "interruptible": draw(st.booleans()),
            "steps": office_steps(draw),
        },
        "answer": {
            "on": "arrived",
            "priority": 1,
            "hold": draw(st.sampled_from(["step", "procedure"])),
            "steps": [{"answer": {"time": draw(durations)}}],
        },
        "relay": {
            "on": {"event": "received", "first": draw(st.booleans())},
            "hold": "step" if any("parallel" in s for s in relay) else "procedure",
            "steps": relay,
        },
        "respond": {
            "on": {"event": "confirmed", "first": True},
            "when": {"grade": ">= IV"},
            "steps": [
                {
                    "activate": {
                        "time": draw(durations),
                        "by": "leader",
                        "else": [
                            {
                                "send": {
                                    "to": "superior",
                                    "report": "activation_request",
                                    "channel": "net",
                                }
                            }
                        ],
                    }
                },
                draw(
                    st.sampled_from(
                        [
                            {
                                "dispatch": {
                                    "skills": ["a"],
                                    "number": 2,
                                    "time": "1 s",
                                    "patience": "1 h",
                                }
                            },
                            {"dispatch": {"task": "both", "time": "1 s"}},
                            {"dispatch": {"task": "both", "skills": ["a"], "time": "1 s"}},
                        ]
                    )
                ),
                {
                    "command": {
                        "time": draw(durations),
                        "post": draw(st.sampled_from(["duty", "leader"])),
                    }
                },
                {"dispatch": {"id": "b", "skills": ["b"], "time": draw(durations)}},
            ],
        },
        "ask": {
            "on": {"event": "activated", "first": True},
            "steps": [
                {"request": {"items": {"x": 7, "y": 30}, "from": "d", "time": draw(durations)}},
                {
                    "request": {
                        "id": "more",
                        "items": {"x": 9},
                        "from": "d",
                        "time": draw(durations),
                    }
                },
                {
                    "wait_for": {
                        "event": "received",
                        "timeout": "1 h",
                        "else": [{"wait": {"time": "5 min"}}],
                    }
                },
            ],
        },
        "warn": {
            "on": {"event": "received", "kind": ["signal"]},
            "priority": draw(st.integers(1, 5)),
            "hold": draw(st.sampled_from(["step", "procedure"])),
            "steps": warning_steps(draw, size),
        },
        "press": {
            "on": {"event": "activated", "first": True},
            "when": {"level": ">= II"},
            "steps": [
                {"stand_up": {"time": draw(durations), "by": "leader"}},
                {"publish": {"report": "bulletin", "time": draw(durations)}},
            ],
        },
        "small": {
            "on": "called",
            "steps": [{"dispatch": {"skills": ["a"], "time": draw(durations)}}],
        },
        "post": {
            "on": {"event": "noticed", "first": True},
            "steps": [
                {
                    "dispatch": {
                        "id": "post",
                        "skills": ["b"],
                        "purpose": "standby",
                        "to": "p2",
                        "time": draw(durations),
                    }
                    | draw(st.sampled_from([{}, {"for": "20 min"}]))
                },
                {"wait": {"time": "50 min"}},
                {"dispatch": {"id": "home", "purpose": "release", "time": draw(durations)}},
            ],
        },
        "ask-teams": {
            "on": {"event": "confirmed", "first": True},
            "steps": [
                {
                    "ask_support": {
                        "to": ["superior", "neighbours", "o0"],
                        "skills": ["a"],
                        "number": 2,
                        "channel": "phone",
                        "time": draw(durations),
                        "patience": draw(st.sampled_from(["0 s", "10 min"])),
                        "else": [{"record": {"id": "too-few", "time": "1 s"}}],
                    }
                }
            ],
        },
        "support": {
            "on": {"event": "received", "kind": ["support_request"]},
            "steps": [
                {"dispatch": {"as_asked": True, "time": draw(durations)}},
                {"send": {"to": "sender", "channel": "phone"}},
            ],
        },
        **response_steps(draw),
        "calls": {
            "on": "called",
            "interruptible": True,
            "priority": 8,
            "steps": [
                {
                    "serve": {
                        "time": draw(st.one_of(st.just("9 min"), durations)),
                        "patience": draw(durations),
                        "interrupted": draw(interrupted),
                    }
                }
            ],
        },
        "team-response": {
            "on": "ordered",
            "steps": [
                {"alert": {"time": draw(durations)}},
                {"muster": {"time": draw(durations)}},
                "travel",
                draw(st.sampled_from([{"work": {"time": draw(durations)}}, "work"])),
                {"work": {"id": "then", "task": "more", "at_most": "9 min"}},
                "return",
            ],
        },
        "issue-stock": {
            "on": "requested",
            "steps": [
                {"approve": {"by": "superior.leader", "time": draw(durations)}},
                {"pick": {"time": draw(durations)}},
                {"load": {"time": draw(durations), "together": draw(st.booleans())}},
            ],
        },
        "deliver-load": {
            "on": "loaded",
            "steps": [
                draw(st.sampled_from(["travel", ESCORTED, HURRIED])),
                {"unload": {"time": draw(durations)}},
                {"hand_over": {"time": draw(durations)}},
                "return",
            ],
        },
    }
    course = [
        {"after": "0 s", "injured": 3},
        {"after": "10 min", "dead": draw(st.sampled_from([0, 3, 12]))},
        {"after": "50 min", "dead": 13},
    ]
    team = {"base": "p1", "strength": 5}
    network = draw(roads())
    return {
        "yanlian": 1,
        "start": draw(st.sampled_from(["2026-03-01T17:00+08:00", "2026-03-01T00:00+08:00"])),
        "horizon": "3 h",
        "places": {
            "p0": {"at": [108.0, 24.0]},
            "p1": {"at": [108.3, 24.1]},
            "p2": {"at": [108.1, 24.2]},
            "p3": {"at": [108.2, 24.0]},
        },
        **network,
        "calendars": {"c": {"shifts": draw(calendars)}},
        "people": draw(st.sampled_from([{}, {"shared": SHARED}, {"shared": SHARED | TIRED}])),
        "offices": {k: {n: v for n, v in o.items() if v is not None} for k, o in offices.items()},
        "channels": draw(channels()),
        "procedures": procedures,
        "plans": draw(plans()),
        "policies": {
            "dispatch": draw(
                st.sampled_from(["nearest", "listed", "fewest_spare_skills", "reserve"])
            ),
            "preference": draw(st.sampled_from([{}, {"p2": ["t2"], "o0": ["t3", "t1"]}])),
            "reserve": {"skills": {"a": 1}, "open_to": 3},
            "relief": draw(st.sampled_from([None, {"after": "1 min"}])),
            "redirect": draw(st.sampled_from(["never", "none_idle", "nearer"])),
            "travel": {
                "on_closure": draw(st.sampled_from(["finish", "turn_back"])),
                "hours": {"primary": {"17:30-18:10": 0.5, "00:20-01:00": 0.25}},
            },
        },
        "teams": {
            "t1": team | {"skills": ["a"], "superior": "o0"} | draw(musters),
            "t2": team
            | {"skills": ["a", "b"], "superior": "o0", "calendar": "c", "shifts": ["day"]}
            | {"shares": {"t1": 2}}
            | draw(musters),
            "t3": team | {"skills": ["a"], "superior": f"o{size - 1}"},
        },
        "items": {
            "x": {"unit": "piece", "weight": "400 kg"},
            "y": {"unit": "piece", "weight": "1 kg"},
        },
        "depots": {
            "d": {
                "place": "p2",
                "superior": "o0",
                "stock": {"x": draw(st.integers(0, 20)), "y": 25},
                "docks": draw(st.integers(1, 2)),
            }
        },
        "vehicles": {
            "v": {"depot": "d", "number": draw(st.integers(1, 3)), "capacity": "1 t"}
            | draw(st.sampled_from([{}, DRIVING, BREAKING, DRIVING | BREAKING])),
            "h": {"depot": "d", "capacity": "2 t", "fee": 100, "hire": 20}
            | {"whose": draw(st.sampled_from(["hired", "military"])), "call_up": draw(durations)},
        },
        "incidents": {
            f"i{k}": {
                "hazard": "fire",
                "place": "p0",
                "at": f"{5 * k} min",
                "course": course,
                "noticed": {"o0": draw(durations)} | draw(st.sampled_from([{}, {"t1": "3 min"}])),
                "tasks": draw(tasks()),
            }
            for k in range(draw(st.integers(1, 2)))
        }
        | {"feared": {"hazard": "flood", "place": "p0", "occurs": False}},
        "injects": {
            "n1": {
                "at": "15 min",
                "incident": "i0",
                "to": f"o{size - 1}",
                "fields": {"injured": 4},
            },
            "n2": {
                "on": {"event": "confirmed"},
                "incident": "i0",
                "to": "o1",
                "when": {"injured": ">= 1"},
            },
            "n3": {
                "at": draw(st.sampled_from(["0 s", "6 min", "40 min"])),
                "kind": "comms_check",
                "incident": "i0",
                "to": ["o1", "o0"],
                "channel": "phone",
                "limit": draw(st.sampled_from(["0 s", "30 s", "10 h"])),
            },
            "s1": {
                "at": "12 min",
                "incident": draw(st.sampled_from(["feared", "i0"])),
                "to": [f"o{size - 1}", "o0"],
                "kind": "signal",
                "warning": "orange",
            },
            "roll": {
                "at": draw(st.sampled_from(["13 min", "60 min"])),
                "to": [f"o{k}" for k in range(size)],
                "kind": "roll_call",
                "time": draw(durations),
                "limit": draw(st.sampled_from(["0 s", "1 min"])),
            },
            "look": {"at": "70 min", "to": "o0", "kind": "inspection"},
            **(
                {"shut": {"at": "30 min", "to": "o0", "kind": "closure", "closure": "put-in"}}
                if network["links"]
                else {}
            ),
        },
        "background": {
            "b": {"to": "o1", "gap": {"exponential": {"mean": "10 min"}}, "procedure": "calls"},
            "small": {
                "to": "o0",
                "gap": {"exponential": {"mean": "12 min"}},
                "procedure": "small",
                "places": {"p1": 1, "p2": 3},
                "priority": draw(st.sampled_from([1, 7])),
            },
        },
    }


@settings(
    max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(scenarios(), st.integers(0, 3))
def test_records_of_random_drills_keep_the_invariants(data: dict, replication: int) -> None:
    scenario = Scenario.model_validate(data)
    world = run_world(Plan(scenario), sampler(7, replication), 4 * 3600)
    rows = world.rows
    SEEN.update(row[ACTIVITY] for row in rows)
    SEEN.update(row[PHASE] for row in rows if row[PHASE] in BEGUN)
    SEEN.update(f"{row[1]} {(row[EXTRA] or {}).get('reason', '')}" for row in rows)
    times = [row[TIME] for row in rows]
    assert times == sorted(times), "time went back"
    causes_form_a_forest(rows)
    spans_account_for_the_time(rows)
    nobody_is_in_two_places(rows)
    every_step_has_one_end(rows)
    interruptions_are_taken_up(rows)
    orders_have_one_fate(scenario, rows)
    shared_persons_are_out_with_one_team(rows)
    messages_have_one_fate(rows)
    every_call_is_answered_or_missed(rows)
    consultations_hold_all_until_the_last(rows)
    the_public_is_reached_once(rows)
    every_task_is_done_once_or_open(rows)
    one_commands_at_a_time(rows)
    plans_are_carried_out_in_order(scenario, rows)
    stock_is_conserved(world)
    everybody_travels_on_open_links(scenario, rows)


def causes_form_a_forest(rows: list) -> None:
    for k, row in enumerate(rows):
        if row[CAUSE] is None:
            assert row[ACTIVITY] in ROOTS + STANDING, row
        else:
            assert row[CAUSE] < k, row
            assert row[ACTIVITY] not in STANDING, row


def spans_account_for_the_time(rows: list) -> None:
    words = vocabulary("span")
    for row in rows:
        if row[CAUSE] is None:
            continue
        since = row[TIME] - rows[row[CAUSE]][TIME]
        assert since >= 0
        assert not since or row[SPAN] in words, f"{since} s without a span: {row}"
        if row[HELD] is not None:
            assert rows[row[HELD]][TIME] == row[TIME], "granted later than freed"
            assert row[SPAN].startswith("waiting") or row[SPAN] == "blocked_road", row


def nobody_is_in_two_places(rows: list) -> None:
    busy: dict[str, int] = {}
    for k, row in enumerate(rows):
        who = row[OBJECT]
        if (
            "/duty" not in who
            and "/leader" not in who
            and "/crew" not in who
            and who not in ("t1", "t2", "t3", "shared")
        ):
            continue
        if row[PHASE] in ("started", "resumed") and row[ACTIVITY] != "wait":
            assert who not in busy, f"{who} is busy since row {busy[who]}: {row}"
            busy[who] = k
        elif row[ACTIVITY] in ("given_up", "cut_off") or (
            row[PHASE] in ("ended", "interrupted") and row[ACTIVITY] != "wait"
        ):
            del busy[who]
    out: set[str] = set()
    wishes = (row for row in rows if row[1:3] == ("order", "asked"))
    standing = {row[OBJECT] for row in wishes if row[EXTRA].get("note") == "standby"}
    for row in rows:
        if row[ACTIVITY] == "order" and row[PHASE] == "ended":
            assert row[RECIPIENT] not in out, f"{row[RECIPIENT]} is out already: {row}"
            out.add(row[RECIPIENT])
        if row[ACTIVITY] == "order" and row[PHASE] == "interrupted":
            out.remove(row[RECIPIENT])
        if row[1:3] in (("return", "ended"), ("refused", "")):
            out.discard(row[ACTOR])
        if row[ACTIVITY] == "arrive" and row[OBJECT] in standing:
            out.discard(row[ACTOR])
    vehicles: set[str] = set()
    hired: dict[str, str] = {}
    for row in rows:
        if row[1:3] in (("hire", "started"), ("load", "asked")):
            one = row[EXTRA]["vehicle"]
            assert one not in vehicles or hired[one] == row[OBJECT], row
            vehicles.add(one)
            hired[one] = row[OBJECT] if row[ACTIVITY] == "hire" else ""
        if row[1:3] == ("return", "ended") and row[ACTOR] == "d":
            vehicles -= {*row[EXTRA]["vehicle"].split()}


def shared_persons_are_out_with_one_team(rows: list) -> None:
    """Five persons each, two of them the same: never more than eight are away at once."""
    away: dict[str, int] = Counter()
    order: dict[str, str] = {}
    following: dict[str, int] = Counter()
    for row in rows:
        team, trip, what = row[ACTOR], row[OBJECT], row[1:3]
        if what == ("order", "ended") and row[RECIPIENT] in order:  # sent on, and who follows too
            team = row[RECIPIENT]
            following[team, trip] = following.pop((team, order[team]), 0)
            order[team] = trip
        if team not in ("t1", "t2"):
            continue  # shares nobody
        if what == ("depart", ""):
            order[team], away[team] = trip, away[team] + row[EXTRA]["persons"]
        elif what == ("follow", "started"):
            away[team] += row[EXTRA]["persons"]
            following[team, trip] = row[EXTRA]["persons"]
        elif what == ("follow", "ended"):
            late = following.pop((team, trip))
            if order.get(team) != trip:
                away[team] -= late
        elif what == ("return", "ended") and team in order:
            del order[team]
            away[team] = following[team, trip]
        assert sum(away.values()) <= 8, f"more are out than there are: {row}"
        assert away[team] <= 5 or team not in ("t1", "t2"), row


def interruptions_are_taken_up(rows: list) -> None:
    """Interrupted work is resumed, dropped or open, perhaps after somebody was rung up."""
    follows = {row[CAUSE]: row for row in rows if row[CAUSE] is not None}
    for k, row in enumerate(rows):
        if row[PHASE] == "interrupted" and row[ACTIVITY] not in ("task", "order"):
            after = follows[k]
            assert after[PHASE] == "resumed" or after[ACTIVITY] in ("cancelled", "wait", "open")
            if row[ACTIVITY] != "work":
                assert row[EXTRA]["reason"] in ("urgent", "off_shift"), row
        if row[PHASE] == "resumed" and row[ACTIVITY] != "task":
            after = follows[k]
            calls = row[ACTIVITY] in ("send", "verify")
            phoning = ("wait", "try_failed", "given_up", "answer", "rang_out") if calls else ()
            assert after[PHASE] in ("interrupted", "ended") or after[ACTIVITY] in ("open", *phoning)


def every_step_has_one_end(rows: list) -> None:
    caused = Counter(row[CAUSE] for row in rows)
    for k, row in enumerate(rows):
        if row[PHASE] in BEGUN and row[ACTIVITY] not in ("wait", "task"):
            assert caused[k] >= 1, f"nothing follows {row}"


BETWEEN = ("asked", "interrupted", "declined")
"""What is never the last of an order."""


def orders_have_one_fate(scenario: Scenario, rows: list) -> None:
    """Asked, then given to one team that can do it, refused or given up; else open at the end.

    An order that loses its team to a more urgent one, or whose team is too few, asks again at once.
    """
    follows = {
        "": {"asked"},
        "asked": {"ended", "refused", "given_up", "cancelled", "open"},
        "ended": {"interrupted", "declined", "came", "open"},
        "interrupted": {"asked"},
        "declined": {"asked"},
        "came": {"came", "interrupted", "open"},  # it may go on to another place
        "open": {"open"},  # the team, and those who come after it
    }
    state: dict[str, str] = {}
    skills: dict[str, set[str]] = {}
    for row in rows:
        order = row[OBJECT]
        if "/order" not in order or row[ACTIVITY] not in ("order", *FINAL, "arrive"):
            continue
        if row[ACTIVITY] == "cancelled" and "persons" in row[EXTRA]:
            continue  # not the order: those who would have come after the team
        now = {"order": row[PHASE], "arrive": "came"}.get(row[ACTIVITY], row[ACTIVITY])
        if now == "refused" and row[EXTRA]["reason"] == "short_of_strength":
            now = "declined"
        before = state.get(order, "")
        assert now in follows.get(before, ()), f"{now} after {before or 'nothing'}: {row}"
        state[order] = now
        if now == "asked":
            skills[order] = set(row[EXTRA]["reason"].split())
        if now == "ended":
            assert skills[order] <= set(scenario.teams[row[RECIPIENT]].skills), row
    assert not {order for order, last in state.items() if last in BETWEEN}


def every_task_is_done_once_or_open(rows: list) -> None:
    ends: Counter[tuple[str, str]] = Counter()
    at_work: set[str] = set()
    for row in rows:
        key = (row[INCIDENT], (row[EXTRA] or {}).get("task", ""))
        if row[ACTIVITY] == "task":
            assert not ends[key], f"after its end: {row}"
            if row[PHASE] in ("started", "resumed"):
                assert key[1] != "more" or ends[row[INCIDENT], "both"], "not its turn"
        if row[ACTIVITY] in ("task", "open") and row[PHASE] in ("ended", ""):
            ends[key] += 1 if key[1] else 0
        if row[ACTIVITY] == "work" and row[PHASE] in ("started", "resumed"):
            at_work.add(row[ACTOR])
        if row[ACTIVITY] == "work" and row[PHASE] in ("ended", "interrupted"):
            at_work.remove(row[ACTOR])
        if row[ACTIVITY] in ("travel", "return"):
            assert row[ACTOR] not in at_work, row
    incidents = {row[INCIDENT] for row in rows if row[ACTIVITY] == "occur"}
    wanted = {(incident, task) for incident in incidents for task in ("both", "more")}
    assert {key: n for key, n in ends.items() if n} == dict.fromkeys(wanted, 1)


def one_commands_at_a_time(rows: list) -> None:
    """Who commands took it from the one before, who is below him; nobody is passed over."""
    holder: dict[str, str] = {}
    for row in rows:
        if row[1:3] == ("command", ""):
            assert row[RECIPIENT] == holder.get(row[INCIDENT], "")
            assert row[RECIPIENT] < row[ACTOR], "o0 is below o1, o1 below o2"
            holder[row[INCIDENT]] = row[ACTOR]


def plans_are_carried_out_in_order(scenario: Scenario, rows: list) -> None:
    """Respond, activate (again at another level), execute once, terminate; by who may."""
    plan = scenario.plans["general-plan"]
    stands: dict[tuple, list[str]] = {}
    levels: dict[tuple, str] = {}
    allowed: dict[tuple, str] = {}
    for row in rows:
        ledger, activity = (row[ACTOR], row[INCIDENT]), row[ACTIVITY]
        past = stands.setdefault(ledger, [])
        if activity == "receive" and row[EXTRA]["kind"] == "notice":
            sender = row[EXTRA]["report"].split("/")[1]
            if sender == scenario.offices[row[ACTOR]].superior:
                allowed[ledger] = row[EXTRA].get("level", "")
        if row[PHASE] or activity not in ("respond", "activate", "execute", "terminate"):
            continue
        if activity == "respond":
            assert not past
        elif activity == "activate":
            level, role = row[EXTRA]["level"], scenario.offices[row[ACTOR]].role
            assert past[:1] == ["respond"]
            assert level != levels.get(ledger)
            named = {row[ACTOR], role} & set(plan.levels.get(level, ()))
            assert not plan.levels or named or allowed.get(ledger) == level
            levels[ledger] = level
        else:
            assert "activate" in past
            assert activity not in past
        past.append(activity)
        if activity == "terminate":
            past.clear()
            del levels[ledger]


def messages_have_one_fate(rows: list) -> None:
    sent = {
        row[EXTRA]["message"] for row in rows if row[ACTIVITY] == "send" and row[PHASE] == "asked"
    }
    final = Counter(
        row[EXTRA]["message"]
        for row in rows
        if row[ACTIVITY] in FINAL and row[EXTRA] and "message" in row[EXTRA]
    )
    injected = {m for m in final if m.startswith("inject/")}
    assert set(final) - injected == sent
    assert set(final.values()) <= {1}
    acknowledged = Counter(row[EXTRA]["message"] for row in rows if row[ACTIVITY] == "acknowledge")
    assert set(acknowledged.values()) <= {1}


def of_a_call(row: tuple) -> bool:
    """A roll call or a try of it that failed; tries to send fail for other reasons."""
    tried = row[ACTIVITY] == "try_failed" and row[EXTRA]["reason"] in ("officer_busy", "nobody")
    return row[ACTIVITY] == "roll_call" or tried


def every_call_is_answered_or_missed(rows: list) -> None:
    asked = {row[ACTOR] for row in rows if row[ACTIVITY] == "roll_call" and row[PHASE] == "asked"}
    ends = Counter(
        row[ACTOR]
        for row in rows
        if row[ACTIVITY] in ("answered", "missed")
        or (row[ACTIVITY] == "open" and of_a_call(rows[row[CAUSE]]))
    )
    assert ends.keys() == asked
    assert set(ends.values()) <= {1}


def consultations_hold_all_until_the_last(rows: list) -> None:
    """Who ends a consultation was there before; all of one consultation end together."""
    ends: dict[int, set[int]] = {}
    for row in rows:
        if row[1:3] != ("consult", "ended"):
            continue
        k = row[CAUSE]
        while rows[k][1:3] != ("consult", "asked"):
            k = rows[k][CAUSE]
        ends.setdefault(k, set()).add(row[TIME])
    assert all(len(times) == 1 for times in ends.values())


def the_public_is_reached_once(rows: list) -> None:
    """Together never more than all, and never less than before."""
    before: dict[str, float] = {}
    for row in rows:
        if row[ACTIVITY] == "reach" and "channel" not in row[EXTRA]:
            share = row[EXTRA]["share"]
            assert before.get(row[EXTRA]["report"], 0.0) <= share <= 1.0
            assert row[EXTRA]["persons"] == int(100 * share + 0.5)
            before[row[EXTRA]["report"]] = share


def stock_is_conserved(world: object) -> None:
    """What was there is on the shelf or was picked; no more is handed over than was loaded."""
    amounts: dict[tuple[str, str], int] = Counter()
    for row in world.rows:
        if row[EXTRA] and "item" in row[EXTRA] and not row[PHASE]:
            amounts[row[ACTIVITY], row[EXTRA]["item"]] += row[EXTRA]["quantity"]
    for item in ("x", "y"):
        picked = amounts["picked", item] - amounts["put_back", item]
        shelf = world.shelves["d"].get(item)
        left = shelf.in_fact() if shelf else 0
        assert amounts["stock_true", item] == left + picked
        assert picked >= amounts["loaded", item] >= amounts["hand_over", item]
        assert shelf is None or 0 <= shelf.reserved <= shelf.record == left


def everybody_travels_on_open_links(scenario: Scenario, rows: list) -> None:
    """Walk every journey of the record again, link by link, by the rule and by hand.

    Each link is open when it is entered and takes the time that it has then; so the journey is
    at the end of its `way` when its row says so, or on the link after it where it turns back.
    """
    for k, row in enumerate(rows):
        if row[ACTIVITY] in JOURNEY and "way" in (row[EXTRA] or {}):
            end, _ = left_at(scenario, rows, row)
            on_link = row[ACTIVITY] in ("turn_back", *STOPS)
            assert end <= row[TIME] if on_link else end == row[TIME], (k, row)


def told_before(rows: list, row: tuple) -> tuple:
    """Return what a journey told before: the row's cause, or that it was diverted.

    Rows of those who follow their team say how many they are.
    """
    cause = rows[row[CAUSE]]
    if cause[ACTIVITY] != "order":
        return cause
    upto = next(k for k, other in enumerate(rows) if other is row)
    return next(
        other
        for other in reversed(rows[:upto])
        if (other[ACTIVITY], other[ACTOR]) == ("divert", row[ACTOR])
        and ("persons" in other[EXTRA]) == ("persons" in row[EXTRA])
    )


def leaves(scenario: Scenario, rows: list, row: tuple) -> tuple[int, int]:
    """Return when the last place passed before a row is left, and how long it stood since then.

    Who turns back leaves it when it is back there; who is diverted between two places has left
    it already, unless it stood there; and so has who stops between two places.
    """
    if row[ACTIVITY] in STOPS:
        begun = stop_began(rows, row)
        at, stood = left_at(scenario, rows, begun)
        stop = row[TIME] - begun[TIME]
        if at == begun[TIME]:
            return row[TIME], 0
        return (at, stood + stop) if at < begun[TIME] else (at + stop, 0)
    if row[ACTIVITY] == "turn_back":
        at, stood = left_at(scenario, rows, row)
        return 2 * row[TIME] - at - stood, 0
    if row[ACTIVITY] == "divert" and told_before(rows, row)[ACTIVITY] != "blocked":
        return left_at(scenario, rows, row)
    return row[TIME], 0


def stop_began(rows: list, row: tuple) -> tuple:
    """Return the first row of a stop from the last one: what began together ends one by one."""
    while row[PHASE] == "ended" or rows[row[CAUSE]][1:3] in ((s, "started") for s in STOPS):
        row = rows[row[CAUSE]]
    return row


def left_at(scenario: Scenario, rows: list, row: tuple) -> tuple[int, int]:
    """Return when the last place of a row's way was passed, and how long it stood since."""
    way = row[EXTRA].get("way", "").split("|")
    return walk(scenario, rows, way, *leaves(scenario, rows, told_before(rows, row)))


def walk(scenario: Scenario, rows: list, way: list[str], at: int, stood: int) -> tuple[int, int]:
    """Return when the last place of a way is reached by who left the first one at `at`.

    `stood` is for how long it has stood on its first link; as long as it is on it, it is returned.
    """
    for start, end in pairwise(way):
        if start == end:  # back where it turned
            continue
        both = (f"{start}-{end}", f"{end}-{start}")
        key = next(name for name in both if name in scenario.links)
        link = scenario.links[key]
        assert not link.one_way or link.from_ == start, f"against the one-way link {key}"
        left = speed_left(rows, key, at)
        assert left > 0, f"{key} is closed at {at}"
        clock = scenario.start.hour * 3600 + at
        primary = link.class_ == "primary"
        slow = 0.5 if 63000 <= clock < 65400 else 0.25 if 1200 <= clock < 3600 else 1.0
        metres_per_hour = (60_000 * slow if primary else 50_000) * left
        at += int(link.length * 3600 / metres_per_hour + 0.5) + stood
        stood = 0
    return at, stood


def speed_left(rows: list, link: str, second: int) -> float:
    """Return the part of its speed that a link has left at the end of a second."""
    now: dict[str, float] = {}
    for row in rows:
        told = row[TIME] <= second and "road_" in row[ACTIVITY]
        if told and link in row[EXTRA]["links"].split("|"):
            opened = row[ACTIVITY] == "road_opened"
            now[row[OBJECT]] = 1.0 if opened else float(row[EXTRA].get("note", 0))
    return min(now.values(), default=1.0)


def test_the_random_drills_reached_every_kind_of_happening() -> None:
    """Runs after the test above and proves that it was not about empty drills."""
    assert SEEN.keys() >= {
        *(
            "occur",
            "truth",
            "notice",
            "inject",
            "call",
            "serve",
            "answer",
            "receive",
            "acknowledge",
        ),
        *(
            "record",
            "verify",
            "grade",
            "confirm",
            "draft",
            "sign",
            "send",
            "try_failed",
            "lost",
            "given_up",
            "rang_out",
            "cut_off",
            "outage",
            "restored",
            "comms_check",
        ),
        *("activate", "dispatch", "order", "alert", "muster", "travel", "arrive", "work", "return"),
        *("request", "reserve", "refused", "approve", "pick", "load", "unload", "hand_over"),
        *("supply_order", "approved", "picked", "loaded"),
        *("wait", "open", "shift_begin", "shift_end", "break_begin", "break_end"),
        *("interrupted", "resumed", "cancelled"),
        *("depart", "follow", "rest", "supplies_end", "task", "command"),
        *("consult", "review", "publish", "reach", "stand_up"),
        *("ask_support", "release", "divert"),
        *("respond", "execute", "terminate", "aar_submit", "activate raised"),
        *("refused not_authorised", "refused declined"),
        *("roll_call", "answered", "missed", "inspection"),
        *("hire", "breakdown", "escort", "rest driving_hours"),
        *("road_closed", "road_slowed", "road_opened", "blocked", "reroute", "turn_back"),
    }
