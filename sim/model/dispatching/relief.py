"""Relief of tired teams: after a time of work another one is ordered, and takes over the rest."""

from __future__ import annotations

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.dispatching.orders import new_order, place_order
from sim.model.plan import Bound, Steps
from sim.model.things import Order
from sim.model.wires import settle


class Turn:
    """The work of one team on site, which another one may take over.

    `over` happens at second `ends`, or when it is `relieved`; `relief` is the order for it.
    """

    __slots__ = ("act", "ends", "over", "relief", "relieved")

    def __init__(self, act: Act, seconds: int):
        env = act.world.env
        self.act = act
        self.ends = act.world.now + seconds
        self.over = Event(env)
        self.relieved = False
        self.relief: Order | None = None
        Timeout(env, seconds).callbacks.append(lambda _: settle(self.over))

    def ask_for_relief(self) -> None:
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
        order.place, order.reach, order.requested_by = tired.place, tired.reach, tired.requested_by
        order.purpose, order.relieves = "relief", self
        place_order(thread, order, None, "working")

    def hand_over(self) -> int:
        """Let the team go; return the seconds of work that are left, 0 if it is done."""
        if self.over.triggered:
            return 0
        self.relieved = True
        self.over.succeed()
        return self.ends - self.act.world.now


def in_turns(act: Act, step: Bound, after: int) -> Steps:
    """Work for the step's time, or for the rest of whom this team relieves, until relieved."""
    order: Order = act.matter
    act.write("work", "asked")
    seconds = order.relieves.hand_over() if order.relieves else act.seconds(step)
    if order.relieves and not seconds:
        act.write("cancelled", "", "", act.actor, extra={"reason": "not_needed"})
        return
    act.write("work", "started", "", act.actor)
    act.doing = "working"
    turn = Turn(act, seconds)
    Timeout(act.world.env, after).callbacks.append(lambda _: turn.ask_for_relief())
    yield turn.over
    if turn.relief is not None and not turn.relieved:
        act.world.teams.withdraw(turn.relief)
    act.write(
        "work",
        "ended",
        "working",
        act.actor,
        extra={"reason": "relieved"} if turn.relieved else None,
    )
