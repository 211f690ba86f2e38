"""Foreign files become the record: a mapping proposed as a form, then the import itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sim.errors import UnusableInput
from sim.files.atomic import write_text
from sim.files.cells import clean, comparable
from sim.files.grid import letters
from sim.intake.guess import rows_to_guess
from sim.intake.headings import fields_of, fits
from sim.intake.load import load_mapping
from sim.intake.mapping import Form
from sim.intake.rows import Rows, Unread
from sim.intake.sources import read_source
from sim.page.words import column_words
from sim.page.work.draft import (
    BLANK,
    Draft,
    activity_of,
    bodies_of,
    draft_yaml,
    kind_of_report,
)
from sim.page.work.job import Job
from sim.page.work.problems import MOST, problem_lines
from sim.texts import LANGUAGES, in_language

MOST_WORDS = 80
"""Different words of one column that the form offers."""
MOST_SHOWN = 8
"""Rows of the file that the form shows."""


def look(job: Job) -> dict[str, Any]:
    """Return what a file holds and what its columns probably mean, for the form.

    `draft` holds what a person chose already (as `sim.page.work.draft.Draft`), if anything.
    """
    given = job.args.get("draft")
    rows, pattern = _opened(job.path, given or {})
    draft: Draft = {**BLANK, "columns": {}, **(given or {"columns": _fields(rows)})}
    draft["pattern"] = draft["pattern"] or pattern
    columns = draft["columns"]
    of = {field: column for column, field in columns.items()}
    return {
        "sheet": rows.sheet,
        "count": len(rows),
        "columns": [_column(name, rows, columns) for name in rows.columns],
        "rows": _shown(rows),
        "lines": rows.lines[:MOST_SHOWN].tolist(),
        "words": _words(rows, of.get("activity", ""), draft),
        "bodies": _bodies(rows, [of.get("actor", ""), of.get("recipient", "")], draft),
        "draft": draft,
        "yaml": draft_yaml(draft, list(rows.columns)),
    }


def _opened(path: Path, draft: dict[str, Any]) -> tuple[Rows, str]:
    """Return the rows of a file, and the pattern of its lines if it is a chat."""
    form: dict[str, Any] = {"sheet": draft.get("sheet") or None}
    form["header"] = [int(n) for n in str(draft.get("header") or "").split()] or None
    if any(form.values()):
        return read_source(path, Form.model_validate(form)).rows, ""
    return rows_to_guess(path)


def _fields(rows: Rows) -> dict[str, str]:
    """Return what columns probably mean; those that are called like one of the record are it."""
    found = fields_of(rows)
    words: dict[str, str] = {}
    for lang in LANGUAGES:
        with in_language(lang):
            words |= {comparable(word): field for field, word in column_words().items()}
    for name in rows.columns:
        field = words.get(comparable(name), "")
        if name not in found and field and field not in found.values() and fits(field, rows, name):
            found[name] = field
    return found


def _column(name: str, rows: Rows, columns: dict[str, str]) -> dict[str, Any]:
    texts = [clean(str(text)) for text in rows.columns[name] if text]
    examples = [text[:40] for text in dict.fromkeys(texts)][:3]
    place = letters(rows.positions[name]) if name in rows.positions else ""
    return {"name": name, "place": place, "examples": examples, "means": columns.get(name, "")}


def _shown(rows: Rows) -> list[list[str]]:
    names = list(rows.columns)
    count = min(len(rows), MOST_SHOWN)
    return [[str(rows.columns[name][k])[:60] for name in names] for k in range(count)]


def _counted(rows: Rows, columns: list[str]) -> list[tuple[str, int]]:
    there = [rows.columns[column] for column in columns if column in rows.columns]
    words = (clean(str(text)) for texts in there for text in texts)
    return Counter(filter(None, words)).most_common(MOST_WORDS)


def _words(rows: Rows, column: str, draft: Draft) -> list[dict[str, Any]]:
    """Return the words of the column with activities, and what each probably means."""
    chosen = draft.setdefault("words", {})
    found = []
    for word, count in _counted(rows, [column]):
        means = chosen.setdefault(
            word, {"activity": activity_of(word), "kind": kind_of_report(word)}
        )
        found.append({"word": word, "count": count, **means})
    return found


def _bodies(rows: Rows, columns: list[str], draft: Draft) -> list[dict[str, Any]]:
    """Return the words of the columns with organisations, with the role that was chosen."""
    chosen = draft.setdefault("bodies", {})
    counted = _counted(rows, columns)
    probably = bodies_of([word for word, _ in counted])
    return [
        {"word": word, "count": count, **chosen.setdefault(word, probably[word])}
        for word, count in counted
    ]


def imported(job: Job) -> dict[str, Any]:
    """Import a file by a mapping (`mapping`: a file, `yaml`: its text); return what came of it."""
    from sim.intake import import_files
    from sim.intake.report import summary, unread_csv
    from sim.log import write_log

    mapping = job.optional("mapping")
    if mapping is None:
        mapping = job.out / f"{job.path.stem}-mapping.yaml"
        write_text(mapping, job.args["yaml"].replace("\r\n", "\n"))
    try:
        found = import_files([job.path], mapping)
    except UnusableInput as error:
        return {"problems": problem_lines(error.problems, job)}
    stem = job.path.stem
    write_log(found.log, job.out / f"{stem}-events.csv")
    files, makes = [f"{stem}-events.csv"], [{"kind": "log", "file": f"{stem}-events.csv"}]
    if found.unread:
        unread = f"{stem}-unread.csv"
        write_text(job.out / unread, unread_csv(found.unread), encoding="utf-8-sig")
        files.append(unread)
    if mapping.parent == job.out:
        files.append(mapping.name)
        makes.append({"kind": "mapping", "file": mapping.name})
    return {
        "text": summary(found),
        "notes": [job.plain(note) for note in found.notes],
        "unread": _unread(found.unread, read_source(job.path, load_mapping(mapping).source).rows),
        "unread_rows": found.unread_rows,
        "more": max(len(found.unread) - MOST, 0),
        "files": files,
        "makes": makes,
    }


def _unread(unread: tuple[Unread, ...], rows: Rows) -> list[dict[str, Any]]:
    """Return what could not be read, each with its cell and what stands there."""
    place = {line: k for k, line in enumerate(rows.lines.tolist())}
    found = []
    for one in unread[:MOST]:
        column, k = rows.positions.get(one.column), place.get(one.line)
        shown = {"file": one.file, "sheet": one.sheet, "row": one.line, "path": one.column}
        shown |= {"text": one.reason, "whole": one.row}
        shown["column"] = "" if column is None else letters(column)
        if column is not None and k is not None:
            shown |= {"position": column, "value": str(rows.columns[one.column][k])}
        if k is not None:
            shown["around"] = [str(texts[k])[:40] for texts in rows.columns.values()]
        found.append(shown)
    return found
