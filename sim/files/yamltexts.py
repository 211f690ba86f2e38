"""What is wrong with the spelling of a YAML file, said so that a trainer understands it."""

from __future__ import annotations

from typing import Any

from sim.errors import Problem, shown
from sim.texts import t


def syntax_problem(error: Any, name: str, text: str) -> Problem:
    """Return the problem that stands for an error of ruamel.yaml in the file `name`."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a character that YAML does not allow
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        received = repr(text[position : position + 1])
        return Problem(name, line, "", t("printable characters"), received)
    rows = text.splitlines()
    row = rows[mark.line] if mark.line < len(rows) else ""
    received = shown(row.strip()) if row.strip() else t("the end of the file")
    return Problem(name, mark.line + 1, "", _expected(error), received)


def _expected(error: Any) -> str:
    what = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    for part, expected in _table():
        if part in what:
            return expected
    return t("readable YAML ({reason})", reason=getattr(error, "problem", "") or str(error))


def _table() -> list[tuple[str, str]]:
    """Return (part of ruamel's message, what was expected)."""
    return [
        ("'\\t'", t("spaces, not a tab")),
        (
            "mapping values are not allowed",
            t("the same indentation, and quotes around a text with a colon"),
        ),
        ("could not find expected ':'", t("a colon and a space after the key")),
        ("undefined alias", t("an alias (*) whose anchor (&) stands before it")),
        ("another document", t("one document only, without ---")),
        ("quoted scalar", t("a closing quotation mark")),
        ("flow sequence", t("a closing ]")),
        ("flow mapping", t("a closing }, and quotes around a text with a colon or a comma")),
        ("cannot start any token", t("quotes around a text that begins with this sign")),
        ("block mapping", t("the same indentation for all keys of a mapping")),
    ]
