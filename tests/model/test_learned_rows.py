"""What the record says that an actor learned by seeing for himself."""

from __future__ import annotations

from collections.abc import Callable

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario


def test_noticing_and_verifying_say_what_was_so_at_that_second(
    scenario: Callable[..., Scenario],
) -> None:
    """Two dead from 60 s on: the notice at 30 s sees none, the verification at 100 s sees two."""
    look = {"on": "noticed", "steps": [{"verify": {"time": "70 s", "fields": ["dead"]}}]}
    course = [{"injured": 1}, {"after": "60 s", "dead": 2}]
    drill = scenario(
        procedures={"look": look},
        offices={"county": {"role": "county_gov", "place": "here", "procedures": ["look"]}},
        incidents={
            "i": {
                "hazard": "fire",
                "place": "here",
                "course": course,
                "noticed": {"county": "30 s"},
            }
        },
    )
    rows = simulate(Plan(drill), sampler(1, 0), 3600)
    learned = [(time, what, phase, more) for time, what, phase, who, *_, more in rows if who]
    assert [row for row in learned if row[1] in ("notice", "verify")] == [
        (30, "notice", "", {"injured": 1.0}),
        (30, "verify", "asked", None),
        (30, "verify", "started", None),
        (100, "verify", "ended", {"dead": 2.0}),
    ]
