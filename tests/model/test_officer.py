"""Whether anybody answers: part-time officers."""

from __future__ import annotations

from collections.abc import Callable

from scipy import stats

from sim.model import Plan, sampler
from sim.model.act import Act
from sim.model.officer import answers
from sim.model.things import Matter
from sim.model.world import World

CALLS = 4000


def test_a_part_time_post_answers_as_often_as_binomial_says(scenario: Callable) -> None:
    made = scenario(
        offices={
            "village": {
                "role": "grassroots",
                "duty": {"persons": 1, "answers": 0.8},
                "procedures": ["take"],
            }
        },
        procedures={"take": {"on": "called", "steps": [{"record": {"time": "1 s"}}]}},
    )
    plan = Plan(made)
    world = World(plan, sampler(3, 0))
    (take,) = plan.procedures["village"]["called"]
    act = Act(world, "village", take, Matter("", "background/calls"), 0)
    found = sum(answers(act, "village/duty", "office/village/take") for _ in range(CALLS))
    low, high = stats.binom.ppf([0.5e-4, 1 - 0.5e-4], CALLS, 0.8)
    assert low <= found <= high
    assert all(answers(act, "village/leader", "s") for _ in range(100)), "a usual post answers"
