"""Skills that no team has, and more teams than an office may order."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.scenario.authority import may_order
from sim.texts import t


def no_such_team(house: House) -> Iterator[LintWarning]:
    """One team must have what a `dispatch` asks for: all its skills and equipment."""
    teams = house.scenario.teams.values()
    for actor, procedure, step in house.everywhere():
        data = step.data
        if data.kind != "dispatch" or not (data.skills or data.equipment):
            continue  # what a task needs is looked at there
        if not any(team.has(data.skills, data.equipment) for team in teams):
            yield warn(
                "no_such_team",
                house.node(procedure.key, actor),
                lambda actor=actor, data=data: t(  # type: ignore[misc]
                    "{actor} orders out a team with {skills}; no team has them",
                    actor=actor,
                    skills=t(", ").join([*data.skills, *data.equipment]),
                ),
            )


def too_few_of_its_own(house: House) -> Iterator[LintWarning]:
    """An office should not order more teams than it may: the rest of the orders only waits."""
    teams = house.scenario.teams
    for actor, procedure, step in house.everywhere():
        data = step.data
        if data.kind != "dispatch" or not data.skills or actor not in house.scenario.offices:
            continue
        able = [key for key, team in teams.items() if team.has(data.skills, data.equipment)]
        may = [key for key in able if may_order(house.scenario, actor, key, data.from_)]
        if data.number > len(may) < len(able):
            yield warn(
                "too_few_of_its_own",
                house.node(procedure.key, actor),
                lambda actor=actor, data=data, may=may: t(  # type: ignore[misc]
                    "{actor} orders {n} teams with the skills {skills}, but only {k} of those that "
                    "have them are its own or below it; ask_support asks others",
                    actor=actor,
                    n=data.number,
                    skills=t(", ").join(data.skills),
                    k=len(may),
                ),
            )
