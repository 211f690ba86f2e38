"""Plans that nobody may activate, and offices that judge the grade but activate nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.texts import t

HIGHER = ("I", "II", "III")
"""Levels of which an authorised office is expected to make use."""


def nobody_authorised(house: House) -> Iterator[LintWarning]:
    """At every level that an activated plan has, some office of the drill may activate it."""
    offices = house.scenario.offices.items()
    for key in dict.fromkeys(plan for _, plan in _activations(house)):
        plan = house.scenario.plans.get(key)
        for level in plan.levels if plan else ():
            if not any(plan.authorises(name, o.role, level) for name, o in offices):  # type: ignore[union-attr]
                yield warn(
                    "nobody_authorised",
                    ("plans", key, "levels", level),
                    lambda level=level: t(  # type: ignore[misc]
                        "nobody in this drill may activate the plan at level {level}", level=level
                    ),
                )


def no_plan(house: House) -> Iterator[LintWarning]:
    """Who judges the grade and may activate a plan at III or above should have a step for it."""
    judges = dict.fromkeys(who for who, _, step in house.everywhere() if step.data.kind == "grade")
    active = {who for who, _ in _activations(house)}
    for key in judges:
        office = house.scenario.offices.get(key)
        if office is None or key in active:
            continue
        may = [
            name
            for name, plan in house.scenario.plans.items()
            if any(
                level in plan.levels and plan.authorises(key, office.role, level)
                for level in HIGHER
            )
        ]
        if may:
            yield warn(
                "no_plan",
                ("offices", key, "procedures"),
                lambda key=key, may=may: t(  # type: ignore[misc]
                    "{office} judges the grade and may activate {plan}, but has no step for it",
                    office=key,
                    plan=", ".join(may),
                ),
            )


def _activations(house: House) -> list[tuple[str, str]]:
    """Return (actor, plan) of every step that activates one."""
    return [
        (who, step.data.plan) for who, _, step in house.everywhere() if step.data.kind == "activate"
    ]
