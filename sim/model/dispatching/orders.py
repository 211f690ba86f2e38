"""What becomes of an order: a team is found, or nobody may go, or patience ends."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dispatching.queue import Dispatcher
from sim.model.dispatching.redirect import redirected, send_on_the_late
from sim.model.plan import Steps
from sim.model.pool import Member, next_number, release
from sim.model.things import Matter, Order
from sim.model.world import World


def new_order(act: Act, skills: tuple[str, ...]) -> Order:
    """Return the actor's next order about the matter at hand, to the matter's place.

    Orders of one office are numbered by incident; those for a routine call by the number of the
    call, the further ones for the same call in lines of their own.
    """
    world, office, matter = act.world, act.actor, act.matter
    if matter.incident:
        line = f"incident/{matter.incident}/{office}/order"
        number = world.born(line)
    else:
        line, number = f"{matter.line}/{office}/order", matter.number
        again = world.born(f"{line}-{number}")
        line += f"/{again + 1}" if again else ""
    place = matter.place or world.scenario.incidents[matter.incident].place
    return Order(
        matter.incident,
        line,
        number,
        sender=office,
        place=place,
        priority=act.priority,
        id=f"{line}-{number + 1}",
        skills=skills,
    )


def place_order(act: Act, order: Order, patience: int | None, span: str = "") -> None:
    """Let an order look for its team, on a thread of its own; `span` is what passed before it."""
    world = act.world
    thread = order.thread = act.branch()
    thread.matter = order
    order.first = (world.now, next_number(world.env))
    if patience is not None:
        order.until = world.now + patience
    begin(thread, order, span)


def order_at_once(act: Act, order: Order) -> str:
    """Order a team that is idle now; return why there is none, or nothing.

    An order that nobody can carry out now is not placed: there is no row of it.
    """
    teams: Dispatcher = act.world.teams
    if not teams.able(order):
        return teams.why_nobody(order)
    team = teams.pick(order)
    if team is None:
        return "teams_out"
    team.busy = True
    thread = order.thread = act.branch()
    thread.matter = order
    order.first = (act.world.now, next_number(act.world.env))
    thread.write("order", "asked", "", order.id, extra=_wish(act.world, order))
    _give(thread, order, team, "", None)
    return ""


def order_itself(world: World, team: str, incident: str, row: int) -> None:
    """A team has noticed an incident (`row`) and goes by itself, as soon as it is free."""
    matter = Matter(incident, f"incident/{incident}")
    act = Act(world, team, world.plan.procedures[team]["ordered"][0], matter, row)
    order = new_order(act, ())
    order.only = team
    place_order(act, order, None)


def ask_again(world: World, order: Order, team: str, row: int) -> None:
    """A team has refused an order by `row`: the order waits for another one."""
    order.declined.append(team)
    order.thread.last = row
    begin(order.thread, order)


def begin(thread: Act, order: Order, span: str = "") -> None:
    """Let an order look for a team, for the first time or again."""
    thread.world.running[thread] = None
    thread.world.env.process(_find_team(thread, order, span))


def _find_team(act: Act, order: Order, span: str) -> Steps:
    world = act.world
    teams: Dispatcher = world.teams
    act.write("order", "asked", span, order.id, extra=_wish(world, order))
    act.doing = "waiting_team"
    if not teams.able(order):
        act.write("refused", "", "", order.id, extra={"reason": teams.why_nobody(order)})
        _nobody_comes(act, order)
        return
    if redirected(act, order):
        del world.running[act]
        return
    grant = teams.request(order)
    if grant.event is not None:
        yield grant.event
        if grant.gave_up:
            why = {"reason": "patience" if order.needed else "not_needed"}
            end = "given_up" if order.needed else "cancelled"
            act.write(end, "", "waiting_team", order.id, extra=why)
            _nobody_comes(act, order)
            return
    span = "waiting_team" if grant.event is not None else ""
    del world.running[act]
    if order.task and world.tasks[order.incident, order.task].done:
        unneeded = {"reason": "not_needed", "task": order.task}
        row = act.write("cancelled", "", span, order.id, "", grant.held_by, unneeded)
        release(grant.member, row)
        return
    _give(act, order, grant.member, span, grant.held_by)


def _nobody_comes(act: Act, order: Order) -> None:
    """The order ends without a team."""
    del act.world.running[act]
    _tell_escorted(order, act.last)


def _tell_escorted(order: Order, row: int) -> None:
    """Let those go on who wait for an escort that does not come."""
    if order.escort is not None:
        order.escort.met.succeed(row)


def _give(act: Act, order: Order, team: Member, span: str, held_by: int | None) -> None:
    """The order has its team, which starts its procedure."""
    world = act.world
    world.standby.pop(team.id, None)
    row = act.write("order", "ended", span, order.id, team.id, held_by)
    send_on_the_late(world, team, order, row)
    if not world.happens("ordered", team.id, order, row, held=team):
        release(team, row)
        _tell_escorted(order, row)


def _wish(world: World, order: Order) -> dict[str, str]:
    """Return what the order asks for: skills, and the place where the incident has another."""
    wanted = [*order.skills, *[f"{item}:{number}" for item, number in order.equipment.items()]]
    wish = {"reason": " ".join(wanted)}
    if order.task:
        return wish | {"task": order.task}
    incident = world.scenario.incidents.get(order.incident)
    if incident is None or incident.place != order.place:
        wish["place"] = order.place
    if order.purpose != "respond":
        wish["note"] = order.purpose
    if order.requested_by:
        wish["note"] = order.requested_by
    return wish
