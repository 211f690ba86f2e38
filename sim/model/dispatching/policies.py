"""Policies: which of the idle teams goes.

A policy is a function `choose(order, idle, view)`: `idle` are the teams that could carry the
order out now, in the order of the scenario, at least one; it returns one of them, or None to
let the order wait.  It draws no numbers and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sim.errors import YanlianError, did_you_mean, sentence, shown
from sim.model.dispatching.view import View
from sim.model.pool import Member
from sim.model.things import Order
from sim.scenario.policies import NAMES, Reserve, installed
from sim.texts import t

Policy = Callable[[Order, Sequence[Member], View], Member | None]


def nearest(order: Order, idle: Sequence[Member], view: View) -> Member | None:
    """The team with the shortest travel time now; of equals the first in the scenario."""
    return idle[0] if len(idle) == 1 else view.nearest(idle, order.place)


def listed(order: Order, idle: Sequence[Member], view: View) -> Member | None:
    """The first on the list of the order's place, else of its office, else of the scenario.

    Who is not on the list comes after it, in the order of the scenario.
    """
    lists = view.policies.preference
    wanted = lists.get(order.place) or lists.get(order.sender)
    if not wanted:
        return idle[0]
    ranks = {key: rank for rank, key in enumerate(wanted)}
    return min(idle, key=lambda team: ranks.get(team.id, len(ranks)))


def fewest_spare_skills(order: Order, idle: Sequence[Member], view: View) -> Member | None:
    """The team with the fewest skills that are not asked for; of equals the nearest."""
    spare = {team.id: len(set(team.traits.skills) - set(order.skills)) for team in idle}
    fewest = min(spare.values())
    return nearest(order, [team for team in idle if spare[team.id] == fewest], view)


def reserve(order: Order, idle: Sequence[Member], view: View) -> Member | None:
    """The nearest team whose leaving keeps the reserve, unless the order is urgent enough."""
    keep = view.policies.reserve or Reserve()
    if order.priority <= keep.open_to:
        return nearest(order, idle, view)
    there = Counter(skill for team in view.idle() for skill in set(team.traits.skills))
    at_base = Counter(team.traits.base for team in view.idle())
    spare = [
        team
        for team in idle
        if all(there[skill] > keep.skills.get(skill, 0) for skill in team.traits.skills)
        and at_base[team.traits.base] > keep.bases.get(team.traits.base, 0)
    ]
    return nearest(order, spare, view) if spare else None


POLICIES: dict[str, Policy] = {
    "nearest": nearest,
    "listed": listed,
    "fewest_spare_skills": fewest_spare_skills,
    "reserve": reserve,
}


def register_policy(name: str, choose: Policy) -> None:
    """Add a policy that scenarios may name under `policies.dispatch`."""
    if name in POLICIES and POLICIES[name] is not choose:
        raise ValueError(f"a policy named {name!r} exists already")
    POLICIES[name] = choose
    NAMES[name] = None


def policy(name: str) -> Policy:
    """Return the policy of this name, from an installed package if need be."""
    if name not in POLICIES:
        packaged = installed()
        if name not in packaged:
            known = [*POLICIES, *packaged]
            expected = t("one of {words}", words=", ".join(known))
            raise YanlianError(sentence(expected, shown(name), did_you_mean(name, known)))
        register_policy(name, packaged[name].load())
    return POLICIES[name]
