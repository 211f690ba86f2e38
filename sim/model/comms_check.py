"""A communications check: exercise control calls offices and sees who answers in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.act import Act
from sim.model.calls import ring
from sim.model.dialling import connect
from sim.model.plan import BoundProcedure, Steps
from sim.model.pool import release
from sim.model.things import Matter
from sim.model.wires import between
from sim.scenario.incidents import COMMS_CHECK, Inject
from sim.scenario.procedures import Event

if TYPE_CHECKING:
    from sim.model.world import World

CALLING = BoundProcedure(COMMS_CHECK, Event(event="inject"), (), "", False, 5, {}, False, ())


def call_round(world: World, key: str, inject: Inject, row: int) -> None:
    """Call every office of the inject at once, each by itself; `row` is the inject's."""
    for office in inject.recipients:
        matter = Matter(inject.incident or "", f"inject/{key}/{office}", kind=COMMS_CHECK)
        act = Act(world, office, CALLING, matter, row)
        world.running[act] = None
        world.env.process(_call(act, key, inject))


def _call(act: Act, key: str, inject: Inject) -> Steps:
    """Call one office; it counts as answered when an officer picks up, and that ends the call.

    The row `comms_check ended` says in `reason` how it went: answered, no_answer, busy, outage.
    """
    world, office = act.world, act.actor
    channel, wires = world.scenario.channels[inject.channel], between(world, inject.channel, office)
    told = {"channel": inject.channel}
    act.write(COMMS_CHECK, "asked", "", key, extra=told)
    until = world.now + (inject.limit or 0)
    line, reason, span = None, "", "waiting_channel"
    if channel.lines is not None or wires:
        line, reason = yield from connect(act, inject.channel, channel, office, wires, until)
    answered = False
    if not reason:
        span = "waiting_person"
        answered = yield from ring(act, act.matter, told, until - world.now, wires, office)
        reason = "answered" if answered else act.matter.call.reason
    row = act.write(COMMS_CHECK, "ended", span, key, extra=told | {"reason": reason})
    if answered:
        act.matter.call.hang_up(row)
    if line is not None:
        release(line, row)
    del world.running[act]
