"""Clear up contradicting reports before going on."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold

Learned = dict[str, float]


def reconcile(act: Act, step: Bound) -> Steps:
    """Call back, round by round, until the sources agree; agreement costs no time."""
    known, world, data = act.dossier, act.world, step.data
    for _ in range(data.rounds):
        if not known.disagreement(data.fields):
            return
        called = list(known.by_source.values())
        news: list[str] = []

        def learned(called: list[dict[str, float]] = called, news: list[str] = news) -> Learned:
            truth = world.truth.get(act.matter.incident, {})
            seen = {name: truth[name] for name in data.fields if name in truth}
            for said in called:
                said.update({name: value for name, value in seen.items() if name in said})
            news += known.learn(seen, dict.fromkeys(seen, world.now))
            return seen

        yield from hold(act, step, "verifying", result=learned)
        world.tell_news(act.actor, act.matter, tuple(news), act.last)
