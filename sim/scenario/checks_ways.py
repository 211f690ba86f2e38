"""Places and links: whoever has to travel must find a way."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_steps import steps_of
from sim.scenario.geo import distance_m
from sim.scenario.scenario import Scenario
from sim.scenario.steps.request import SOURCES
from sim.scenario.steps.verify import Verify, Visit
from sim.texts import t


def way_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return links that lead nowhere, and places that cannot be reached by who must go there."""
    return [
        *_links(scenario, file),
        *_unreachable(scenario, file),
        *_homeless(scenario, file),
    ]


def _links(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    for key, link in scenario.links.items():
        path = ("links", key)
        if link.from_ == link.to:
            yield file.problem((*path, "to"), t("another place than `from`"), shown(link.to))
        if link.length is None and link.time is None:
            yield file.problem(path, t("a length or a time"), t("neither"))
        ends = [scenario.places.get(place) for place in (link.from_, link.to)]
        a, b = (end.at if end else None for end in ends)
        if link.length is None or a is None or b is None:
            continue
        straight = distance_m(a, b)
        if link.length < straight * 0.99 - 100:
            expected = t(
                "no less than the straight line, {length} km", length=f"{straight / 1e3:.1f}"
            )
            received = f"{link.length / 1000:g} km"
            yield file.problem((*path, "length"), expected, received)


def _unreachable(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """A place without coordinates needs links to every place it is travelled from or to."""
    reported: set[str] = set()
    for group, modes in _journeys(scenario):
        for place in group:
            thing = scenario.places.get(place)
            if thing is None or thing.at is not None or place in reported:
                continue
            near = _reached(scenario, place, modes) & _reached(scenario, place, modes, True)
            far = [other for other in group if other not in near]
            if far and scenario.places.keys() >= set(far):
                reported.add(place)
                expected = t("coordinates (at or adcode), or links to {place}", place=far[0])
                yield file.problem(("places", place), expected, t("neither"))


def _homeless(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Who is sent to see starts at the place of his office; a team sees for itself."""
    for actor, node, visit in _visits(scenario):
        if actor in scenario.teams:
            expected = t("by_visit only in procedures of offices and depots")
            yield file.problem((*node, "by_visit"), expected, shown(actor))
        elif visit.way is None and not _home(scenario, actor):
            expected = t("a place of the office, or the time of the way (by_visit: way)")
            yield file.problem(("offices", actor), expected, t("neither"))


def _visits(scenario: Scenario) -> Iterator[tuple[str, Node, Visit]]:
    """Yield (actor, where the step stands, visit) for every step that sends somebody to see."""
    for section in ("offices", "teams", "depots"):
        for key, actor in getattr(scenario, section).items():
            for name in actor.procedures:
                procedure = scenario.procedures.get(name)
                for node, step in steps_of(procedure, ("procedures", name)) if procedure else ():
                    if isinstance(step, Verify) and step.by_visit is not None:
                        yield key, node, step.by_visit


def _home(scenario: Scenario, actor: str) -> str | None:
    thing = scenario.offices.get(actor) or scenario.depots.get(actor)
    return thing.place if thing else None


def _reached(scenario: Scenario, place: str, modes: set[str], backwards: bool = False) -> set[str]:
    """Return the places that one gets to from a place by modes, or from which one gets there."""
    beside: dict[str, list[str]] = {}
    for link in scenario.links.values():
        if link.mode in modes:
            ends = (link.to, link.from_) if backwards else (link.from_, link.to)
            beside.setdefault(ends[0], []).append(ends[1])
            if not link.one_way:
                beside.setdefault(ends[1], []).append(ends[0])
    found, ahead = {place}, [place]
    while ahead:
        ahead += [other for other in beside.pop(ahead.pop(), ()) if other not in found]
        found.update(ahead)
    return found


def _journeys(scenario: Scenario) -> list[tuple[dict[str, None], set[str]]]:
    """Return the groups of places among which teams and goods travel, and by which modes."""
    kinds: dict[str, list] = {}
    for procedure in scenario.procedures.values():
        for _, step in steps_of(procedure, ()):
            kinds.setdefault(step.kind, []).append(step)
    sites = {incident.place: None for incident in scenario.incidents.values()}
    sites |= {place: None for calls in scenario.background.values() for place in calls.places}
    sites |= {s.to: None for s in kinds.get("dispatch", ()) if s.to}
    sites |= {s.place: None for s in kinds.get("ask_support", ()) if s.place}
    for incident in scenario.incidents.values():
        sites |= {task.place: None for task in incident.tasks.values() if task.place}
    groups: list[tuple[dict[str, None], set[str]]] = []
    road = {"road"}
    if "dispatch" in kinds and scenario.teams:
        groups.append(({team.base: None for team in scenario.teams.values()} | sites, road))
    if "request" in kinds and scenario.depots:
        words = {word for s in kinds["request"] for word in s.sources}
        asked = {key: None for key in scenario.depots if key in words or words & {*SOURCES}}
        to = {s.to for s in kinds["request"] if s.to}
        ends = {s.place: None for key, s in scenario.shelters.items() if key in to or s.items}
        ends |= {o.place: None for key, o in scenario.offices.items() if key in to and o.place}
        ends |= {d.place: None for key, d in scenario.depots.items() if key in to}
        modes = {mode for kind in scenario.vehicles.values() for mode in kind.modes}
        starts = {scenario.depots[key].place: None for key in asked}
        groups.append((starts | sites | ends, road | modes))
    for depot in scenario.depots.values():
        suppliers = {rule.from_ for rule in depot.replenish.values() if rule.from_}
        for supplier in sorted(suppliers & {*scenario.depots}):
            ends = {scenario.depots[supplier].place: None, depot.place: None}
            groups.append((ends, road | modes))
    for actor, _, visit in _visits(scenario):
        home = _home(scenario, actor)
        if home and visit.way is None:
            groups.append(({home: None} | ({visit.place: None} if visit.place else sites), road))
    return groups
