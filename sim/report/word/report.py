"""The after-action report of a drill or incident, from a record and its verdicts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import MissingExtra
from sim.files.atomic import write_bytes
from sim.intake.ratings import Ratings
from sim.log.record import EventLog
from sim.report.agreement import agreement_lines
from sim.report.names import display_names
from sim.report.page import build_page
from sim.report.rowtexts import RowText
from sim.report.word.blocks import Chapter, Document, Line, Para, Row, Table, Target
from sim.report.word.case import Case
from sim.report.word.clean import plain
from sim.report.word.course import course, publicity, response
from sim.report.word.judged import causes, clauses, fidelity
from sim.report.word.judgements import judgements
from sim.report.word.lessons import duties, lessons, unknown
from sim.report.word.means import means
from sim.report.word.opening import basis, cover, losses, parties, scene
from sim.rules import Pack, Tick
from sim.texts import in_language, t

CHAPTERS = (
    *(basis, scene, parties, course, losses, clauses, causes, fidelity),
    *(response, means, publicity, duties, judgements, lessons, unknown),
)


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
    The first case is shown in full.  Raises `MissingExtra` without the extra `word`, `ValueError`
    for an empty record, `UnusableInput` for a template that is no Word document, `OSError`.
    """
    if find_spec("docx") is None:
        raise MissingExtra("python-docx", "word")
    if not len(log):
        raise ValueError(t("the record holds no rows"))
    given = {**display_names(scenario, lang), **(names or {})}
    called, title = {key: plain(name) for key, name in given.items()}, plain(title)
    with in_language(lang):
        page = build_page(log, verdicts, scenario, sources, finding, called, texts, lang, title)
        page.agreed.extend(agreement_lines(agreed, called))
        case = Case(
            *(log, log.case(log.cases[0]), verdicts, page, called, lang, scenario, finding),
            *(targets, tuple(checklist), tuple(packs), tuple(marks), unit, persons, texts or {}),
            *(tuple(readings), ratings or Ratings()),
        )
        write_bytes(path, _bytes(case, template, live))
    return Path(path)


def document_of(case: Case) -> Document:
    """Return the whole report as blocks, the annex still without its rows."""
    chapters = [chapter(case) for chapter in CHAPTERS if case.ratings or chapter is not judgements]
    signed = [t("Written by"), t("Checked by"), t("Approved by"), t("Date")]
    return Document(cover(case), [*chapters, annex(case, ())], signed)


def annex(case: Case, linked: Iterable[str]) -> Chapter:
    """Return the rows of the record to which the report leads."""
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
    return Chapter("annex", t("Annex: rows of the record"), [Para(text), table])


def _when(row: RowText) -> str:
    return row.stamp if any(sign.isdigit() for sign in row.stamp) else "—"


def _bytes(case: Case, template: str | Path | None, live: bool) -> bytes:
    from sim.report.word.compose import compose, open_document

    document = open_document(template, case.lang)
    whole = document_of(case)
    anchors = {row: f"row_{k}" for k, row in enumerate(case.log.table["row"])}
    compose(document, whole, anchors, lambda linked: annex(case, linked), template is None, live)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
