"""Tasks at sites from the record alone: simulated and real ones, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.log import EventLog, read_log, task_times, to_log

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")
EMPTY = pd.NA


def row(time: int, what: str, actor: str = "", object: str = "", span: str = "", **more: Any):
    activity, _, phase = what.partition(" ")
    return (time, activity, phase, actor, "", object, "flood", None, None, span, more or None)


def one(*rows: tuple) -> dict[str, Any]:
    """Return the only task of a record."""
    (found,) = task_times(to_log([("drill", list(rows))], ORIGIN)).to_dict("records")
    return found


def test_a_task_is_followed_from_the_need_to_its_end() -> None:
    """Two teams are ordered, the second waits 50 s for the first one; a third comes too late."""
    rescue = {"task": "rescue"}
    found = one(
        row(0, "task asked", place="dike", **rescue),
        row(10, "order asked", "county", "o1", reason="boat", **rescue),
        row(10, "order asked", "county", "o2", reason="medic", **rescue),
        row(10, "order asked", "county", "o3", reason="boat", **rescue),
        row(100, "arrive", "medic-1", "o2"),
        row(100, "work asked", "medic-1", **rescue),
        row(150, "arrive", "boat-1", "o1"),
        row(150, "work asked", "boat-1", **rescue),
        row(150, "task started", **rescue),
        row(150, "work started", "medic-1", span="waiting_others", **rescue),
        row(150, "work started", "boat-1", **rescue),
        row(950, "task ended", **rescue),
        row(950, "work ended", "medic-1", **rescue),
        row(950, "work ended", "boat-1", **rescue),
        row(990, "arrive", "boat-2", "o3"),
        row(990, "work asked", "boat-2", **rescue),
        row(990, "cancelled", "boat-2", reason="not_needed", **rescue),
    )
    assert (found["incident"], found["task"], found["place"]) == ("flood", "rescue", "dike")
    stamps = [found[k] for k in ("needed", "first_team", "started", "done")]
    assert stamps == [0, 100, 150, 950]
    assert (found["ordered"], found["came"], found["teams"]) == (3, 3, "medic-1 boat-1")
    assert (found["open"], found["waits"], found["lacking"]) == (False, "", "")


def test_a_task_that_never_began_says_who_did_not_come() -> None:
    """Two boats and a medic were ordered; one boat came and waited for the others."""
    rescue = {"task": "rescue"}
    skills = {"o1": "boat", "o2": "boat", "o3": "medic"}
    found = one(
        row(0, "task asked", **rescue),
        *(row(10, "order asked", "county", o, reason=s, **rescue) for o, s in skills.items()),
        row(40, "order asked", "county", "o2", reason="boat", **rescue),  # asked once more
        row(100, "arrive", "boat-1", "o1"),
        row(100, "work asked", "boat-1", **rescue),
        row(900, "open", "boat-1", span="waiting_others"),
        row(900, "open", span="waiting_team", **rescue),
    )
    assert pd.isna(found["started"])
    assert pd.isna(found["done"])
    assert found["open"] is True
    assert (found["ordered"], found["came"], found["teams"]) == (3, 1, "")
    assert (found["waits"], found["lacking"]) == ("waiting_others", "boat medic")


@pytest.mark.parametrize(
    ("rows", "waits", "lacking"),
    [
        ([], "waiting_team", ""),
        ([row(5, "order asked", "c", "o", task="x", reason="boat")], "waiting_team", "boat"),
        (
            [
                row(5, "work asked", "a", task="x"),
                row(9, "cancelled", "a", span="waiting_task", task="x"),
            ],
            *("waiting_task", ""),
        ),
        ([row(5, "work asked", "a", task="x")], "", ""),  # nobody says what it waited for
    ],
)
def test_what_a_task_waited_for_is_what_rows_say(rows, waits: str, lacking: str) -> None:
    found = one(row(0, "task asked", task="x"), *rows)
    assert (found["waits"], found["lacking"]) == (waits, lacking)


def test_what_nobody_calls_complete_is_not_known_to_be_open() -> None:
    begun = row(0, "task asked", task="x"), row(5, "task started", task="x")
    assert pd.isna(one(*begun)["open"])
    assert one(*begun, row(9, "observe"))["open"] is True
    assert one(*begun, row(9, "task ended", task="x"))["open"] is False


REAL = """\
time,activity,phase,actor,incident,task
2024-09-06T17:40+08:00,work,started,二中队,flood,堤防抢险
2024-09-06T17:00+08:00,work,started,一中队,flood,堤防抢险
2024-09-06T18:00+08:00,task,ended,,flood,堤防抢险
2024-09-06T18:00+08:00,work,,,,
"""


def test_a_real_log_starts_a_task_with_the_first_team_that_works(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(REAL, encoding="utf-8")
    log = read_log(path)
    (found,) = task_times(log).to_dict("records")
    assert pd.isna(found["needed"])
    assert found["done"] - found["started"] == 3600
    assert found["started"] == found["first_team"]
    assert set(found["teams"].split()) == {"一中队", "二中队"}


def test_other_cases_and_a_record_without_tasks() -> None:
    rows = [row(0, "task asked", task="x"), row(7, "task started", task="x")]
    both = task_times(to_log([("a", rows), ("b", rows[:1])], ORIGIN))
    assert both["case"].tolist() == ["a", "b"]
    assert both["started"].tolist() == [7, EMPTY]
    none: EventLog = to_log([("a", [row(0, "occur")])], ORIGIN)
    assert len(task_times(none)) == 0
