"""A team called back in the instant in which it has mustered: its latecomers stay at home.

`late_and_recalled.json` is a random drill in which this happens to team t2 at 10900 s (order-5),
while others follow it on its next trip (order-6).
"""

from __future__ import annotations

import json
from pathlib import Path

from sim.experiment import run
from sim.scenario import Scenario

FILE = Path(__file__).with_name("late_and_recalled.json")


def test_latecomers_follow_the_trip_they_were_called_for() -> None:
    scenario = Scenario.model_validate(json.loads(FILE.read_text(encoding="utf-8")))
    table = run(scenario, seed=1266, until=6 * 3600).table
    t2 = table[table["actor"].eq("t2")]
    stayed = t2[t2["activity"].eq("cancelled") & t2["object"].str.endswith("order-5")]
    assert stayed["reason"].tolist() == ["not_needed"]
    assert stayed["persons"].tolist() == [3]
    began = t2[t2["activity"].eq("follow") & t2["phase"].eq("started")]
    ended = t2[t2["activity"].eq("follow") & t2["phase"].eq("ended")]
    assert not began["object"].str.endswith("order-5").any()
    assert ended["object"].tolist() == began["object"].tolist()
