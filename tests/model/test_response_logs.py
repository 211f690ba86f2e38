"""Plans activated, changed and ended, asked for upward, told to others: worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
Build = Callable[..., Scenario]
LEVELS = {"I": ["region_gov"], "II": ["city"], "III": ["city_gov"], "IV": ["county_gov"]}
"""By office or by role; II is the office `city` alone."""
PLANS = {"general-plan": {"levels": LEVELS}}
SMS = {"sms": {"kind": "sms", "time": "5 s"}}
JUDGE = {"grade": {"time": "0 s"}}
LEDGER = ("respond", "activate", "execute", "terminate")


def office(role: str, *procedures: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "place": "here", "procedures": list(procedures)} | more


def on(event: Any, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"on": event, "steps": list(steps)} | more


def fire(*course: dict[str, Any], to: str = "city") -> dict[str, Any]:
    return {
        "i": {"hazard": "fire", "place": "here", "course": list(course), "noticed": {to: "0 s"}}
    }


def record(scenario: Scenario, until: int = 7200) -> list[tuple]:
    return simulate(Plan(scenario), sampler(1, 0), until)


def told(rows: list[tuple]) -> list[tuple]:
    """(time, activity, actor, object or recipient, span) of all rows of the incident."""
    story = [r for r in rows if r[INCIDENT]]
    return [
        (r[TIME], f"{r[ACTIVITY]} {r[PHASE]}".strip(), r[ACTOR], r[OBJECT] or r[RECIPIENT], r[SPAN])
        for r in story
    ]


def ledger(rows: list[tuple], *activities: str) -> list[tuple]:
    """(time, activity, actor, level, reason) of the points of the ledger and of refusals."""
    wanted = activities or (*LEDGER, "refused", "cancelled")
    return [
        (
            r[TIME],
            r[ACTIVITY],
            r[ACTOR],
            (r[EXTRA] or {}).get("level"),
            (r[EXTRA] or {}).get("reason"),
        )
        for r in rows
        if r[ACTIVITY] in wanted and not r[PHASE]
    ]


def test_ledger_of_a_plan_from_response_to_assessment(scenario: Build) -> None:
    rows = record(
        scenario(
            channels=SMS,
            plans=PLANS,
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on(
                    "confirmed",
                    {"activate": {"time": "60 s", "by": "leader"}},
                    {"stand_up": {"group": "rescue", "time": "30 s"}},
                    {"stand_up": {"id": "second", "group": "press", "time": "10 s"}},
                    {"terminate": {"time": "20 s", "by": "leader"}},
                ),
                "assess": on(
                    "terminated",
                    {"draft": {"report": "assessment", "time": "300 s"}},
                    {"sign": {"by": "leader", "time": "40 s"}},
                    {"send": {"to": "superior", "channel": "sms"}},
                ),
                "take": on("arrived", {"answer": {"time": "7 s"}}),
            },
            offices={
                "city": office("city_gov", "judge", "act", "assess", superior="region"),
                "region": office("region_gov", "take"),
            },
            incidents=fire({"dead": 3}),
        )
    )
    plan, duty, leader = "general-plan", "city/duty-1", "city/leader-1"
    assert told(rows)[5:] == [
        (0, "confirm", "city", "", ""),
        (0, "respond", "city", plan, ""),
        (0, "activate asked", "city", "", ""),
        (0, "activate started", "city", leader, ""),
        (60, "activate ended", "city", leader, "deciding"),
        (60, "activate", "city", plan, ""),
        (60, "stand_up asked", "city", "", ""),
        (60, "stand_up started", "city", duty, ""),
        (90, "stand_up ended", "city", duty, "deciding"),
        (90, "execute", "city", plan, ""),
        (90, "stand_up", "city", "rescue", ""),
        (90, "stand_up asked", "city", "", ""),
        (90, "stand_up started", "city", duty, ""),
        (100, "stand_up ended", "city", duty, "deciding"),
        (100, "stand_up", "city", "press", ""),
        (100, "terminate asked", "city", "", ""),
        (100, "terminate started", "city", leader, ""),
        (120, "terminate ended", "city", leader, "deciding"),
        (120, "terminate", "city", plan, ""),
        (120, "draft asked", "city", "", ""),
        (120, "draft started", "city", duty, ""),
        (420, "draft ended", "city", duty, "drafting"),
        (420, "sign asked", "city", "", ""),
        (420, "sign started", "city", leader, ""),
        (460, "sign ended", "city", leader, "signing"),
        (460, "send asked", "city", "region", ""),
        (460, "send started", "city", duty, ""),
        (465, "send ended", "city", duty, "transmission"),
        (465, "aar_submit", "city", "i/city/1", ""),
        (465, "answer asked", "region", "", ""),
        (465, "answer started", "region", "region/duty-1", ""),
        (472, "answer ended", "region", "region/duty-1", "recording"),
        (472, "receive", "region", "", ""),
        (472, "acknowledge", "region", "city", ""),
    ]
    story = [k for k, r in enumerate(rows) if r[INCIDENT]]
    submit = next(k for k in story if rows[k][ACTIVITY] == "aar_submit")
    assert rows[submit][RECIPIENT] == "region"
    others = [k for k in story if k != submit]  # the submission is a leaf of `send ended`
    assert [rows[k][CAUSE] for k in others] == [None, *others[:-1]]
    assert rows[submit][CAUSE] == others[others.index(submit - 1)]


def asking(scenario: Build, **decision: Any) -> list[tuple]:
    """The county wants level II for an event of grade III; only the office `city` may."""
    send = {"send": {"by": "duty", "to": "superior", "report": "activation_request"}}
    send["send"]["channel"] = "sms"
    return record(
        scenario(
            channels=SMS,
            plans=PLANS,
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on(
                    "confirmed",
                    {"activate": {"level": "II", "time": "60 s", "else": [send]}},
                    by="leader",
                ),
                "take": on("arrived", {"answer": {"time": "7 s"}}),
                "decide": on(
                    {"event": "received", "kind": ["activation_request"]},
                    {"activate": {"level": "asked", "by": "leader", "time": "100 s"} | decision},
                    {"send": {"to": "sender", "report": "notice", "channel": "sms"}},
                ),
                "measure": on("activated", {"stand_up": {"time": "0 s"}}),
            },
            offices={
                "county": office("county_gov", "judge", "act", "take", "measure", superior="city"),
                "city": office("city_gov", "take", "decide", "measure"),
            },
            incidents=fire({"dead": 3}, to="county"),
        )
    )


def test_who_may_not_activate_asks_upward_and_is_told(scenario: Build) -> None:
    """60 s to decide, 5 s by SMS, 7 s to take it down, 100 s to decide, 5 + 7 s back."""
    rows = asking(scenario)
    assert ledger(rows) == [
        (0, "respond", "county", None, None),
        (60, "refused", "county", "II", "not_authorised"),
        (72, "respond", "city", None, None),
        (172, "activate", "city", "II", None),
        (177, "execute", "city", "II", None),  # the only officer answers the county first
    ]
    said = [
        (r[TIME], r[ACTOR], r[EXTRA]["kind"], r[EXTRA].get("level"))
        for r in rows
        if r[ACTIVITY] == "receive"
    ]
    assert said == [(72, "city", "activation_request", "II"), (184, "county", "notice", "II")]
    activated = next(r for r in rows if r[1:3] == ("activate", ""))
    assert activated[EXTRA]["grade"] == "III", "the level differs from the grade"
    decided = rows.index(activated)
    chain = [k for k, r in enumerate(rows[: decided + 1]) if r[INCIDENT]]
    assert [rows[k][CAUSE] for k in chain] == [None, *chain[:-1]], "one chain over both offices"


def test_a_request_may_be_declined(scenario: Build) -> None:
    rows = asking(scenario, granted=0.0)
    assert ledger(rows) == [
        (0, "respond", "county", None, None),
        (60, "refused", "county", "II", "not_authorised"),
        (72, "respond", "city", None, None),
        (172, "refused", "city", "II", "declined"),
    ]
    declined = next(r for r in rows if r[TIME] == 172 and r[ACTIVITY] == "refused")
    assert declined[RECIPIENT] == "county"
    answers = [r[EXTRA] for r in rows if r[ACTIVITY] == "receive" and r[ACTOR] == "county"]
    assert [("kind" in a, a.get("level")) for a in answers] == [(True, None)]


def test_share_of_requests_granted(scenario: Build, many: Callable[..., Any]) -> None:
    """Granted 0.7 in 1,024 replications: ± 3.9 standard errors, error probability 1e-4."""
    plan = Plan(
        scenario(
            plans=PLANS,
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on("confirmed", {"activate": {"time": "0 s", "granted": 0.7}}),
            },
            offices={"city": office("city_gov", "judge", "act")},
            incidents=fire({"dead": 3}),
        )
    )
    count = 1024
    granted = sum(
        any(r[1:3] == ("activate", "") for r in rows) for rows in many(plan, 20, count, 10)
    )
    assert abs(granted / count - 0.7) < 3.9 * (0.7 * 0.3 / count) ** 0.5


@pytest.mark.parametrize(
    ("role", "dead", "level", "reason"),
    [
        ("city_gov", 3, "III", None),  # by role
        ("county_gov", 3, "III", "not_authorised"),
        ("county_gov", 0, "IV", None),
        ("city_gov", 0, "IV", "not_authorised"),  # the list says who, not from which level on
        ("city_gov", 10, "II", None),  # by the office's own name
        ("city_gov", 30, "I", "not_authorised"),
        ("region_gov", 30, "I", None),
    ],
)
def test_authority_by_level(
    scenario: Build, role: str, dead: int, level: str, reason: str | None
) -> None:
    rows = record(
        scenario(
            plans=PLANS,
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on("confirmed", {"activate": {"time": "9 s"}}),
            },
            offices={"city": office(role, "judge", "act")},
            incidents=fire({"dead": dead}),
        )
    )
    act = "refused" if reason else "activate"
    assert ledger(rows) == [
        (0, "respond", "city", None, None),
        (9, act, "city", level, reason),
    ]


def test_the_level_follows_the_grade_up_and_down_and_stays_below_what_one_may(
    scenario: Build,
) -> None:
    """Looks at 100, 200, 300, 400 s: 12 dead, 40, again 12 and at last 4; I is not the city's."""
    look = {
        "repeat": {
            "times": 4,
            "steps": [{"wait": {"time": "100 s"}}, {"verify": {"time": "0 s"}}, JUDGE],
        }
    }
    course = [
        {"dead": 3},
        *({"after": f"{t} s", "dead": d} for t, d in [(90, 12), (190, 40), (290, 12), (390, 4)]),
    ]
    rows = record(
        scenario(
            plans={"general-plan": {"levels": LEVELS, "groups": {"press": "II", "rescue": "III"}}},
            procedures={
                "judge": on("noticed", JUDGE, look),
                "act": on({"event": "confirmed", "first": True}, {"activate": {"time": "10 s"}}),
                "adjust": on("confirmed", {"activate": {"time": "10 s"}}, when={"level": ">= IV"}),
                "groups": on("activated", {"stand_up": {"plan": "general-plan", "time": "0 s"}}),
            },
            offices={"city": office("city_gov", "judge", "act", "adjust", "groups", duty=2)},
            incidents=fire(*course),
        )
    )
    confirmed = [(r[TIME], r[EXTRA]["grade"]) for r in rows if r[ACTIVITY] == "confirm"]
    assert confirmed == [(0, "III"), (100, "II"), (200, "I"), (300, "II"), (400, "III")]
    assert ledger(rows) == [
        (0, "respond", "city", None, None),
        (10, "activate", "city", "III", None),
        (10, "execute", "city", "III", None),
        (110, "activate", "city", "II", "raised"),
        (210, "refused", "city", "I", "not_authorised"),
        (310, "cancelled", "city", "II", "not_needed"),
        (410, "activate", "city", "III", "lowered"),
    ]
    groups = [(r[TIME], r[OBJECT]) for r in rows if r[1:3] == ("stand_up", "")]
    assert groups == [(10, "rescue"), (110, "press"), (110, "rescue"), (410, "rescue")]


def test_the_bodies_of_other_plans_are_told_one_after_the_other(scenario: Build) -> None:
    """60 s to decide; the one officer sends for 5 s each; 7 s to take it down; not to itself."""
    rows = record(
        scenario(
            channels=SMS,
            plans={"general-plan": {"bodies": ["health", "city", "police"]}},
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on("confirmed", {"activate": {"time": "60 s"}}),
                "tell": on("activated", {"notify": {"channel": "sms"}}),
                "take": on("arrived", {"answer": {"time": "7 s"}}),
            },
            offices={
                "city": office("city_gov", "judge", "act", "tell", "take"),
                "health": office("city_dept", "take"),
                "police": office("city_dept", "take"),
            },
            incidents=fire({"dead": 3}),
        )
    )
    sent = [
        (r[TIME], r[PHASE], r[RECIPIENT], r[EXTRA]["report"]) for r in rows if r[ACTIVITY] == "send"
    ]
    assert sent == [
        (60, "asked", "health", "i/city/1"),
        (60, "started", "health", "i/city/1"),
        (65, "ended", "health", "i/city/1"),
        (65, "asked", "police", "i/city/1"),
        (65, "started", "police", "i/city/1"),
        (70, "ended", "police", "i/city/1"),
    ]
    assert [
        (r[TIME], r[ACTOR], r[EXTRA]["kind"], r[EXTRA]["level"])
        for r in rows
        if r[ACTIVITY] == "receive"
    ] == [(72, "health", "notice", "III"), (77, "police", "notice", "III")]
    assert [(r[TIME], r[ACTOR]) for r in rows if r[ACTIVITY] == "acknowledge"] == [
        (72, "health"),
        (77, "police"),
    ]


def test_of_two_plans_each_has_its_ledger_and_the_highest_level_holds(scenario: Build) -> None:
    """`water` at III from 10 s, `fire` at II from 20 s; the groups tell the level in force."""
    see = iter(range(9))

    def group() -> dict[str, Any]:
        return {"stand_up": {"id": f"g{next(see)}", "time": "5 s"}}

    rows = record(
        scenario(
            procedures={
                "p": on(
                    "noticed",
                    {"activate": {"id": "w", "plan": "water", "level": "III", "time": "10 s"}},
                    {"activate": {"id": "f", "plan": "fire", "level": "II", "time": "10 s"}},
                    group(),
                    {"terminate": {"id": "end-f", "plan": "fire", "time": "0 s"}},
                    group(),
                    {"terminate": {"id": "end-w", "plan": "water", "time": "0 s"}},
                    group(),
                    {"terminate": {"id": "again", "plan": "water", "time": "0 s"}},
                    {"activate": {"id": "w2", "plan": "water", "level": "IV", "time": "10 s"}},
                )
            },
            offices={"city": office("city_gov", "p")},
            incidents=fire({"dead": 0}),
        )
    )
    points = [
        (r[TIME], r[ACTIVITY], r[OBJECT]) for r in rows if r[ACTIVITY] in LEDGER and not r[PHASE]
    ]
    assert points == [
        (0, "respond", "water"),
        (10, "activate", "water"),
        (10, "respond", "fire"),
        (20, "activate", "fire"),
        (25, "execute", "water"),
        (25, "execute", "fire"),
        (25, "terminate", "fire"),
        (30, "terminate", "water"),
        (35, "respond", "water"),
        (45, "activate", "water"),
    ]
    levels = [(r[TIME], r[EXTRA]["level"]) for r in rows if r[1:3] == ("stand_up", "")]
    assert levels == [(25, "II"), (30, "III"), (35, "")]
    assert ledger(rows, "refused") == [(35, "refused", "city", None, "not_active")]


def test_nothing_is_activated_before_a_grade_is_known(scenario: Build) -> None:
    rows = record(
        scenario(
            procedures={"p": on("noticed", {"activate": {"time": "5 s"}})},
            offices={"city": office("city_gov", "p")},
            incidents=fire({"dead": 3}),
        )
    )
    assert ledger(rows) == [
        (0, "respond", "city", None, None),
        (5, "refused", "city", "", "grade_unknown"),
    ]


@pytest.mark.parametrize(
    ("told_by", "level", "activated"),
    [("region", "I", True), ("other", "I", False), ("region", "II", False)],
)
def test_the_superiors_notice_allows_his_level_and_no_other(
    scenario: Build, told_by: str, level: str, activated: bool
) -> None:
    """The superior stands at `level` since 10 s and says so; at 100 s the office wants level I."""
    rows = record(
        scenario(
            channels=SMS,
            plans=PLANS,
            procedures={
                "lead": on(
                    "noticed",
                    {"activate": {"plan": "own", "level": level, "time": "10 s"}},
                    {"send": {"to": "office", "report": "notice", "channel": "sms"}},
                ),
                "act": on(
                    "noticed",
                    {"wait": {"time": "100 s"}},
                    {"activate": {"level": "I", "time": "0 s"}},
                ),
            },
            offices={
                "region": office("region_gov", *["lead"] * (told_by == "region")),
                "other": office("region_gov", *["lead"] * (told_by == "other")),
                "office": office("city_gov", "act", superior="region"),
            },
            incidents={
                "i": fire({"dead": 3})["i"] | {"noticed": {"office": "0 s", told_by: "0 s"}}
            },
        )
    )
    reason = None if activated else "not_authorised"
    assert ledger(rows) == [
        (0, "respond", told_by, None, None),
        (10, "activate", told_by, level, None),
        (100, "respond", "office", None, None),
        (100, "activate" if activated else "refused", "office", "I", reason),
    ]


def test_the_region_takes_the_lead_and_the_command_at_level_one(scenario: Build) -> None:
    """Both judge at once; 30 dead.  The city may not, asks, follows; the region commands at last.

    City: decides 0-60 s, refused; its request takes 5 s.  It has commanded on site since 40 s.
    Region: activates at 100 s, then tells the city (5 s) while its leader is on the way for
    200 s: 300 s.  The handover holds one officer of each for 50 s: command at 350 s.  The city
    decides for 20 s on the region's notice.
    """
    request = {"send": {"to": "superior", "report": "activation_request", "channel": "sms"}}
    follow = on(
        {"event": "received", "kind": ["notice"]},
        {"activate": {"level": "asked", "by": "leader", "time": "20 s"}},
        when={"allowed": ">= IV"},
    )
    rows = record(
        scenario(
            channels=SMS,
            plans={"general-plan": {"levels": LEVELS, "bodies": ["city"]}},
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on(
                    "confirmed", {"activate": {"by": "leader", "time": "60 s", "else": [request]}}
                ),
                "first": on("noticed", {"command": {"time": "40 s"}}),
                "lead": on(
                    "confirmed",
                    {"activate": {"level": "I", "by": "leader", "time": "100 s"}},
                    {"notify": {"channel": "sms"}},
                    when={"grade": "I"},
                ),
                "take": on(
                    "activated",
                    {"wait": {"time": "200 s"}},
                    {"command": {"by": "leader", "time": "50 s"}},
                    when={"level": "I"},
                ),
                "follow": follow,
            },
            offices={
                "city": office(
                    "city_gov", "judge", "act", "first", "follow", superior="region", duty=2
                ),
                "region": office("region_gov", "judge", "lead", "take"),
            },
            incidents={
                "i": fire({"dead": 30})["i"] | {"noticed": {"city": "0 s", "region": "0 s"}}
            },
        )
    )
    assert ledger(rows, *LEDGER, "refused", "command") == [
        (0, "respond", "city", None, None),
        (0, "respond", "region", None, None),
        (40, "command", "city", None, None),
        (60, "refused", "city", "I", "not_authorised"),
        (100, "activate", "region", "I", None),
        (125, "activate", "city", "I", None),
        (350, "execute", "region", "I", None),
        (350, "command", "region", None, None),
    ]
    taken = [(r[TIME], r[ACTOR], r[RECIPIENT]) for r in rows if r[1:3] == ("command", "")]
    assert taken == [(40, "city", ""), (350, "region", "city")]
    meeting = [
        (r[TIME], r[PHASE], r[ACTOR], r[OBJECT])
        for r in rows
        if r[ACTIVITY] == "command" and r[PHASE] and r[TIME] >= 300
    ]
    assert meeting == [
        (300, "asked", "region", ""),
        (300, "started", "region", "region/leader-1"),
        (300, "started", "city", "city/duty-1"),
        (350, "ended", "city", "city/duty-1"),
        (350, "ended", "region", "region/leader-1"),
    ]


@pytest.mark.parametrize("patience", [None, "10 s"])
def test_several_offices_confer_before_the_level_is_raised(
    scenario: Build, patience: str | None
) -> None:
    """The department's one officer is busy until 50 s; who waits 10 s only confers without him."""
    confer: dict[str, Any] = {"with": ["department"], "time": "30 s"}
    if patience:
        confer["patience"] = patience
    rows = record(
        scenario(
            plans=PLANS,
            procedures={
                "judge": on("noticed", JUDGE),
                "act": on("confirmed", {"consult": confer}, {"activate": {"time": "5 s"}}),
                "busy": on("noticed", {"verify": {"time": "50 s"}}),
            },
            offices={
                "city": office("city_gov", "judge", "act"),
                "department": office("city_dept", "busy"),
            },
            incidents={
                "i": fire({"dead": 3})["i"] | {"noticed": {"department": "0 s", "city": "0 s"}}
            },
        )
    )
    met = 10 if patience else 50
    assert [(r[TIME], r[ACTOR]) for r in rows if r[1:3] == ("consult", "ended")] == (
        [(40, "city")] if patience else [(80, "department"), (80, "city")]
    )
    assert ledger(rows) == [
        (met + 30, "respond", "city", None, None),
        (met + 35, "activate", "city", "III", None),
    ]
