"""A team on its way to something less urgent is ordered elsewhere.

Only before it has arrived.  Its former order asks again, with its first time of asking and
without patience; the team goes on for the new one from where it is.
"""

from __future__ import annotations

from sim.model.act import Act
from sim.model.crew import LATE
from sim.model.pool import Member
from sim.model.things import Order
from sim.model.world import World

BEFORE_LEAVING = ("alert", "muster")


def redirected(act: Act, order: Order) -> bool:
    """Give an order a team that is under way, if `policies.redirect` and the policy say so."""
    world, teams = act.world, act.world.teams
    when = world.scenario.policies.redirect
    if when == "never" or (order.task and world.tasks[order.incident, order.task].done):
        return False
    idle = teams.idle_for(order)
    if idle and when == "none_idle":
        return False
    coming = _divertible(world, order)
    able = teams.able(order)
    if not any(team in coming for team in able):
        return False
    offered = [team for team in able if team in coming or team in idle]
    team = teams.choose(order, offered, teams.look)
    if team not in coming:
        return False
    _redirect(act, order, team, coming[team])
    return True


def _divertible(world: World, order: Order) -> dict[Member, Act]:
    """Return the teams that have not arrived where they are less urgently wanted."""
    out: dict[Member, Act] = {}
    for act in world.running:  # of the threads of a team its procedure is the first
        if act.held is not None and act.actor == act.held.id:
            out.setdefault(act.held, act)
    return {team: act for team, act in out.items() if _is_coming(act, order)}


def _is_coming(act: Act, order: Order) -> bool:
    if act.over or not isinstance(act.matter, Order):
        return False  # it goes home
    step = act.procedure.steps[act.at].data.kind
    before = step in BEFORE_LEAVING or (step == "travel" and act.actor in act.world.journeys)
    return before and act.matter.priority > order.priority


def _redirect(act: Act, order: Order, team: Member, its: Act) -> None:
    """Take the team from its former order, which asks again; `act` is the thread of the new one."""
    from sim.model.dispatching.orders import begin

    world, former = act.world, its.matter
    thread = former.thread
    thread.last, former.until = its.last, None
    lost = {"reason": "urgent"}
    thread.write("order", "interrupted", its.doing, former.id, team.id, extra=lost)
    row = act.write("order", "ended", "", order.id, team.id)
    _send_on(its, team.id, order, row)
    send_on_the_late(world, team, order, row)
    begin(thread, former)


def send_on_the_late(world: World, team: Member, order: Order, row: int) -> None:
    """Let those who follow a team that is out follow it to its next order, too."""
    crew = world.crews[team.id]
    if crew.late is not None and crew.left is not None:
        _send_on(crew.late, f"{team.id}/{LATE}{crew.trip + 1}", order, row)


def _send_on(act: Act, who: str, order: Order, row: int) -> None:
    """Let who is under way, or about to leave, go on for another order."""
    act.matter = order
    journey = act.world.journeys.get(who)
    if journey is not None:
        journey.divert(order.place, row)
    else:
        act.last = row
