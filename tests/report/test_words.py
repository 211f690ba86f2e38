"""Words of verdicts: in time only where there is a limit, noted where nothing can fail."""

import re

import pandas as pd
import pytest

from sim.report.duties import duties, listed
from sim.report.html import render_report
from sim.report.page import result_words
from sim.report.scorecard import scorecard
from sim.report.words import counts, owner_words, reason_words, recurring, verdict_words
from sim.texts import in_language

NONE = {"limit_s": pd.NA}
ONLY = "reported_only"


def said(make_verdicts, row, lang="en"):
    (duty,) = duties(make_verdicts([row]))
    with in_language(lang):
        return verdict_words(duty)


@pytest.mark.parametrize(
    ("verdict", "limit", "flags", "en", "zh"),
    [
        ("met", {}, "", "met", "按时"),
        ("late", {}, "", "late", "逾期"),
        ("met", NONE, "", "fulfilled", "符合"),
        ("late", NONE, "", "not fulfilled", "不符合"),
        ("met", NONE, ONLY, "fulfilled", "符合"),
        ("late", NONE, ONLY, "noted only", "仅记录"),
        ("late", {}, ONLY, "noted only", "仅记录"),
        ("open", NONE, ONLY, "open", "未到期"),
    ],
)
def test_word_of_a_verdict(make_instance, make_verdicts, verdict, limit, flags, en, zh):
    row = make_instance("R", "county", 120, verdict, flags=flags, **limit)
    assert said(make_verdicts, row) == en
    assert said(make_verdicts, row, "zh") == zh


def test_a_noted_duty_is_in_no_sum_of_failures(make_instance, make_verdicts, drill):
    rows = [
        make_instance("R", "county", 120, "late", flags=ONLY, **NONE),
        make_instance("S", "county", 120, "met", **NONE),
    ]
    table = make_verdicts(rows)
    assert counts(duties(table)) == {"fulfilled": 1, "noted": 1}
    text = scorecard(table, None, "en", 200)
    assert not re.search(r"late|not fulfilled", text.split("Margins")[0])
    assert "never a failure" in text
    page = render_report(drill, table, lang="en")
    assert 'class="verdict noted"' in page
    assert 'class="verdict late"' not in page
    shares = scorecard(make_verdicts([rows[0], rows[0] | {"case": "b"}]), None, "en", 200)
    assert re.search(
        r"R +county.* —\s*$", shares, re.MULTILINE
    )  # no share of a rule that cannot fail


def test_console_and_page_count_the_same_and_list_what_applies_by_some_readings(
    make_instance, make_verdicts
):
    """By confirmation the duty is lifted, by occurrence it is late: listed and counted."""
    lifted = make_instance("GX-04", "county", 60, "not_applicable", summary="depends")
    lifted |= {"occur_verdict": "late", "confirm_verdict": "not_applicable"}
    table = make_verdicts(
        [
            make_instance("GX-02", "county", 120, "met"),
            lifted,
            make_instance("GX-01", "county", 360, "not_applicable"),
        ]
    )
    found = duties(table)
    text = scorecard(table, None, "en", 200)
    assert [duty.rule for duty in listed(found)] == ["GX-02", "GX-04"]
    assert "not applicable, not listed: 1" in text
    with in_language("en"):
        result = result_words(found, 1)
    assert "Of 2 duties that apply: 1 met, 1 not applicable by this reading." in result
    assert re.search(r"^not applicable by this reading  1$", text, re.MULTILINE)
    console = dict(re.findall(r"^([a-z][a-z ]+)  (\d+)", text, re.MULTILINE))
    assert sum(map(int, console.values())) == 2


def test_rows_found_alike_are_told_as_one(make_instance, make_verdicts):
    rows = [
        make_instance("A08-5", "region", 60, verdict, reason=reason, recurrence=k, **NONE)
        | {"evidence": f"r{k}", "start_s": 0, "end_s": 60 * k}
        for k, (verdict, reason) in enumerate([("met", "")] * 3 + [("late", "no_entry")], 1)
    ]
    found = duties(make_verdicts(rows))
    shown = listed(found)
    assert [(recurring(duty), duty.evidence) for duty in shown] == [
        ("A08-5 ×3", ("r1", "r2", "r3")),
        ("A08-5 #4", ("r4",)),
    ]
    with in_language("en"):
        assert reason_words(shown[0]) == "after 1 to 3 min"
    assert recurring(listed(found[:1])[0]) == "A08-5"  # the only one needs no number
    assert counts(found) == {"fulfilled": 3, "unfulfilled": 1}  # sums count every row


def test_where_a_case_has_several_incidents_lines_name_theirs(make_instance, make_verdicts):
    rows = [make_instance("R", "county", 60, "met", incident=name) for name in ("flood", "leak")]
    shown = listed(duties(make_verdicts(rows)))
    assert [recurring(duty) for duty in shown] == ["R [flood]", "R [leak]"]
    assert [recurring(duty) for duty in listed(duties(make_verdicts(rows[:1])))] == ["R"]


def test_what_was_never_done_is_no_report(make_instance, make_verdicts):
    row = make_instance("R", "county", 60, "late", recipient="", reason="never_reported", **NONE)
    (done,) = duties(make_verdicts([row]))
    (told,) = duties(make_verdicts([row | {"recipient": "city"}]))
    with in_language("en"):
        assert (reason_words(done), reason_words(told)) == ("not on record", "never reported")


def test_what_is_not_in_the_text_says_so(make_instance, make_verdicts):
    row = make_instance("A15-2", "city", 60, "met", flags=f"{ONLY}|basis_ours", **NONE)
    text = scorecard(make_verdicts([row]), None, "zh", 200)
    assert "系本工具补拟" in text


def test_facts_of_article_14_are_one_line_a_rule_owner_and_kind():
    from sim.report.checklist import fact_lines
    from sim.rules import load_pack, score, trigger_facts
    from tests.rules.conftest import Record

    record = Record()
    record.role("hechi", "city_gov", superior="region").role("region", "region_gov")
    record.occur().knows("hechi").observe("24:00")
    record.report("hechi", "region", "3:40", "initial", elements="time|place|nature|loss")
    pack = load_pack("guangxi-2012-65")
    table = trigger_facts(score(record.log(), pack), pack)
    with in_language("en"):
        lines = {(one.rule, one.fact): one.about for one in fact_lines(table, [pack], {})}
    assert lines["GX-02-city", "late"] == "30 min"  # confirmed 1:10, due 3:10
    assert lines["GX-03", "no action on record"] == "not on record"
    assert lines["A10-5", "missing"].startswith("element missing: time of receipt, source of")
    assert "from another document" in lines["A10-5", "missing"]


def test_only_matters_of_time_and_what_was_missed_have_a_track(make_instance, make_verdicts, drill):
    from sim.report.lanes import _has_track

    rows = [
        make_instance("T", "county", 60, "met"),
        make_instance("U", "county", 60, "met", **NONE),
        make_instance("V", "county", 60, "late", **NONE),
        make_instance("W", "county", 60, "late", flags=ONLY),
    ]
    assert [d.rule for d in duties(make_verdicts(rows)) if _has_track(d)] == ["T", "V"]


def test_of_what_the_record_tells_nothing_all_owners_stand_in_one_line(
    make_instance, make_verdicts
):
    rows = [
        make_instance(
            "A04-1", owner, 60, "unproven", reason="not_observed", evidence="", recipient="", **NONE
        )
        for owner in ("county", "city", "region")
    ]
    found = duties(make_verdicts(rows))
    (shown,) = listed(found)
    with in_language("en"):
        assert (recurring(shown), owner_words(shown, {})) == ("A04-1", "county, city, region")
    assert counts(found) == {"unproven": 3}
    rows[1]["evidence"] = "r7"
    assert [duty.owner for duty in listed(duties(make_verdicts(rows)))] == ["county", "city"]
