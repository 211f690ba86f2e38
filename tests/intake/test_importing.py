"""What holds for every import: nothing lost in silence, the same bytes again, files untouched."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.intake import import_files, load_mapping
from sim.log import read_log

from .conftest import events

LOG = """\
case;what;when;who
1;a;2026-01-05T08:00+01:00;=HYPERLINK("http://x")
1;b;2026-01-05T08:10+01:00;@x
2;;2026-01-05T08:20+01:00;x
;a;2026-01-05T08:20+01:00;x
2;a;later;x
2;a;2026-01-05T08:20+01:00;x;y;z
3;a;2026-01-05T08:20+01:00;-5
"""
MAPPING = """\
mapping: 1
case: case
columns: {what: activity, when: time, who: actor}
others: keep
complete: unknown
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def test_every_row_that_is_not_read_is_listed(folder: Path, call) -> None:
    done = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 0
    text = (folder / "events.unread.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["file"], row["row"], row["column"]) for row in rows] == [
        ("log.csv", "4", "what"),
        ("log.csv", "5", "case"),
        ("log.csv", "6", "when"),
        ("log.csv", "7", ""),
    ]
    assert all(row["reason"] and row["left_out"] == "row" for row in rows)
    assert "rows: 7, read: 3, not read: 4; events: 3, cases: 2" in done.stderr
    for row in rows:
        assert f"log.csv:{row['row']}:" in done.stderr


def test_importing_again_gives_the_same_bytes_and_leaves_the_files_alone(
    folder: Path, call
) -> None:
    before = {name: (folder / name).read_bytes() for name in ("log.csv", "m.yaml")}
    outputs = []
    for out, lang in (("one.csv", "en_US.UTF-8"), ("two.csv", "zh_CN.UTF-8")):
        assert (
            call("import", "log.csv", "--mapping", "m.yaml", "--out", out, LC_ALL=lang).exit_code
            == 0
        )
        outputs.append((folder / out).read_bytes())
    assert outputs[0] == outputs[1]
    assert before == {name: (folder / name).read_bytes() for name in before}
    digest = hashlib.sha256(before["log.csv"]).hexdigest()
    assert f"log.csv sha256:{digest}" in outputs[0].decode("utf-8-sig")


def test_the_record_can_be_read_again(folder: Path, call) -> None:
    call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    again = read_log(folder / "events.csv")
    found = import_files([folder / "log.csv"], folder / "m.yaml")
    assert again.table.equals(found.log.table)
    assert again.origins == found.log.origins


def test_nothing_is_a_formula_when_the_record_is_opened_in_a_spreadsheet(folder: Path) -> None:
    found = import_files([folder / "log.csv"], folder / "m.yaml")
    assert [row[0] for row in events(found, "actor")] == ['\'=HYPERLINK("http://x")', "'@x", "-5"]


def test_several_files_make_one_record(folder: Path) -> None:
    (folder / "more.csv").write_text(LOG.replace("\n1;", "\n9;"), encoding="utf-8")
    found = import_files([folder / "log.csv", folder / "more.csv"], folder / "m.yaml")
    assert found.log.cases == ("1", "3", "9")
    assert len(events(found, "case")) == 6
    assert set(found.files) == {"log.csv", "more.csv"}


def test_status_2_where_nothing_can_be_read(folder: Path, call) -> None:
    (folder / "log.csv").write_text("case;what;when;who\n1;a;never;x\n", encoding="utf-8")
    done = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 2
    assert "log.csv:2: when: expected a time stamp, received 'never'" in done.stderr
    assert not (folder / "events.csv").exists()


def test_an_input_is_never_the_output(folder: Path, call) -> None:
    for out in ("log.csv", "m.yaml", "../" + folder.name + "/log.csv"):
        assert call("import", "log.csv", "--mapping", "m.yaml", "--out", out).exit_code == 2
    assert (folder / "log.csv").read_text("utf-8") == LOG


def test_a_missing_column_is_named_with_what_there_is(folder: Path, call) -> None:
    (folder / "m.yaml").write_text(MAPPING.replace("what:", "wat:"), encoding="utf-8")
    done = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 2
    assert "a column wat in log.csv" in done.stderr
    assert "did you mean what?" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("when: time", "when: tiem", 3, "did you mean time?"),
        ("when: time", "when: note", 3, "a column of the file for time"),
        ("who: actor", "who: time", 3, "one column for time"),
        ("others: keep", "other: keep", 4, "did you mean others?"),
        ("complete: unknown", "time: {zone: Mars}\ncomplete: unknown", 5, "a time zone such as"),
        ("complete: unknown", "", 1, "the key complete"),
        ("complete: unknown", "complete: {until: tomorrow}", 5, "a time such as"),
        ("complete: unknown", "complete: {until: last}\nconstants: {activity: 到达}", 6, "arrive"),
        ("others: keep", "words: {activity: {a: arive}}", 4, "did you mean arrive?"),
        ("others: keep", "organisations: {x: {role: city_gov, superior: y}}", 4, "another entry"),
        (
            "others: keep",
            "constants: {keeper: 总值班}\norganisations: {x: {role: city_gov, words: 总值班}}",
            4,
            "did you mean x?",
        ),
        ("others: keep", "source: {pattern: '(('}", 4, "a regular expression"),
        ("others: keep", "source: {encoding: utf-9}", 4, "an encoding such as"),
    ],
)
def test_mistakes_in_a_mapping_have_their_line(
    folder: Path, old: str, new: str, line: int, words: str
) -> None:
    assert MAPPING.count(old) == 1
    (folder / "m.yaml").write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(UnusableInput) as error:
        load_mapping(folder / "m.yaml")
    lines = str(error.value).splitlines()
    assert any(f"m.yaml:{line}:" in text and words in text for text in lines), lines


HOSTILE = {
    "entities": b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><log/>',
    "an external entity": b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><log/>',
    "other XML": b"<html><body/></html>",
    "broken XML": b"<log><trace>",
    "broken gzip": gzip.compress(b"case;what\n" * 1000)[:50],
    "binary": bytes(range(256)) * 10,
    "nothing": b"",
    "an open quote": b'case;what;when;who\n"1;a;b;c\n' + b"x;" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_problems_never_tracebacks(folder: Path, call, name: str) -> None:
    (folder / "log.csv").write_bytes(HOSTILE[name])
    done = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 2, done.output
    assert "nothing was written" in done.stderr
    assert not (folder / "events.csv").exists()


def test_a_packed_file_that_unpacks_without_end_is_refused(folder: Path, call, monkeypatch) -> None:
    monkeypatch.setattr("sim.intake.sources.MOST_TEXT", 1_000_000)
    (folder / "log.csv").write_bytes(gzip.compress(bytes(20_000_000)))
    done = call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 2
    assert "at most 1 MB" in done.stderr


def test_names_in_a_file_are_never_paths(folder: Path, call) -> None:
    text = "case;what;when;who\n../../evil;a;2026-01-05T08:00+01:00;/etc/passwd\n"
    (folder / "log.csv").write_text(text, encoding="utf-8")
    before = set(folder.rglob("*"))
    assert call("import", "log.csv", "--mapping", "m.yaml", "--out", "events.csv").exit_code == 0
    made = {path.name for path in set(folder.rglob("*")) - before}
    assert made == {"events.csv", "events.unread.csv"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("log.xlsx", b"PK\x03\x04rest", "a workbook"),
        ("log.xes", b"<?xml version='1.0'?><log/>", "an XML file"),
        ("log.csv.gz", b"\x1f\x8brest", "a packed file"),
    ],
)
def test_score_without_a_mapping_says_what_to_do(folder: Path, call, name, data, words) -> None:
    (folder / name).write_bytes(data)
    done = call("score", name)
    assert done.exit_code == 2
    assert words in done.stderr
    assert f"yanlian import {name} --guess --out mapping.yaml" in done.stderr


def test_hints_for_chinese_words_and_the_dates_of_excel(folder: Path, call) -> None:
    (folder / "r.csv").write_text("time,activity,actor\n2026/6/20 8:15,到达,x\n", encoding="utf-8")
    done = call("check", "r.csv")
    assert done.exit_code == 2
    assert "did you mean arrive?" in done.stderr
    assert "did you mean 2026-06-20T08:15+08:00?" in done.stderr


def test_a_proposal_can_be_used_as_it_is(folder: Path, call) -> None:
    done = call("import", "log.csv", "--guess", "--out", "guess.yaml")
    assert done.exit_code == 0
    text = (folder / "guess.yaml").read_text("utf-8")
    assert "case: case" in text
    assert call("import", "log.csv", "--guess", "--out", "guess.yaml").exit_code == 2
    fixed = text.replace("# what: …", "what: activity").replace("# when: …", "when: time")
    fixed = fixed.replace("# who: …", "who: actor") + "others: keep\n"
    (folder / "guess.yaml").write_text(fixed, encoding="utf-8")
    assert call("import", "log.csv", "--mapping", "guess.yaml", "--out", "e.csv").exit_code == 0


def test_a_proposal_knows_chats_exports_with_several_times_and_xes(folder: Path, call) -> None:
    (folder / "chat.txt").write_text("[08:20] 甲: 起火\n[08:25] 乙： 收到\n", encoding="utf-8")
    assert "  text: activity" in call("import", "chat.txt", "--guess").stdout
    export = "Incident Number,Unit,Received,On Scene\nF1,E1,3/19/2026 8:00 PM,3/19/2026 8:09 PM\n"
    (folder / "fire.csv").write_text(export, encoding="utf-8")
    text = call("import", "fire.csv", "--guess").stdout
    for line in ("case: Incident Number", "  On Scene: {activity: arrive}", "%m/%d/%Y %I:%M %p"):
        assert line in text
    log = (
        '<log><trace><string key="concept:name" value="1"/><event>'
        '<string key="concept:name" value="a"/><string key="org:resource" value="bob"/>'
        '<date key="time:timestamp" value="2026-01-05T08:00:00Z"/></event></trace></log>'
    )
    (folder / "log.xes").write_text(log, encoding="utf-8")
    done = call("import", "log.xes", "--guess", "--out", "x.yaml")
    assert done.exit_code == 0
    assert call("import", "log.xes", "--mapping", "x.yaml", "--out", "e.csv").exit_code == 0
    assert call("check", "x.yaml").exit_code == 0


def test_a_guess_knows_the_usual_headings_and_words_of_a_duty_sheet(call, tmp_path: Path) -> None:
    sheet = "时间,事项,单位,对方,报告种类,死亡人数,重伤\n"
    sheet += "3月19日3:30,事发,甲,,,4,2\n8:20,上报,甲,乙,初报,4,2\n8:33,来报,乙,甲,续报,,\n"
    (tmp_path / "duty.csv").write_text(sheet, encoding="utf-8")
    text = call("import", "duty.csv", "--guess").stdout
    columns = ["对方: recipient", "报告种类: kind", "死亡人数: dead", "重伤: injured"]
    for line in (*columns, "上报: reported", "来报: reported", "事发: occur"):
        assert re.search(rf"^ +{line} ", text, re.MULTILINE), line
    assert "hazard: fire" in text
