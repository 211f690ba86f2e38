"""Physical work takes as long as it takes, whatever the drill's clock shows; all by hand.

The clock of `CLOCK`: with the wall until 9:00, stands until 9:30, then 12:00, from 10:00 (12:30) on
four times as fast.
"""

from __future__ import annotations

import pytest

from sim.log import read_log, write_log
from sim.log.wall import on_wall
from sim.rules import load_pack, score
from sim.targets import load_targets, score_targets

from .test_drills import CLOCK

PACK = """\
format: 1
id: clock
version: "1"
title: {zh: 时钟, en: clock}
valid: {from: 2020-01-01}
jurisdiction: any
score_anchor: occur
sources: {own: {title: made up, confidence: low}}
rules:
  ARRIVES:
    clause: "1"
    text: {zh: 一小时内到达, en: there within 1 h}
    modality: 应
    kind: deadline
    per: case
    owner: case
    start: {activity: order}
    end: {activity: [arrive, depart]}
    limit: 1 h
  TELLS:
    like: ARRIVES
    text: {zh: 一小时内通知, en: told within 1 h}
    end: {activity: receive}
"""
WORDS = "words: {activity: {令: order, 到: arrive, 知: receive, 别: notice}}\n"
MAPPING = CLOCK.replace("others: keep\n", WORDS)


def judged(bring, tmp_path, *entries: str, complete: str = "{until: last}"):
    """Return the verdicts of entries such as `08:40 令`, by rule."""
    rows = "".join(f"2026-06-20 {e.split()[0]},{e.split()[1]},w\n" for e in entries)
    mapping = MAPPING.replace("{until: last}", complete)
    pack = tmp_path / "pack.yaml"
    pack.write_text(PACK, encoding="utf-8")
    log = bring("d.csv", "t,a,w\n" + rows, mapping).log
    return log, score(log, load_pack(pack)).table.set_index("rule")


@pytest.mark.parametrize(
    ("ordered", "there", "shown", "verdict", "margin"),
    [
        ("08:10", "08:40", ("met", 30), "met", 30),  # both before the stop
        ("08:40", "09:25", ("met", 40), "met", 15),  # stop: 20 min shown, 45 taken
        ("08:20", "09:25", ("met", 20), "late", -5),  # stop: 40 min shown, 65 taken
        ("08:50", "09:40", ("late", -140), "met", 10),  # jump: 200 min shown, 50 taken
        ("10:00", "10:20", ("late", -20), "met", 40),  # pace: 80 min shown, 20 taken
    ],
)
def test_arrival_by_the_wall_and_telling_by_the_drills_clock(
    bring, tmp_path, ordered, there, shown, verdict, margin
) -> None:
    _, table = judged(bring, tmp_path, f"{ordered} 令", f"{there} 到", f"{there} 知")
    assert table.loc["ARRIVES", ["verdict", "margin_s"]].tolist() == [verdict, 60 * margin]
    assert table.loc["TELLS", ["verdict", "margin_s"]].tolist() == [shown[0], 60 * shown[1]]
    across = "clock_jump" in table.loc["TELLS", "flags"]
    assert ("wall_clock" in table.loc["ARRIVES", "flags"]) == across
    assert "wall_clock" not in table.loc["TELLS", "flags"]


def test_who_never_came_is_late_by_the_wall_only_where_that_is_complete(bring, tmp_path) -> None:
    """Ordered 8:50.  Record until 9:40 (12:10): late as shown, but 50 min by the wall: open."""
    _, table = judged(bring, tmp_path, "08:50 令", "09:40 别")
    assert table.loc["TELLS", ["verdict", "reason"]].tolist() == ["late", "never_reported"]
    assert table.loc["ARRIVES", "verdict"] == "open"
    _, table = judged(bring, tmp_path, "08:50 令", "09:55 别")
    assert table.loc["ARRIVES", ["verdict", "reason"]].tolist() == ["late", "never_reported"]


def test_without_the_wall_time_of_an_end_nothing_is_proven(bring, tmp_path) -> None:
    log, table = judged(bring, tmp_path, "08:50 令", "09:40 到", "09:45 别")
    assert table.loc["ARRIVES", "verdict"] == "met"
    write_log(log, tmp_path / "log.csv")
    lines = (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()
    wall = lines[0].split(",").index("time_wall")
    for k, line in enumerate(lines):
        if ",arrive," in line:
            cells = line.split(",")
            cells[wall] = ""
            lines[k] = ",".join(cells)
    (tmp_path / "log.csv").write_text("\n".join(lines), encoding="utf-8")
    found = score(read_log(tmp_path / "log.csv"), load_pack(tmp_path / "pack.yaml")).table
    row = found.set_index("rule").loc["ARRIVES"]
    assert row[["verdict", "reason", "summary"]].tolist() == ["unproven", "clock_jump", "unproven"]


def test_an_interval_is_as_wide_by_the_wall_as_the_rows_around_it_allow(bring, tmp_path) -> None:
    """约 9:35 is 12:05 ± 15 min shown: after the row of 8:50, before that of 9:58 (12:28)."""
    log, table = judged(bring, tmp_path, "08:50 令", "9:35左右 到", "09:58 别")
    row = on_wall(log).table.query("activity == 'arrive'").iloc[0]
    start = on_wall(log).table.query("activity == 'order'").iloc[0]["time"]
    assert (row["time_lo"] - start, row["time_hi"] - start) == (0, 68 * 60)
    assert table.loc["ARRIVES", "verdict"] == "unproven"


def test_a_record_without_a_clock_of_its_own_stays_as_it_is(bring, tmp_path) -> None:
    rows = "t,a,w\n2026-06-20 08:00,令,w\n"
    log = bring("d.csv", rows, MAPPING.split("  clock:")[0] + "complete: {until: last}\n").log
    assert on_wall(log) is log


def test_targets_of_standards_are_measured_by_the_wall(tmp_path) -> None:
    """Ordered 8:50, left 9:40: the clock jumped from 9:00 to 12:00, 50 min by the wall."""
    (tmp_path / "log.csv").write_text(
        "time,time_wall,activity,actor,recipient,incident,actor_role,team_kind\n"
        ",,role,t1,,,team,comprehensive_brigade\n"
        "2026-06-20T08:50+08:00,2026-06-20T08:50+08:00,order,o,t1,f,,\n"
        "2026-06-20T12:10+08:00,2026-06-20T09:40+08:00,depart,t1,,f,,\n"
        "2026-06-20T12:20+08:00,2026-06-20T09:50+08:00,arrive,t1,,f,,\n",
        encoding="utf-8",
    )
    found = score_targets(read_log(tmp_path / "log.csv"), [load_targets("fire-china")])
    reached = found.loc[found["n"] > 0, "reached_s"].dropna().tolist()
    assert reached
    assert max(reached) == 60 * 60
