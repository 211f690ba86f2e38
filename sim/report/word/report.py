"""The after-action report of a drill or incident, from a record and its verdicts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import MissingExtra
from sim.files.atomic import write_bytes
from sim.intake.ratings import Ratings
from sim.log.corrections import corrections, counted
from sim.log.record import EventLog
from sim.report.agreement import agreement_lines
from sim.report.clock_facts import clock_facts
from sim.report.correction_words import correction_lines
from sim.report.modelled import Modelled, part_of
from sim.report.names import display_names
from sim.report.page import build_page
from sim.report.rowtexts import RowText
from sim.report.word.beside import beside
from sim.report.word.case import Case
from sim.report.word.course import course, publicity, response
from sim.report.word.judged import causes, clauses, fidelity
from sim.report.word.judgements import judgements
from sim.report.word.lessons import duties, lessons, unknown
from sim.report.word.many import (
    APART,
    MOST_SECTIONS,
    anchors_of,
    rows_of,
    section,
    summary,
    within,
)
from sim.report.word.means import means
from sim.report.word.opening import basis, cover, losses, parties, scene
from sim.rules import Pack, Tick, Verdicts
from sim.texts import in_language, t
from sim.word.blocks import Block, Chapter, Document, Line, Para, Row, Sub, Table, Target
from sim.word.clean import plain

CHAPTERS = (
    *(basis, scene, parties, course, losses, clauses, causes, fidelity),
    *(response, means, publicity, duties, judgements, lessons, beside, unknown),
)
"""The chapters of one case; those of several stand in `many`."""


def write_word(
    path: str | Path,
    log: EventLog,
    verdicts: Any,
    scenario: Any = None,
    sources: Any = None,
    finding: Any = None,
    lang: str = "zh",
    names: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    title: str = "",
    targets: Any = None,
    agreed: Sequence[Any] = (),
    checklist: Sequence[Tick] = (),
    packs: Sequence[Pack] = (),
    marks: Iterable[Any] = (),
    readings: Sequence[Any] = (),
    ratings: Ratings | None = None,
    clocks: Any = None,
    modelled: Modelled | None = None,
    template: str | Path | None = None,
    unit: str = "",
    persons: bool = False,
    live: bool = True,
) -> Path:
    """Write the after-action report as a .docx file, whole or not at all; return its path.

    What stands before `template` is as in `sim.write_report`.  `template`: a unit's own document,
    whose styles, page and headers are kept and whose text is left out.  `unit`: who reports.
    `persons`: name persons (members of posts, who ticked); else roles only.  `live`: the table of
    contents is a field that Word fills, else plain references (for PDF).
    Of several cases the sums stand first, then a section for each (the first ten).  Raises
    `MissingExtra` without the extra `word`, `ValueError` for an empty record, `UnusableInput` for
    a template that is no Word document, `OSError`.
    """
    if find_spec("docx") is None:
        raise MissingExtra("python-docx", "word")
    if not len(log):
        raise ValueError(t("the record holds no rows"))
    changed, log = corrections(log), counted(log)
    given = {**display_names(scenario, lang), **(names or {})}
    called, title = {key: plain(name) for key, name in given.items()}, plain(title)
    with in_language(lang):
        page = build_page(log, verdicts, scenario, sources, finding, called, texts, lang, title)
        page.agreed.extend(agreement_lines(agreed, called))
        page.facts.extend(clock_facts(clocks, called))
        case = Case(
            *(log, log.case(log.cases[0]), verdicts, page, called, lang, scenario, finding),
            *(targets, tuple(checklist), tuple(packs), tuple(marks), unit, persons, texts or {}),
            *(tuple(readings), tuple(correction_lines(changed, called))),
            *(ratings or Ratings(), clock_facts(clocks, called)),
            model=part_of(modelled, called, lang),
        )
        parts = [case]
        if len(log.cases) > 1:
            case = replace(case, apart=APART, page=replace(page, beside=[]))
            parts = [_part(case, name, sources) for name in log.cases[:MOST_SECTIONS]]
        write_bytes(path, _bytes(case, parts, template, live))
    return Path(path)


def _part(case: Case, name: str, sources: Any) -> Case:
    """Return one of several cases as a record of its own."""
    log, verdicts = case.record.case(name), case.verdicts
    if isinstance(verdicts, Verdicts):
        own = verdicts.table[verdicts.table["case"].eq(name)].reset_index(drop=True)
        verdicts = Verdicts(own, verdicts.origins, verdicts.rules)
    page = build_page(
        *(log, verdicts, case.scenario, sources, case.finding),
        *(case.names, case.texts, case.lang, name),
    )
    page.facts.extend(case.clocks)
    page = replace(page, finding=[], ours=[])  # these stand once, with the sums
    found: dict[str, Any] = {
        "log": log,
        "record": log,
        "verdicts": verdicts,
        "page": page,
        "targets": None,
    }
    found |= {"ratings": case.ratings.of(name), "corrections": (), "apart": frozenset()}
    return replace(case, **found)


def document_of(case: Case, parts: Sequence[Case]) -> Document:
    """Return the whole report as blocks, the annex still without its rows."""
    chapters = [
        chapter(case)
        for chapter in CHAPTERS
        if (case.ratings or chapter is not judgements)
        and (case.model or chapter is not beside)
        and chapter.__name__ not in case.apart
    ]
    if case.apart:
        sections = [section(part, k) for k, part in enumerate(parts)]
        chapters = [summary(case, len(parts)), chapters[0], *sections, *chapters[1:]]
    signed = [t("Written by"), t("Checked by"), t("Approved by"), t("Date")]
    return Document(cover(case), [*chapters, _annex(case, parts, ())], signed)


def _annex(case: Case, parts: Sequence[Case], linked: Iterable[str]) -> Chapter:
    """Return the rows of the record to which the report leads, case by case."""
    title, found = t("Annex: rows of the record"), list(linked)
    if not case.apart:
        return Chapter("annex", title, _annex_of(case, found))
    blocks: list[Block] = []
    for k, part in enumerate(parts):
        own = within(_annex_of(part, rows_of(found, k)), k)
        blocks += [Sub(t("Case {n}: {name}", n=k + 1, name=part.log.cases[0])), *own]
    return Chapter("annex", title, [*blocks, *_corrected(case)])


def _annex_of(case: Case, linked: Iterable[str]) -> list[Block]:
    rows = case.rows(linked)
    known = {row.row for row in rows}
    lines: list[list[Line]] = [
        [
            *([Target(row.row)], _when(row), row.who, row.what, row.to),
            t("; ").join(filter(None, (row.figures, row.note))),
            [Row(row.cause)] if row.cause in known else row.cause,
        ]
        for row in rows
    ]
    head = [t("row"), t("time"), t("who"), t("what"), t("to whom"), t("figures, remark")]
    head.append(t("caused by"))
    text = t(
        "{n} of {total} rows: those to which this report leads.", n=len(rows), total=len(case.log)
    )
    title = t("Rows of the record")
    table = Table("annex", title, head, lines, (9, 14, 17, 22, 14, 15, 9))
    return [Para(text), table, *_corrected(case)]


def _corrected(case: Case) -> list[Block]:
    if not case.corrections:
        return []
    said = t("Corrections by hand: the old row stays in the record, not counted.")
    return [Para(said), *(Para(line) for line in case.corrections)]


def _when(row: RowText) -> str:
    return row.stamp if any(sign.isdigit() for sign in row.stamp) else "—"


def _bytes(case: Case, parts: Sequence[Case], template: str | Path | None, live: bool) -> bytes:
    from sim.word.compose import compose, open_document

    document = open_document(template, case.lang)
    whole = document_of(case, parts)
    anchors: Mapping[str, str] = {row: f"row_{k}" for k, row in enumerate(case.log.table["row"])}
    if case.apart:
        anchors = anchors_of(parts)
    last = partial(_annex, case, parts)
    compose(document, whole, anchors, last, template is None, live)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
