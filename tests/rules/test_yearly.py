"""The yearly table by body, on two cases of one year and one of the next, added up by hand."""

from __future__ import annotations

from datetime import timedelta

from sim.rules import load_pack, score, yearly
from tests.rules.conftest import ORIGIN, Record, as_log

YEAR = timedelta(days=366)


def drill(case, acked):
    record = Record(case)
    record.role("hechi", "city_gov", superior="region").role("region", "region_gov")
    record.occur().knows("hechi")
    return record.report("hechi", "region", acked, elements="time|place|nature").rows


def test_sums_by_year_owner_and_rule():
    """Confirmed 1:10, so due 3:10: in time at 2:00 and 3:00, late at 3:30."""
    rows = [*drill("a", "2:00"), *drill("b", "3:30"), *drill("c", "3:00")]
    log = as_log(rows, {"a": ORIGIN, "b": ORIGIN, "c": ORIGIN + YEAR})
    table = yearly(score(log, load_pack("guangxi-2012-65"))).set_index(["year", "owner", "rule"])
    first, second = (table.loc[(year, "hechi", "GX-02-city")] for year in (2024, 2025))
    assert (first["cases"], first["met"], first["late"]) == (2, 1, 1)
    assert (second["cases"], second["met"], second["late"]) == (1, 1, 0)
    elements = table.loc[(2024, "hechi", "A10-5")]  # seven of ten lacking, merely reported
    assert (elements["late"], elements["noted"]) == (0, 2)
    assert "" not in table.index.get_level_values("owner")


def test_what_does_not_apply_is_left_out():
    log = as_log(drill("a", "2:00"), {"a": ORIGIN})
    verdicts = score(log, load_pack("guangxi-2012-65"))
    table = yearly(verdicts)
    assert ("hechi", "GX-01") not in set(zip(table["owner"], table["rule"], strict=True))
    counted = verdicts.table[
        (verdicts.table["verdict"] != "not_applicable") & (verdicts.table["owner"] != "")
    ]
    words = ["met", "late", "noted", "excused", "open", "unproven"]
    assert int(table[words].to_numpy().sum()) == len(counted)
