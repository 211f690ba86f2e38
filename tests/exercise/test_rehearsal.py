"""Forecasts against drills whose every second is known by hand, and chances that are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from sim.exercise import export_rehearsal, import_msel, rehearse
from sim.exercise.forecast_text import rehearsal_text
from sim.exercise.rehearsal import Times
from sim.lint.house import House
from sim.lint.obligations import Obligations
from sim.rules import load_pack
from sim.scenario import load_scenario
from sim.texts import in_language

SURE = """\
injects:
  call:
    at: 30 min
    incident: fire
    to: county
    kind: notice
    expect: {text: 登记, does: record, within: 10 min}
  again:
    at: 35 min
    incident: fire
    to: county
    kind: notice
    expect: {does: record, within: 10 min}
  order:
    at: 2 h
    incident: fire
    to: county
    kind: order
    expect: {does: send, to: superior, kind: [situation], within: 59 s}
  never:
    unless_done: call
    incident: fire
    to: county
    kind: notice
    expect: {does: record}
  backup:
    unless_done: order
    incident: fire
    to: county
    kind: notice
    expect: {does: publish}
  words: {at: 1 h, incident: fire, to: city, kind: notice, expect: {text: 口头答复}}
"""


def test_a_drill_without_chance_is_forecast_to_the_second(drill: Callable[..., Path]) -> None:
    """One officer records for 10 min: the first at 30-40 min; the second waits 5 min.

    It counts any record of the office after the inject, so the second is done at 40 min too.
    """
    path = drill(SURE)
    found = rehearse(path, drills=3)
    assert list(found.actions) == ["call", "again", "order", "never", "backup"]
    call, again, order, never, backup = found.actions.values()
    assert set(call.start) == {1800}
    assert set(call.end) == {2400}
    assert (call.elapsed(0.5).estimate, call.at(0.95).estimate) == (600, 2400)
    assert call.in_time[:1] == (1.0,)
    assert set(again.end) == {2400}
    assert set(order.end - order.start) == {60}
    assert (order.done.estimate, order.in_time.estimate) == (1.0, 0.0)
    assert never.came.estimate == 0.0
    assert not never.done.n
    assert set(backup.start) == {2 * 3600 + 60}
    assert (backup.came.estimate, backup.done.estimate) == (1.0, 0.0)
    assert backup.elapsed(0.5).estimate == np.inf


def test_load_of_the_one_officer_is_the_share_of_his_time(drill: Callable[..., Path]) -> None:
    """8 h in slots of 30 min: at work 30-50 min (two records), 10 min of backup from 121 min on."""
    found = rehearse(drill(SURE), drills=2)
    assert found.loads.slot == 1800
    shares = found.loads.shares()
    busy = np.zeros(16)
    busy[1] = 20 / 30
    busy[4] = (1 + 10) / 30  # the telephone for 1 min, then the record
    np.testing.assert_allclose(shares["county", "duty"], busy)
    np.testing.assert_allclose(shares["city", "duty"], 0)


def test_a_share_is_that_of_the_distribution_within_its_interval(drill: Callable) -> None:
    """Done in time iff a uniform time of 0 to 10 min is at most 4 min: 40 % of 300 drills.

    The exact interval of 99.9 % is looked at: a right program fails once in a thousand seeds.
    """
    path = drill(SURE)
    text = path.read_text("utf-8").replace(
        "record: {time: 10 min}", "record: {time: {uniform: {low: 0 s, high: 10 min}}}"
    )
    path.write_text(text.replace("within: 10 min", "within: 4 min"), encoding="utf-8")
    from scipy.stats import binom

    found = rehearse(path, drills=300).actions["call"]
    low, high = binom.ppf([0.0005, 0.9995], 300, 0.4)
    assert low <= found.hits.sum() <= high
    assert found.in_time.n == 300
    middle = found.elapsed(0.5)
    assert middle.low <= 300 <= middle.high


def test_times_of_drills_in_which_it_was_never_done_count_as_the_longest() -> None:
    start, end = np.zeros(10), np.array([60.0] * 4 + [120.0] * 3 + [np.nan] * 3)
    start[-1] = np.nan
    times = Times(start, end, 60)
    assert (times.came.estimate, times.done[:1], times.in_time.n) == (0.9, (7 / 9,), 9)
    assert times.in_time.estimate == 4 / 9
    assert times.elapsed(0.5).estimate == 120  # the fifth of nine
    assert times.elapsed(0.95).estimate == np.inf


def test_limits_that_nobody_can_meet_are_those_of_the_least_times(drill: Callable) -> None:
    """The duties shown are the pack's with a limit; what is short agrees with the lint."""
    path = Path(__file__).parents[2] / "scenarios" / "mine-collapse.yaml"
    pack = load_pack("guangxi-2012-65")
    found = rehearse(path, drills=4)
    least = Obligations(House(load_scenario(path), pack=pack), pack)
    owed = {(d.rule, d.owner, d.incident) for d in least.duties() if least.rule(d).limit}
    assert found.duties
    assert set(found.duties) <= owed
    for one in found.duties.values():
        assert sum(one.verdicts.values()) <= 4
    never = [w for w in found.short if w.severity == "warning"]
    assert never == []


def test_the_workbook_shows_it_and_can_be_read_back(
    drill: Callable[..., Path], tmp_path: Path
) -> None:
    path = drill(SURE)
    export_rehearsal(rehearse(path, drills=4), tmp_path / "r.xlsx", lang="en")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Injects", "Load", "Duties", "_lists"]
    rows = list(book["Injects"].values)
    head = rows[3]
    cells = {row[head.index("Key")]: dict(zip(head, row, strict=True)) for row in rows[4:]}
    assert cells["call"]["Forecast: in time"] == "100 % [40, 100]"
    assert cells["call"]["Forecast: when (median)"] == "T+0:40"
    assert cells["call"]["Forecast: nine in ten"] == "10 to 10 min"
    assert cells["order"]["Forecast: in time"] == "0 % [0, 60]"
    assert cells["backup"]["Forecast: takes (median)"] == "never in half of the drills"
    assert cells["words"]["Forecast: done"] == "evaluator's eye only"
    assert cells["call"]["Forecast: load then"] == "67 %"
    done = import_msel(tmp_path / "r.xlsx", path, tmp_path / "again.yaml")
    assert not done.changed
    assert (tmp_path / "again.yaml").read_bytes() == path.read_bytes()


def test_what_only_an_evaluator_sees_is_told_and_not_forecast(drill: Callable[..., Path]) -> None:
    found = rehearse(drill(SURE), drills=2)
    for lang, words in (("en", "evaluator's eye only, no forecast"), ("zh", "由评估员判断")):
        with in_language(lang):
            (line,) = [one for one in rehearsal_text(found).splitlines() if " words" in one]
        assert words in line
        assert "%" not in line


def test_progress_is_told_and_the_seed_decides(drill: Callable[..., Path]) -> None:
    told: list[tuple[int, int]] = []
    path = drill(SURE)
    rehearse(path, drills=3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_cell_of_a_rehearsal_starts_a_formula(
    drill: Callable[..., Path], tmp_path: Path, lang: str
) -> None:
    export_rehearsal(rehearse(drill(SURE), drills=2), tmp_path / "r.xlsx", lang=lang)
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert not str(cell.value or "").startswith(tuple("=+-@＝＋－＠\t\r")), cell
