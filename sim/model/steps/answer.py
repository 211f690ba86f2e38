"""Pick up and take down a message."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.mail import receipt
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.things import Message


def answer(act: Act, step: Bound) -> Steps:
    """Take the message down; its end is receipt, and acknowledgement where it is demanded."""
    yield from hold(act, step, "recording")
    matter = act.matter
    if isinstance(matter, Message) and not matter.received:
        act.last = receipt(act.world, matter, act.actor, act.last)
