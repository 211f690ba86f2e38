"""A report of several cases: the sums first, then a section for each case, then what is shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sim.report.cases import case_head, case_lines
from sim.report.word.case import IN_SHORT, Case
from sim.report.word.compared import compared
from sim.report.word.course import lanes
from sim.report.word.judged import finding, late_causes, totals
from sim.report.word.lessons import improvements, undecided
from sim.report.word.means import reached
from sim.texts import t
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Part, Row, Sub, Table, Target

APART = IN_SHORT | {"scene", "parties", "losses", "fidelity", "response", "means", "publicity"}
"""Chapters that only a report of one case has in full."""
MOST_SECTIONS = 10
"""Cases that have a section of their own; all of them count in the sums."""
MOST_LINES = 100


def summary(case: Case, sections: int) -> Chapter:
    """Return all cases in one table and their sums with exact intervals."""
    lines = case_lines(case.record, case.verdicts, MOST_LINES)
    number = len(case.record.cases)
    rows: list[list[Line]] = []
    for k, line in enumerate(lines):
        first: Line = [Part(case_key(k))] if k < sections else line.case
        rows.append([first, *line[1:]])
    table = Table(
        "cases", t("The cases of this record"), case_head(), rows, (24, 16, 13, 12, 25, 10)
    )
    blocks: list[Block] = [Para(case.page.result), *map(Para, case.page.details), table]
    blocks.append(Para(left_out(), small=True))
    if number > len(lines):
        blocks.append(Para(t("Not listed: {n} more.", n=number - len(lines)), small=True))
    if number > sections:
        text = t(
            "The first {n} cases have a section of their own; the sums are those of all.",
            n=sections,
        )
        blocks.append(Para(text, small=True))
    text = t(
        "Counted in cases: a case is met only if every duty there is met. Excused, open and "
        "unproven are never counted as met. [ ]: exact 95 % interval; of at most five cases every "
        "margin is listed."
    )
    blocks += [
        *compared(case),
        *totals(case),
        Para(text, small=True),
        *finding(case),
        *reached(case),
    ]
    return Chapter("summary", t("All cases together"), blocks)


def section(case: Case, number: int) -> Chapter:
    """Return the section of one case in short, its keys and rows kept apart from others."""
    title = t("Case {n}: {name}", n=number + 1, name=case.log.cases[0])
    blocks: list[Block] = [
        Para(case.page.result),
        *improvements(case),
        *undecided(case),
        Sub(t("Causes of lateness")),
        *late_causes(case),
        Sub(t("Course")),
        lanes(case),
    ]
    return Chapter(case_key(number), title, within(blocks, number), apart=True)


def left_out() -> str:
    """Return what the sections of cases leave out, and where it is to be found."""
    return t(
        "Each case stands here in short: what was not met or not decided, where late minutes went, "
        "the course in one picture; the annex has the rows to which these lead. Left out: what "
        "happened and who took part, the timeline, duties that were met, hop by hop, losses, "
        "figures passed on, response, teams and supplies, public information, facts for article "
        "14. They stand in the report of one case: yanlian report LOG --case NAME."
    )


def case_key(number: int) -> str:
    """Return the key of a case's section."""
    return f"case_{number}"


def within(blocks: Sequence[Block], number: int) -> list[Block]:
    """Return blocks whose keys and rows are those of one case."""
    own = {block.key for block in blocks if isinstance(block, (Table, Figure))}

    def line(found: Line) -> Line:
        return found if isinstance(found, str) else [word(one) for one in found]

    def word(one: str | Row | Target | Part) -> str | Row | Target | Part:
        if isinstance(one, (Row, Target)):
            return replace(one, row=row_key(one.row, number), text=one.text or one.row)
        if isinstance(one, Part) and one.key in own:
            return Part(f"{case_key(number)}_{one.key}")
        return one

    def block(found: Block) -> Block:
        if isinstance(found, Table):
            rows = [[line(cell) for cell in row] for row in found.rows]
            return replace(found, key=f"{case_key(number)}_{found.key}", rows=rows)
        if isinstance(found, Figure):
            return replace(found, key=f"{case_key(number)}_{found.key}")
        return replace(found, line=line(found.line)) if isinstance(found, Para) else found

    return [block(found) for found in blocks]


def row_key(row: str, number: int) -> str:
    """Return what a row of a case is called among the rows of all; ids are a case's own."""
    return f"{number}/{row}"


def rows_of(linked: Iterable[str], number: int) -> list[str]:
    """Return the rows of one case among those that were linked, by their own ids."""
    first = row_key("", number)
    return [row.removeprefix(first) for row in linked if row.startswith(first)]


def anchors_of(parts: Sequence[Case]) -> Mapping[str, str]:
    """Return row -> bookmark for the rows of several cases."""
    return {
        row_key(row, k): f"row_{k}_{place}"
        for k, part in enumerate(parts)
        for place, row in enumerate(part.log.table["row"])
    }
