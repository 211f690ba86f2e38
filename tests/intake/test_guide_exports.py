"""The guide to exports, as printed: a brigade's percentiles and XES with a deadline per case.

The numbers of the guide's table are worked out by hand here, from the seconds between stamps.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import pytest

from sim.intake import import_files
from sim.log.contradictions import contradictions
from sim.rules import load_pack, score

GUIDE = (Path(__file__).parents[2] / "docs/exports.md").read_text(encoding="utf-8")
FILES = {
    name: text
    for name, _, text in re.findall(
        r"^`([\w.-]+)`[^\n]*:\n\n```(\w+)\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE
    )
}
COMMANDS = [line.split()[1:] for line in re.findall(r"```sh\n(.*?)\n```", GUIDE)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def seconds(begin: str, end: str) -> list[int]:
    """Seconds between two columns of the printed file, where both stand."""
    form = "%m/%d/%Y %I:%M:%S %p"
    rows = [row for row in csv.DictReader(io.StringIO(FILES["calls.csv"])) if row[begin]]
    return [
        int((datetime.strptime(r[end], form) - datetime.strptime(r[begin], form)).total_seconds())
        for r in rows
        if r[end]
    ]


def test_every_command_works(folder: Path, call) -> None:
    assert len(COMMANDS) == 2
    for words in COMMANDS:
        done = call(*words)
        assert done.exit_code == 0, (words, done.output)
    assert (folder / "targets.csv").exists()


def test_the_table_of_the_guide_is_what_is_printed(folder: Path, call) -> None:
    text = call(*COMMANDS[0]).stdout
    lines = re.findall(
        r"^\| ([\w-]+) \| (\d+ of \d+): (.*?) \| (\d+ % within .*?) \| (.*) \|$",
        GUIDE,
        re.MULTILINE,
    )
    assert [line[0] for line in lines] == ["turnout", "travel", "travel-half", "first"]
    for name, counted, share, percentile, left_out in lines:
        said = text[text.index(f"brigade {name}  ") :].splitlines()[1]
        assert f"{counted} in time: {share}" in said
        assert percentile.replace("within", "came within") in said
        for words in left_out.split(", "):
            assert words.replace("(", "(stamps out of order: ") in said


def test_the_numbers_by_hand() -> None:
    """Sorted seconds; ranks 13 of 14, 12 and 7 of 13; the sign test's 3rd and 11th of 13."""
    turnout = sorted(seconds("Dispatched", "En Route"))
    assert turnout == [55, 58, 60, 62, 65, 66, 70, 75, 79, 81, 90, 95, 98, 110]
    assert (sum(x <= 80 for x in turnout), turnout[12]) == (9, 98)  # 1.6 min
    travel = sorted(x for x in seconds("En Route", "On Scene") if x >= 0)
    assert travel == [150, 180, 200, 210, 220, 230, 240, 250, 260, 280, 290, 300, 330]
    assert (sum(x <= 240 for x in travel), travel[11], travel[6]) == (7, 300, 240)
    assert (travel[2], travel[10]) == (200, 290)  # 3.3 and 4.8 min
    assert [x for x in seconds("En Route", "On Scene") if x < 0] == [-40]


def test_the_negative_time_is_kept_in_the_record_and_named(folder: Path) -> None:
    found = import_files([folder / "calls.csv"], folder / "calls.yaml")
    assert found.unread == ()
    (doubt,) = contradictions(found.log)
    row = found.log.table.iloc[doubt.row]
    assert (doubt.kind, row["case"], row["actor"]) == ("arrived_before_it_left", "F12", "E3")
    teams = found.log.table[found.log.table["activity"] == "role"]
    assert set(teams["team_kind"]) == {"comprehensive_brigade"}
    assert set(zip(teams["case"], teams["actor"], strict=True)) == {
        (row["Incident"], row["Unit"]) for row in csv.DictReader(io.StringIO(FILES["calls.csv"]))
    }


def test_the_verdicts_of_the_xes_log_are_those_of_the_table(folder: Path) -> None:
    found = import_files([folder / "permits.xes"], folder / "permits.yaml")
    table = score(found.log, load_pack(folder / "permits-pack.yaml")).table
    lines = re.findall(r"^\| (A\d) \| (\w+)(?:, (.*))? \|$", GUIDE, re.MULTILINE)
    assert len(lines) == 4
    for case, verdict, more in lines:
        (row,) = table[table["case"] == case].to_dict("records")
        assert row["verdict"] == verdict
        if more.lstrip("+-").isdigit():
            assert row["margin_s"] == 60 * int(more)
        else:
            assert row["reason"] == more


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("role: team,", "role: city_gov,", "role: team beside team_kind"),
        ("comprehensive_brigade", "comprehensive_brigad", "did you mean comprehensive_brigade?"),
        (r"'~[EL]\d+'", "'~[EL'", "a regular expression"),
        ("role: team,", "role: team, words: [x],", "no words beside a regular expression"),
    ],
)
def test_mistakes_in_a_pattern_of_units_are_named(folder: Path, call, old, new, words) -> None:
    path = folder / "calls.yaml"
    assert FILES["calls.yaml"].count(old) == 1
    path.write_text(FILES["calls.yaml"].replace(old, new), encoding="utf-8")
    done = call("check", path)
    assert done.exit_code == 2
    assert "calls.yaml:12: " in done.stderr
    assert words in done.stderr
