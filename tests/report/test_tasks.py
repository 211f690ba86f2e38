"""Tasks on the report page: what began, what did not, and what was given beforehand."""

from __future__ import annotations

from datetime import datetime

import pytest

from sim.log import to_log
from sim.report.html import render_report
from sim.report.tasks import task_part
from sim.scenario import load_scenario
from sim.texts import in_language

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")
SCENARIO = """\
yanlian: 1
note: {zh: 为演练虚构。, en: Invented for exercises.}
start: 2026-06-20T05:00+08:00
horizon: 1 h
places: {dike: {name: {zh: 河堤, en: dike}, at: [108.0, 24.0]}}
incidents:
  flood:
    hazard: flood
    place: dike
    course: [{dead: 1, evacuated: 20}]
    tasks:
      rescue: {name: {zh: 营救, en: rescue}, needs: {boat: 2}, duration: 1 h}
      evacuation: {name: {zh: 转移, en: evacuation}, needs: {police: 1}, duration: 1 h}
"""


def row(time, what, actor="", object="", span="", **more):
    activity, _, phase = what.partition(" ")
    return (time, activity, phase, actor, "", object, "flood", None, None, span, more or None)


ROWS = [
    row(0, "observe"),
    row(600, "task asked", task="rescue", place="dike"),
    row(600, "task asked", task="evacuation", place="dike"),
    row(660, "order asked", "county", "o1", task="rescue", reason="boat"),
    row(660, "order asked", "county", "o2", task="evacuation", reason="police"),
    row(1800, "arrive", "boats", "o1"),
    row(1800, "work asked", "boats", task="rescue"),
    row(1800, "task started", task="rescue"),
    row(1800, "work started", "boats", task="rescue"),
    row(3600, "clock"),
]


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "drill.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return load_scenario(path)


@pytest.mark.parametrize(
    ("lang", "rows", "note"),
    [
        (
            "en",
            [
                ["rescue (dike)", "05:10", "05:30", "05:30", "not done", "boats", ""],
                [
                    *("evacuation (dike)", "05:10", "—", "not begun", "—", "—"),
                    "no team came; ordered and not come: police × 1",
                ],
            ],
            "True figures (dead, evacuated) are set by the scenario, whatever teams do.",
        ),
        (
            "zh",
            [
                ["营救（河堤）", "05:10", "05:30", "05:30", "未完成", "boats", ""],
                [
                    *("转移（河堤）", "05:10", "—", "未开始", "—", "—"),
                    "无队伍到达；已下令未到：公安民警队伍 × 1",
                ],
            ],
            "实际数字（死亡、转移）为情景预设，不随救援行动变化。",
        ),
    ],
)
def test_a_task_that_never_began_is_told_with_what_it_lacked(scenario, lang, rows, note) -> None:
    log = to_log([("drill", ROWS)], ORIGIN)
    with in_language(lang):
        names = {"dike": {"zh": "河堤", "en": "dike"}[lang]}
        part = task_part(log, scenario, names, lang)
    assert part.table is not None
    assert part.table.rows == rows
    assert part.note == note
    page = render_report(log, None, scenario, lang=lang)
    assert rows[1][3] in page
    assert note in page


def test_what_a_real_log_does_not_tell_is_a_dash() -> None:
    """No row calls it complete: whether the task began is not known."""
    log = to_log([("drill", [ROWS[1], ROWS[-1]])], ORIGIN)
    with in_language("zh"):
        table = task_part(log, None, {}, "zh").table
    assert table is not None
    assert table.rows == [["rescue（dike）", "05:10", "—", "—", "—", "—", ""]]
    with in_language("zh"):  # complete, and no order names the task
        table = task_part(to_log([("d", [*ROWS[:2], ROWS[-1]])], ORIGIN), None, {}, "zh").table
    assert table is not None
    assert table.rows[0][2:] == ["—", "未开始", "—", "—", "记录中无派队命令"]


def test_the_note_of_a_scenario_is_in_the_language_of_the_page(scenario) -> None:
    log = to_log([("drill", ROWS)], ORIGIN)
    zh, en = (render_report(log, None, scenario, lang=lang) for lang in ("zh", "en"))
    assert ("为演练虚构。" in zh, "Invented" in zh) == (True, False)
    assert ("为演练虚构。" in en, "Invented for exercises." in en) == (False, True)


def test_a_task_that_worsens_the_figures_is_said_to(tmp_path) -> None:
    growth = "growth: {every: 1 h, worsens: {dead: 1}}"
    path = tmp_path / "drill.yaml"
    path.write_text(SCENARIO.replace("1 h}\n", f"1 h, {growth}}}\n", 1), encoding="utf-8")
    log = to_log([("drill", ROWS)], ORIGIN)
    with in_language("zh"):
        assert task_part(log, load_scenario(path), {}, "zh").note.endswith(
            "任务迟迟未开始造成的加重除外。"
        )
        assert task_part(log, None, {}, "zh").note == ""  # a real one, or nobody knows


def test_a_record_without_tasks_has_no_table(drill, verdicts) -> None:
    with in_language("en"):
        assert task_part(drill, None, {}, "en").table is None
    assert "Tasks at sites" not in render_report(drill, verdicts, lang="en")
