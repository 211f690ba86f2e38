"""Ask other offices for teams, one after the other, until enough are promised."""

from __future__ import annotations

from dataclasses import replace

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.dispatching.support import Request, expect, neighbours
from sim.model.mail import address, write_report
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.steps.send import send
from sim.model.wires import settle
from sim.model.world import perform
from sim.scenario.steps.send import Send


def ask_support(act: Act, step: Bound) -> Steps:
    """Decide, then ask; its last row says how many teams were promised."""
    world, data = act.world, step.data
    yield from hold(act, step, "deciding")
    incident = act.matter.incident
    line = f"incident/{incident}/{act.actor}/support"
    site = world.tasks.get((incident, data.task)) if data.task else None
    request = Request(
        id=f"{line}-{world.born(line) + 1}",
        office=act.actor,
        place=data.place or (site or world.scenario.incidents[incident]).place,
        skills=tuple(data.skills),
        number=data.number,
        priority=act.priority,
        task=data.task or "",
    )
    for office in _whom(act, data.whom):
        yield from _ask(act, step, request, office)
        if request.missing <= 0:
            return
    if request.missing > 0:
        extra = {"reason": "too_few", "quantity": request.missing}
        act.write("given_up", object=request.id, extra=extra)
        yield from perform(act, step.branches["else"])


def _whom(act: Act, words: list[str]) -> list[str]:
    """Return the offices to be asked, each once, never oneself."""
    found: list[str] = []
    for word in words:
        near = word == "neighbours"
        found += neighbours(act.world.scenario, act.actor) if near else [address(act, word)]
    return [office for office in dict.fromkeys(found) if office and office != act.actor]


def _ask(act: Act, step: Bound, request: Request, office: str) -> Steps:
    """Call one office and wait for its answer."""
    world = act.world
    request.heard, request.answered = None, Event(world.env)
    act.report = write_report(act, "support_request", [], [], " ".join(request.skills))
    act.report.request, act.report.teams = request, request.missing
    call = Send(to=office, channel=step.data.channel)
    if not (yield from send(act, replace(step, data=call, branches={"else": ()}))):
        return
    patience = Timeout(world.env, step.data.patience)
    answered = request.answered
    patience.callbacks.append(lambda _: settle(answered))
    act.doing = "waiting_answer"
    act.write("wait", "started", "", request.id, office)
    if request.heard is None:
        yield answered
    expect(act, request, office)
