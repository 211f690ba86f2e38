"""Which reading agrees with an authority's finding: small records worked out by hand."""

from __future__ import annotations

import pytest

from sim.report.agreement import agreement_lines
from sim.rules import agreements, load_pack
from sim.rules.finding import Finding
from sim.texts import in_language

CITY = "hechi"


def finding(*conclusions) -> Finding:
    text = {"zh": "一案", "en": "a case"}
    source = {"title": "gazette", "confidence": "high"}
    common = {"category": "迟报", "means": "late", "source": "s"}
    return Finding.model_validate(
        {
            "format": 1,
            "case": "drill",
            "title": text,
            "authority": text,
            "confidence": "high",
            "conclusions": [common | one for one in conclusions],
            "ours": text,
            "score": [{"pack": "guangxi-2012-65", "why": text}],
            "sources": {"s": source},
        }
    )


def tried(record, *conclusions, pack="guangxi-2012-65", **options):
    return agreements(record.log(), finding(*conclusions), [(load_pack(pack), options)])


@pytest.fixture
def reported(record):
    """Occurred 0:00, known 0:40, graded II 1:10; two first reports due 2:00, 2:40, 3:10."""

    def written(acked):
        record.occur().knows(CITY).report(CITY, "region", acked, sent="1:50")
        return record

    return written


def first_report(found):
    (one,) = [one for one in found if one.rule == "GX-02-city"]
    return one


def test_late_from_occurrence_alone_names_occurrence(reported):
    one = first_report(tried(reported("2:30"), {"about": CITY}))
    assert one.readings == {"occur": "late", "receive": "met", "confirm": "met"}
    assert one.agreeing == ("occur",)
    assert one.choices == {"receive": (), "confirm": ()}  # no option makes 10 and 40 min late


def test_exactly_at_the_limit_would_agree_where_equality_is_late(reported):
    one = first_report(tried(reported("2:40"), {"about": CITY}))
    assert one.agreeing == ("occur",)
    assert one.choices["receive"] == (("boundary", "strict"),)


def test_a_finding_of_in_time_agrees_with_the_readings_that_are_met(reported):
    found = tried(reported("2:30"), {"about": CITY, "category": "按时", "means": "in_time"})
    one = first_report(found)
    assert one.agreeing == ("receive", "confirm")
    assert one.choices["occur"] == (("end", "received"), ("end", "sent"))  # both at 1:50


def test_all_duties_and_options_are_tried_as_chosen(reported):
    one = first_report(tried(reported("2:30"), {"about": CITY}, end="sent"))
    assert one.agreeing == ()  # sent 1:50: met in every reading
    assert one.choices["occur"] == (("end", "acknowledged"),)


def test_about_another_body_or_incident_or_not_about_time(reported):
    record = reported("2:30")
    (one,) = tried(record, {"about": "nobody"})
    assert (one.rule, one.readings, one.agreeing) == ("", {}, ())
    (one,) = tried(record, {"about": CITY, "incident": "other"})
    assert one.rule == ""
    assert tried(record, {"about": CITY, "category": "瞒报", "means": ""}) == []


def words(found, lang):
    with in_language(lang):
        (line,) = agreement_lines(found, {CITY: "河池市"})
    return line


def test_in_words(reported):
    found = [first_report(tried(reported("2:40"), {"about": CITY}))]
    assert words(found, "en") == (
        "迟报 (late) of 河池市",
        "agrees with the reading from occurrence (GX-02-city), not from receipt: met (it would "
        "with boundary = strict), from confirmation: met",
    )
    head, text = words(found, "zh")
    assert head == "河池市：迟报（逾期）"
    assert text.startswith("与自事发起算相符（GX-02-city），与下列不符：自接报起算：按时")


def test_in_words_where_nothing_agrees(record):
    record.occur().knows(CITY, grade="II")
    undecided = [first_report(tried(record, {"about": CITY}))]
    assert words(undecided, "en")[1].startswith("the record decides no reading: GX-02-city from")
    record.report(CITY, "region", "1:00")
    against = [first_report(tried(record, {"about": CITY}))]
    assert words(against, "en")[1].startswith(
        "agrees with no reading: GX-02-city from occurrence: met"
    )
    none = tried(record, {"about": "nobody"})
    assert words(none, "en")[1] == "cannot be tried: these rules hold no duty of that body"
