"""What comes from outside: incidents and their course, injects, times of day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simpy import Event

from sim.log.schema import FIELDS
from sim.model.closures import bring, close_after
from sim.model.comms_check import call_round
from sim.model.dispatching.orders import order_itself
from sim.model.expected import decided
from sim.model.mail import receipt
from sim.model.plan import BoundProcedure, Steps
from sim.model.roll_call import call_roll, inspect
from sim.model.shifts import DAY
from sim.model.site import open_tasks
from sim.model.things import Matter, Message, Report
from sim.model.wires import cut_off
from sim.model.world import World
from sim.scenario.distributions import Distribution
from sim.scenario.incidents import COMMS_CHECK, OUTAGE, Incident, Inject, State
from sim.texts import vocabulary


def play_incidents(world: World) -> None:
    """Let every incident occur at its time; what is only feared never does."""
    for key, incident in world.scenario.incidents.items():
        if incident.occurs:
            world.env.process(_incident(world, key, incident))


def _incident(world: World, key: str, incident: Incident) -> Steps:
    if incident.at:
        yield world.pause(incident.at)
    states = sorted(incident.course, key=lambda state: state.after)
    truth = world.truth[key] = {}
    extra: dict[str, Any] = {
        "hazard": incident.hazard,
        "place": incident.place,
        "jurisdiction": "|".join(incident.jurisdiction),
        "parent": incident.parent or "",
    }
    now = [state for state in states if state.after == 0]
    for state in now:
        truth.update(_fields(state, {}))
    row = _write(world, "occur", key, None, "", extra | truth)
    close_after(world, key, row)
    open_tasks(world, key, row)
    world.evacuees.follow(key, row)
    for actor, delay in incident.noticed.items():
        world.env.process(_notice(world, key, actor, delay, row))
    for state in states[len(now) :]:
        yield world.pause(incident.at + state.after - world.now)
        truth.update(_fields(state, world.worsened.get(key, {})))
        row = _write(world, "truth", key, row, "planned", dict(truth))
        world.evacuees.follow(key, row)


def _fields(state: State, worsened: Mapping[str, float]) -> dict[str, float]:
    """Return the figures of a state; what tasks left undone have added comes on top."""
    values = ((name, getattr(state, name)) for name in FIELDS)
    return {
        name: max(0.0, value + worsened[name]) if name in worsened else value
        for name, value in values
        if value is not None
    }


def _notice(world: World, key: str, actor: str, delay: Distribution, cause: int) -> Steps:
    seconds = world.sampler.seconds(delay, f"incident/{key}/noticed/{actor}")
    if seconds:
        yield world.pause(seconds)
    truth = world.truth[key]
    row = _write(world, "notice", key, cause, "noticing", dict(truth), actor)
    world.dossier(actor, key).learn(truth, dict.fromkeys(truth, world.now))
    started = world.happens("noticed", actor, Matter(key, f"incident/{key}"), row)
    if not started and actor in world.scenario.teams:
        order_itself(world, actor, key, row)


def _write(
    world: World,
    activity: str,
    incident: str,
    cause: int | None,
    span: str,
    extra: dict[str, Any] | None,
    actor: str = "",
) -> int:
    world.rows.append((world.now, activity, "", actor, "", "", incident, cause, None, span, extra))
    return len(world.rows) - 1


def play_injects(world: World) -> None:
    """Put every inject in at its time, or when its event happens and its guard holds."""
    for inject in world.scenario.injects.values():
        if inject.awaits:
            world.put_in.setdefault(inject.awaits, Event(world.env))
    for key, inject in world.scenario.injects.items():
        world.env.process(_inject(world, key, inject))


def _inject(world: World, key: str, inject: Inject) -> Steps:
    cause = None
    first, incident = next(iter(inject.recipients), ""), inject.incident or ""
    if inject.awaits:
        put_in = yield world.put_in[inject.awaits]
        cause = yield from decided(world, inject, put_in)
        if cause is None:
            return
    elif inject.on is not None:
        while cause is None:
            heard = world.listen(first, inject.on.event, tuple(inject.on.kind))
            cause = yield heard
            if not world.holds(inject.when.items(), first, incident):
                cause = None
    if inject.at is not None:
        seconds = world.sampler.seconds(inject.at, f"inject/{key}/at")
        if seconds:
            yield world.pause(seconds)
    if inject.on is None and not world.holds(inject.when.items(), first, incident):
        return
    if inject.kind == COMMS_CHECK:
        call_round(world, key, inject, _put_in(world, key, inject, first, cause))
        return
    if inject.kind == OUTAGE:
        row = _put_in(world, key, inject, first, cause)
        for office in dict.fromkeys(inject.lines_of or [""]):
            wire = world.wires[inject.channel, office]
            world.env.process(cut_off(world, wire, inject.for_ or 0, row))
        return
    for recipient in inject.recipients:
        row = _put_in(world, key, inject, recipient, cause)
        if inject.kind == "roll_call":
            world.env.process(call_roll(world, key, inject, recipient, row))
        elif inject.kind == "inspection":
            inspect(world, key, inject, recipient, row)
        elif inject.closure is not None:
            continue
        else:
            _tell(world, key, inject, recipient, row)
    if inject.closure is not None:
        bring(world, inject.closure, row)


def _put_in(world: World, key: str, inject: Inject, recipient: str, cause: int | None) -> int:
    text = inject.text.zh if inject.text else ""
    rows = world.rows
    span = "planned" if cause is not None and rows[cause][0] < world.now else ""
    extra = {"note": text, "channel": inject.channel}
    if inject.kind in vocabulary("report"):
        extra["kind"] = inject.kind
    if inject.warning:
        extra["warning"] = inject.warning
    incident = inject.incident or ""
    rows.append((world.now, "inject", "", "", recipient, key, incident, cause, None, span, extra))
    row = len(rows) - 1
    known = world.put_in.get(key)
    if known is not None and not known.triggered:
        known.succeed(row)
    return row


def _tell(world: World, key: str, inject: Inject, recipient: str, row: int) -> None:
    line = f"inject/{key}" if isinstance(inject.to, str) else f"inject/{key}/{recipient}"
    incident = inject.incident or ""
    report = Report(
        id=line,
        line=line,
        number=0,
        kind=inject.kind,
        fields=dict(inject.fields),
        as_of=dict.fromkeys(inject.fields, world.now),
        grade="",
        elements="|".join(inject.elements),
        pending="",
        reason="",
        warning=inject.warning or "",
    )
    message = Message(
        incident, line, 0, inject.kind, "", id=line, report=report, channel=inject.channel
    )
    receipt(world, message, recipient, row, answered=False)
    world.happens("inject", recipient, message, row)


def play_clock(world: World) -> None:
    """Start what actors do at times of day, for every incident that they know of."""
    second = world.scenario.second_of_day
    for actor, by_event in world.plan.procedures.items():
        for procedure in by_event.get("time", ()):
            for time in procedure.on.at:
                world.env.process(_clock(world, actor, procedure, (time - second) % DAY))


def _clock(world: World, actor: str, procedure: BoundProcedure, first: int) -> Steps:
    yield world.pause(first)
    while True:
        known = [key for key in world.scenario.incidents if world.dossier(actor, key).aware]
        if known:
            row = _write(world, "clock", "", None, "", None, actor)
            for incident in known:
                if world.holds(procedure.guard, actor, incident):
                    line = f"incident/{incident}/{actor}/{procedure.key}"
                    matter = Matter(incident, line, world.born(line), "time")
                    world.start(actor, procedure, matter, row)
        yield world.pause(DAY)
