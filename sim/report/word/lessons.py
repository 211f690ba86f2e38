"""Responsibilities, what went well, what to improve, and what the report cannot tell."""

from __future__ import annotations

from sim.report.checklist import fact_lines, tick_lines, tick_sums
from sim.report.coverage import article_lines
from sim.report.duties import Duty
from sim.report.html import limits
from sim.report.marks import line_table, marks_foot, marks_head, total_lines
from sim.report.word.case import Case
from sim.report.words import cell, limit_words, owner_words, reason_words, recurring, verdict_words
from sim.rules import Verdicts, trigger_facts
from sim.rules.coverage import coverage
from sim.texts import label, t
from sim.texts.clauses import clause_words
from sim.word.blocks import Block, Chapter, Line, Para, Part, Sub, Table, blank, links

MOST = 60
"""Assumed numbers that are listed; the report for the browser has all."""


def duties(case: Case) -> Chapter:
    """Return what was put to the test, article by article, ticks, facts for article 14, marks."""
    blocks: list[Block] = []
    if isinstance(case.verdicts, Verdicts) and len(case.verdicts):
        rows: list[list[Line]] = [list(line) for line in article_lines(coverage(case.verdicts))]
        head = [t("article"), t("touched"), t("what became of them")]
        title = t("Articles: what was put to the test")
        blocks += [Sub(title), Table("articles", title, head, rows, (18, 14, 68))]
        text = t(
            "Touched: a row of the record bears on the obligation. What nobody on record owes or "
            "what did not apply is untouched."
        )
        blocks.append(Para([text, t(" The rows stand in "), *_clauses(case)], small=True))
    blocks += [*_ticks(case), *([] if case.apart else facts(case)), *_marks(case)]
    if not case.ticks:
        blocks.append(Para(blank(t("responsibilities that only paper shows (checklist)"))))
    return Chapter("duties", t("Responsibilities and coverage"), blocks)


def _clauses(case: Case) -> list[str | Part]:
    if case.apart:
        return [t("in a report of one case"), t(".")]
    return [Part("clauses_table"), t(".")] if case.page.lines else ["—"]


def _ticks(case: Case) -> list[Block]:
    if not case.ticks:
        return []
    rows: list[list[Line]] = []
    for line in tick_lines(case.ticks):
        by = line.by if case.persons or not line.by else t("a person (not named)")
        words = f"{line.clause} {line.name}"
        rows.append([words, line.text, line.said, line.evidence, by, line.date])
    head = [t("clause"), t("item of the checklist"), t("tick"), t("evidence"), t("by"), t("date")]
    text = t("What only paper shows. The ticks are no part of the verdicts.")
    table = Table("ticks", t("Checklist"), head, rows, (16, 36, 10, 16, 11, 11))
    return [Sub(t("Checklist")), Para(f"{text} {tick_sums(case.ticks)}"), table]


def facts(case: Case) -> list[Block]:
    """Return the facts that bear on article 14."""
    if not isinstance(case.verdicts, Verdicts):
        return []
    found = [trigger_facts(case.verdicts, pack) for pack in case.packs]
    name = case.log.cases[0]
    rows: list[list[Line]] = [
        list(line)
        for table in found
        for line in fact_lines(table[table["case"].eq(name)], case.packs, case.names)
    ]
    if not rows:
        return []
    head = [t("trigger"), t("rule"), t("owner"), t("fact"), t("about")]
    title = t("Facts that bear on article 14")
    text = t(
        "What the record shows: late, missing, mismatched, no action. Limits count from the start "
        "that the pack names. Fault, consequences and intent are for people to find; the program "
        "says nothing of them."
    )
    line: Line = [text, t(" The rows stand in "), *_clauses(case)]
    return [Sub(title), Para(line), Table("triggers", title, head, rows, (24, 15, 19, 12, 30))]


def _marks(case: Case) -> list[Block]:
    blocks: list[Block] = []
    for k, found in enumerate(case.marks):
        table = [list(row) for row in line_table(found, case.names)]
        if table:
            title = t("Marks by a published scheme")
            blocks.append(Table(f"marks_{k}", title, table[0], table[1:]))
        blocks += [Para(words, small=True) for words in (*marks_head(found), *marks_foot(found))]
        blocks += [Para(words) for words in total_lines(found, case.names)]
    return [Sub(t("Marks by a published scheme")), *blocks] if blocks else []


def lessons(case: Case) -> Chapter:
    """Return what was met with margin, and what was not met with columns for a person."""
    met = [duty for duty in case.shown if duty.verdict == "met" and not duty.depends]
    timed = [duty for duty in met if duty.limit is not None and duty.margin is not None]
    timed.sort(key=lambda duty: -(duty.margin or 0) / (duty.limit or 1))
    blocks: list[Block] = [Sub(t("What was met, with margin"))]
    if timed:
        rows = [_row(case, duty) for duty in timed]
        head = [t("clause"), t("owner"), t("limit"), t("verdict and why"), t("evidence")]
        blocks.append(
            Table("strengths", t("Limits that were met"), head, rows, (28, 24, 9, 25, 14))
        )
    else:
        blocks.append(Para(t("No limit was met by every start of the clock.")))
    others = len(met) - len(timed)
    if others:
        words = t("Duties without a limit that were fulfilled, rows of the table: {n}.", n=others)
        blocks.append(Para([words, t(" See "), *_clauses(case)]))
    if case.ratings:
        text = t("What evaluators saw stands in its own chapter: ")
        blocks.append(Para([text, Part("judgements")]))
    blocks.append(Para(blank(t("practice and experience worth keeping"))))
    blocks += improvements(case)
    return Chapter("lessons", t("Strengths, problems and improvements"), blocks)


def _row(case: Case, duty: Duty) -> list[Line]:
    what = t(" / ").join(filter(None, (clause_words(duty.clause), recurring(duty))))
    text = case.texts.get(duty.rule, "")
    words = t("; ").join(filter(None, (verdict_words(duty), reason_words(duty))))
    owner = owner_words(duty, case.names)
    return [f"{what} {text}".strip(), owner, limit_words(duty), words, links(duty.evidence)]


def improvements(case: Case) -> list[Block]:
    """Return what was late or not fulfilled; measure, owner and date are for a person."""
    rows: list[list[Line]] = []
    for duty in case.shown:
        if duty.verdict == "late" or any(one.verdict == "late" for one in duty.readings.values()):
            what, owner, _, words, proofs = _row(case, duty)
            if duty.depends:
                words = t("; ").join([*_readings(duty), reason_words(duty)])
            rows.append([f"{owner}{t(': ')}{what}", words, proofs, "", "", ""])
    if not rows:
        text = t("No duty is late or unfulfilled by any start of the clock.")
    else:
        text = t(
            "Facts from the record, also where only some starts of the clock make a duty late. "
            "Causes stand in their chapter, if the record shows them."
        )
    rows += [["", "", "", "", "", ""] for _ in range(2)]
    head = [t("problem (fact)"), t("verdict and why"), t("evidence"), t("measure to be taken")]
    head += [t("unit in charge"), t("until")]
    table = Table("improve", t("Areas to improve"), head, rows, (28, 18, 11, 19, 13, 11))
    return [Sub(t("Problems and improvements")), Para(text), table]


def _readings(duty: Duty) -> list[str]:
    return [
        t("{reading}: {verdict}", reading=label("reading", name), verdict=cell(found))
        for name, found in duty.readings.items()
    ]


def undecided(case: Case) -> list[Block]:
    """Return the duties that are open or unproven."""
    blocks: list[Block] = [Sub(t("Open and unproven duties"))]
    rows = [_row(case, duty) for duty in case.shown if duty.verdict in ("open", "unproven")]
    if rows:
        head = [t("clause"), t("owner"), t("limit"), t("verdict and why"), t("evidence")]
        title = t("Duties that the record does not decide")
        blocks.append(Table("undecided", title, head, rows, (28, 24, 9, 25, 14)))
    else:
        blocks.append(Para(t("The record decides all duties that apply.")))
    return blocks


def unknown(case: Case) -> Chapter:
    """Return what is open, unproven or assumed, and what no record tells."""
    blocks: list[Block] = [] if case.apart else undecided(case)
    blocks.append(Sub(t("Limits of this report")))
    blocks += [Para(words) for words in limits(case.page)]
    numbers = case.page.assumed
    if numbers:
        title = t("Assumed numbers")
        lines: list[list[Line]] = [[path, value] for path, value in numbers[:MOST]]
        words = t(
            "{n} numbers of the scenario carry no source. Results hold only as far as these do.",
            n=len(numbers),
        )
        blocks += [Sub(title), Para(words)]
        blocks.append(
            Table("assumed", title, [t("place in the scenario"), t("value")], lines, (75, 25))
        )
        if len(numbers) > MOST:
            blocks.append(Para(t("Not listed: {n} more.", n=len(numbers) - MOST), small=True))
    return Chapter("unknown", t("What this report cannot tell"), blocks)
