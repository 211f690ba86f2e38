"""A hospital's log: CSV and XES give one record, and a pack that is data only judges it.

Case 007: triage after 30 min, treated at 13:00+02:00 = 12:00+01:00, the deadline itself.
Case NA: triage after 90 min, treated 30 min after its deadline.
Case null: the log ends at 12:40, before 13:30 and before its deadline: not due.
Case X: registered 9:00, due at 10:00, nothing follows in a complete log: missing.
"""

from __future__ import annotations

import gzip
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest

from sim.rules import load_pack, score

from .conftest import events

ROWS = [
    ("007", "register", "2026-01-05T08:00:00+01:00", "NA", "2026-01-05T12:00:00+01:00"),
    ("007", "triage", "2026-01-05T08:30:00+01:00", "bob", "2026-01-05T12:00:00+01:00"),
    ("007", "treat", "2026-01-05T13:00:00+02:00", "bob", "2026-01-05T12:00:00+01:00"),
    ("NA", "register", "2026-01-05T09:00:00.900+01:00", "null", "2026-01-05T11:00:00+01:00"),
    ("NA", "triage", "2026-01-05T10:30:00+01:00", "bob", "2026-01-05T11:00:00+01:00"),
    ("NA", "treat", "2026-01-05T11:30:00+01:00", "bob", "2026-01-05T11:00:00+01:00"),
    ("X", "register", "2026-01-05T09:00:00+01:00", "eve", "2026-01-05T10:00:00+01:00"),
    ("null", "register", "2026-01-05T12:30:00+01:00", "", "2026-01-05T20:00:00+01:00"),
    ("null", "weigh", "2026-01-05T12:40:00+01:00", "", "2026-01-05T20:00:00+01:00"),
]
MAPPING = """\
case: Case ID
columns: {Activity: activity, Time: time, Resource: actor, Deadline: due}
others: keep
complete: {until: last}
"""
XES_MAPPING = """\
case: case:concept:name
columns:
  concept:name: activity
  time:timestamp: time
  org:resource: actor
  case:deadline: due
others: keep
complete: {until: last}
"""
PACK = """\
format: 1
id: hospital
version: "1"
title: {zh: 就诊, en: Hospital}
valid: {from: 2000-01-01}
jurisdiction: any
score_anchor: occur
sources: {own: {title: made up, confidence: low}}
rules:
  TRIAGE:
    clause: "1"
    text: {zh: 一小时内分诊, en: triage within 1 h}
    modality: 应
    kind: deadline
    per: case
    owner: case
    each: start
    start: {activity: other, object: register}
    end: {activity: other, object: triage}
    limit: 1 h
  TREAT:
    like: TRIAGE
    each: null
    end: {activity: other, object: treat}
    limit: due
"""
VERDICTS = {
    ("007", "TRIAGE"): ("met", "", 1800),
    ("007", "TREAT"): ("met", "", 0),
    ("NA", "TRIAGE"): ("late", "", -1800),
    ("NA", "TREAT"): ("late", "", -1800),
    ("X", "TRIAGE"): ("late", "never_reported", None),
    ("X", "TREAT"): ("late", "never_reported", None),
    ("null", "TRIAGE"): ("open", "", None),
    ("null", "TREAT"): ("open", "", None),
}


def as_csv(separator: str = ";") -> str:
    head = ("Case ID", "Activity", "Time", "Resource", "Deadline")
    return "\n".join(separator.join(row) for row in (head, *ROWS)) + "\n"


def as_xes() -> str:
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">']
    parts.append('<global scope="event"><string key="concept:name" value="none"/></global>')
    for case, rows in groupby(ROWS, key=lambda row: row[0]):
        rows = list(rows)
        parts.append(f'<trace><string key="concept:name" value="{case}"/>')
        parts.append(f'<date key="deadline" value="{rows[0][4]}"/>')
        for _, activity, time, who, _ in rows:
            parts.append(
                f'<event><string key="concept:name" value="{activity}">'
                f'<string key="concept:name" value="nested"/></string>'
                f'<string key="org:resource" value="{who}"/>'
                f'<date key="time:timestamp" value="{time}"/></event>'
            )
        parts.append("</trace>")
    return "\n".join([*parts, "</log>"])


def judged(found, tmp_path: Path) -> dict:
    path = tmp_path / "pack.yaml"
    path.write_text(PACK, encoding="utf-8")
    table = score(found.log, load_pack(path)).table
    return {
        (row.case, row.rule): (
            row.verdict,
            row.reason,
            None if row.margin_s is pd.NA else row.margin_s,
        )
        for row in table.itertuples()
    }


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_late_missing_and_not_due_stay_apart(bring, tmp_path: Path, separator: str) -> None:
    found = bring("log.csv", as_csv(separator), MAPPING)
    assert found.unread == ()
    assert judged(found, tmp_path) == VERDICTS


@pytest.mark.parametrize("packed", [False, True])
def test_xes_gives_the_same_verdicts(bring, tmp_path: Path, packed: bool) -> None:
    data = as_xes().encode()
    found = (
        bring("log.xes.gz", gzip.compress(data), XES_MAPPING)
        if packed
        else bring("log.xes", data, XES_MAPPING)
    )
    assert judged(found, tmp_path) == VERDICTS
    assert events(found, "case", "object", "actor")[0] == ("007", "register", "NA")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "utf-16-be"])
def test_encodings(bring, tmp_path: Path, encoding: str) -> None:
    text = as_csv().replace("register", "登记")
    stated = "source: {encoding: utf-16-be}\n" if encoding == "utf-16-be" else ""
    found = bring("log.csv", text.encode(encoding), stated + MAPPING)
    assert {row[0] for row in events(found, "object")} == {"登记", "triage", "treat", "weigh"}


def test_case_ids_and_resources_are_texts_as_they_stand(bring, tmp_path: Path) -> None:
    found = bring("log.csv", as_csv(), MAPPING)
    assert found.log.cases == ("007", "NA", "X", "null")
    assert [row[0] for row in events(found, "actor")][:4] == ["NA", "bob", "bob", "null"]


def test_offsets_of_one_file_are_honoured_and_fractions_cut(bring) -> None:
    times = [row[0] for row in events(bring("log.csv", as_csv(), MAPPING), "time")]
    assert times[2] == "2026-01-05T12:00:00+01:00"
    assert times[3] == "2026-01-05T09:00:00+01:00"


def test_without_a_word_on_completeness_nothing_is_missing(bring, tmp_path: Path) -> None:
    found = bring("log.csv", as_csv(), MAPPING.replace("{until: last}", "unknown"))
    assert judged(found, tmp_path)["X", "TRIAGE"] == ("unproven", "not_observed", None)
    assert judged(found, tmp_path)["NA", "TRIAGE"] == ("late", "", -1800)


def test_score_command_reads_the_foreign_file_itself(call, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(as_csv(), encoding="utf-8")
    (tmp_path / "m.yaml").write_text("mapping: 1\n" + MAPPING, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PACK, encoding="utf-8")
    done = call("score", "log.csv", "--mapping", "m.yaml", "--pack", "p.yaml", "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout.count(",late,") >= 4
    again = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert again.exit_code == 0
    assert call("score", "events.csv", "--pack", "p.yaml", "--format", "csv").stdout == done.stdout


def test_an_allowed_time_in_words(bring, tmp_path: Path) -> None:
    """Limits such as `2 h`, `90 min`, `1:30:00`: 7200, 5400 and 5400 seconds."""
    text = "c,a,t,l\n1,x,2026-01-05T08:00+01:00,2 h\n2,x,2026-01-05T08:00+01:00,90 min\n"
    text += "3,x,2026-01-05T08:00+01:00,1:30:00\n4,x,2026-01-05T08:00+01:00,PT2H\n"
    text += "5,x,2026-01-05T08:00+01:00,2小时30分\n6,x,2026-01-05T08:00+01:00,soon\n"
    found = bring("l.csv", text, "case: c\ncolumns: {a: activity, t: time, l: allowed}\n"
                  "others: keep\ncomplete: unknown\n")  # fmt: skip
    assert [row[0] for row in events(found, "allowed")] == ["7200", "5400", "5400", "7200", "9000"]
    assert [(one.line, one.column) for one in found.unread] == [(7, "l")]
