"""Who may order whom out: one's own teams, and those of the offices below."""

from __future__ import annotations

from typing import Literal

from sim.scenario.scenario import Scenario

Whose = Literal["own", "subordinate"]


def may_order(scenario: Scenario, office: str, team: str, whose: str = "subordinate") -> bool:
    """Return whether an office may order a team out without asking anybody.

    A team without a superior belongs to nobody and comes for everybody.  `own`: only teams whose
    superior is the office; `subordinate`: also those of offices below it, at any depth.
    """
    above = scenario.teams[team].superior
    if above is None or above == office:
        return True
    passed: set[str] = set()
    while whose == "subordinate" and above and above not in passed:
        passed.add(above)
        holder = scenario.offices.get(above)
        above = holder.superior if holder else None
        if above == office:
            return True
    return False
