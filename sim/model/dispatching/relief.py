"""Relief of tired teams: after a time of work another one is ordered, and takes over the rest."""

from __future__ import annotations

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.dispatching.orders import new_order, place_order
from sim.model.plan import Bound, Steps
from sim.model.site import call_away
from sim.model.things import Order
from sim.model.wires import settle


class Turn:
    """The work of one team on site, which another one may take over; `over` happens at its end.

    Work for a time ends at second `ends`, work on a task with the task.  `relief` is the order of
    the team that is to come, `relieved` whether it took over.
    """

    __slots__ = ("act", "ends", "over", "relief", "relieved")

    def __init__(self, act: Act, over: Event, ends: int | None = None):
        self.act, self.over, self.ends = act, over, ends
        self.relieved = False
        self.relief: Order | None = None
        policy = act.world.scenario.policies.relief
        if policy is not None and isinstance(act.matter, Order) and not over.triggered:
            timer = Timeout(act.world.env, policy.after)
            timer.callbacks.append(lambda _: self._ask_for_relief())

    def _ask_for_relief(self) -> None:
        """Order another team with the same skills, in the name of who ordered this one."""
        if self.over.triggered:
            return
        world, tired = self.act.world, self.act.matter
        alone = tired.sender == self.act.actor  # it came by itself
        office = world.scenario.teams[self.act.actor].superior if alone else tired.sender
        if office is None:
            return
        thread = Act(world, office, self.act.procedure, tired, self.act.last)
        order = self.relief = new_order(thread, tired.skills)
        order.place, order.task, order.reach = tired.place, tired.task, tired.reach
        order.requested_by, order.purpose, order.relieves = tired.requested_by, "relief", self
        place_order(thread, order, None, self.act.doing)

    def hand_over(self) -> int:
        """Let the team go; return the seconds of work that are left, 0 if it is over."""
        if self.over.triggered:
            return 0
        self.relieved = True
        if self.ends is None:
            call_away(self.act.world, self.act.matter, "relieved")
            return 0
        self.over.succeed()
        return self.ends - self.act.world.now

    def finish(self) -> None:
        """The work is over: relief that still waits for a team is not needed."""
        if self.relief is not None and not self.relieved:
            self.act.world.teams.withdraw(self.relief)


def in_turns(act: Act, step: Bound) -> Steps:
    """Work for the step's time, or for the rest of whom this team relieves, until relieved."""
    world, order = act.world, act.matter
    act.write("work", "asked")
    seconds = order.relieves.hand_over() if order.relieves else act.seconds(step)
    if order.relieves and not seconds:
        act.write("cancelled", "", "", act.actor, extra={"reason": "not_needed"})
        return
    act.write("work", "started", "", act.actor)
    act.doing = "working"
    over = Event(world.env)
    Timeout(world.env, seconds).callbacks.append(lambda _: settle(over))
    turn = Turn(act, over, world.now + seconds)
    yield over
    turn.finish()
    extra = {"reason": "relieved"} if turn.relieved else None
    act.write("work", "ended", "working", act.actor, extra=extra)
