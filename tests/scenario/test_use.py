"""Procedures that their event or their actor cannot carry out are refused on loading."""

import pytest

STEP = "      - draft: {time: 2 min}\n"
TEAM = "teams:\n  fire: {base: town, skills: [fire], strength: 5, procedures: [tell]}\n"
CASES = {
    "grade after a routine call": (
        "    on: noticed\n    steps:\n" + STEP,
        "    on: called\n    steps:\n      - grade: {time: 2 min}\n" + STEP,
        "s.yaml:15: procedures.tell.steps.0.grade: "
        "expected steps that need no incident in a procedure on called, received grade",
    ),
    "an office that travels": (
        STEP,
        STEP + "      - travel\n",
        "s.yaml:16: procedures.tell.steps.1.travel: "
        "expected this step only in a procedure on ordered, loaded, started, received travel",
    ),
    "one officer held in two branches": (
        "    on: noticed\n    steps:\n",
        "    on: noticed\n    hold: procedure\n    steps:\n"
        "      - parallel: {branches: {a: [{wait: {time: 1 min}}]}}\n",
        "s.yaml:16: procedures.tell.steps.0.parallel: expected no branches where one officer or "
        "team is held throughout, received parallel",
    ),
    "a team that nothing starts": (
        "offices:\n",
        TEAM + "offices:\n",
        "s.yaml:18: teams.fire.procedures: expected a procedure on ordered, received tell",
    ),
    "the leader of a superior that is not there": (
        "duty: {day: 2, night: 1}}",
        "duty: {day: 2, night: 1}, procedures: [approve]}",
        "s.yaml:18: offices.city.superior: expected a superior, whose post approve asks for, "
        "received none",
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_procedure_that_cannot_be_done_is_refused(messages, base, kind):
    old, new, expected = CASES[kind]
    assert base.count(old) == 1
    text = base.replace(old, new)
    if "approve" in new:
        text += "".join(APPROVE)
    assert expected in messages(text)


@pytest.mark.parametrize(("to", "places"), [(", to: unit", ""), ("", ", places: {mine: 1}")])
def test_a_request_without_incident_says_for_whom_or_where(messages, base, to, places):
    def text(to, places):
        step = f"      - request: {{items: {{tent: 1}}, from: own, time: 2 min{to}}}\n"
        calls = f"background: {{calls: {{to: city, gap: 1 h, procedure: tell{places}}}}}\n"
        called = base.replace("on: noticed", "on: called").replace(STEP, STEP + step)
        return called + "items: {tent: {unit: piece}}\n" + calls

    assert messages(text(to, places)) == []
    assert messages(text("", "")) == [
        "s.yaml:16: procedures.tell.steps.1.request: "
        "expected steps that need no incident in a procedure on called, received request"
    ]


APPROVE = """\
use: [approving]
"""


@pytest.fixture(autouse=True)
def approving(write):
    write(
        "yanlian: 1\nprocedures:\n  approve:\n    on: noticed\n    by: superior.leader\n"
        "    steps: [{sign: {time: 1 min}}]\n",
        "approving.yaml",
    )


def test_a_time_of_day_and_known_figures_are_asked_for(messages, base):
    text = base.replace("    on: noticed\n", "    on: {event: time, fields: [ded]}\n")
    assert messages(text) == [
        "s.yaml:13: procedures.tell.on.at: expected a time of day such as 09:00, received none",
        "s.yaml:13: procedures.tell.on.fields.0: expected one of dead, missing, injured, poisoned, "
        "trapped, at_risk, evacuated, loss_wan, sick, participants, burned_ha, magnitude, "
        "load_lost, users_out, outbreaks, counties_hit, cities_hit, "
        "received 'ded', did you mean dead?",
    ]
