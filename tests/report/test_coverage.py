"""Coverage in words, as CSV, page and picture."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pandas as pd
import pytest

from sim.report.columns import width
from sim.report.coverage import (
    SIGNS,
    coverage_csv,
    coverage_lines,
    coverage_text,
    needed_words,
)
from sim.report.coverage_chart import FACES, MOST, coverage_chart
from sim.report.coverage_page import render_coverage
from sim.rules.coverage import STATES, coverage
from sim.rules.suggest import Suggestion
from sim.rules.verdicts import COLUMNS, Verdicts
from sim.texts import in_language

RULES = {("p", f"R{k}"): clause for k, clause in enumerate(["第一条", "第十条", "第十条"], 1)}


def drill(case, day, *words):
    """A drill in which the rules R1, R2, … got these verdicts."""
    rows = []
    for (_, rule), word in zip(RULES, words, strict=False):
        text = dict.fromkeys(COLUMNS, "")
        seconds = {name: None for name in COLUMNS if name.endswith("_s")}
        named = {"case": case, "pack": "p", "rule": rule, "clause": RULES["p", rule]}
        rows.append(text | seconds | named | {"verdict": word, "evidence": "r1"})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Verdicts(table, {case: datetime.fromisoformat(f"{day}T08:00+08:00")}, RULES)


@pytest.fixture
def year():
    return coverage(
        drill("spring", "2026-03-05", "met", "late", "not_applicable"),
        drill("autumn", "2026-10-11", "not_applicable", "unproven", "not_applicable"),
    )


def test_the_matrix_as_text_by_hand(year):
    lines = coverage_text(year, None, "en", 130).splitlines()
    (r1,) = (line for line in lines if " R1 " in line)
    assert r1.split() == [
        "Art.",
        "1",
        "R1",
        "✓",
        "·",
        "1",
        "of",
        "2,",
        "last",
        "2026-03-05",
        "met",
        "1",
        "of",
        "1:",
        "100",
        "%",
        "[2.5–100]",
    ]
    (r2,) = (line for line in lines if " R2 " in line)
    assert r2.split()[2:6] == ["R2", "▲", "?", "2"]
    (r3,) = (line for line in lines if line.strip().startswith("R3"))  # the clause stands once
    assert r3.split()[:3] == ["R3", "·", "·"]
    assert "never, in 2 drills" in r3
    assert "1  2026-03-05  spring" in lines


def test_articles_by_hand(year):
    with in_language("en"):
        assert coverage_lines(year) == [
            "Obligations touched: 2 of 3, by article:",
            "  Art. 1   1 of 1",
            "  Art. 10  1 of 2  untouched: R3",
        ]
        one = coverage(drill("a", "2026-01-01", "late", "met", "not_applicable"))
        assert coverage_lines(one)[1:] == [
            "  Art. 1   1 of 1  not kept 1",
            "  Art. 10  1 of 2  kept 1; untouched: R3",
        ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize("drills", [1, 12, 60])
def test_no_line_is_wider_than_the_console(lang, columns, drills):
    many = [drill(f"d{k}", f"2026-01-{1 + k % 28:02d}", "met", "late") for k in range(drills)]
    text = coverage_text(coverage(*many), None, lang, columns)
    assert max(width(line) for line in text.splitlines()) <= columns


def test_csv_holds_the_states_in_the_words_of_the_record(year):
    rows = list(csv.DictReader(io.StringIO(coverage_csv(year, {"R2": "within 2 h"}))))
    assert [(r["rule"], r["spring"], r["autumn"]) for r in rows] == [
        ("R1", "met", "untouched"),
        ("R2", "late", "unproven"),
        ("R3", "untouched", "untouched"),
    ]
    assert rows[1]["text"] == "within 2 h"
    assert (rows[0]["touched"], rows[0]["last"]) == ("1", "2026-03-05")


def test_how_many_drills_are_needed_is_said_only_while_there_are_fewer():
    """All met: 17 drills; with 120 there is nothing to say; half met needs more than all met."""
    with in_language("en"):
        assert "At most 3 drills" in needed_words([(3, 0)])
        assert "about 17 drills" in needed_words([(3, 0)])
        assert needed_words([(120, 0)]) == ""
        assert needed_words([(0, 0)]) == ""
        assert "17 to" in needed_words([(3, 0), (1, 1)])


def test_states_differ_in_sign_and_in_grey():
    """No two states share both ground and sign; signs alone tell all apart."""
    assert set(FACES) == set(STATES)
    assert len({SIGNS[state] for state in STATES}) == len(STATES)
    for ground, ink in FACES.values():
        for colour in (ground, ink):
            red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
            assert red == green == blue, "greyscale only"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_picture_has_a_cell_for_every_obligation_and_drill(year, lang):
    picture = coverage_chart(year, lang)
    patches = picture.axes[0].patches
    assert len(patches) == 3 * 2 + len(STATES)  # cells and legend
    assert picture.png()[:4] == b"\x89PNG"


def test_too_many_drills_for_a_picture_are_refused():
    many = [drill(f"d{k}", "2026-01-01", "met") for k in range(MOST + 1)]
    with pytest.raises(ValueError, match=str(MOST)):
        coverage_chart(coverage(*many))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_shows_matrix_articles_and_suggestions_escaped(year, lang):
    hostile = Suggestion("p", "R3", "rows", "<script>words</script>", rows=({"activity": "<b>"},))
    page = render_coverage(year, [hostile], lang, {"R3": "text & more"})
    assert page.count('class="sign s-') == 6
    assert 'class="sign s-late">▲<' in page
    assert "<script>" not in page
    assert "text &amp; more" in page
    assert ("未触及" if lang == "zh" else "untouched") in page
