"""`yanlian coverage` and `yanlian score --scheme`, as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios/chemical-leak.yaml"


@pytest.fixture(scope="module")
def drilled(tmp_path_factory):
    """The record of one drill of the shipped leak."""
    path = tmp_path_factory.mktemp("drill") / "events.csv"
    log = sim.run(sim.load_scenario(SCENARIO), packs=(sim.load_pack("guangxi-2012-65"),))
    sim.write_log(log, path)
    return path


def test_matrix_of_two_drills(call, drilled, hengxian):
    result = call("coverage", drilled, hengxian, "--pack", "guangxi-2012-65")
    assert result.exit_code == 0, result.output
    assert "1  2009-03-19" in result.output
    assert "2  2026-04-15" in result.output
    assert "untouched: A01-1" in result.output
    assert "--suggest" in result.output


def test_suggestions_are_tried_in_the_scenario(call, drilled):
    result = call("coverage", drilled, "--suggest", "--scenario", SCENARIO)
    assert result.exit_code == 0, result.output
    assert "test-A08-4: {at: 90 min, to: hechi-emergency, kind: roll_call}" in result.output
    assert result.output.count("touched in 2 of 2 runs") > 5
    assert "drill_held,hechi-gov" in result.output


def test_page_picture_and_csv(call, drilled, tmp_path):
    page, picture = tmp_path / "page.html", tmp_path / "matrix.png"
    result = call(*("coverage", drilled, "--format", "csv", "--report", page, "--picture", picture))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("pack,clause,rule,text,")
    assert "第十条" in page.read_text(encoding="utf-8")  # files in Chinese unless asked
    assert picture.read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "words",
    [
        ("coverage",),
        ("coverage", "missing.csv"),
        ("coverage", "LOG", "--report", "no/folder/page.html"),
        ("coverage", "LOG", "--suggest", "--format", "csv"),
        ("coverage", "LOG", "--suggest", "--scenario", "missing.yaml"),
        ("score", "LOG", "--scheme", "meizho"),
        ("score", "LOG", "--scheme", "meizhou", "--format", "json"),
        ("score", "LOG", "--judged", "LOG"),
        ("score", "LOG", "--scheme", "meizhou", "--judged", "missing.csv"),
    ],
)
def test_what_cannot_be_used_is_refused_with_status_2(call, drilled, words):
    result = call(*(drilled if word == "LOG" else word for word in words))
    assert result.exit_code == 2
    assert result.stderr


def test_no_marks_unless_asked_for(call, drilled):
    assert "scheme" not in call("score", drilled).output


def test_marks_come_after_the_verdicts_with_source_and_what_is_ours(call, drilled, tmp_path):
    report = tmp_path / "report.html"
    result = call("score", drilled, "--scheme", "baoji", "--scheme", "dragos", "--report", report)
    assert result.exit_code == 0, result.output
    verdicts, marks = result.output.index("Margins in minutes"), result.output.index("scheme:")
    assert verdicts < marks
    assert "ours:" in result.output
    assert "not scored:" in result.output
    assert "缓慢" in report.read_text(encoding="utf-8")


def test_a_persons_mark_counts_only_with_his_name(call, drilled, tmp_path):
    sheet = tmp_path / "judged.csv"
    sheet.write_text("rule,owner,mark,by\nGX-01,hechi-gov,concealed,evaluator\n", encoding="utf-8")
    result = call("score", drilled, "--scheme", "baoji", "--judged", sheet)
    assert "-4 points" in result.output
    assert "judged by evaluator" in result.output
    sheet.write_text("rule,owner,mark,by\nGX-01,hechi-gov,concealed,\n", encoding="utf-8")
    result = call("score", drilled, "--scheme", "baoji", "--judged", sheet)
    assert result.exit_code == 2
    assert "judged.csv:2" in result.stderr
