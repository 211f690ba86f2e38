"""Trend, frequency and appraisal over the years, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from math import isnan, sqrt

import pytest

from sim.errors import YanlianError
from sim.register import Drill, add_drills, appraisal, frequency, kept_verdicts, trend
from sim.register.trend import state_of
from sim.rules import load_pack, score, yearly
from sim.rules.marks import marks
from sim.rules.scheme import load_scheme
from tests.register.conftest import ORIGIN, PACK, WHEN, enter, judged, on, record_of
from tests.rules.conftest import Record, as_log


def test_trend_has_exact_intervals_per_year_and_over_all(db):
    """1 of 2 and 1 of 1; 2 of 3 in all. Clopper and Pearson in closed form, 95 %."""
    enter(db, "a", "2:00", on("2024-03-01"))
    enter(db, "c", "3:10", on("2025-03-01"))
    enter(db, "b", "3:30", on("2024-06-01"))
    first, second, whole = trend(db).to_dict("records")
    assert (first["clause"], first["owner"], first["year"]) == ("第十条", "hechi", 2024)
    assert (first["met"], first["decided"], first["drills"]) == (1, 2, 2)
    assert first["low"] == pytest.approx(1 - sqrt(0.975))
    assert first["high"] == pytest.approx(sqrt(0.975))
    assert (second["year"], second["met"], second["decided"]) == (2025, 1, 1)
    assert (second["low"], second["high"]) == (pytest.approx(0.025), pytest.approx(1))
    assert (whole["year"], whole["met"], whole["decided"]) == (0, 2, 3)
    assert 3 * whole["low"] ** 2 - 2 * whole["low"] ** 3 == pytest.approx(0.025)  # P(K >= 2)
    assert 1 - whole["high"] ** 3 == pytest.approx(0.025)  # P(K <= 2)
    assert whole["states"] == "met|late|met"


def test_trend_by_clause_alone_joins_bodies_and_by_body_alone_clauses(db):
    rules = ("GX-02-city", "A10-5")
    log = record_of("a", "3:30")
    add_drills(db, log, judged(log, rules), Drill("x", "e"), at=WHEN)
    assert set(trend(db, ["clause"])["owner"]) == {""}
    assert set(trend(db, ["owner"])["clause"]) == {""}
    assert list(trend(db, ["owner"])["states"]) == ["late", "late"]


def test_nothing_decided_has_no_share(db):
    log = record_of()
    add_drills(db, log, judged(log, ["A10-5"]), Drill("x", "e"), at=WHEN)
    row = trend(db).iloc[0]
    assert (row["decided"], row["states"]) == (0, "noted")
    assert isnan(row["low"])


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("met", "late"), "late"),
        (("met", "noted", "excused"), "met"),
        (("met", "open"), "open"),
        (("met", "unproven", "late"), "late"),
        (("noted", "excused"), "noted"),
    ],
)
def test_the_worst_duty_that_is_owed_stands_for_a_drill(words, state):
    assert state_of(words) == state


def test_a_corrected_drill_counts_once_as_corrected(db):
    enter(db, "a", "3:30")
    enter(db, "a", "3:00", corrects=1)
    assert list(trend(db)["states"]) == ["met", "met"]


def by_rule(found):
    return [
        (row["rule"], row["owner"], row["plan"], row["year"], row["verdict"], row["last"])
        for row in found.table.to_dict("records")
    ]


def test_plans_within_24_months_to_the_day(db):
    """1 March 2024 to 1 March 2026 are 24 months; a day later is one day too many."""
    enter(db, "a", day=on("2024-03-01"), plans=("flood",))
    found = by_rule(frequency(db, PACK, on=date(2026, 2, 28)))
    assert ("A03-1", "hechi", "flood", 0, "met", "2024-03-01") in found
    enter(db, "b", day=on("2026-03-01"), plans=("flood", "fire"))
    found = by_rule(frequency(db, PACK, on=date(2026, 12, 31)))
    assert ("A03-1", "hechi", "flood", 0, "met", "2026-03-01") in found
    assert ("A03-1", "region", "", 0, "noted", "") in found
    enter(db, "b", day=on("2026-03-02"), plans=("flood", "fire"), corrects=2)
    found = by_rule(frequency(db, PACK, on=date(2026, 12, 31)))
    assert ("A03-1", "hechi", "flood", 0, "noted", "2026-03-02") in found


def test_every_city_every_year_a_comprehensive_drill(db):
    enter(db, "a", day=on("2024-12-31"), kind="comprehensive", plans=("flood",))
    enter(db, "b", day=on("2025-06-01"), plans=("flood",))
    enter(db, "c", day=on("2026-01-01"), kind="comprehensive", city="wuzhou")
    found = by_rule(frequency(db, PACK, date(2026, 6, 30), date(2024, 1, 1)))
    years = [row[1:2] + row[3:] for row in found if row[0] == "A03-2"]
    assert years == [
        ("hechi", 2024, "met", "2024-12-31"),
        ("hechi", 2025, "late", ""),
        ("hechi", 2026, "open", ""),
        ("wuzhou", 2024, "late", ""),
        ("wuzhou", 2025, "late", ""),
        ("wuzhou", 2026, "met", "2026-01-01"),
    ]
    plans = [row for row in found if row[0] == "A03-1" and row[1] == "hechi"]
    assert [(row[2], row[5]) for row in plans] == [("flood", "2025-06-01")]


def test_the_judge_is_the_packs_own_twin_record_by_hand(db):
    """The same as a record that somebody would write down."""
    enter(db, "a", day=on("2024-03-01"), kind="comprehensive", plans=("flood",))
    found = frequency(db, PACK, date(2025, 12, 31), date(2024, 1, 1))
    record = Record("register", "")
    record.role("hechi", "city_gov", superior="region", jurisdiction="hechi")
    record.role("region", "region_gov")
    record.row("observe", 0, until=731 * 86_400 - 1)  # 2024 has 366 days
    record.row("drill_held", 60 * 86_400, actor="hechi", object="flood")  # 31 + 29 days
    record.row("drill_held", 60 * 86_400, actor="hechi", object="comprehensive")
    origin = (ORIGIN - timedelta(hours=8)).replace(month=1, day=1)
    keys = ["rule", "owner", "recurrence", "verdict", "start_s", "deadline_s", "margin_s"]
    tables = [
        score(log, PACK).table for log in (found.log, as_log(record.rows, {"register": origin}))
    ]
    ours, twin = (table[table["rule"].str.startswith("A03-")][keys].to_csv() for table in tables)
    assert ours == twin


def test_what_cannot_be_judged_is_told(db):
    with pytest.raises(YanlianError, match="no drill in the register"):
        frequency(db, PACK, date(2026, 1, 1))
    enter(db, day=on("2024-03-01"))
    with pytest.raises(YanlianError, match="after"):
        frequency(db, PACK, date(2024, 6, 1), date(2024, 7, 1))
    with pytest.raises(YanlianError, match="no rule on how often"):
        frequency(db, load_pack("order-493"), date(2024, 6, 1))


def test_appraisal_adds_up_a_year_per_body(db):
    """2024: one in time, one 20 min late, both of hechi; 2025: another city; no marks."""
    enter(db, "a", "2:00", on("2024-03-01"), kind="comprehensive")
    enter(db, "b", "3:30", on("2024-12-31"))
    enter(db, "c", "3:00", on("2025-01-01"), city="wuzhou")
    (hechi,) = appraisal(db, 2024).to_dict("records")
    assert (hechi["owner"], hechi["took_part"], hechi["duties"]) == ("hechi", 2, 2)
    assert (hechi["met"], hechi["late"], hechi["unproven"], hechi["open"]) == (1, 1, 0, 0)
    assert (hechi["held"], hechi["comprehensive"], hechi["special"]) == (2, 1, 1)
    assert list(appraisal(db, 2025)["owner"]) == ["wuzhou"]
    assert appraisal(db, 2026).empty
    assert not {"points", "mark", "result"} & set(appraisal(db, 2024).columns)


def test_whole_verdicts_come_back_as_they_were_so_that_marks_are_the_same(db):
    log = record_of("a", "3:30")
    verdicts = score(log, PACK)
    add_drills(db, log, verdicts, Drill("x", "e"), at=WHEN)
    back = kept_verdicts(db)
    applied = verdicts.table["verdict"].ne("not_applicable") & verdicts.table["owner"].ne("")
    whole = verdicts.table[applied].reset_index(drop=True)
    assert back.table.drop(columns="case").to_csv() == whole.drop(columns="case").to_csv()
    columns = ["owner", "clause", "rule", "cases", "met", "late", "noted", "unproven", "open"]
    assert yearly(back)[columns].equals(yearly(verdicts)[columns])
    scheme = load_scheme("meizhou")
    points = [marks(one, scheme).lines[["rule", "owner", "points"]] for one in (back, verdicts)]
    assert points[0].to_csv() == points[1].to_csv()
