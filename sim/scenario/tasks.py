"""Tasks of an incident: which teams each needs, how long it takes, what comes before it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Place, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.units import Duration

Teams = dict[str, Annotated[int, Field(ge=1)]]
"""Skill -> number of teams that have it; a team counts for one of its skills at a time."""


class Growth(BaseModel):
    """What every `every` does to a task that nobody has begun yet.

    The work grows by the share `by` of its first amount, at most to `up_to` times that amount.
    The incident's true figures change by `worsens` (`{dead: 1, trapped: -1}`), as long as none
    of them would fall below zero; that comes on top of what the incident's `course` says.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    every: Annotated[Duration, Field(ge=1)]
    by: Annotated[float, Field(ge=0)] = 0.0
    up_to: Annotated[float, Field(ge=1)] | None = None
    worsens: dict[str, float] = {}


class Task(Thing):
    """Work to be done at a place (default: the incident's) by teams that have come together.

    It begins when teams for `minimum` (default: for everything in `needs`) are there and the
    tasks in `after` are done; it pauses while fewer are.  `duration` is the time with all
    teams of `needs` at work: with k of N it goes on at k/N of that speed, and more than N do
    not make it faster.
    """

    place: Place | None = None
    needs: Annotated[Teams, Field(min_length=1)]
    minimum: Annotated[Teams, Field(min_length=1)] | None = None
    duration: Distribution
    after: list[str] = []
    growth: Growth | None = None

    def slots(self) -> tuple[str, ...]:
        """Return the skill of every team that is needed, one entry for each team."""
        return _each(self.needs)

    def least(self) -> tuple[str, ...]:
        """Return the skill of every team without which no work is done."""
        return _each(self.needs if self.minimum is None else self.minimum)


def _each(teams: Teams) -> tuple[str, ...]:
    return tuple(skill for skill, number in teams.items() for _ in range(number))


def seated(slots: tuple[str, ...], teams: list[frozenset[str]]) -> dict[int, int]:
    """Return slot -> team (both by number), each team in one slot for a skill that it has.

    As many teams as possible are seated; among them, whoever comes first in `teams` is seated
    before others, and stays seated when further teams are added (augmenting paths).
    """
    taken: dict[int, int] = {}

    def seat(team: int, tried: set[int]) -> bool:
        for slot, skill in enumerate(slots):
            if skill in teams[team] and slot not in tried:
                tried.add(slot)
                if slot not in taken or seat(taken[slot], tried):
                    taken[slot] = team
                    return True
        return False

    for team in range(len(teams)):
        seat(team, set())
    return taken
