"""The scorer against its slow twin on 2,000 random records, under options drawn at random."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.oracles.compare import choices, disagreements, pack_of, records, twin

PER_GROUP = 50
GROUPS = range(40)


def options_of(name: str, group: int) -> dict[str, str]:
    return choices(pack_of(name), 7 * group if group > 3 else 0)  # 0 to 3: the defaults


@pytest.mark.parametrize("group", GROUPS)
def test_the_scorer_agrees_with_the_slow_twin_on_the_directive(group):
    cases = records(group * PER_GROUP, (group + 1) * PER_GROUP)
    options = options_of("guangxi-2012-65", group)
    assert disagreements("guangxi-2012-65", options, cases) == [], options


@pytest.mark.parametrize("group", GROUPS)
def test_the_scorer_agrees_with_the_slow_twin_on_order_493(group):
    cases = records(group * PER_GROUP, (group + 1) * PER_GROUP)
    options = options_of("order-493", group)
    assert disagreements("order-493", options, cases) == [], options


def test_every_choice_of_every_option_was_drawn():
    pack = pack_of("guangxi-2012-65")
    drawn = {pair for group in GROUPS for pair in options_of(pack.id, group).items()}
    every = {(name, word) for name, option in pack.options.items() for word in option.choices}
    assert drawn == every


REACHED = """
deadline: met late late/never_reported late/missing_elements excused excused/still_owed open
  open/missing_elements unproven/not_observed unproven/no_start unproven/no_end_stamp
  unproven/interval_straddles unproven/contradictory_stamps unproven/content_unknown
  unproven/missing_elements unproven/grade_unknown unproven/order_unknown
  unproven/no_obligor unproven/no_recipient
  unproven/no_incident not_applicable/other_grade not_applicable/downgraded
  not_applicable/not_triggered not_applicable/other_hazard
presence: met late/never_reported open unproven/not_observed unproven/grade_unknown
  unproven/order_unknown
  unproven/interval_straddles unproven/no_obligor unproven/no_incident
  not_applicable/not_triggered
  not_applicable/other_grade not_applicable/downgraded
absence: met late/present unproven/not_observed unproven/no_obligor unproven/no_incident
sequence: met open late/missing_step late/out_of_order unproven/missing_step
  unproven/interval_straddles unproven/not_observed unproven/no_obligor unproven/no_incident
  not_applicable/not_triggered
consistency: met late/differs unproven/empty_column unproven/no_entry unproven/not_observed
  unproven/no_obligor unproven/no_incident not_applicable/not_triggered
coverage: met late/gap late/no_rows unproven/not_observed unproven/no_obligor
period: met open late/overdue unproven/not_observed unproven/no_obligor
"""
"""Every verdict and reason that a kind can have, by hand from the twin."""


def expected() -> set[tuple[str, str, str]]:
    found, kind = set(), ""
    for word in REACHED.split():
        if word.endswith(":"):
            kind = word[:-1]
        else:
            verdict, _, reason = word.partition("/")
            found.add((kind, verdict, reason))
    return found


def counts() -> Counter:
    """How often the 2,000 records reach each (kind, verdict, reason), by the twin alone."""
    found: Counter = Counter()
    for name in ("guangxi-2012-65", "order-493"):
        for group in GROUPS[::4]:
            cases = records(group * PER_GROUP, (group + 1) * PER_GROUP)
            for ones in twin(pack_of(name), options_of(name, group), cases).values():
                for one in ones:
                    found[one["kind"], one["verdict"], one["reason"]] += 1
                    for word in one["readings"].values():
                        found["reading", word["verdict"], ""] += 1
    return found


def test_the_records_reach_every_verdict_and_reason_of_every_kind():
    found = counts()
    kinds = {key: number for key, number in found.items() if key[0] != "reading"}
    assert expected() <= set(kinds)
    assert min(kinds[key] for key in expected()) >= 2, kinds
    readings = {key[1]: number for key, number in found.items() if key[0] == "reading"}
    assert set(readings) == {"met", "late", "excused", "open", "unproven", "not_applicable"}
    assert min(readings.values()) >= 50, readings
