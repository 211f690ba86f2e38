"""Facts that bear on article 14: what the record shows, one row each, and no blame."""

from __future__ import annotations

from sim.rules import load_pack, score, trigger_facts

PACK = load_pack("guangxi-2012-65")


def facts(record):
    table = trigger_facts(score(record.log(), PACK), PACK)
    return {(row.rule, row.owner, row.fact, row.about) for row in table.itertuples(index=False)}


def test_late_missing_mismatched_and_no_action(record):
    """Confirmed 1:10, reported 3:40 (2 h: 30 min late), without details; activated at III."""
    record.occur().knows("hechi").observe("24:00")
    record.row("truth", "0:00", dead=12).report("hechi", "region", "3:40", dead=11)
    record.row("activate", "1:30", actor="hechi", object="plan", level="III", grade="II")
    table = trigger_facts(score(record.log(), PACK), PACK)
    late = table[(table["rule"] == "GX-02-city") & (table["fact"] == "late")]
    assert late["margin_s"].tolist() == [-30 * 60]
    found = facts(record)
    assert ("GX-02-city", "hechi", "mismatched", "value_differs:dead") in found
    assert ("GX-03", "hechi", "no_action", "never_reported") in found
    assert ("A11-1-level", "hechi", "mismatched", "differs") in found
    assert ("A11-3", "hechi", "no_action", "never_reported") in found
    assert set(table["fact"]) <= {"late", "missing", "mismatched", "no_action"}


def test_elements_that_are_missing(record):
    record.occur().knows("hechi").observe("24:00")
    record.report("hechi", "region", "1:40", "detailed", elements="time|place|nature")
    assert ("GX-03", "hechi", "missing", "missing_element:loss") in facts(record)


def test_a_record_without_any_has_none(record):
    record.occur(hazard="chemical_leak").knows("hechi", grade="IV")
    assert facts(record) == set()


def test_every_trigger_names_rules_of_the_pack_and_none_says_whose_fault():
    for trigger in PACK.triggers.values():
        assert set(trigger.rules) <= set(PACK.rules)
        for word in ("责任人", "过失", "故意", "严重后果"):
            assert word not in trigger.text.zh
