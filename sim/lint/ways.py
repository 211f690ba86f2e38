"""How quickly somebody can be on site: roads open, each at the hour when it is quickest."""

from __future__ import annotations

from typing import Any

from sim.lint.house import House
from sim.lint.timing import Timing
from sim.model.visit import ByCar
from sim.scenario.steps.travel import Travel
from sim.scenario.steps.verify import Verify


def team_way(house: House, actor: str, incident: str, travel: Travel) -> float:
    """Return the least seconds from a team's base to where anybody may order it to.

    Nothing where it may stand elsewhere, or goes with others.
    """
    scenario = house.scenario
    team = scenario.teams.get(actor)
    escorts = any(getattr(data, "escort", ()) for _, data in house.steps)
    if (
        team is None
        or house.standby
        or escorts
        or scenario.policies.relief
        or len(scenario.incidents) > 1
    ):
        return 0.0
    about = scenario.incidents[incident]
    goals = {about.place, *(task.place or about.place for task in about.tasks.values())}
    goals |= {place for _, data in house.steps if (place := _goal(data)) is not None}
    seconds = min(_seconds(house, actor, team, team.base, goal) for goal in goals)
    if travel.factor == 1:
        return float(seconds)
    return max(0.0, int(seconds * travel.factor) - len(scenario.links) - 1)  # rounded link by link


def _goal(data: Any) -> str | None:
    """Return the place that a step orders teams to, if it names one."""
    word = {"dispatch": "to", "ask_support": "place"}.get(data.kind)
    return getattr(data, word) if word else None


def visit_way(house: House, actor: str, incident: str, verify: Verify, timing: Timing) -> float:
    """Return the least seconds that an officer takes to the place that he is sent to see."""
    scenario, visit = house.scenario, verify.by_visit
    assert visit is not None
    if visit.way is not None:
        return timing(visit.way)
    section: Any = scenario.offices if actor in scenario.offices else scenario.depots
    home = section[actor].place or ""
    place = visit.place or scenario.incidents[incident].place
    return float(_seconds(house, f"{actor}/visitor", ByCar(), home, place))


def _seconds(house: House, key: str, traits: Any, start: str, end: str) -> int:
    roads = house.plan.roads
    try:
        return roads.least(start, end, roads.traveller(key, traits))
    except ValueError:  # no links and no coordinates: nobody ever goes there
        return 0
