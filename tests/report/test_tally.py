"""Verdicts over many drills: applies k of n, met of those decided, all with exact intervals."""

from __future__ import annotations

import pytest

from sim.report.duties import duties
from sim.report.scorecard import scorecard
from sim.report.tally import applies_words, met_words, tallies
from sim.texts import in_language

TEN = ["met"] * 3 + ["late"] * 2 + ["excused", "open", "unproven"] + ["not_applicable"] * 2
"""Applies in 8 of 10: 3 of 5 decided are met; of all 8 between 3 and 5 (open, unproven)."""


@pytest.fixture
def ten(make_instance, make_verdicts):
    rows = [
        make_instance("R", "city", 120, word, (0, 0, 0), case=str(k), reason="no_start" * (k == 7))
        for k, word in enumerate(TEN)
    ]
    return make_verdicts(rows)


def test_counts_and_shares_by_hand(ten):
    """R: binom.test(8, 10) 44.4-97.5 %; binom.test(3, 5) 14.7-94.7 %; 3/8 and 5/8 of all."""
    (one,) = tallies(duties(ten))
    assert (one.cases, one.applies, one.undecided) == (10, 8, 0)
    assert one.counts == {"met": 3, "late": 2, "excused": 1, "open": 1, "unproven": 1}
    with in_language("en"):
        assert applies_words(one) == "8 of 10: 80 % [44.4–97.5]"
        assert met_words(one) == ("met 3 of 5: 60 % [14.7–94.7]; met 3–5 of all 8 that apply")


def test_the_scorecard_states_them(ten):
    text = scorecard(ten, None, "en", 220)
    assert "8 of 10: 80 % [44.4–97.5]" in text
    assert "met 3 of 5: 60 % [14.7–94.7]" in text
    assert "29 drills, met in every one" in text


def test_a_drill_counts_once_however_many_incidents_it_has(make_instance, make_verdicts):
    """Met twice and late once in one drill is one drill, late; the other is met."""
    rows = [
        make_instance("R", "city", 120, word, (0, 0, 0), case=case)
        for case, word in (("a", "met"), ("a", "late"), ("a", "met"), ("b", "met"), ("b", "met"))
    ]
    (one,) = tallies(duties(make_verdicts(rows)))
    assert one.counts == {"met": 1, "late": 1}


def test_where_it_is_open_whether_it_applied_nothing_is_claimed(make_instance, make_verdicts):
    rows = [
        make_instance("R", "city", 120, "unproven", case="a", reason="grade_unknown", evidence=""),
        make_instance("R", "city", 120, "met", (0, 0, 0), 60, case="b"),
    ]
    (one,) = tallies(duties(make_verdicts(rows)))
    with in_language("en"):
        assert applies_words(one) == "1 of 1: 100 % [2.5–100]; undecided in 1"


@pytest.mark.parametrize("columns", [80, 109, 110, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sums_of_many_drills_keep_to_the_console(ten, columns, lang):
    from sim.report.columns import width

    lines = scorecard(ten, None, lang, columns).splitlines()
    assert max(width(line) for line in lines) <= columns
