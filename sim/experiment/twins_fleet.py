"""Teams at one place that calls from several atoms take in fixed orders: Larson's hypercube."""

from __future__ import annotations

from typing import NamedTuple

from sim.experiment.formulas import hypercube
from sim.experiment.measures import Measure
from sim.experiment.twins_base import (
    Formula,
    Refused,
    Scene,
    constant,
    exponential,
    happens,
    long_enough,
    not_short,
    one_step,
    only,
    poisson_source,
    quiet,
    settled,
    staff,
)
from sim.scenario.distributions import Distribution
from sim.texts import t

MOST = 8
"""Most units: 2⁸ states."""


class Fleet(NamedTuple):
    """Teams in the scenario's order; by atom its rate (per s) and its order of teams.

    `services`: mean time of work of each (s), of any law where all are `alike`; `preference` is
    empty where the policy has no fixed orders.
    """

    teams: list[str]
    services: list[float]
    rates: list[float]
    preference: list[list[int]]
    queue: bool
    alike: bool

    @property
    def speeds(self) -> list[float]:
        """Works that each can do in a second."""
        return [1 / service for service in self.services]


def share_at_work(scene: Scene, measure: Measure) -> Formula:
    """Share of time that one team is at work."""
    found = fleet(scene)
    if measure.busy not in found.teams:
        raise Refused(t("no team {team}", team=measure.busy))
    if not found.preference:
        raise Refused(t("policies.dispatch: teams are not taken in a fixed order"))
    if len(found.teams) > MOST:
        raise Refused(t("more than {n} teams", n=MOST))
    for team in found.teams:
        step = one_step(scene, team, "ordered", "work")[1]
        exponential(step.time, f"teams.{team}")
    if found.queue:
        long_enough(scene, sum(found.rates), max(found.services), len(found.teams))
    settled(scene, max(found.services))
    loads = hypercube(found.preference, found.rates, found.speeds, found.queue)
    return Formula("hypercube", float(loads.busy[found.teams.index(measure.busy)]))


def fleet(scene: Scene) -> Fleet:
    """Return the teams and calls of a scenario that has nothing else; raises `Refused`."""
    scenario = scene.scenario
    happens(scenario, "background", "teams")
    quiet(scene, "called", "ordered")
    source, rate = poisson_source(scene)
    _, step = one_step(scene, source.to, "called", "dispatch")
    where = f"{source.procedure}/{step.data.id}"
    only(step.data, where, "time", "by", "interrupted", "skills", "from_", "patience")
    constant(step.time, 0, where)
    if step.data.patience is not None:
        constant(step.data.patience, 0, f"{where}/patience")
    if staff(scene, step.pool) < 1:
        raise Refused(t("{post}: nobody there", post=step.pool))
    only(scenario.policies, "policies", "dispatch", "preference")
    if not source.places:
        raise Refused(t("calls without a place: teams cannot be ordered anywhere"))
    laws = [_law(scene, key, source.to, step.data.skills) for key in scenario.teams]
    alike = all(law == laws[0] for law in laws)
    if not alike:
        for key, law in zip(scenario.teams, laws, strict=True):
            exponential(law, f"teams.{key}")
    spots = {scenario.places[key].at for key in source.places}
    spots |= {scenario.places[team.base].at for team in scenario.teams.values()}
    if len(spots) > 1 or None in spots:
        raise Refused(t("teams and calls are not all at one point"))
    total = sum(source.places.values())
    return Fleet(
        list(scenario.teams),
        [not_short(law.mean(), "teams") for law in laws],
        [rate * weight / total for weight in source.places.values()],
        _orders(scene, list(source.places)),
        step.data.patience is None,
        alike,
    )


def _law(scene: Scene, key: str, office: str, skills: list[str]) -> Distribution:
    team = scene.scenario.teams[key]
    where = f"teams.{key}"
    only(team, where, *("kind", "base", "skills", "strength", "superior"), "procedures", "times")
    if not team.has(skills, {}) or team.superior not in (None, office):
        raise Refused(t("{where}: is not suitable for every call", where=where))
    _, step = one_step(scene, key, "ordered", "work")
    only(step.data, where, "time", "interrupted")
    if step.time is None:
        raise Refused(t("{where}: work without a time", where=where))
    return step.time


def _orders(scene: Scene, places: list[str]) -> list[list[int]]:
    """Return each atom's order of teams, nothing where the policy is another one."""
    policies, teams = scene.scenario.policies, list(scene.scenario.teams)
    if policies.dispatch != "listed":
        return []
    for place in places:
        if sorted(policies.preference.get(place, [])) != sorted(teams):
            raise Refused(t("policies.preference.{place}: does not list every team", place=place))
    return [[teams.index(team) for team in policies.preference[place]] for place in places]
