"""Kinds of broken plans and of activations: each with its message, line and path."""

import pytest

GOOD = {
    "levels": "{III: [city_gov], I: [unit]}",  # by role; by the office's own name
    "more": "bodies: [city], groups: {press: II}",
    "step": "activate: {time: 1 min}",
    "event": "confirmed",
}
ACT = "procedures.act.steps.0.activate"
ELSE = "else: [send: {to: superior, report: activation_request, channel: phone}]"
MAY = "an office that the plan authorises at"
CASES = {
    "no such level": (
        {"levels": "{V: [city_gov]}"},
        "s.yaml:27: plans.general-plan.levels.V: expected one of I, II, III, IV, received 'V'",
    ),
    "no such office or role": (
        {"levels": "{III: [city_gov], II: [citty]}"},
        "s.yaml:27: plans.general-plan.levels.II.0: expected a key under offices, received 'citty'"
        ", did you mean city?",
    ),
    "body that does not exist": (
        {"more": "bodies: [citty]"},
        "s.yaml:27: plans.general-plan.bodies.0: expected a key under offices, received 'citty', "
        "did you mean city?",
    ),
    "group that does not exist": (
        {"more": "groups: {pres: II}"},
        "s.yaml:27: plans.general-plan.groups.pres: expected one of press, ",
    ),
    "no such plan": (
        {"step": "activate: {plan: generl-plan, time: 1 min}"},
        f"s.yaml:20: {ACT}.plan: expected a key under plans, received 'generl-plan', did you mean "
        "general-plan?",
    ),
    "terminates no such plan": (
        {"step": "terminate: {plan: fire-plan, time: 1 min}"},
        "s.yaml:20: procedures.act.steps.0.terminate.plan: expected a key under plans, received ",
    ),
    "notice of no such plan": (
        {"step": "notify: {plan: fire-plan, channel: phone}"},
        "s.yaml:20: procedures.act.steps.0.notify.plan: expected a key under plans, received ",
    ),
    "may not at this level": (
        {"step": "activate: {level: I, time: 1 min}"},
        f"s.yaml:20: {ACT}: expected {MAY} I, or else: whom to ask, received 'city'",
    ),
    "may never": (
        {"levels": "{III: [region_gov], I: [unit]}"},
        f"s.yaml:20: {ACT}: expected {MAY} III, I, or else: whom to ask, received 'city'",
    ),
    "nobody asks": (
        {"step": "activate: {level: asked, time: 1 min}"},
        f"s.yaml:20: {ACT}.level: expected a level, for there is no request on confirmed, received",
    ),
    "grants what nobody asked for": (
        {"step": "activate: {granted: 0.5, time: 1 min}"},
        f"s.yaml:20: {ACT}.granted: expected level: asked beside it, received ",
    ),
    "without an incident": (
        {"step": "terminate: {time: 1 min}", "event": "shift"},
        "s.yaml:20: procedures.act.steps.0.terminate: expected steps that need no incident in a ",
    ),
}


def whole(base, **parts):
    """The base with a procedure `act` of the city before `offices` and a plan at the end."""
    given = GOOD | parts
    act = f"  act:\n    on: {given['event']}\n    steps:\n      - {given['step']}\n"
    plan = f"plans:\n  general-plan: {{levels: {given['levels']}, {given['more']}}}\n"
    text = base.replace("night: 1}}", "night: 1}, procedures: [act]}")
    return text.replace("offices:\n", act + "offices:\n") + plan


@pytest.mark.parametrize("name", CASES)
def test_every_mistake_is_named_with_its_place(messages, base, name):
    parts, message = CASES[name]
    told = messages(whole(base, **parts))
    assert len(told) == 1, told
    assert told[0].startswith(message)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"step": f"activate: {{level: I, time: 1 min, {ELSE}}}"},
        {"levels": "{}"},
        {
            "step": "activate: {level: asked, granted: 0.5, time: 1 min}",
            "event": "{event: received, kind: [activation_request]}",
        },
    ],
)
def test_who_may_or_asks_is_no_mistake(messages, base, parts):
    assert messages(whole(base, **parts)) == []
