"""What is to be expected of whom, and when: the key acts of the simulated drills.

An act is the first of its kind: who does what to whom about which incident.  Its time is the
median over the drills in which it was done; acts of fewer than half of the drills are left out.
In drills that all have both, medians keep the order in which the acts follow one another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.exercise.papers.drill import Drill

PHASES: dict[str, tuple[tuple[str, str], ...]] = {
    "report": (("notice", ""), ("send", "ended"), ("answered", "")),
    "judge": (("verify", "ended"), ("confirm", ""), ("consult", "ended")),
    "activate": (("activate", ""), ("stand_up", ""), ("command", "")),
    "respond": (
        *(("order", "ended"), ("depart", ""), ("arrive", ""), ("ask_support", "ended")),
        *(("supply_order", ""), ("loaded", ""), ("hand_over", ""), ("open_shelter", "ended")),
    ),
    "inform": (("publish", ""),),
    "end": (("terminate", ""), ("aar_submit", "")),
}
"""Phase of a drill -> the activities of the record (with their phase) that belong to it."""
KEY = ("actor", "activity", "phase", "recipient", "kind", "incident")
"""What two rows of one act share."""
TO_WHOM = ("send", "order", "supply_order")
"""Activities of which the recipient makes a difference."""

OF_TEAMS = ("depart", "arrive")
"""Activities that are told of teams alone; goods are loaded and handed over."""


class Act(NamedTuple):
    """One act: seconds from the start (median, and between which 80 % of the drills lie).

    `share` is in how many of the drills it was done (0.5 to 1); channel, level and object are
    those of most drills.
    """

    phase: str
    time: float
    low: float
    high: float
    share: float
    actor: str
    activity: str
    recipient: str
    kind: str
    incident: str
    channel: str
    level: str
    object: str


def acts(drill: Drill) -> list[Act]:
    """Return the key acts in order of time."""
    phases = {f"{a}/{stage}": name for name, pairs in PHASES.items() for a, stage in pairs}
    table = drill.table
    words = table["activity"] + "/" + table["phase"]
    table = table[words.isin(list(phases)) & table["actor"].ne("")].sort_values(["case", "seq"])
    moves = table["activity"].isin(OF_TEAMS) & ~table["actor"].isin(list(drill.scenario.teams))
    table = table[~moves]
    table = table.assign(recipient=table["recipient"].where(table["activity"].isin(TO_WHOM), ""))
    first = table.drop_duplicates(["case", *KEY])
    found = []
    for _, rows in first.groupby(list(KEY), sort=False):
        share = len(rows) / drill.runs
        if share >= 0.5:
            one = rows.iloc[0]
            low, middle, high = np.percentile(rows["time"].astype(float), [10, 50, 90])
            who = (str(one[column]) for column in KEY if column != "phase")
            usual = (_usual(rows[column]) for column in ("channel", "level", "object"))
            phase = phases[f"{one['activity']}/{one['phase']}"]
            found.append(Act(phase, middle, low, high, share, *who, *usual))
    return sorted(found, key=lambda act: act.time)


def _usual(values: pd.Series) -> str:
    return str(values.mode().iloc[0])
