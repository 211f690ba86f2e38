"""Signals and warnings are no notice of the event: deadlines worked out by hand."""

from __future__ import annotations

import pytest

from sim.rules import load_pack, score

CITY = "hechi"
TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
MIN = 60


def city(record):
    return record.judge()["GX-02-city", CITY]


def event(record):
    """It occurs at 5:00; the city hears of it at 5:30, confirms at 6:00, has reported by 7:00."""
    record.occur("5:00").row("receive", "5:30", actor=CITY, kind="initial")
    record.row("confirm", "6:00", actor=CITY, grade="II")
    return record.report(CITY, "region", "7:00")


FORECASTS = {
    "a signal put in": [("inject", {"recipient": CITY, "kind": "signal"})],
    "a signal received": [("receive", {"actor": CITY, "kind": "signal", "warning": "red"})],
    "a signal seen": [("notice", {"actor": CITY, "kind": "signal"})],
    "a warning answered": [("answer", {"actor": CITY, "kind": "warning", "phase": "ended"})],
    "a warning reported": [("reported", {"actor": "x", "recipient": CITY, "kind": "warning"})],
    "only its level": [("receive", {"actor": CITY, "warning": "blue"})],
    "only its message": [
        ("send", {"actor": "x", "recipient": CITY, "kind": "warning", "message": "w"}),
        ("receive", {"actor": CITY, "message": "w"}),
    ],
}


@pytest.mark.parametrize("rows", FORECASTS.values(), ids=FORECASTS.keys())
@pytest.mark.parametrize("time", ["1:00", "5:10"], ids=["before", "after"])
def test_the_clock_of_receipt_starts_with_the_event_and_not_with_a_forecast(record, rows, time):
    """5:30 + 2 h - 7:00 = 30 min to spare, whenever the forecast came."""
    for activity, columns in rows:
        record.row(activity, time, **columns)
    row = city(event(record))
    assert (row["receive_verdict"], row["receive_margin_s"]) == ("met", 30 * MIN)
    assert row["receive_start_s"] == (5 * 60 + 30) * MIN


@pytest.mark.parametrize(
    ("activity", "columns"),
    [
        ("receive", {"actor": CITY, "kind": "initial"}),
        ("notice", {"actor": CITY}),
        ("answer", {"actor": CITY, "phase": "ended"}),
        ("inject", {"recipient": CITY}),
    ],
)
def test_a_notice_stamped_before_the_occurrence_is_a_notice(record, activity, columns):
    """Two clocks disagree: 4:56 + 2 h - 7:00 = 4 min too late."""
    record.row(activity, "4:56", **columns)
    row = city(event(record))
    assert (row["receive_verdict"], row["receive_margin_s"]) == ("late", -4 * MIN)


def test_who_was_only_warned_has_no_notice_on_record(record):
    """The start lies between 5:00 and 8:00, the report at 8:30: nobody can say."""
    record.row("receive", "1:00", actor=CITY, kind="warning").occur("5:00")
    record.row("confirm", "8:00", actor=CITY, grade="II").report(CITY, "region", "8:30")
    row = city(record)
    found = [row[f"{reading}_verdict"] for reading in ("occur", "receive", "confirm")]
    assert found == ["late", "unproven", "met"]
    assert row["receive_reason"] == "no_start"


def test_a_warning_does_not_discharge_the_duty_to_report(record):
    record.report(CITY, "region", "4:00", kind="warning", elements=TEN)
    record.occur("5:00").knows(CITY, "5:30", "6:00").observe("24:00")
    assert (city(record)["verdict"], city(record)["reason"]) == ("late", "never_reported")
    assert city(record.report(CITY, "region", "7:00"))["confirm_margin_s"] == 60 * MIN


def test_what_is_only_feared_is_no_incident(record):
    record.row("receive", "0:20", actor=CITY, kind="signal", warning="red")
    record.report(CITY, "region", "1:00", kind="warning")
    row = record.judge()["GX-02-city", ""]
    assert (row["verdict"], row["reason"]) == ("unproven", "no_incident")


def test_feared_figures_derive_no_grade(record):
    """10 dead are feared (grade II), 3 reported (III): nobody confirms, III is derived."""
    record.row("receive", "1:00", actor=CITY, kind="warning", dead=10)
    record.occur("5:00").row("receive", "5:30", actor=CITY, kind="initial", dead=3)
    assert record.judge()["GX-01", CITY]["grade"] == "III"


def test_a_rule_on_warnings_judges_warnings(record, tmp_path):
    """A pack may demand a warning within 30 min of occurrence; this one came at 5:20."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "format: 1\nid: own\nversion: '1'\ntitle: {zh: 预警规定, en: warnings}\n"
        "valid: {from: 2020-01-01}\njurisdiction: somewhere\nscore_anchor: occur\n"
        "sources:\n  text: {title: 某文件, confidence: high}\n"
        "rules:\n  W:\n    clause: 第一条\n    text: {zh: 预警, en: warn}\n    modality: 应\n"
        "    kind: deadline\n    owner: {role: city_gov}\n    recipient: {role: region_gov}\n"
        "    start: occur\n    limit: 30 min\n"
        "    need: {kind: warning}\n",
        encoding="utf-8",
    )
    record.occur("5:00").report(CITY, "region", "5:20", kind="warning")
    (row,) = score(record.log(), load_pack(path)).table.to_dict("records")
    assert (row["verdict"], row["margin_s"]) == ("met", 10 * MIN)
