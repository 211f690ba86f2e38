"""From the model's rows to the record, and the fates of messages: worked by hand."""

from datetime import datetime, timedelta, timezone

import pandas as pd
import pytest

from sim.log import EventLog, check_log, fates, read_log, to_log, write_log
from sim.log.record import RESOLUTION, typed
from sim.log.schema import NAMES, NUMBERS, TEXTS, TIMES

START = datetime(2026, 7, 1, 8, tzinfo=timezone(timedelta(hours=8)))


def row(time, activity, cause=None, held_by=None, **extra):
    return (time, activity, "", "a", "", "", "fire", cause, held_by, "", extra or None)


def test_rows_become_typed_columns():
    log = to_log(
        [("s/b/0", [row(0, "occur", dead=3), row(9, "notice", 0, 0)]), ("s/b/1", [])], START
    )
    assert list(log.table.columns) == [*NAMES, RESOLUTION]
    assert log.table["row"].tolist() == ["r0", "r1"]
    assert log.table["seq"].tolist() == [0, 1]
    assert log.table["cause"].tolist() == ["", "r0"]
    assert log.table["held_by"].tolist() == ["", "r0"]
    assert log.table["dead"].tolist() == [3, pd.NA]
    assert log.table["source"].tolist() == ["simulated"] * 2
    assert log.origins == {"s/b/0": START, "s/b/1": START}


def test_types_do_not_depend_on_what_is_in_a_column():
    full = to_log([("c", [row(0, "occur", loss_wan=1.5, note="x", until=3)])], START).table
    empty = to_log([], START).table
    assert full.dtypes.tolist() == empty.dtypes.tolist() == typed({}, 0).dtypes.tolist()
    assert {str(full[name].dtype) for name in TEXTS} == {"str"}
    assert {str(full[name].dtype) for name in (*TIMES, *NUMBERS)} == {"Int64", "Float64"}


def test_cases_are_taken_apart_and_numbered_each_from_0():
    log = to_log([("x", [row(0, "occur"), row(1, "notice", 0)]), ("y", [row(0, "occur")])], START)
    parts = list(log.split())
    assert [part.cases for part in parts] == [("x",), ("y",)]
    assert [len(part) for part in parts] == [2, 1]
    pd.testing.assert_frame_equal(parts[1].table, log.case("y").table)
    with pytest.raises(KeyError, match="no case 'z'"):
        log.case("z")


def test_a_simulated_record_survives_a_file(tmp_path):
    rows = [row(0, "begin"), row(0, "occur", dead=3, loss_wan=0.1), row(61, "notice", 1)]
    log = to_log([("s/b/0", rows), ("NA", rows)], START)
    write_log(log, tmp_path / "x.csv")
    again = read_log(tmp_path / "x.csv")
    pd.testing.assert_frame_equal(again.table, log.table)
    assert again.origins == log.origins
    assert check_log(again) == []


def test_an_imported_record_is_checked_without_a_file():
    table = typed({"row": ["a"], "case": ["c"], "activity": ["notice"], "seq": [0]}, 1)
    (problem,) = check_log(EventLog(table, {"c": START}))
    assert (problem.line, problem.path) == (1, "time")


def message(activity, name, actor="a", recipient="b"):
    return {"activity": activity, "message": name, "actor": actor, "recipient": recipient}


def test_every_message_has_exactly_one_fate():
    rows = [
        message("send", "m1"),
        message("receive", "m1", "b", ""),
        message("acknowledge", "m1", "b", "a"),
        message("send", "m2"),
        message("try_failed", "m2"),
        message("receive", "m2", "b", ""),
        message("send", "m3"),
        message("lost", "m3"),
        message("send", "m4"),
        message("send", "m5"),
        message("given_up", "m5"),
        message("reported", "m6"),
        message("refused", "m7"),
        message("cancelled", "m8"),
        message("send", "m9"),
        message("open", "m9"),
        message("notice", ""),
    ]
    columns = {name: [r.get(name, "") for r in rows] for name in rows[0]}
    columns |= {"case": ["c"] * len(rows), "report": ["r"] * len(rows)}
    table = fates(EventLog(typed(columns, len(rows)), {"c": START}))
    assert dict(zip(table["message"], table["fate"], strict=True)) == {
        "m1": "acknowledged",
        "m2": "received",
        "m3": "lost",
        "m4": "open",
        "m5": "given_up",
        "m6": "received",
        "m7": "refused",
        "m8": "cancelled",
        "m9": "open",
    }
    first = table.iloc[0]
    assert (first["sender"], first["recipient"], first["report"]) == ("a", "b", "r")


def test_messages_of_two_cases_are_two_messages():
    columns = {"case": ["c", "d"], "message": ["m", "m"], "activity": ["send", "lost"]}
    table = fates(EventLog(typed(columns, 2), {"c": START, "d": START}))
    assert table[["case", "fate"]].values.tolist() == [["c", "open"], ["d", "lost"]]


def test_what_is_written_into_one_empty_column_is_in_no_other():
    """Empty columns are one in memory; pandas copies a column before it writes into it."""
    table = to_log([("s/b/0", [row(0, "occur"), row(9, "notice", 0)])], START).table
    before = table.copy()
    table.loc[1, "note"] = "seen"
    table.loc[0, "dead"] = 3
    table.loc[0, "yuan"] = 1.5
    changed = {name for name in table if not table[name].equals(before[name])}
    assert changed == {"note", "dead", "yuan"}
