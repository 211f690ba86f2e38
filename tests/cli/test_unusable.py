"""Unusable input: status 2, every mistake named, no traceback, nothing written."""

import re

import pytest

HEADER = "time,activity,actor\n"
BROKEN = {
    "empty.csv": b"",
    "binary.csv": bytes(range(256)) * 4,
    "no-columns.csv": b"a,b\n1,2\n",
    "bad-time.csv": (HEADER + "2009-03-19T99:20,send,x\n").encode(),
    "no-offset.csv": (HEADER + "2009-03-19T09:20,send,x\n").encode(),
    "unknown-word.csv": (HEADER + "2009-03-19T09:20+08:00,fly,x\n").encode(),
    "broken.yaml": b"yanlian: 1\na: [1\n",
    "no-kind.yaml": b"a: 1\n",
    "empty.yaml": b"",
    "unknown-keys.yaml": b"yanlian: 1\noffcies: {}\nhorizon: 3 parsecs\n",
    "list.yaml": b"- yanlian: 1\n",
    "binary.yaml": bytes(range(256)) * 4,
    "pack.yaml": b"pack: x\nrules: 7\n",
}


def _unusable(result, folder, before):
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) >= 1
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", BROKEN)
def test_check_names_every_broken_file(call, tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN[name])
    before = sorted(tmp_path.rglob("*"))
    result = call("check", tmp_path / name)
    _unusable(result, tmp_path, before)
    assert name in result.stderr


@pytest.mark.parametrize("name", [name for name in BROKEN if name.endswith(".yaml")])
def test_run_of_a_broken_scenario_leaves_nothing_behind(call, tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN[name])
    before = sorted(tmp_path.rglob("*"))
    _unusable(call("run", tmp_path / name, "--out", tmp_path / "out"), tmp_path, before)


@pytest.mark.parametrize("name", [name for name in BROKEN if name.endswith(".csv")])
def test_score_of_a_broken_record_leaves_nothing_behind(call, tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN[name])
    before = sorted(tmp_path.rglob("*"))
    _unusable(call("score", tmp_path / name, "--report", tmp_path / "r.html"), tmp_path, before)


@pytest.mark.parametrize("command", ["run", "score", "check"])
def test_a_missing_file_and_a_folder_are_said(call, tmp_path, command):
    for path in (tmp_path / "none.yaml", tmp_path):
        result = call(command, path)
        assert result.exit_code == 2
        assert "expected a file" in result.stderr


def test_all_mistakes_of_a_scenario_are_listed_with_their_lines(call, tmp_path):
    path = tmp_path / "s.yaml"
    path.write_bytes(BROKEN["unknown-keys.yaml"])
    lines = call("check", path).stderr.splitlines()
    assert any(re.search(r"s\.yaml:2: .*offices", line) for line in lines)
    assert any(re.search(r"s\.yaml:3: horizon: ", line) for line in lines)
    assert re.search(r"problems found: [3-9]", lines[-1])


def test_unknown_pack_is_refused_with_the_names_there_are(call, scenarios, tmp_path):
    out = tmp_path / "out"
    result = call("run", scenarios / "mine-collapse.yaml", "--pack", "guangxi-2012", "--out", out)
    assert result.exit_code == 2
    assert "guangxi-2012-65" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("inside", ["", "sub/deeper"])
def test_out_that_is_a_file_is_refused_before_any_work(call, scenarios, tmp_path, inside):
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    result = call("run", scenarios / "mine-collapse.yaml", "--out", file / inside)
    assert result.exit_code == 2
    assert "not a folder" in result.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_report_in_a_folder_that_is_not_there_is_refused(call, hengxian, tmp_path):
    result = call("score", hengxian, "--report", tmp_path / "none" / "r.html")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
    assert call("score", hengxian, "--report", tmp_path).exit_code == 2


def test_a_broken_finding_beside_a_record_is_said_and_not_ignored(call, hengxian, tmp_path):
    (tmp_path / "events.csv").write_bytes(hengxian.read_bytes())
    (tmp_path / "finding.yaml").write_text("format: 1\ncategory: x\n", encoding="utf-8")
    result = call("score", tmp_path / "events.csv")
    assert result.exit_code == 2
    assert "finding.yaml" in result.stderr


def test_a_failure_while_writing_leaves_the_former_folder_as_it_was(
    call, scenarios, tmp_path, monkeypatch
):
    out = tmp_path / "out"
    assert call("run", scenarios / "mine-collapse.yaml", "--out", out).exit_code == 0
    before = {p.name: p.read_bytes() for p in out.iterdir()}

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.report.html.write_text", fail)
    result = call("run", scenarios / "mine-collapse.yaml", "--seed", 2, "--out", out)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_resolved_is_for_scenarios_only(call, hengxian):
    result = call("check", "--resolved", hengxian)
    assert result.exit_code == 2
    assert "--resolved" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("run",), ("fly",), ("run", "x.yaml", "--seed", "-1"), ("score", "x", "--format", "xml")],
)
def test_wrong_words_on_the_command_line_are_status_2(call, words):
    assert call(*words).exit_code == 2
