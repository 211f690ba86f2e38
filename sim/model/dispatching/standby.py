"""Teams that wait away from their bases: idle and at hand there, until they are sent home."""

from __future__ import annotations

from simpy.events import Timeout

from sim.model.act import Act
from sim.model.convoy import go, home
from sim.model.crew import stand_down
from sim.model.plan import Steps
from sim.model.pool import release
from sim.model.things import Order
from sim.model.world import World


def stand_by(act: Act) -> None:
    """The team has arrived where it is to wait: its procedure ends here and it is idle."""
    world, order, team, row = act.world, act.matter, act.actor, act.last
    world.standby[team] = order
    act.over = True
    if order.stay is not None:
        timer = Timeout(world.env, order.stay)
        timer.callbacks.append(lambda _: _send_home(world, team, order, row, "", "standing_by"))


def release_teams(act: Act, place: str | None) -> None:
    """Send home the teams that wait by order of the act's office, at one place or at any."""
    for team, order in list(act.world.standby.items()):
        if order.sender == act.actor and place in (None, act.world.places[team]):
            _send_home(act.world, team, order, act.last, act.actor, "")


def _send_home(world: World, team: str, order: Order, row: int, office: str, span: str) -> None:
    """Let a team go home that still waits by this order."""
    if world.standby.get(team) is not order:
        return
    del world.standby[team]
    act = Act(world, team, world.plan.procedures[team]["ordered"][0], order, row)
    act.held = world.members[team]
    act.held.busy = act.over = True
    world.running[act] = None
    act.actor = office
    act.write("release", "", span, order.id, team)
    act.actor = team
    world.env.process(_return(act))


def _return(act: Act) -> Steps:
    yield from go(act, "return", home(act), 1.0)
    yield from stand_down(act)
    del act.world.running[act]
    if act.held is not None:
        release(act.held, act.last)
