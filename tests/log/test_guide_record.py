"""The guide to records written by hand: its two examples, judged by hand, and what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.log.schema import BY_NAME
from sim.texts import vocabulary

GUIDE = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
DRILL, SUPPLY = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
PLAIN = re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)
TABLES = [
    [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in part.splitlines()
        if line.startswith("| `")
    ]
    for part in PLAIN.split("\n\n")
]


def read(folder: Path, text: str) -> sim.EventLog:
    path = folder / "drill.csv"
    path.write_text(text, encoding="utf-8")
    return sim.read_log(path)


def judged(folder: Path, text: str) -> pd.DataFrame:
    table = sim.score(read(folder, text), sim.load_pack("guangxi-2012-65")).table
    return table.drop_duplicates("rule").set_index("rule")


def without(text: str, *words: str) -> str:
    """The record without its rows that hold one of the words."""
    kept = [line for line in text.splitlines() if not any(word in line for word in words)]
    assert len(kept) < len(text.splitlines())
    return "\n".join(kept) + "\n"


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_three_clocks_of_the_first_example(tmp_path: Path) -> None:
    table = judged(tmp_path, DRILL)
    minutes = {
        # Occurred 9:00, received 9:40, confirmed 10:00.
        "GX-02-city": (-25, 15, 35),  # 2 h; acknowledged 11:25
        "GX-03": (-80, -40, -20),  # 3 h; details 13:20
        "GX-04": (-50, -10, 10),  # 1 h; the call 10:50
    }
    for rule, margins in minutes.items():
        found = [table.at[rule, f"{r}_margin_s"] for r in ("occur", "receive", "confirm")]
        assert found == [60 * m for m in margins], rule
    assert table.loc[list(minutes), "verdict"].tolist() == ["met", "excused", "met"]
    assert table.loc[list(minutes), "summary"].tolist() == ["depends"] * 3
    assert table.loc["A11-1", "verdict"] == "met"
    assert table.loc["A11-3", ["verdict", "reason"]].tolist() == ["late", "never_reported"]
    assert table.loc["GX-02-dept", ["verdict", "reason"]].tolist() == ["unproven", "no_obligor"]


@pytest.mark.parametrize(
    ("text", "rule", "verdict", "reason"),
    [
        (without(DRILL, ",observe,"), "A11-3", "unproven", "not_observed"),
        # At 11:30 the 3 h from 10:00 are not over.
        (
            changed(without(DRILL, "detailed", "explanation"), "T15:00", "T11:30"),
            *("GX-03", "open", ""),
        ),
        (without(DRILL, ",acknowledge,"), "GX-02-city", "unproven", "interval_straddles"),
        (changed(without(DRILL, ",acknowledge,"), "T11:10", "T12:10"), "GX-02-city", "late", ""),
        # In time, but one of the ten elements is missing; without a list the label decides.
        (
            changed(changed(without(DRILL, "explanation"), "T13:20", "T12:50"), "|measures", ""),
            *("GX-03", "late", "missing_elements"),
        ),
        (
            changed(re.sub(r"receipt_time[^,]*", "", DRILL), "T13:20", "T12:50"),
            *("GX-03", "met", ""),
        ),
        # With the incident named, the registers of duty are not taken as complete.
        (DRILL, "A08-1", "unproven", "not_observed"),
        (
            changed(DRILL, ",observe,,city-gov,,,leak", ",observe,,city-gov,,,"),
            "A08-1",
            "late",
            "no_rows",
        ),
    ],
)
def test_what_the_guide_says_of_gaps(
    tmp_path: Path, text: str, rule: str, verdict: str, reason: str
) -> None:
    assert judged(tmp_path, text).loc[rule, ["verdict", "reason"]].tolist() == [verdict, reason]


@pytest.mark.parametrize(
    ("hazard", "reason"), [("chemical_leak", "not_observed"), ("", "no_obligor")]
)
def test_a_department_owes_for_the_hazards_that_it_supervises(
    tmp_path: Path, hazard: str, reason: str
) -> None:
    head, *rows = without(DRILL, ",observe,").splitlines()
    names = head.split(",")
    cells = dict.fromkeys(names, "") | {
        "activity": "role",
        "actor": "d",
        "actor_role": "region_dept",
    }
    lines = [
        f"{head},supervises",
        ",".join(cells.values()) + f",{hazard}",
        *(f"{r}," for r in rows),
    ]
    assert judged(tmp_path, "\n".join(lines)).at["GX-02-dept", "reason"] == reason


def test_the_team_of_the_first_example(tmp_path: Path) -> None:
    (crew,) = sim.team_times(read(tmp_path, DRILL)).to_dict("records")
    stamps = {"ordered": 45, "departed": 50, "arrived": 90, "started": 95, "ended": 240}
    stamps |= {"left": 250, "returned": 300}
    assert {name: crew[name] for name in stamps} == {k: 60 * m for k, m in stamps.items()}
    assert (crew["strength"], crew["share"]) == (18, 18 / 20)
    assert crew["crew_hours"] == 18 * 250 / 60 == 75


@pytest.mark.parametrize(
    ("old", "new", "given", "empty"),
    [
        (",return,ended,", ",return,,", "returned", ""),
        (",return,ended,", ",return,started,", "left", "returned"),
        (",work,started,", ",work,,", "started", ""),
        (",arrive,,", ",arrive,ended,", "departed", "arrived"),
    ],
)
def test_phases_of_teams(tmp_path: Path, old: str, new: str, given: str, empty: str) -> None:
    (crew,) = sim.team_times(read(tmp_path, changed(DRILL, old, new))).to_dict("records")
    assert not pd.isna(crew[given])
    assert not empty or pd.isna(crew[empty])


def test_the_supplies_of_the_second_example(tmp_path: Path) -> None:
    log = read(tmp_path, SUPPLY)
    (line,) = sim.order_lines(log).to_dict("records")
    wanted = {"requested": 1200, "approved": 1200, "picked": 1120, "accepted": 1120}
    wanted |= {"shortage": 80, "short": 80, "asked": 40 * 60, "first": 210 * 60}
    assert {name: line[name] for name in wanted} == wanted
    assert pd.isna(line["full"])
    assert line["fill_rate"] == pytest.approx(1120 / 1200)
    (want,) = sim.unmet_need(log).to_dict("records")
    assert (want["needed"], want["given"], want["unmet"]) == (1200, 1120, 80)
    # 8:30 to 12:00, to 14:00 and to the last row at 16:00; four bottles stand for one person.
    assert want["piece_hours"] == 1200 * 3.5 + 400 * 2 + 80 * 2 == 5160
    assert want["person_hours"] == 5160 / 4
    (books,) = sim.record_accuracy(log).to_dict("records")
    assert (books["recorded"], books["actual"]) == (5000, 4800)
    table = judged(tmp_path, SUPPLY)
    assert table.loc["A07-1", ["verdict", "reason"]].tolist() == ["late", "differs"]


def test_columns_activities_and_phases_are_those_of_the_record() -> None:
    columns, activities, verdicts = (table for table in TABLES if table)
    assert len(columns) > 15
    for cells in columns:
        assert set(re.findall(r"`(\w+)`", cells[0])) <= set(BY_NAME)
    assert len(activities) > 25
    for word, zh, phases, *_ in activities:
        assert vocabulary("activity")[word.strip("`")][0] == zh
        assert set(re.findall(r"`(\w+)`", phases)) <= set(vocabulary("phase"))
    labels = {word: zh for word, (zh, _) in vocabulary("verdict").items()}
    assert {cells[0].strip("`"): cells[1] for cells in verdicts}.items() <= labels.items()


@pytest.mark.parametrize(
    ("kind", "begin", "count"),
    [
        ("report", "| `kind` |", 7),
        ("channel", "| `channel` |", 4),
        ("grade", "| `grade` |", 4),
        ("element", "十项要素", 10),
        ("role", "`actor_role`：", 12),
    ],
)
def test_words_stand_beside_their_chinese_labels(kind: str, begin: str, count: int) -> None:
    start = PLAIN.index(begin)
    end = PLAIN.index("\n" if begin[0] == "|" else "\n\n", start)
    part = PLAIN[start:end].replace("\n", "")
    known = vocabulary(kind)
    found = {w: zh for w, zh in re.findall(r"`(\w+)` ([一-鿿]+)", part) if w in known}
    assert len(found) == count
    assert {word: known[word][0] for word in found} == found
