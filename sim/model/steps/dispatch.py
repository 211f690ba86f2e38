"""Order teams out."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dispatching.orders import new_order, order_at_once, place_order
from sim.model.dispatching.standby import release_teams
from sim.model.mail import write_report
from sim.model.plan import Bound, Steps
from sim.model.response import executes
from sim.model.site import lacking, no_site
from sim.model.steps._work import hold
from sim.model.things import Order


def dispatch(act: Act, step: Bound) -> Steps:
    """Decide, then place one order for each team; every order waits for its own team."""
    yield from hold(act, step, "deciding")
    data = step.data
    if data.purpose == "release":
        release_teams(act, data.to)
    elif data.as_asked:
        _promise(act, step)
    else:
        _place(act, step)


def _place(act: Act, step: Bound) -> None:
    """Place the orders, for a task perhaps."""
    world, data, incident = act.world, step.data, act.matter.incident
    task = data.task or ""
    site = world.tasks.get((incident, task))
    if task and site is None:
        act.write("refused", extra={"reason": no_site(world, incident, task), "task": task})
        return
    wanted = [tuple(data.skills)] * data.number
    if task and not data.skills:
        wanted = [(skill,) for skill in lacking(world, incident, task)]
    for skills in wanted:
        executes(act)
        order = _order(act, step, skills)
        order.place = data.to or (site.place if site else order.place)
        order.task, order.purpose, order.stay = task, data.purpose, data.for_
        place_order(act, order, data.patience)


def _order(act: Act, step: Bound, skills: tuple[str, ...]) -> Order:
    order = new_order(act, skills)
    order.reach = step.data.from_
    order.equipment = step.data.equipment
    return order


def _promise(act: Act, step: Bound) -> None:
    """Send what can go at once to where support was asked for; the answer is drafted."""
    answer = write_report(act, "support_answer", [], [], "")
    request = answer.request
    if request is None:
        return
    for _ in range(act.matter.report.teams):
        order = _order(act, step, request.skills)
        order.place, order.priority = request.place, request.priority
        order.task, order.requested_by = request.task, request.office
        declined = order_at_once(act, order)
        if declined:
            answer.reason = declined
            break
        answer.teams += 1
    act.report = answer
