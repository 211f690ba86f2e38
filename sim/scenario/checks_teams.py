"""Teams: strength, shifts, and persons shared between them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_steps import steps_of
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team, rosters
from sim.texts import t


def team_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with what teams say of their people."""
    found: list[Problem] = []
    for key, team in scenario.teams.items():
        found += _minimum(team, ("teams", key), file)
        found += _turnout(team, ("teams", key), file)
        found += _musters(scenario, key, team, file)
    return [*found, *_shares(scenario, file)]


def _minimum(team: Team, path: Node, file: YamlFile) -> Iterator[Problem]:
    if team.minimum is not None and team.minimum > team.strength:
        expected = t("at most the strength, {n}", n=team.strength)
        yield file.problem((*path, "minimum"), expected, shown(team.minimum))
    if team.muster is None:
        return
    last = list(team.muster.present.values())[-1]
    if team.minimum is None and last < 1:
        expected = t("a minimum strength, since not everybody comes to the muster")
        yield file.problem((*path, "minimum"), expected, t("nothing"))
    elif not team.muster.drawn and last * team.strength + 1e-6 < team.least:
        expected = t("at most as many as come to the muster, {n}", n=int(last * team.strength))
        yield file.problem((*path, "minimum"), expected, shown(team.least))


def _turnout(team: Team, path: Node, file: YamlFile) -> Iterator[Problem]:
    for name in team.turnout:
        if name not in team.shifts:
            expected, hint = t("one of the team's shifts"), did_you_mean(name, team.shifts)
            yield file.problem((*path, "turnout", name), expected, shown(name), hint)


def _musters(scenario: Scenario, key: str, team: Team, file: YamlFile) -> Iterator[Problem]:
    """Who has to come together first needs a step for it."""
    shared = any(key in other.shares for other in scenario.teams.values())
    if not (team.muster or team.minimum or team.shares or shared):
        return
    used = [scenario.procedures[name] for name in team.procedures if name in scenario.procedures]
    ordered = [procedure for procedure in used if procedure.on.event == "ordered"]
    if ordered and not any(s.kind == "muster" for p in ordered for _, s in steps_of(p, ())):
        path = ("teams", key, "procedures")
        yield file.problem(path, t("a procedure with a step muster"), ", ".join(team.procedures))


def _shares(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Shared persons exist, once in each team."""
    before: dict[str, Team] = {}
    for key, team in scenario.teams.items():
        path: Node = ("teams", key, "shares")
        for other, number in team.shares.items():
            if other in scenario.teams and other not in before:
                yield file.problem((*path, other), t("a team listed before this one"), shown(other))
            elif other in before and number > before[other].strength:
                expected = t("at most the strength of that team, {n}", n=before[other].strength)
                yield file.problem((*path, other), expected, shown(number))
        before[key] = team
        if sum(team.shares.values()) > team.strength:
            expected = t("at most the strength, {n}", n=team.strength)
            yield file.problem(path, expected, shown(sum(team.shares.values())))
    for key, people in rosters(scenario.teams).items():
        if len(set(people)) < len(people):
            expected = t("every person once in a team")
            twice = next(p for p in people if people.count(p) > 1)
            yield file.problem(("teams", key, "shares"), expected, t("{who} twice", who=twice))
