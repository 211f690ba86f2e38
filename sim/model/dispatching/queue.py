"""The teams and the orders that wait for one.

1. An order that somebody can carry out now is offered the idle teams that fit; the policy picks
   one, or lets the order wait.
2. When a team becomes free, the waiting orders are offered the idle teams in one order: priority
   (smaller first), time of asking, insertion.  Every one that the policy gives a team is granted
   in the same instant (rule 2 of `sim.model.pool`).
3. An order that asks again keeps its first time of asking and insertion.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any

from simpy import Event
from simpy.events import Timeout

from sim.model.dispatching.policies import policy
from sim.model.dispatching.view import View
from sim.model.pool import Grant, Member, Pool, give_up, next_number
from sim.model.things import Order
from sim.scenario.authority import may_order

if TYPE_CHECKING:
    from sim.model.world import World


class Wanted(Grant):
    """The request of an order for a team."""

    __slots__ = ("order",)

    def __init__(self, order: Order):
        super().__init__()
        self.order = order


class Dispatcher(Pool):
    """The view on all teams; its waiting requests are orders."""

    def __init__(self, world: World):
        super().__init__(world.env, "teams")
        self._world = world
        self.choose = policy(world.scenario.policies.dispatch)
        self.look = View(world)
        self._able: dict[Any, list[Member]] = {}

    def able(self, order: Order) -> list[Member]:
        """Return the teams that can and may carry out an order, in the order of the scenario."""
        if order.only:
            return [] if order.declined else [self._world.members[order.only]]
        key = (order.sender, order.reach, order.skills, *order.equipment.items())
        found = self._able.get(key)
        if found is None:
            scenario = self._world.scenario
            found = self._able[key] = [
                team
                for team in self.members
                if team.traits.has(order.skills, order.equipment)
                and may_order(scenario, order.sender, team.id, order.reach)
            ]
        if order.declined:
            return [team for team in found if team.id not in order.declined]
        return found

    def why_nobody(self, order: Order) -> str:
        """Return why no team can ever carry out an order."""
        skilled = any(team.traits.has(order.skills, order.equipment) for team in self.members)
        return "no_authority" if skilled and not order.declined else "no_team"

    def request(self, order: Order) -> Wanted:
        """Ask for a team; wait on `grant.event` unless it is None."""
        grant = Wanted(order)
        team = self.pick(order)
        if team is not None:
            team.busy = True
            grant.member = team
            return grant
        env = self._env
        grant.event = Event(env)
        entry = (order.priority, *order.first, next_number(env), grant)
        insort(self._waiting, entry)
        if order.until is not None:
            left = max(0, order.until - self._world.now)
            Timeout(env, left).callbacks.append(lambda _: give_up(grant))
        return grant

    def pick(self, order: Order) -> Member | None:
        """Return the team that the policy gives an order now, if any."""
        idle = self.idle_for(order)
        return self.choose(order, idle, self.look) if idle else None

    def idle_for(self, order: Order) -> list[Member]:
        """Return the idle teams that could carry out an order now, in the scenario's order."""
        return [team for team in self.able(order) if team.on_duty and not team.busy]

    def withdraw(self, order: Order) -> None:
        """Take an order out of the queue that is not needed any more, if it still waits."""
        order.needed = False
        for entry in self._waiting:
            if entry[-1].order is order:  # type: ignore[attr-defined]
                give_up(entry[-1])

    def serve(self, member: Member) -> None:
        """A team is idle: grant what can be granted now."""
        waiting = [entry[-1] for entry in self._waiting if not entry[-1]._settled]
        for wanted in waiting:
            team = self.pick(wanted.order)  # type: ignore[attr-defined]
            if team is not None:
                wanted.settle(team, member.freed_by)
        self._waiting = [entry for entry in self._waiting if not entry[-1]._settled]
