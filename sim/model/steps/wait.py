"""Let time pass without holding anybody."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps


def wait(act: Act, step: Bound) -> Steps:
    """Wait for the step's time."""
    act.doing = "planned"
    act.write("wait", "started")
    seconds = act.seconds(step)
    if seconds:
        yield act.world.pause(seconds)
    act.write("wait", "ended", "planned")
