"""`explain`: what it says of a real case, checked against the official timeline."""

from __future__ import annotations

import pytest

import sim

HENGXIAN = "scenarios/real/hengxian_2009_fire/events.csv"


@pytest.fixture(scope="module")
def hengxian():
    log = sim.read_log(HENGXIAN)
    pack = sim.load_pack("guangxi-general-2006")
    return log, sim.score(log, pack), pack


def test_both_clocks_and_all_minutes_of_a_real_case_are_shown(hengxian):
    """Fire about 03:30, notice 08:20, report 10:20: 275 min late, or exactly in time."""
    log, verdicts, pack = hengxian
    text = sim.explain(log, verdicts, "GP-county", pack, lang="en")
    assert "the county reports to the city within 2 h" in text
    assert "late -275" in text
    assert "met ±0" in text
    assert "03:45–08:20" in text
    assert "275 min" in text
    assert "08:20–10:20" in text
    assert "120 min" in text
    assert "395 min" in text  # 275 + 120


def test_it_speaks_chinese(hengxian):
    text = sim.explain(*hengxian[:2], "GP-county", hengxian[2], lang="zh")
    assert "用时去向" in text
    assert "275 分钟" in text


def test_an_unknown_rule_is_an_error_that_names_it(hengxian):
    with pytest.raises(KeyError, match="GP-nothing"):
        sim.explain(*hengxian[:2], "GP-nothing")
