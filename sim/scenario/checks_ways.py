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
        *_convoys(scenario, file),
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


def _convoys(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Vehicles of one depot travel together: they must share a mode."""
    shared: dict[str, set[str]] = {}
    for key, kind in scenario.vehicles.items():
        modes = shared.setdefault(kind.depot, set(kind.modes))
        modes &= set(kind.modes)
        if not modes:
            expected = t("a mode that all vehicles of {depot} share", depot=kind.depot)
            yield file.problem(("vehicles", key, "modes"), expected, ", ".join(kind.modes))


def _unreachable(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """A place without coordinates needs links to every place it is travelled from or to."""
    reported: set[str] = set()
    for group in _journeys(scenario):
        for place in group:
            thing = scenario.places.get(place)
            if thing is None or thing.at is not None or place in reported:
                continue
            near = _reached(scenario, place, False) & _reached(scenario, place, True)
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


def _reached(scenario: Scenario, place: str, backwards: bool) -> set[str]:
    """Return the places that one gets to from a place by road, or from which one gets there."""
    beside: dict[str, list[str]] = {}
    for link in scenario.links.values():
        if link.mode == "road":
            ends = (link.to, link.from_) if backwards else (link.from_, link.to)
            beside.setdefault(ends[0], []).append(ends[1])
            if not link.one_way:
                beside.setdefault(ends[1], []).append(ends[0])
    found, ahead = {place}, [place]
    while ahead:
        ahead += [other for other in beside.pop(ahead.pop(), ()) if other not in found]
        found.update(ahead)
    return found


def _journeys(scenario: Scenario) -> list[dict[str, None]]:
    """Return the groups of places among which teams and goods travel."""
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
    groups = []
    if "dispatch" in kinds and scenario.teams:
        groups.append({team.base: None for team in scenario.teams.values()} | sites)
    if "request" in kinds and scenario.depots:
        words = {word for s in kinds["request"] for word in s.sources}
        asked = {key: None for key in scenario.depots if key in words or words & {*SOURCES}}
        to = {s.to for s in kinds["request"] if s.to}
        ends = {s.place: None for key, s in scenario.shelters.items() if key in to or s.items}
        ends |= {o.place: None for key, o in scenario.offices.items() if key in to and o.place}
        groups.append({scenario.depots[key].place: None for key in asked} | sites | ends)
    for actor, _, visit in _visits(scenario):
        home = _home(scenario, actor)
        if home and visit.way is None:
            groups.append({home: None} | ({visit.place: None} if visit.place else sites))
    return groups
