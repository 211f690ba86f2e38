"""Skills that no team has, and more teams than an office may order."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.scenario.authority import may_order
from sim.texts import t


def no_such_team(house: House) -> Iterator[LintWarning]:
    """Somebody must be able to do what a `dispatch` asks for: all its skills in one team."""
    teams = house.scenario.teams.values()
    for actor, procedure, step in house.everywhere():
        if step.data.kind != "dispatch" or not step.data.skills:
            continue  # what a task needs is looked at there
        wanted = set(step.data.skills)
        if not any(wanted <= set(team.skills) for team in teams):
            yield warn(
                "no_such_team",
                ("procedures", procedure.key),
                lambda actor=actor, step=step: t(  # type: ignore[misc]
                    "{actor} orders out a team with the skills {skills}; no team has them",
                    actor=actor,
                    skills=t(", ").join(step.data.skills),
                ),
            )


def too_few_of_its_own(house: House) -> Iterator[LintWarning]:
    """An office should not order more teams than it may: the rest of the orders only waits."""
    teams = house.scenario.teams
    for actor, procedure, step in house.everywhere():
        data = step.data
        if data.kind != "dispatch" or not data.skills or actor not in house.scenario.offices:
            continue
        able = [key for key, team in teams.items() if {*data.skills} <= {*team.skills}]
        may = [key for key in able if may_order(house.scenario, actor, key, data.from_)]
        if data.number > len(may) < len(able):
            yield warn(
                "too_few_of_its_own",
                ("procedures", procedure.key),
                lambda actor=actor, data=data, may=may: t(  # type: ignore[misc]
                    "{actor} orders {n} teams with the skills {skills}, but only {k} of those that "
                    "have them are its own or below it; ask_support asks others",
                    actor=actor,
                    n=data.number,
                    skills=t(", ").join(data.skills),
                    k=len(may),
                ),
            )
