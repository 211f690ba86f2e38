"""Clause coverage, worked out by hand on small verdict tables and on small records."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pandas as pd

from sim.rules import load_pack, score
from sim.rules.coverage import STATES, coverage
from sim.rules.verdicts import COLUMNS, Verdicts

CHINA = timezone(timedelta(hours=8))
RULES = {("p", "R1"): "第三条", ("p", "R2"): "第十条", ("p", "R3"): "第十条"}


def row(case, rule, verdict, reason="", evidence="r1", deadline=None):
    """One duty; `evidence` are the rows that prove it."""
    text = dict.fromkeys(COLUMNS, "")
    seconds = {name: None for name in COLUMNS if name.endswith("_s")}
    named = {"case": case, "pack": "p", "rule": rule, "clause": RULES["p", rule]}
    return (
        text
        | seconds
        | named
        | {"verdict": verdict, "reason": reason}
        | {
            "evidence": evidence,
            "deadline_s": deadline,
        }
    )


def verdicts(*rows, **origins):
    dates = {case: datetime.fromisoformat(f"{day}T08:00+08:00") for case, day in origins.items()}
    return Verdicts(pd.DataFrame(list(rows), columns=list(COLUMNS)), dates, RULES)


def states(*given):
    return {
        (key[2], drill): state
        for key, line in coverage(*given).matrix().iterrows()
        for drill, state in line.items()
    }


def test_each_state_and_what_is_not_touched():
    found = states(
        verdicts(
            row("a", "R1", "met"),
            row("a", "R2", "not_applicable", "other_grade", ""),
            row("a", "R3", "unproven", "no_obligor", ""),
            row("b", "R1", "open", "", ""),  # a register of which the record holds nothing
            row("b", "R2", "open", "", "", 7200),  # its clock runs
            row("b", "R3", "unproven", "grade_unknown", ""),
            a="2026-01-01",
            b="2026-02-01",
        )
    )
    assert found == {
        ("R1", "a"): "met",
        ("R2", "a"): "untouched",
        ("R3", "a"): "untouched",
        ("R1", "b"): "untouched",
        ("R2", "b"): "open",
        ("R3", "b"): "unproven",
    }


def test_of_several_duties_the_worst_stands_and_none_is_lost():
    one = coverage(
        verdicts(
            *(row("a", "R2", word) for word in ("met", "met", "excused", "open", "late")),
            row("a", "R2", "not_applicable", "other_grade", ""),
            row("a", "R3", "met"),
            row("a", "R3", "unproven"),
            a="2026-01-01",
        )
    ).cells.set_index("rule")
    assert one.loc["R2", ["state", "n", "met", "late", "excused", "open"]].tolist() == [
        *("late", 5, 2, 1, 1, 1)
    ]
    assert one.loc["R3", "state"] == "unproven"  # never counted as met


def test_totals_over_a_year_by_hand():
    """R1 in two of three drills, last in March; R2 late once, undecided once; R3 never."""
    year = coverage(
        verdicts(
            row("mar", "R1", "late"),
            row("mar", "R2", "unproven", "not_observed", ""),
            mar="2026-03-05",
        ),
        verdicts(row("jan", "R1", "met"), row("jan", "R2", "late"), jan="2026-01-10"),
        verdicts(row("may", "R1", "not_applicable", "other_grade", ""), may="2026-05-20"),
    )
    assert list(year.drills["drill"]) == ["jan", "mar", "may"]
    table = year.totals().set_index("rule")
    columns = ["drills", "touched", "undecided", *STATES]
    assert table.loc["R1", columns].tolist() == [3, 2, 0, 1, 1, 0, 0, 0, 0, 1]
    assert table.loc["R2", columns].tolist() == [3, 1, 1, 0, 1, 0, 0, 0, 1, 1]
    assert table.loc["R3", columns].tolist() == [3, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    assert str(table.loc["R1", "last"]) == "2026-03-05"
    assert str(table.loc["R2", "last"]) == "2026-01-10"
    assert table.loc["R3", "last"] is None
    assert year.never() == [("p", "R3")]


def test_states_of_an_obligation_add_up_to_its_drills():
    one = coverage(
        verdicts(row("a", "R1", "met"), a="2026-01-01"),
        verdicts(row("a", "R2", "late"), a="2026-01-02"),
    )
    table = one.totals()
    assert (table[list(STATES)].sum(axis=1) == table["drills"]).all()
    assert list(one.drills["drill"]) == ["a", "a (2)"]


def test_obligations_without_any_duty_are_there_too(record):
    """The daily report of Zhengzhou's pack has no window in an hour's record."""
    record.occur().observe("0:30")
    found = coverage(score(record.log(), load_pack("zhengzhou-2021-daily"))).totals()
    assert len(found) == sum(
        rule.enabled for rule in load_pack("zhengzhou-2021-daily").rules.values()
    )


def test_another_packs_drill_is_empty_not_untouched():
    other = Verdicts(verdicts(row("a", "R1", "met")).table.assign(pack="q"), {})
    wide = coverage(verdicts(row("b", "R1", "met"), b="2026-01-01"), other).matrix()
    assert wide.loc[("p", "第三条", "R1")].tolist() == ["met", ""]
    assert wide.loc[("q", "第三条", "R1")].tolist() == ["", "met"]


def test_coverage_of_a_record_follows_its_verdicts(record):
    """Grade II confirmed by the city at 1:10, one initial report acknowledged at 1:55."""
    record.occur().knows("hechi", grade="II")
    record.report("hechi", "region", "1:55", elements="time|place|nature")
    found = coverage(score(record.observe("24:00").log(), load_pack("guangxi-2012-65")))
    wide = found.matrix().reset_index().set_index("rule")["drill"]
    assert wide[["GX-01", "GX-02-city", "GX-02-dept", "GX-03"]].tolist() == [
        *("untouched", "met", "unproven", "late")  # when the department knew is not on record
    ]
    table = found.totals().set_index("rule")
    assert table.loc["GX-02-dept", ["touched", "undecided"]].tolist() == [1, 0]
