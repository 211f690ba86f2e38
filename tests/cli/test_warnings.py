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


def test_pack_names_the_limits_that_are_looked_at(call, tmp_path):
    """61 min to draft are more than the hour of 2006; the directive has no limit, only a mark."""
    path = tmp_path / "slow.yaml"
    times = "times: {unit-alarm/draft: 61 min}, procedures: [unit-alarm]"
    slow = SMALL.replace("procedures: [unit-alarm]", times)
    path.write_text(slow, encoding="utf-8")
    result = call("check", path, "--pack", "guangxi-general-2006")
    (line,) = [line for line in result.stdout.splitlines() if "GP-unit" in line]
    assert "cannot be met by any staffing: works has 60 min from the occurrence" in line
    (mark,) = [line for line in call("check", path).stdout.splitlines() if "GX-05" in line]
    assert "guangxi-2012-65" in mark
    assert "hint" in mark


def test_pack_is_for_scenarios_only(call, hengxian):
    result = call("check", hengxian, "--pack", "order-493")
    assert result.exit_code == 2
    assert "--pack is for scenarios" in result.stderr


def test_warnings_come_before_hints_and_both_by_line(call, doubtful):
    text = SMALL.replace(
        "    procedures: [answer-message]", "    duty: 0\n    procedures: [answer-message]"
    )
    doubtful.write_text(text + "channels:\n  own: {kind: sms, time: 1 s}\n", encoding="utf-8")
    found = call("check", doubtful).stdout.splitlines()[1:]
    assert [line.split(": ")[2] for line in found] == ["warning", "hint", "hint"]
    assert [int(line.split(":")[1]) for line in found[1:]] == [15, 19]


RECORD = """\
row,time,activity,phase,actor,recipient,message
a,2026-07-01T09:05+08:00,send,ended,city,region,m1
b,2026-07-01T09:04:59+08:00,receive,,region,city,m1
"""


def test_a_record_that_contradicts_itself_is_valid_with_a_warning(call, tmp_path):
    path = tmp_path / "drill.csv"
    path.write_text(RECORD, encoding="utf-8")
    result = call("check", path)
    assert result.exit_code == 0
    valid, doubt = result.stdout.splitlines()
    assert "valid record" in valid
    assert doubt == (
        f"{path}:3: b: warning: region received 2026-07-01T09:04:59+08:00 comes before city send "
        "2026-07-01T09:05+08:00 (row a)"
    )
    assert call("check", path, "--strict").exit_code == 1
    path.write_text(RECORD.replace("09:04:59", "09:05:00"), encoding="utf-8")
    assert call("check", path, "--strict").exit_code == 0


def test_many_contradictions_of_one_kind_are_told_once_in_number(call, tmp_path):
    """25 messages, each received before it was sent: 20 lines and the number of the rest."""
    head, sent, received = RECORD.splitlines()
    rows = [
        line.replace("m1", f"m{k}").replace("a,", f"a{k},", 1).replace("b,", f"b{k},", 1)
        for k in range(25)
        for line in (sent, received)
    ]
    path = tmp_path / "drill.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    lines = call("check", path).stdout.splitlines()[1:]
    assert len(lines) == 21
    assert lines[-1] == f"{path}: warning: 5 more such lines"
