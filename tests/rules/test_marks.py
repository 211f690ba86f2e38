"""Marks by every shipped scheme, worked out by hand; what nobody decided is never zero."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.errors import UnusableInput
from sim.rules.judged import read_judged
from sim.rules.marks import Judged, band_of, marks
from sim.rules.scheme import load_scheme, scheme_names
from sim.rules.verdicts import COLUMNS, Verdicts


def duty(rule, verdict, reason="", margin=None, **more):
    """One duty to report within 2 h; `end_row` is set where the report was made."""
    text = dict.fromkeys(COLUMNS, "")
    seconds = {name: None for name in COLUMNS if name.endswith("_s")}
    made = verdict == "met" or margin is not None
    named = {"case": "a", "pack": "p", "rule": rule, "owner": "city", "recipient": "region"}
    named |= {"incident": "leak", "limit_s": 7200, "margin_s": margin}
    named |= {"end_row": "r9" if made else "", "verdict": verdict, "reason": reason}
    return text | seconds | named | more


def verdicts(*rows):
    return Verdicts(pd.DataFrame(list(rows), columns=list(COLUMNS)))


YEAR = (
    duty("R1", "met", margin=600),
    duty("R2", "met", margin=60),
    duty("R3", "late", margin=-900),
    duty("R4", "late", "never_reported"),
    duty("R5", "unproven", "no_start"),
    duty("R6", "open"),
    duty("R7", "excused", margin=-300),
    duty("R8", "not_applicable", "other_grade"),
    duty("R9", "late", "gap", recipient="", limit_s=None),  # a roster, nothing to report
)
APART = {"excused": 1, "open": 1, "unproven": 1}


def test_meizhou_by_hand():
    """Kept for reference 1 + 1, late 0.5, one not reported -10: (2.5 - 10) / 3 reports = -2.5."""
    found = marks(verdicts(*YEAR), load_scheme("meizhou"))
    assert found.lines.set_index("rule")["points"].to_dict() == {
        "R1": 1.0,
        "R2": 1.0,
        "R3": 0.5,
        "R4": 0.0,
    }
    assert found.totals[["scored", "met", "points"]].values.tolist() == [[4, 2, -2.5]]
    assert found.not_scored == APART


def test_meizhou_with_what_a_person_says():
    """Special report 5 with a city leader's note 3; the late one played down as well: 0.
    (8 + 1 + 0 - 10) / 3 = -1/3."""
    said = [
        Judged("a", "R1", "city", "special", "evaluator"),
        Judged("a", "R1", "city", "note_city", "evaluator"),
        Judged("a", "R3", "city", "played_down", "evaluator"),
    ]
    found = marks(verdicts(*YEAR), load_scheme("meizhou"), said)
    assert found.lines.set_index("rule")["points"].to_dict() == {
        "R1": 8.0,
        "R2": 1.0,
        "R3": 0.0,
        "R4": 0.0,
    }
    assert found.totals["points"].tolist() == [pytest.approx(-1 / 3)]
    assert found.lines.set_index("rule").loc["R1", "judged_by"] == "evaluator"


def test_baoji_by_hand():
    """Late -1, not reported -3, a gap in the roster -1."""
    found = marks(verdicts(*YEAR), load_scheme("baoji"))
    assert found.totals["points"].tolist() == [-5]
    concealed = [Judged("a", "R4", "city", "concealed", "evaluator")]
    assert marks(verdicts(*YEAR), load_scheme("baoji"), concealed).totals["points"].tolist() == [-9]


def test_concealment_and_falsehood_are_never_derived():
    """Every fact that the program states, and no person: no judged mark in any scheme."""
    facts = "value_differs:dead|missing_element:time|never_confirmed|graded_too_low"
    rows = [dict(row, facts=facts, flags="never_reported") for row in YEAR]
    for name in scheme_names():
        found = marks(verdicts(*rows), load_scheme(name))
        said = "|".join(found.lines["mark"].astype(str))
        assert not {"concealed", "false", "played_down", "slow"} & set(said.split("|")), name


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("hseep-s", {"R1": "P", "R2": "P", "R3": "S", "R4": "U", "R9": "U"}),
        ("hseep-u", {"R1": "P", "R2": "P", "R3": "U", "R4": "U", "R9": "U"}),
    ],
)
def test_hseep_words_by_the_stated_mapping(scheme, expected):
    found = marks(verdicts(*YEAR), load_scheme(scheme))
    assert found.lines.set_index("rule")["mark"].to_dict() == expected
    major = [Judged("a", "R1", "city", "M", "evaluator")]
    found = marks(verdicts(*YEAR), load_scheme(scheme), major)
    assert found.lines.set_index("rule").loc["R1", "mark"] == "M"


def test_bands_by_hand():
    """2 of 5 decided are met: 40 %, U; the interval is R's binom.test(2, 5)."""
    row = marks(verdicts(*YEAR), load_scheme("dragos")).totals.iloc[0]
    assert (row["met"], row["scored"], row["result"]) == (2, 5, "U")
    assert (round(row["low"], 4), round(row["high"], 4)) == (0.0527, 0.8534)


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1, "P"),
        (0.80, "P"),
        (0.795, "P"),
        (0.79, "S"),
        (0.66, "S"),
        (0.65, "M"),
        (0.5, "M"),
        (0.494, "U"),
        (0, "U"),
    ],
)
def test_bands_are_those_published_for_whole_per_cent(share, word):
    assert band_of(share, load_scheme("dragos")) == word


def test_nine_in_ten_settles_nothing_with_few_drills():
    """28 of 28 leave 87.7 % possible; 36 of 36 do not (0.025^(1/36) = 0.9026); 0 of 2 is under."""

    def of(n, verdict):
        rows = [dict(duty("R", verdict, margin=1), case=str(k)) for k in range(n)]
        return marks(verdicts(*rows), load_scheme("ninety")).totals["result"].tolist()

    assert of(28, "met") == ["unsettled"]
    assert of(36, "met") == ["reached"]
    assert of(2, "late") == ["not_reached"]


def test_all_or_nothing_names_the_bottlenecks_latest_first():
    found = marks(verdicts(*YEAR), load_scheme("seven-one-seven"))
    assert found.totals[["incident", "met", "scored", "result"]].values.tolist() == [
        ["leak", 2, 4, "not_reached"]
    ]
    assert found.lines["rule"].tolist() == ["R4", "R3"]


def test_all_or_nothing_without_a_miss_is_reached_or_not_decided():
    scheme = load_scheme("seven-one-seven")
    two = (duty("R1", "met", margin=1), duty("R7", "excused", margin=-300))
    assert marks(verdicts(*two), scheme).totals["result"].tolist() == ["reached"]
    three = (*two, duty("R5", "unproven", "no_start"))
    assert marks(verdicts(*three), scheme).totals["result"].tolist() == ["undecided"]


@pytest.mark.parametrize("name", scheme_names())
def test_more_that_nobody_decided_changes_no_mark(name):
    """Open, unproven and excused duties beside the others: same marks, more not scored."""
    scheme = load_scheme(name)
    decided = [row for row in YEAR if row["verdict"] in ("met", "late")]
    plain = marks(verdicts(*decided), scheme)
    more = [duty(f"X{k}", word) for k, word in enumerate(["open", "unproven", "excused"] * 3)]
    full = marks(verdicts(*decided, *more), scheme)
    pd.testing.assert_frame_equal(plain.totals, full.totals)
    pd.testing.assert_frame_equal(plain.lines, full.lines)
    assert full.not_scored == {"excused": 3, "open": 3, "unproven": 3}


def test_schemes_say_where_they_come_from_and_what_is_ours():
    for name in scheme_names():
        scheme = load_scheme(name)
        assert scheme.id == name
        assert scheme.source.title
        assert scheme.source.where
        assert scheme.ours


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("method: points", "method: point", "points"),
        ("verdict: late, recipient", "verdikt: late, recipient", "verdict"),
        ("points: -1}", "points: -1, part: 0.5}", "from_total"),
        ("judged: true, points: -3", "points: -3.5", "judged"),
        ("verdict: late, reason: gap", "verdict: unproven, reason: gap", "not scored"),
        ("id: baoji", "id: baoji\nweight: 3", ""),
    ],
)
def test_mistakes_of_a_scheme_come_with_their_line(tmp_path, old, new, hint):
    shipped = Path(load_scheme.__code__.co_filename).with_name("schemes") / "baoji.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file = tmp_path / "own.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnusableInput) as caught:
        load_scheme(file)
    found = [str(problem) for problem in caught.value.problems]
    lines = text.replace(old, new, 1).splitlines()
    wrong = next(k for k, words in enumerate(lines, 1) if new.splitlines()[-1] in words)
    assert any(f"own.yaml:{wrong}:" in words and hint in words for words in found), found


def test_an_unknown_scheme_is_refused_with_the_nearest():
    with pytest.raises(UnusableInput, match="meizhou"):
        load_scheme("meizho")


def test_a_sheet_of_judgements_is_read_and_checked(tmp_path):
    sheet = tmp_path / "judged.csv"
    sheet.write_text(
        "规则,责任单位,认定,认定人,依据\nR4,city,concealed,张某,核查报告\n", encoding="utf-8"
    )
    scheme = load_scheme("baoji")
    found = read_judged(sheet, scheme, verdicts(*YEAR))
    assert found == [Judged("a", "R4", "city", "concealed", "张某", "核查报告")]
    sheet.write_text("rule,owner,mark,by\nR44,city,conceal,\nR4,city,late,me\n", encoding="utf-8")
    with pytest.raises(UnusableInput) as caught:
        read_judged(sheet, scheme, verdicts(*YEAR))
    words = "\n".join(map(str, caught.value.problems))
    assert len(caught.value.problems) == 4  # no such rule, no such mark, nobody; late is derived
    assert "R44" in words
    assert "concealed" in words
