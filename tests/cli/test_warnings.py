"""`yanlian check` warns of a valid scenario that will hardly work as meant."""

import pytest

from sim.texts import in_language

SMALL = """\
yanlian: 1
name: {zh: 小演练, en: small drill}
start: 2026-04-15T14:00+08:00
horizon: 2 h
use: [guangxi-duty]
places: {p: {at: [108.6, 24.4]}}
offices:
  works: {role: unit, place: p, superior: county, procedures: [unit-alarm]}
  county:
    role: county_gov
    place: p
    procedures: [answer-message]
procedures:
  spare: {on: noticed, steps: [{verify: {time: 5 min}}]}
incidents:
  leak: {hazard: chemical_leak, place: p, course: [{dead: 3}], noticed: {works: 5 min}}
"""


@pytest.fixture
def doubtful(tmp_path):
    path = tmp_path / "doubtful.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_warnings_come_after_valid_with_file_line_and_path(call, doubtful):
    result = call("check", doubtful)
    assert result.exit_code == 0
    valid, *warnings = result.stdout.splitlines()
    assert "valid scenario" in valid
    assert warnings == [
        f"{doubtful}:14: procedures.spare: hint: nobody uses the procedure spare",
    ], "what lies idle in the library that it uses is no fault"


def test_strict_makes_warnings_exit_status_1(call, doubtful, scenarios):
    assert call("check", doubtful, "--strict").exit_code == 1
    assert call("check", scenarios / "chemical-leak.yaml", "--strict").exit_code == 0


def test_resolved_yaml_stays_clean(call, doubtful):
    result = call("check", doubtful, "--resolved")
    assert "hint" not in result.stdout
    assert "hint" in result.stderr


def test_warnings_are_chinese_in_a_chinese_console(call, doubtful):
    with in_language("en"):  # the command chooses its own; the tests after this one keep theirs
        said = call("check", doubtful, LC_ALL="zh_CN.UTF-8").stdout
    assert "提示: 程序 spare 无人使用" in said
