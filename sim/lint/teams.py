"""Skills that no team has."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
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
