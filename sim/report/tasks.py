"""Tasks at sites on the report page: when each began and was done, and what it lacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.log import EventLog, task_times
from sim.log.schema import FIELDS
from sim.report.clock import clock
from sim.report.names import named
from sim.report.supply import Table
from sim.texts import label, t


@dataclass(frozen=True)
class TaskPart:
    """What stands below the picture of the teams: a table, and a sentence; may be empty."""

    table: Table | None
    note: str


def task_part(log: EventLog, scenario: Any, names: Mapping[str, str], lang: str) -> TaskPart:
    """Return the tasks of the first case, and what of the true course was given beforehand.

    Call it with the language in force (`in_language`).
    """
    one = log.case(log.cases[0])
    found = task_times(one)
    called = _task_names(scenario, lang)
    rows = [_row(row, one, called, names) for row in found.to_dict("records")]
    head = [
        t("task"),
        t("needed from"),
        t("first team there"),
        t("begun"),
        t("done"),
        t("teams at work"),
    ]
    head.append(t("remark"))
    table = Table(t("Tasks at sites"), head, rows, 0) if rows else None
    return TaskPart(table, _preset(scenario))


def _row(
    row: Any, log: EventLog, called: Mapping[tuple[str, str], str], names: Mapping[str, str]
) -> list[str]:
    origin = log.origins[log.cases[0]]
    stamps = [row[k] for k in ("needed", "first_team", "started", "done")]
    times = ["—" if pd.isna(second) else clock(origin, int(second)) for second in stamps]
    never = row["open"] is True and pd.isna(row["started"])
    if never:
        times[2] = t("not begun")
    elif row["open"] is True:
        times[3] = t("not done")
    teams = t(", ").join(named(names, team) for team in row["teams"].split())
    task = called.get((row["incident"], row["task"]), row["task"])
    if row["place"]:
        task += t(" ({place})", place=named(names, row["place"]))
    return [task, *times, teams or "—", _why(row) if never else ""]


def _why(row: Any) -> str:
    """Return what a task that never began lacked, as far as the record says it."""
    if not row["ordered"] and not row["came"]:
        return t("no order on record names it")
    waits = {
        "waiting_team": t("no team came"),
        "waiting_others": t("the teams that came were too few"),
        "waiting_task": t("another task had to be done first"),
    }
    parts = [waits[row["waits"]]] if row["waits"] else []
    lacking = Counter(row["lacking"].split())
    if lacking:
        skills = [f"{label('team', skill)} × {n}" for skill, n in lacking.items()]
        parts.append(t("ordered and not come: {skills}", skills=t(", ").join(skills)))
    return t("; ").join(parts)


def _task_names(scenario: Any, lang: str) -> dict[tuple[str, str], str]:
    incidents = getattr(scenario, "incidents", {}).items()
    return {
        (incident, key): task.title(key, lang)
        for incident, data in incidents
        for key, task in data.tasks.items()
    }


def _preset(scenario: Any) -> str:
    """Say that the true figures are the scenario's own, whatever teams do."""
    incidents = [i for i in getattr(scenario, "incidents", {}).values() if i.occurs]
    states = [state for incident in incidents for state in incident.course]
    figures = [name for name in FIELDS if any(getattr(s, name, None) is not None for s in states)]
    if not figures:
        return ""
    listed = t(", ").join(label("field", name) for name in figures)
    growths = [task.growth for incident in incidents for task in incident.tasks.values()]
    if any(growth is not None and growth.worsens for growth in growths):
        return t(
            "True figures ({figures}) are set by the scenario, whatever teams do; only a task "
            "that nobody begins may worsen them.",
            figures=listed,
        )
    return t("True figures ({figures}) are set by the scenario, whatever teams do.", figures=listed)
