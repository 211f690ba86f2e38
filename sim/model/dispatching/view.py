"""What a policy may look at: the present state of teams and ways, to read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.model.pool import Member
from sim.scenario.scenario import Policies

if TYPE_CHECKING:
    from sim.model.world import World


class View:
    """The teams of one drill as whoever dispatches sees them.

    `policies` are the scenario's numbers.  A team is a `Member`: `team.id` is its key in the
    scenario, `team.traits` what the scenario says of it (base, skills, strength, superior).
    """

    def __init__(self, world: World):
        self._world = world
        self.policies: Policies = world.scenario.policies

    @property
    def now(self) -> int:
        """The present second, from the scenario's start."""
        return self._world.now

    def place(self, team: Member) -> str:
        """Return the key of the place where a team stands, or that it left last."""
        return self._world.places[team.id]

    def seconds(self, team: Member, place: str) -> int:
        """Return the present travel time of a team to a place, very long where no way is open."""
        journey = self._world.journeys.get(team.id)
        if journey is not None:
            return journey.seconds_to(place)
        return self._world.roads.seconds_for(team, place)

    def nearest(self, teams: Sequence[Member], place: str) -> Member:
        """Return the team with the shortest travel time now, the first of equals."""
        if not self._world.journeys.keys().isdisjoint([team.id for team in teams]):
            return min(teams, key=lambda team: self.seconds(team, place))
        return self._world.roads.nearest(teams, place)

    def idle(self) -> list[Member]:
        """Return all teams that are idle and on duty, in the order of the scenario."""
        teams = self._world.pools["teams"].members
        return [team for team in teams if team.on_duty and not team.busy]
