"""Vehicles: ways that their modes can go, what hired ones cost, breakdowns, escorts."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.authority import may_order
from sim.scenario.checks_steps import steps_of
from sim.scenario.distributions import Constant
from sim.scenario.scenario import Scenario
from sim.scenario.steps.load import Load
from sim.scenario.steps.travel import Travel
from sim.scenario.vehicles import Vehicle
from sim.texts import t


def fleet_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with vehicles and with those who escort them."""
    found: list[Problem] = []
    for key, kind in scenario.vehicles.items():
        path: Node = ("vehicles", key)
        found += _way_out(scenario, kind, path, file)
        found += _own(kind, path, file)
        found += _breakdown(kind, path, file)
    return [*found, *_convoys(scenario, file), *_escorts(scenario, file)]


def _way_out(scenario: Scenario, kind: Vehicle, path: Node, file: YamlFile) -> Iterator[Problem]:
    """A train or a boat needs a link of its own to leave its depot by."""
    if not kind.modes:
        yield file.problem((*path, "modes"), t("at least one mode"), t("none"))
    if {"road", "air"} & {*kind.modes} or kind.depot not in scenario.depots or not kind.modes:
        return
    place = scenario.depots[kind.depot].place
    starts = (
        start
        for link in scenario.links.values()
        if link.mode in kind.modes
        for start in (link.from_, *(() if link.one_way else (link.to,)))
    )
    if place not in starts:
        modes = ", ".join(kind.modes)
        expected = t("a link of mode {modes} that leaves {place}", modes=modes, place=place)
        yield file.problem((*path, "modes"), expected, t("none"))


def _own(kind: Vehicle, path: Node, file: YamlFile) -> Iterator[Problem]:
    """Nobody calls or pays for vehicles of the depot's own."""
    if kind.whose != "own":
        return
    for name, given in (
        ("call_up", kind.call_up != Constant(0)),
        ("fee", kind.fee),
        ("hire", kind.hire),
    ):
        if given:
            expected = t("whose: hired or military beside it")
            yield file.problem((*path, name), expected, kind.whose)


def _breakdown(kind: Vehicle, path: Node, file: YamlFile) -> Iterator[Problem]:
    if kind.breakdown is not None and kind.breakdown.after == Constant(0):
        yield file.problem((*path, "breakdown", "after"), t("a duration above 0"), "0")


def _convoys(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Vehicles of a depot that leave together must share a mode."""
    shared: dict[str, set[str]] = {}
    for key, kind in scenario.vehicles.items():
        if not _together(scenario, kind.depot):
            continue
        modes = shared.setdefault(kind.depot, {*kind.modes})
        modes &= {*kind.modes}
        if not modes:
            expected = t("a mode that all vehicles of {depot} share", depot=kind.depot)
            yield file.problem(("vehicles", key, "modes"), expected, ", ".join(kind.modes))


def _together(scenario: Scenario, depot: str) -> bool:
    """Return whether vehicles of a depot travel as a convoy."""
    names = scenario.depots[depot].procedures if depot in scenario.depots else []
    used = (scenario.procedures[name] for name in names if name in scenario.procedures)
    return any(isinstance(s, Load) and s.together for p in used for _, s in steps_of(p, ()))


def _escorts(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Only goods are escorted, by teams that exist, may be ordered and come to the depot."""
    for name, procedure in scenario.procedures.items():
        depots = [key for key, depot in scenario.depots.items() if name in depot.procedures]
        for node, step in steps_of(procedure, ("procedures", name)):
            if not isinstance(step, Travel):
                continue
            if step.patience is not None and not step.escort:
                yield file.problem((*node, "patience"), t("escort beside it"), t("nothing"))
            if step.escort and procedure.on.event == "ordered":
                expected = t("an escort only where goods travel")
                yield file.problem((*node, "escort"), expected, procedure.on.event)
            elif step.escort:
                yield from _escorting(scenario, step, depots, (*node, "escort"), file)


def _escorting(
    scenario: Scenario, step: Travel, depots: list[str], node: Node, file: YamlFile
) -> Iterator[Problem]:
    known = dict.fromkeys(skill for team in scenario.teams.values() for skill in team.skills)
    unknown = [(k, skill) for k, skill in enumerate(step.escort) if skill not in known]
    for k, skill in unknown:
        expected = t("a skill of a team")
        yield file.problem((*node, k), expected, shown(skill), did_you_mean(skill, known))
    if unknown:
        return
    able = [key for key, team in scenario.teams.items() if team.has(step.escort, {})]
    for depot in depots:
        office = scenario.depots[depot].superior or depot
        if not any(may_order(scenario, office, key) for key in able):
            expected = t("a team with these skills that {office} may order", office=office)
            yield file.problem(node, expected, ", ".join(step.escort))
    for key in able:
        used = [scenario.procedures.get(name) for name in scenario.teams[key].procedures]
        answers = [p for p in used if p is not None and p.on.event == "ordered"]
        if answers and not any(isinstance(s, Travel) for p in answers for _, s in steps_of(p, ())):
            expected = t("a procedure with a step {step}", step="travel")
            received = ", ".join(scenario.teams[key].procedures)
            yield file.problem(("teams", key, "procedures"), expected, received)
