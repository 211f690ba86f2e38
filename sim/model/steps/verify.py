"""Call back or send someone."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold


def verify(act: Act, step: Bound) -> Steps:
    """Verify; at the end the actor knows the true value of the step's fields, and says so."""
    news: tuple[str, ...] = ()

    def learned() -> dict[str, float]:
        nonlocal news
        truth = act.world.truth.get(act.matter.incident, {})
        seen = {name: truth[name] for name in step.data.fields or truth if name in truth}
        news = act.dossier.learn(seen, dict.fromkeys(seen, act.world.now))
        return seen

    yield from hold(act, step, "verifying", result=learned)
    act.world.tell_news(act.actor, act.matter, news, act.last)
