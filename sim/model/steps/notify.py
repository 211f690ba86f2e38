"""Tell the bodies of other plans."""

from __future__ import annotations

from dataclasses import replace

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.response import plan_of
from sim.model.steps.send import send
from sim.scenario.steps.send import Send


def notify(act: Act, step: Bound) -> Steps:
    """Send one notice to each body of the plan, in their order, by the usual way of sending."""
    data = step.data
    for body in dict.fromkeys(plan_of(act, data.plan).bodies):
        if body != act.actor:
            one = Send(
                to=body,
                channel=data.channel,
                report="notice",
                await_ack=data.await_ack,
                tries=data.tries,
            )
            stream = f"{step.stream}/{body}"
            yield from send(act, replace(step, data=one, stream=stream, branches={"else": ()}))
