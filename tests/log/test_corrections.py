"""Corrections on record: the old row stays, the new one counts, and nobody corrects twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import UnusableInput
from sim.log.csvfile import csv_text
from sim.rules import load_pack

HEAD = "row,time,activity,actor,recipient,kind,grade,dead,incident,hazard,cause,replaces,object,"
HEAD += "reason,actor_role,superior\n"
ROWS = """\
a,,role,city,,,,,,,,,,,city_gov,region
b,,role,region,,,,,,,,,,,region_gov,
c,2026-07-01T08:00+08:00,occur,,,,,,leak,mine,,,,,,
d,2026-07-01T08:30+08:00,confirm,city,,,II,,leak,,c,,,,,
e,2026-07-01T10:10+08:00,reported,city,region,initial,,3,leak,,d,,,,,
e.c1,2026-07-01T09:50+08:00,reported,city,region,initial,,3,leak,,d,,,,,
f,2026-07-01T10:20+08:00,publish,city,,,,,leak,,e,,,,,
k,2026-07-02T09:00+08:00,correct,officer,,,,,,,,e,e.c1,typo,,
"""


def read(tmp_path: Path, text: str) -> sim.EventLog:
    path = tmp_path / "r.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return sim.read_log(path)


def margin(log: sim.EventLog) -> int:
    table = sim.score(log, load_pack("guangxi-2012-65")).table.set_index("rule")
    return int(table.loc["GX-02-city", "confirm_margin_s"]) // 60


def test_the_row_that_counts_is_the_one_that_replaces(tmp_path: Path) -> None:
    """Graded 8:30, due 10:30: reported 10:10 is 20 min early, as corrected (9:50) 40 min."""
    log = read(tmp_path, ROWS)
    old = "".join(x for x in ROWS.splitlines(True) if x[:2] not in ("e.", "k,"))
    assert margin(read(tmp_path, old)) == 20
    assert margin(log) == 40
    counts = sim.counted(log)
    assert counts.table["row"].tolist() == ["a", "b", "c", "d", "e.c1", "f"]
    assert counts.table["cause"].tolist()[-1] == "e.c1"
    assert len(log) == 8
    assert sim.counted(counts) is counts


def test_what_was_corrected_can_be_listed(tmp_path: Path) -> None:
    (row,) = sim.corrections(read(tmp_path, ROWS)).to_dict("records")
    assert (row["row"], row["new_row"], row["who"], row["why"]) == ("e", "e.c1", "officer", "typo")
    assert row["when"] == "2026-07-02T09:00+08:00"
    assert (row["column"], row["old"], row["new"]) == (
        "time",
        "2026-07-01T10:10+08:00",
        "2026-07-01T09:50+08:00",
    )


def test_a_row_that_is_struck_out_counts_no_more(tmp_path: Path) -> None:
    log = read(tmp_path, ROWS.replace("e,e.c1,typo", "e.c1,,never happened"))
    assert margin(log) == 20
    (row,) = sim.corrections(log).to_dict("records")
    assert (row["row"], row["new_row"], row["column"]) == ("e.c1", "", "")


def test_a_record_with_corrections_is_written_and_read_without_loss(tmp_path: Path) -> None:
    log = read(tmp_path, ROWS)
    sim.write_log(log, tmp_path / "again.csv")
    assert csv_text(sim.read_log(tmp_path / "again.csv")) == csv_text(log)


def test_the_first_instant_of_a_record_is_the_first_that_counts(tmp_path: Path) -> None:
    """A stamp in the year before, corrected, moves neither second 0 nor the validity of a pack."""
    wrong = "c0,2025-07-01T08:00+08:00,occur,,,,,,leak,mine,,,,,,\n"
    log = read(tmp_path, ROWS + wrong + "m,2026-07-02T10:00+08:00,correct,x,,,,,,,,c0,c,year,,\n")
    assert log.origins["r"].year == 2025
    counts = sim.counted(log)
    assert counts.origins["r"].isoformat() == "2026-07-01T08:00:00+08:00"
    assert counts.table["time"].dropna().tolist() == [0, 1800, 6600, 8400]


def test_contradictions_of_rows_that_no_longer_count_are_not_told(tmp_path: Path) -> None:
    notice = "n,2026-07-01T08:45+08:00,notice,city,,,,,leak,,,,,,,\n"
    early = ROWS.replace("d,2026-07-01T08:30", f"{notice}d,2026-07-01T08:30")
    log = read(tmp_path, early)
    assert [log.table["row"].iloc[one.row] for one in sim.log.contradictions(log)] == ["d"]
    right = "d.c1,2026-07-01T08:50+08:00,confirm,city,,,II,,leak,,c,,,,,\n"
    fixed = early + right + "o,2026-07-02T09:05+08:00,correct,officer,,,,,,,,d,d.c1,typo,,\n"
    assert sim.log.contradictions(read(tmp_path, fixed)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("e,e.c1,typo", "zz,e.c1,typo", 9, "replaces: expected the id of another row"),
        ("e,e.c1,typo", ",e.c1,typo", 9, "replaces: expected the id of another row"),
        ("e,e.c1,typo", "e,zz,typo", 9, "object: expected the id of another row"),
        ("e,e.c1,typo", "e,e,typo", 9, "object: expected the id of another row"),
        (
            "k,2026",
            "j,2026-07-02T09:00+08:00,correct,x,,,,,,,,e,f,twice,,\nk,2026",
            10,
            "replaces: expected a row that no other correction replaces",
        ),
        (
            "k,2026",
            "j,2026-07-02T09:00+08:00,correct,x,,,,,,,,e.c1,e,round,,\nk,2026",
            9,
            "object: expected corrections that end somewhere",
        ),
    ],
)
def test_corrections_that_lead_nowhere_are_mistakes(tmp_path, old, new, line, words) -> None:
    assert ROWS.count(old) == 1
    with sim.texts.in_language("en"), pytest.raises(UnusableInput) as error:
        read(tmp_path, ROWS.replace(old, new))
    assert f"r.csv:{line}: {words}" in str(error.value)
