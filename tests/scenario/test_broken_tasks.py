"""Kinds of broken tasks: each with its message, line and path."""

import pytest

ONE = "needs: {x: 1}, duration: 1 h"
TASKS = {
    "after nothing that exists": (
        f"a: {{{ONE}}}, b: {{{ONE}, after: [aa]}}",
        "b.after.0: expected one of a, b, received 'aa'",
    ),
    "ring": (
        f"a: {{{ONE}, after: [b]}}, b: {{{ONE}, after: [a]}}",
        "a.after: expected a chain that ends, received a → b → a",
    ),
    "itself": (f"a: {{{ONE}, after: [a]}}", "a.after: expected a chain that ends, received a → a"),
    "minimum above the need": (
        f"a: {{{ONE}, minimum: {{x: 2}}}}",
        "a.minimum.x: expected at most the 1 that the task needs, received 2",
    ),
    "minimum of another skill": (
        f"a: {{{ONE}, minimum: {{y: 1}}}}",
        "a.minimum.y: expected one of x, received 'y'",
    ),
    "growth of nothing": (
        f"a: {{{ONE}, growth: {{every: 1 h}}}}",
        "a.growth: expected a share of more work (by) or figures (worsens), received none",
    ),
    "growth without a pause": (
        f"a: {{{ONE}, growth: {{every: 0, by: 1}}}}",
        "a.growth.every: expected a number of at least 1, received 0",
    ),
    "misspelt figure that worsens": (
        f"a: {{{ONE}, growth: {{every: 1 h, worsens: {{deaad: 1}}}}}}",
        "a.growth.worsens.deaad: expected one of ",
    ),
    "place that does not exist": (
        f"a: {{{ONE}, place: mime}}",
        "a.place: expected a key under places, received 'mime', did you mean mine?",
    ),
}


@pytest.mark.parametrize("name", TASKS)
def test_every_mistake_is_named_with_its_place(messages, base, name):
    tasks, message = TASKS[name]
    told = messages(base.replace("{unit: 5 min}", f"{{unit: 5 min}}, tasks: {{{tasks}}}"))
    assert len(told) == 1
    assert told[0].startswith(f"s.yaml:21: incidents.collapse.tasks.{message}")


def test_what_never_occurs_has_no_tasks(messages, base):
    feared = f"  fear: {{hazard: mine, place: mine, occurs: false, tasks: {{a: {{{ONE}}}}}}}\n"
    assert messages(base + feared) == [
        "s.yaml:22: incidents.fear.tasks: expected no tasks for what never occurs, received a"
    ]
