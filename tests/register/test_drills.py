"""Drills, findings and actions: entered once, never overwritten, with who and when."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import UnusableInput, YanlianError
from sim.register import (
    Drill,
    actions,
    add_drills,
    assign,
    bodies,
    body_names,
    close,
    decide,
    drills,
    findings,
)
from tests.register.conftest import PACK, WHEN, enter, judged, record_of


def test_a_record_is_entered_once(db):
    first, again = enter(db), enter(db)
    assert (first.number, first.added) == (1, True)
    assert (again.number, again.added) == (1, False)
    (drill,) = drills(db)
    assert drill["held"] == "2024-07-01"
    assert (drill["unit"], drill["kind"], drill["scenario"]) == ("hechi", "special", "a")
    assert (drill["entered_by"], drill["entered_at"]) == ("evaluator", WHEN)
    assert len(db.rows("SELECT id FROM verdict")) == 1


def test_the_same_case_of_another_file_is_another_drill(db):
    assert [enter(db, acked="2:00").number, enter(db, acked="2:10").number] == [1, 2]


def test_a_late_duty_is_proposed_as_a_finding_with_its_lateness_and_rows(db):
    """Due 3:10, acknowledged 3:30 by row r7: 20 min late."""
    assert enter(db, "in-time", "3:10").findings == 0
    assert enter(db, "late", "3:30").findings == 1
    (finding,) = findings(db)
    assert (finding["rule"], finding["owner"], finding["late_s"]) == ("GX-02-city", "hechi", 1200)
    assert (finding["state"], finding["drill"], finding["duties"]) == ("proposed", 2, 1)
    assert "r7" in finding["evidence"].split("|")
    assert finding["entered_by"].startswith("yanlian ")
    assert finding["text"] == ""
    assert (finding["demand_zh"], finding["demand_en"]) == (
        PACK.rules["GX-02-city"].text.zh,
        PACK.rules["GX-02-city"].text.en,
    )


def test_what_is_merely_reported_is_no_finding(db):
    log = record_of()
    drill = Drill("x", by="evaluator")
    (entry,) = add_drills(db, log, judged(log, ["A10-5"]), drill, at=WHEN)
    assert entry.findings == 0
    assert {row["verdict"] for row in db.rows("SELECT verdict FROM verdict")} == {"noted"}


def test_a_correction_is_a_new_row_that_names_the_old_one(db):
    enter(db, acked="3:30")
    decide(db, 1, "confirmed", "head of office")
    entry = enter(db, acked="3:30", kind="comprehensive", corrects=1, by="second person")
    assert (entry.number, entry.added, entry.findings) == (1, True, 0)
    (now,) = drills(db)
    assert (now["number"], now["kind"], now["confirmed"]) == (1, "comprehensive", 1)
    old, new = db.rows("SELECT * FROM drill ORDER BY id")
    assert (old["kind"], old["entered_by"], new["corrects"]) == ("special", "evaluator", old["id"])
    assert enter(db, acked="3:30").added is False


def test_two_persons_cannot_correct_the_same_row(db):
    enter(db)
    enter(db, kind="comprehensive", corrects=1)
    row = dict.fromkeys(("case_id", "held", "unit", "plans", "scenario", "sha256"), "x")
    row |= {"kind": "special", "entered_by": "x", "entered_at": WHEN}
    with pytest.raises(UnusableInput):
        db.add("drill", **row, number=1, corrects=1)


def test_what_a_person_must_say_is_asked_for(db):
    with pytest.raises(YanlianError, match="no drill 7"):
        enter(db, corrects=7)
    with pytest.raises(YanlianError, match="hechii is not in the directory"):
        enter(db, unit="hechii")
    with pytest.raises(YanlianError, match="--by"):
        enter(db, by=" ")
    log = record_of()
    nobody = log.table[log.table["activity"] != "role"].reset_index(drop=True)
    with pytest.raises(YanlianError, match="--unit"):
        add_drills(db, type(log)(nobody, log.origins), judged(log), Drill("x", "e"))
    with pytest.raises(YanlianError, match="--date"):
        add_drills(db, type(log)(log.table, {"a": None}), judged(log), Drill("x", "e"))
    assert drills(db) == []


def test_bodies_are_those_of_the_directory_with_the_latest_name(db):
    enter(db)
    assert [(row["actor"], row["role"]) for row in bodies(db)] == [
        ("hechi", "city_gov"),
        ("region", "region_gov"),
    ]
    assert body_names(db) == {"hechi": "hechi市政府"}


def test_findings_are_decided_by_persons(db):
    enter(db, acked="3:30")
    decide(db, 1, "confirmed", "evaluator", "line busy", WHEN)
    (finding,) = findings(db, "confirmed")
    assert (finding["text"], finding["entered_by"]) == ("line busy", "evaluator")
    assert finding["evidence"]
    assert finding["demand_zh"] == PACK.rules["GX-02-city"].text.zh
    with pytest.raises(YanlianError, match="so already"):
        decide(db, 1, "confirmed", "evaluator")
    with pytest.raises(YanlianError, match="no finding 2"):
        decide(db, 2, "confirmed", "evaluator")
    with pytest.raises(YanlianError, match="--by"):
        decide(db, 1, "rejected", "")
    decide(db, 1, "rejected", "head")
    assert [row["state"] for row in db.rows("SELECT state FROM finding ORDER BY id")] == [
        "proposed",
        "confirmed",
        "rejected",
    ]


def test_actions_are_for_confirmed_findings_and_overdue_after_their_day(db):
    enter(db, acked="3:30")
    with pytest.raises(YanlianError, match="not confirmed"):
        assign(db, 1, "second line", "duty office", date(2024, 9, 1), "evaluator")
    decide(db, 1, "confirmed", "evaluator")
    assert assign(db, 1, "second line", "duty office", date(2024, 9, 1), "evaluator", WHEN) == 1
    assert actions(db, date(2024, 9, 1)) == []
    (late,) = actions(db, date(2024, 9, 2))
    assert (late["number"], late["rule"], late["body"]) == (1, "GX-02-city", "hechi")
    close(db, 1, "head", note="installed", at="2024-09-03T00:00:00+00:00")
    assert actions(db, date(2024, 9, 2)) == []
    (now,) = actions(db)
    assert (now["state"], now["note"], now["entered_by"]) == ("done", "installed", "head")
    assert now["entered_at"] == "2024-09-03T00:00:00+00:00"
    with pytest.raises(YanlianError, match="so already"):
        close(db, 1, "head")
    with pytest.raises(YanlianError, match="no action 2"):
        close(db, 2, "head")
    close(db, 1, "head", "open")
    rows = db.rows("SELECT state, entered_by FROM action ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("open", "evaluator"),
        ("done", "head"),
        ("open", "head"),
    ]
