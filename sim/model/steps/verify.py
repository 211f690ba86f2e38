"""Make sure of what was told: at the desk, by calling back, by sending somebody to see."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.call_back import call_back
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.visit import Learned, see, visit


def verify(act: Act, step: Bound) -> Steps:
    """Verify in the way that the step says; at its end the actor knows better, and says so."""
    data = step.data
    if data.by_call is not None and (yield from call_back(act, step)):
        return
    if data.by_visit is not None:
        yield from visit(act, step)
    elif data.by_call is None:
        yield from _at_the_desk(act, step)


def _at_the_desk(act: Act, step: Bound) -> Steps:
    news: tuple[str, ...] = ()

    def learned() -> Learned:
        nonlocal news
        seen, news = see(act, step.data.fields)
        return seen

    yield from hold(act, step, "verifying", result=learned)
    act.world.tell_news(act.actor, act.matter, news, act.last)
