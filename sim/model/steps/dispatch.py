"""Order teams out."""

from __future__ import annotations

from collections.abc import Sequence

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.response import executes
from sim.model.site import lacking
from sim.model.steps._work import hold
from sim.model.things import Order
from sim.model.world import World
from sim.scenario.steps.dispatch import Dispatch


def dispatch(act: Act, step: Bound) -> Steps:
    """Decide, then place one order for each team; every order waits for its own team."""
    yield from hold(act, step, "deciding")
    world = act.world
    incident = act.matter.incident
    line = f"incident/{incident}/{act.actor}/order"
    task = step.data.task or ""
    site = world.tasks.get((incident, task))
    if task and site is None:
        act.write("refused", extra={"reason": "no_task", "task": task})
        return
    for skills in _wanted(world, incident, step.data):
        executes(act)
        number = world.born(line)
        order = Order(
            incident,
            line,
            number,
            sender=act.actor,
            id=f"{line}-{number + 1}",
            task=task,
            place=site.place if site else world.scenario.incidents[incident].place,
            skills=skills,
        )
        order.thread = act.branch()
        order.thread.matter = order
        if step.data.patience is not None:
            order.until = world.now + step.data.patience
        world.running[order.thread] = None
        world.env.process(_order(order.thread, order))


def _wanted(world: World, incident: str, data: Dispatch) -> list[tuple[str, ...]]:
    """Return the skills of each team to be ordered."""
    if data.task and not data.skills:
        return [(skill,) for skill in lacking(world, incident, data.task)]
    return [tuple(data.skills)] * data.number


def ask_again(world: World, order: Order, team: str, row: int) -> None:
    """A team has refused an order by `row`: the order waits for another one."""
    order.declined.append(team)
    order.thread.last = row
    world.running[order.thread] = None
    world.env.process(_order(order.thread, order))


def _order(act: Act, order: Order) -> Steps:
    world = act.world
    patience = None if order.until is None else max(0, order.until - world.now)
    names = {"reason": " ".join(order.skills)} | ({"task": order.task} if order.task else {})
    act.doing = "waiting_team"
    act.write("order", "asked", "", order.id, extra=names)
    if not any(_fits(order, member) for member in world.pools["teams"].members):
        act.write("refused", "", "", order.id, extra={"reason": "no_team"})
        del world.running[act]
        return
    grant = world.pools["teams"].ask(
        act.priority,
        patience,
        fits=lambda member: _fits(order, member),
        choose=lambda idle: _choose(world, order, idle),
    )
    if grant.event is not None:
        yield grant.event
        if grant.gave_up:
            act.write("given_up", "", "waiting_team", order.id, extra={"reason": "patience"})
            del world.running[act]
            return
    span = "waiting_team" if grant.event is not None else ""
    team = grant.member
    if order.task and world.tasks[order.incident, order.task].done:
        unneeded = {"reason": "not_needed", "task": order.task}
        row = act.write("cancelled", "", span, order.id, "", grant.held_by, unneeded)
        del world.running[act]
        release(team, row)
        return
    row = act.write("order", "ended", span, order.id, team.id, grant.held_by)
    del world.running[act]
    if not world.happens("ordered", team.id, order, row, held=team):
        release(team, row)


def _fits(order: Order, team: Member) -> bool:
    return set(order.skills) <= set(team.traits.skills) and team.id not in order.declined


def _choose(world: World, order: Order, idle: Sequence[Member]) -> Member:
    """Return the team that goes: the nearest by travel time, or the first one listed."""
    if world.scenario.policies.dispatch == "listed":
        return idle[0]
    return world.roads.nearest(idle, order.place)
