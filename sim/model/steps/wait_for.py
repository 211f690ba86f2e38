"""Wait for a happening."""

from __future__ import annotations

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.world import perform


def wait_for(act: Act, step: Bound) -> Steps:
    """Wait until the event happens to this actor; after the timeout do `else` instead."""
    data = step.data
    act.doing = "planned"
    act.write("wait", "started")
    heard = act.world.listen(act.actor, data.event, tuple(data.kinds))
    if data.timeout is not None:
        timer = Timeout(act.world.env, data.timeout)
        timer.callbacks.append(lambda _: _give_up(heard))
    row = yield heard
    if row is None:
        act.write("wait", "ended", "planned")
        yield from perform(act, step.branches["else"])
    else:
        act.last = row
        act.write("wait", "ended")


def _give_up(heard: Event) -> None:
    if not heard.triggered:
        heard.succeed(None)
