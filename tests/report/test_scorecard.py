"""The scorecard for the console."""

import re

import pytest

from sim.report.columns import width
from sim.report.duties import duties
from sim.report.scorecard import scorecard
from sim.report.words import reason_words
from sim.texts import in_language
from sim.texts.clauses import clause_words


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 109, 110, 130, 200])
def test_no_line_is_wider_than_the_console(verdicts, names, lang, columns):
    text = scorecard(verdicts, names[lang], lang, columns)
    assert max(width(line) for line in text.splitlines()) <= columns


def test_chinese_columns_start_below_their_headings(verdicts, names):
    lines = scorecard(verdicts, names["zh"], "zh", 200).splitlines()
    head = next(line for line in lines if "条款" in line)
    for heading, cell in (
        ("报送单位", "河池市安全生产"),
        ("自事发", "逾期 -79"),
        ("时限", "2 小时"),
    ):
        line = next(line for line in lines if cell in line)
        assert width(head[: head.index(heading)]) == width(line[: line.index(cell)])


def test_margins_under_each_reading_by_hand(verdicts):
    """Department: reported after 211 min; clocks start at 12, 63, 75 min, limit 120 min."""
    text = scorecard(verdicts, None, "en", 200)
    line = next(line for line in text.splitlines() if "city-safety" in line)
    assert re.findall(r"late ([+-]\d+)", line) == ["-79", "-28", "-16", "-16"]


def test_sums_count_unproven_apart_and_never_as_missed(verdicts):
    text = scorecard(verdicts, None, "en", 200)
    assert re.search(r"^met  3$", text, re.MULTILINE)
    assert re.search(r"^late  2$", text, re.MULTILINE)
    assert re.search(r"^unproven  1 +\(.*neither met nor missed", text, re.MULTILINE)
    assert "not applicable, not listed: 1" in text


def test_a_duty_that_depends_on_the_reading_is_said(make_instance, make_verdicts):
    row = make_instance("R", "county", 120, "met", (-290, 0, 0), 120)
    assert row["summary"] == "depends"
    text = scorecard(make_verdicts([row]), None, "en", 400)
    assert "depends on where the clock starts: late -290 from occurrence" in text
    assert "met ±0 (▲ 1 of 3 starts: late)" in text
    assert "▲ met by the start that counts, late by another: 1" in text
    chinese = scorecard(make_verdicts([row]), None, "zh", 400)
    assert "按时 ±0（▲ 3 种起算中 1 种逾期）" in chinese
    assert "R：自事发起算逾期 -290" in chinese


def test_many_cases_give_sums_per_rule_with_exact_interval(make_instance, make_verdicts):
    rows = [
        make_instance(
            "R", "city", 120, "met" if k < 9 else "late", (0, 0, 0), 60 + 10 * k, case=str(k)
        )
        for k in range(10)
    ]
    text = scorecard(make_verdicts(rows), None, "en", 200)
    assert "met 9 of 10: 90 % [55.5–99.7]" in text  # R: binom.test(9, 10)
    assert "cases: 10" in text


def test_no_duty_at_all_is_a_sentence(make_instance, make_verdicts):
    table = make_verdicts([make_instance("R", "city", 60, "not_applicable")])
    assert "No duty" in scorecard(table, None, "en", 120)


def test_facts_are_gathered_and_named_in_words(make_instance, make_verdicts):
    row = make_instance(
        "R", "city", 120, "late", (0, 0, 0), 130, facts="value_differs:dead|value_differs:missing"
    )
    duty = duties(make_verdicts([row]))[0]
    with in_language("zh"):
        assert "死亡、失踪" in reason_words(duty)
    with in_language("en"):
        assert reason_words(duty).count("differs") == 1


def test_no_word_of_blame_in_any_sentence_of_the_report():
    """The program states lateness and content; intent is a person's judgement."""
    from sim.texts import _HERE

    po = (_HERE / "zh" / "LC_MESSAGES" / "report.po").read_text(encoding="utf-8")
    sentences = [line for line in po.splitlines() if "须认定主观故意" not in line]
    for word in ("隐瞒", "失职", "责任人", "过错", r"\bguilty\b", r"\bblame\b", r"\bfault\b"):
        assert not any(re.search(word, line) for line in sentences)


@pytest.mark.parametrize("columns", [80, 200])
def test_what_nobody_on_record_owes_is_one_line_for_all_incidents(
    make_instance, make_verdicts, columns
):
    """Three instances, counted as three below."""
    nobody = {"reason": "no_obligor", "recipient": ""}
    rows = [
        make_instance("U", "", 60, "unproven", incident=f"i{k}", **nobody) for k in range(3)
    ] + [make_instance("R", "city", 60, "met", (0, 0, 0), 30)]
    lines = scorecard(make_verdicts(rows), None, "en", columns).splitlines()
    (line,) = [line for line in lines if "nobody on record" in line]
    assert "× 3" in line
    assert [line for line in lines if line.startswith("unproven  3")]
    assert len([line for line in lines if "city" in line]) == 1


@pytest.mark.parametrize(
    ("clause", "english"),
    [
        ("第十条", "Art. 10"),
        ("第二十一条第三款", "Art. 21 para. 3"),
        ("第一百零五条第二项", "Art. 105 item 2"),
        ("第九条、第十一条", "Art. 9, Art. 11"),
        ("第12条", "Art. 12"),
        ("信息报告", "信息报告"),
    ],
)
def test_clauses_are_numbered_in_the_language_of_the_report(clause, english):
    with in_language("en"):
        assert clause_words(clause) == english
    with in_language("zh"):
        assert clause_words(clause) == clause


@pytest.mark.parametrize(
    ("starts", "zh", "en"),
    [
        ((0, 10, 30), "自确认等级起算，用时 60 分钟", "after 60 min from confirmation"),
        (None, "用时 60 分钟", "after 60 min"),  # a start of the rule's own: no reading
    ],
)
def test_the_time_taken_says_since_when(make_instance, make_verdicts, starts, zh, en):
    """Confirmed after 30 min, reported after 90; the verdict's clock starts at confirmation."""
    row = make_instance("R", "county", 120, "met", starts, 90)
    row |= {"start_s": 30 * 60, "end_s": 90 * 60}
    (duty,) = duties(make_verdicts([row]))
    for lang, words in (("zh", zh), ("en", en)):
        with in_language(lang):
            assert reason_words(duty) == words


def test_the_year_of_a_yearly_duty_is_told_in_both_languages(make_instance, make_verdicts):
    row = make_instance("R", "city", 120, "unproven", flags="year:2026", reason="not_observed")
    (duty,) = duties(make_verdicts([row]))
    for lang, words in (("zh", "年度：2026"), ("en", "year: 2026")):
        with in_language(lang):
            assert reason_words(duty).endswith(words)
