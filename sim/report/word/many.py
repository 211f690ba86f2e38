"""A report of several cases: the sums first, then a section for each case, then what is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sim.report.cases import case_head, case_lines
from sim.report.word.case import Case
from sim.report.word.course import course, publicity, response
from sim.report.word.judged import causes, clauses, fidelity, finding, totals
from sim.report.word.lessons import facts, lessons, undecided
from sim.report.word.means import means, reached
from sim.report.word.opening import losses, parties, scene
from sim.texts import t
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Part, Row, Sub, Table, Target

OF_EACH: tuple[Callable[[Case], Chapter], ...] = (
    *(scene, parties, course, losses, clauses, causes),
    *(fidelity, response, means, publicity, lessons),
)
"""The chapters that every case's section holds."""
APART = frozenset(chapter.__name__ for chapter in OF_EACH)
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
    blocks += [*totals(case), Para(text, small=True), *finding(case), *reached(case)]
    return Chapter("summary", t("All cases together"), blocks)


def section(case: Case, number: int) -> Chapter:
    """Return the section of one case, its keys and rows kept apart from those of others."""
    title = t("Case {n}: {name}", n=number + 1, name=case.log.cases[0])
    blocks: list[Block] = []
    for chapter in OF_EACH:
        made = chapter(case)
        inner = (
            [*made.blocks, *undecided(case), *facts(case)] if chapter is lessons else made.blocks
        )
        blocks += [Sub(made.title), *map(_deeper, inner)]
    return Chapter(case_key(number), title, within(blocks, number), apart=True)


def _deeper(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Sub) else block


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
