"""The commands as a user calls them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

SMALL = """\
yanlian: 1
name: {zh: 小演练, en: small drill}
start: 2026-04-15T14:00+08:00
horizon: 2 h
tail: 1 h
places: {p: {at: [108.6, 24.4]}}
offices:
  works: {role: unit, place: p, superior: county, procedures: [alarm]}
  county: {role: county_gov, place: p, procedures: [take]}
channels:
  phone: {kind: phone, time: {constant: 1 min}}
procedures:
  alarm:
    on: noticed
    steps:
      - send: {to: superior, channel: phone, report: initial}
  take:
    on: arrived
    steps:
      - answer: {time: {constant: 2 min}}
incidents:
  leak:
    hazard: chemical_leak
    place: p
    course: [{dead: 3}]
    noticed: {works: {constant: 5 min}}
"""


@pytest.fixture
def drawn(tmp_path):
    """The small drill with a duration that is drawn: another seed is another record."""
    path = tmp_path / "drawn.yaml"
    text = SMALL.replace("time: {constant: 2 min}", "time: {lognormal: {median: 9 min, p90: 1 h}}")
    path.write_text(text, encoding="utf-8")
    return path


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_run_writes_record_verdicts_and_report_and_prints_the_scorecard(call, scenarios, tmp_path):
    out = tmp_path / "out"
    result = call("run", scenarios / "chemical-leak.yaml", "--out", out)
    assert result.exit_code == 0, result.stderr
    files = ["events.csv", "map.png", "report.html", "supplies.csv", "teams.csv", "verdicts.csv"]
    assert sorted(p.name for p in out.iterdir()) == files
    assert ", ".join(str(out / name) for name in files) in result.stdout
    assert "GX-01" in result.stdout
    assert "by confirmation" in result.stdout
    assert '<html lang="zh-CN">' in (out / "report.html").read_text(encoding="utf-8")
    assert {row["rule"] for row in _rows(out / "verdicts.csv")} >= {"GX-01", "GX-02-city"}
    assert not [p for p in tmp_path.iterdir() if p != out]


def test_score_of_the_written_record_gives_the_verdicts_of_the_run(call, scenarios, tmp_path):
    out = tmp_path / "out"
    call("run", scenarios / "mine-collapse.yaml", "--out", out, "--seed", 4)
    again = call("score", out / "events.csv", "--format", "csv")
    assert again.exit_code == 0
    assert list(csv.DictReader(io.StringIO(again.stdout))) == _rows(out / "verdicts.csv")


def test_same_seed_same_bytes_and_another_seed_another_record(call, drawn, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        call("run", drawn, "--out", tmp_path / name, "--seed", seed)
    read = {n: {f.name: f.read_bytes() for f in (tmp_path / n).iterdir()} for n in "abc"}
    assert read["a"] == read["b"]
    assert read["a"]["events.csv"] != read["c"]["events.csv"]


def test_lang_en_makes_report_and_console_english(call, drawn, tmp_path):
    out = tmp_path / "out"
    result = call("run", drawn, "--out", out, "--lang", "en")
    assert "Margins in minutes" in result.stdout
    assert '<html lang="en">' in (out / "report.html").read_text(encoding="utf-8")


def test_lang_zh_makes_the_console_chinese(call, hengxian):
    assert "余量单位为分钟" in call("score", hengxian, "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "检查情景"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "Check a scenario"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "Check a scenario"),
    ],
)
def test_console_speaks_the_language_of_the_locale(call, variables, word):
    assert word in call("--help", **variables).stdout


def test_replications_print_sums_with_intervals(call, scenarios, tmp_path):
    out = tmp_path / "o"
    result = call("run", scenarios / "mine-collapse.yaml", "--replications", 5, "--out", out)
    assert "cases: 5" in result.stdout
    assert "[47.8–100]" in result.stdout  # Clopper–Pearson, 5 of 5: 0.025 ** (1 / 5)
    assert len({row["case"] for row in _rows(out / "verdicts.csv")}) == 5


def test_json_has_at_least_the_promised_keys(call, hengxian):
    found = json.loads(call("score", hengxian, "--format", "json").stdout)
    wanted = {"case", "rule", "clause", "owner", "recipient", "limit_s", "verdict", "margin_s"}
    assert found
    for verdict in found:
        assert wanted | {"readings", "evidence"} <= set(verdict)
        assert set(verdict["readings"]) == {"occur", "receive", "confirm"}


def test_hengxian_is_late_from_occurrence_and_met_at_equality_from_receipt(call, hengxian):
    """Official circular: first notice 08:20, report to the city 10:20, limit 2 h."""
    found = json.loads(call("score", hengxian, "--format", "json").stdout)
    county = next(v for v in found if v["owner"] == "hengxian-gov" and v["limit_s"] == 7_200)
    assert county["readings"]["occur"]["verdict"] == "late"
    assert county["readings"]["receive"]["verdict"] == "met"
    assert county["readings"]["receive"]["margin_s"] == 0


def test_official_finding_stands_beside_the_verdict_and_is_marked_as_its_own(call, hengxian):
    text = call("score", hengxian, "--lang", "zh").stdout
    assert "迟报" in text[text.index("官方认定") :]
    assert "非本程序结论" in text
    assert "官方认定" not in call("score", hengxian, "--format", "csv", "--lang", "zh").stdout


def test_another_pack_takes_the_place_of_the_findings_one(call, hengxian):
    found = json.loads(call("score", hengxian, "--pack", "order-493", "--format", "json").stdout)
    assert {v["pack"] for v in found} == {"order-493"}


def test_score_writes_a_report_where_asked(call, hengxian, tmp_path):
    path = tmp_path / "r.html"
    assert call("score", hengxian, "--report", path).exit_code == 0
    page = path.read_text(encoding="utf-8")
    assert "官方认定" in page
    assert "横县政府" in page


def test_missed_deadlines_are_no_failure_unless_asked(call, hengxian, scenarios, tmp_path):
    assert call("score", hengxian).exit_code == 0
    assert call("score", hengxian, "--fail-on", "late").exit_code == 1
    small = tmp_path / "small.yaml"
    small.write_text(SMALL, encoding="utf-8")
    assert call("run", small, "--out", tmp_path / "o", "--fail-on", "late").exit_code == 0


@pytest.mark.parametrize("name", ["chemical-leak", "river-flood", "mine-collapse"])
def test_check_finds_the_shipped_scenarios_valid(call, scenarios, name):
    result = call("check", scenarios / f"{name}.yaml")
    assert result.exit_code == 0
    assert "valid scenario" in result.stdout


def test_check_tells_packs_and_records_apart_by_content(call, hengxian, tmp_path):
    import sim.rules

    pack = Path(sim.rules.__file__).parent / "packs" / "guangxi-2012-65.yaml"
    renamed = tmp_path / "something.yml"
    renamed.write_bytes(pack.read_bytes())
    assert "valid rule pack" in call("check", renamed).stdout
    assert "valid record" in call("check", hengxian).stdout
    copy = tmp_path / "record.txt"
    copy.write_bytes(hengxian.read_bytes())
    assert "valid record" in call("check", copy).stdout


def test_resolved_scenario_needs_no_library_and_is_valid_itself(call, scenarios, tmp_path):
    result = call("check", "--resolved", scenarios / "chemical-leak.yaml")
    assert result.exit_code == 0
    path = tmp_path / "whole.yaml"
    path.write_text(result.stdout, encoding="utf-8")
    assert call("check", path).exit_code == 0
    assert not re.search(r"^use:", result.stdout, re.MULTILINE)


def test_schema_accepts_a_scenario_and_refuses_an_unknown_key(call):
    jsonschema = pytest.importorskip("jsonschema")
    from ruamel.yaml import YAML

    schema = json.loads(call("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    small = YAML(typ="safe", pure=True).load(SMALL)
    small["start"] = "2026-04-15T14:00+08:00"
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(small)) == []
    assert list(validator.iter_errors(small | {"offcies": {}}))


def test_demo_writes_both_reports_and_says_what_to_do_next(call, tmp_path):
    result = call("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 0, result.stderr
    named = re.findall(r"^  (\S+\.html)$", result.stdout, re.MULTILINE)
    assert len(named) == 2
    for path in named:
        assert tmp_path / "demo" in Path(path).parents
        assert Path(path).is_file()
    assert "Next:" in result.stdout


def test_demo_without_the_scenarios_explains(call, monkeypatch, tmp_path):
    monkeypatch.setattr("sim.cli.demo.shipped", lambda part: None)
    result = call("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 2
    assert "yanlian run" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_version_is_that_of_the_package(call):
    from importlib.metadata import version

    assert call("--version").stdout.strip() == f"Yanlian {version('yanlian')}"


def test_a_chinese_console_gets_chinese_help_and_refusals(shell):
    helped = shell("run", "--help", LANG="zh_CN.UTF-8").stdout.decode("utf-8")
    assert "用法" in helped
    assert "显示本说明后退出" in helped
    refused = shell("run", LANG="zh_CN.UTF-8").stderr.decode("utf-8")
    assert "缺少参数" in refused
    assert "--help" in refused


def test_every_option_and_command_has_a_chinese_help():
    from inspect import cleandoc

    from sim.cli import cli
    from sim.texts import in_language, t

    things = [cli, *cli.commands.values()]
    things += [inner for thing in things[1:] for inner in getattr(thing, "commands", {}).values()]
    things += [param for thing in things for param in thing.params]
    texts = {cleandoc(thing.help) for thing in things if getattr(thing, "help", None)}
    with in_language("zh"):
        assert {text for text in texts if t(text) == text and text.isascii()} == set()


def test_targets_are_printed_and_written_apart_from_the_verdicts(call, scenarios, tmp_path):
    out = tmp_path / "out"
    done = call(
        *("run", scenarios / "chemical-leak.yaml", "--out", out, "--lang", "en"),
        *("--targets", "fire-china", "--targets", "fire-china"),
    )
    assert done.exit_code == 0
    assert "not the directive" in done.output
    assert done.output.count("fire-china turnout-60s") == 1
    assert (out / "targets.csv").read_text("utf-8-sig").startswith("pack,target,text,n,")
    assert "fire-china turnout-60s" in (out / "report.html").read_text("utf-8")
    assert "turnout" not in (out / "verdicts.csv").read_text("utf-8-sig")


def test_unknown_targets_are_refused_before_anything_is_run(call, scenarios, tmp_path):
    out = tmp_path / "out"
    done = call("run", scenarios / "chemical-leak.yaml", "--out", out, "--targets", "fire-chin")
    assert done.exit_code == 2
    assert "fire-china" in done.output
    assert not out.exists()


def test_targets_are_not_mixed_into_verdicts_for_programs(call, hengxian):
    done = call("score", hengxian, "--targets", "fire-china", "--format", "json")
    assert done.exit_code == 2


def test_a_checklist_goes_out_and_comes_back_beside_the_verdicts(call, scenarios, tmp_path):
    flood = tmp_path / "drill.csv"
    flood.write_bytes(next(scenarios.glob("real/*hengxian*/events.csv")).read_bytes())
    path, report = tmp_path / "list.csv", tmp_path / "r.html"
    assert call("checklist", "export", "--out", path).exit_code == 0
    text = path.read_text(encoding="utf-8-sig")
    filled = text.replace(",未查,,,", ",是,文件3号,甲,2026-07-01", 1)
    assert filled != text
    path.write_text(filled, encoding="utf-8")
    before = call("score", flood, "--format", "csv").stdout
    found = call("score", flood, "--checklist", path, "--report", report, "--lang", "zh")
    assert found.exit_code == 0, found.stderr
    assert "是 1、未查" in found.stdout
    assert "文件3号、甲、2026-07-01" in found.stdout
    page = report.read_text(encoding="utf-8")
    assert 'class="tick yes">是<' in page
    assert "文件3号" in page
    after = call("score", flood, "--format", "csv", "--checklist", path, "--report", report).stdout
    assert after == before  # never mixed into the verdicts


def test_a_bad_checklist_is_refused_by_its_lines_and_nothing_is_written(call, hengxian, tmp_path):
    path, report = tmp_path / "list.csv", tmp_path / "r.html"
    path.write_text("id,tick\nA01-a,maybe\nA99,yes\n", encoding="utf-8")
    words = ("--pack", "guangxi-2012-65", "--checklist", path, "--report", report)
    found = call("score", hengxian, *words)
    assert found.exit_code == 2
    assert f"{path}:2: tick" in found.stderr
    assert f"{path}:3: id" in found.stderr
    assert not report.exists()
    assert call("score", hengxian, "--format", "json", "--checklist", path).exit_code == 2


def test_the_name_of_a_checklist_says_its_form(call, tmp_path):
    assert call("checklist", "export", "--out", tmp_path / "list.doc").exit_code == 2
    assert call("checklist", "export", "--out", tmp_path / "no" / "list.csv").exit_code == 2
    out = tmp_path / "x.csv"
    assert call("checklist", "export", "--pack", "anhui-2010", "--out", out).exit_code == 2
