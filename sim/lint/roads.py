"""Places beside the network, lengths that are hardly meant, closures of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.scenario.geo import distance_m
from sim.texts import t

LONGEST = 4
"""Times the straight line: a longer link is doubted (assumed)."""
SHORT_M = 5_000
"""Links up to this length may wind as they like (assumed)."""


def beside_the_network(house: House) -> Iterator[LintWarning]:
    """Where there are links, those who travel should start and end on them."""
    scenario = house.scenario
    touched = {end for link in scenario.links.values() for end in (link.from_, link.to)}
    used = {team.base for team in scenario.teams.values() if "air" not in team.modes}
    used |= {depot.place for depot in scenario.depots.values()}
    if used:
        used |= {incident.place for incident in scenario.incidents.values()}
    for place in scenario.places if touched else ():
        if place in used - touched:
            yield warn(
                "beside_the_network",
                ("places", place),
                lambda place=place: t(  # type: ignore[misc]
                    "no link leads to {place}: who goes there travels as the crow flies, "
                    "whatever is closed",
                    place=place,
                ),
            )


def winding_links(house: House) -> Iterator[LintWarning]:
    """A link many times as long as the straight line is probably a mistake."""
    places = house.scenario.places
    for key, link in house.scenario.links.items():
        a, b = places[link.from_].at, places[link.to].at
        if link.length is None or a is None or b is None or link.length <= SHORT_M:
            continue
        straight = distance_m(a, b)
        if link.length > LONGEST * straight:
            yield warn(
                "winding_links",
                ("links", key),
                lambda link=link, straight=straight: t(  # type: ignore[misc]
                    "{length} km long, but only {straight} km as the crow flies",
                    length=f"{link.length / 1000:g}",
                    straight=f"{straight / 1000:.1f}",
                ),
            )


def closures_of_nothing(house: House) -> Iterator[LintWarning]:
    """A closure by class or area should concern some link."""
    scenario = house.scenario
    for key, closure in scenario.closures.items():
        if not closure.concerned(scenario.links, scenario.places):
            yield warn(
                "closures_of_nothing",
                ("closures", key),
                lambda: t("no link is of these classes or lies there: nothing is closed"),
            )
