"""What evaluators judged, strengths and areas to improve: a chapter of its own."""

from __future__ import annotations

from sim.report.judgements import judged_parts, remark_parts
from sim.report.word.case import Case
from sim.texts import t
from sim.word.blocks import Block, Chapter, Line, Para, Sub, Table


def judgements(case: Case) -> Chapter:
    """Return the chapter; nothing in it enters a verdict."""
    text = t(
        "What evaluators wrote, in their words. It stands beside the verdicts on time and content "
        "and is no part of them."
    )
    blocks: list[Block] = [Para(text)]
    for part in judged_parts(case.ratings, case.persons):
        blocks += [Sub(part.title), Para(part.sums)]
        rows: list[list[Line]] = [list(line) for line in part.lines]
        if rows:
            head = [t("no."), t("what is rated"), t("rating"), t("what was seen"), t("evaluator")]
            widths = (9, 25, 15, 33, 18)
            blocks.append(Table(f"judged_{part.key}", part.title, head, rows, widths))
    for kind, title, lines in remark_parts(case.ratings, case.persons):
        head = [t("what was seen"), t("clause"), t("time"), t("evaluator")]
        rows = [[line.seen, line.clause or "—", line.time or "—", line.who] for line in lines]
        blocks += [Sub(title), Table(f"remarks_{kind}", title, head, rows, (48, 16, 12, 24))]
    return Chapter("judgements", t("Evaluators' judgements"), blocks)
