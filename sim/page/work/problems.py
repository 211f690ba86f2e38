"""Mistakes as plain data: where each stands, what was expected, and which cell would correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sim.errors import Problem, sentence
from sim.page.work.job import Job
from sim.texts import t

CELL = re.compile(r"(?:(?P<file>.*?):)?(?P<sheet>[^:]*)!(?P<letters>[A-Z]+)(?P<row>[0-9]+)")
MOST = 300
"""Mistakes that are listed."""


def problem_lines(problems: Iterable[Problem], job: Job) -> list[dict[str, Any]]:
    """Return mistakes in the order of their places.

    Keys: `file`, `sheet`, `row` (0 = unknown), `column` (letters, may be empty), `path`, `text`.
    """
    ordered = sorted(problems, key=lambda problem: problem.order)
    found = [_line(problem, job) for problem in ordered[:MOST]]
    if len(ordered) > MOST:
        more = t("{n} more", n=len(ordered) - MOST)
        found.append({"file": "", "sheet": "", "row": 0, "column": "", "path": "", "text": more})
    return found


def _line(problem: Problem, job: Job) -> dict[str, Any]:
    place, row = job.plain(problem.file), problem.line
    cell = CELL.fullmatch(place)
    text = job.plain(sentence(problem.expected, problem.received, problem.hint))
    return {
        "file": cell["file"] or "" if cell else place,
        "sheet": cell["sheet"] if cell else "",
        "row": int(cell["row"]) if cell else row,
        "column": cell["letters"] if cell else "",
        "path": problem.path,
        "text": text,
        "hint": problem.hint,
    }
