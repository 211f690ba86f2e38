"""What tasks do, each a function of a `Job` that returns plain data and leaves files in `job.out`.

`do(kind, job)` runs one in its language.  Input that cannot be used is a result as well:
`{"problems": […]}`, each with its cell; so is a trouble with a text, `{"trouble": "…"}`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.errors import UnusableInput, YanlianError
from sim.page.work import registers
from sim.page.work.cells import with_cells
from sim.page.work.check import check
from sim.page.work.coverage import coverage
from sim.page.work.drill import drill
from sim.page.work.edit import correct
from sim.page.work.exercise import dial, forms, injects, papers, rehearsal, take_injects
from sim.page.work.intake import imported, look
from sim.page.work.job import Job
from sim.page.work.judge import checklist, clocks, explain, report, score
from sim.page.work.problems import problem_lines
from sim.page.work.records import against, amend, film, join
from sim.page.work.staffing import staffing
from sim.texts import in_language

__all__ = ["Job", "do"]

KINDS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "against": against,
    "amend": amend,
    "check": check,
    "checklist": checklist,
    "clocks": clocks,
    "correct": correct,
    "coverage": coverage,
    "dial": dial,
    "drill": drill,
    "explain": explain,
    "film": film,
    "forms": forms,
    "import": imported,
    "injects": injects,
    "join": join,
    "look": look,
    "papers": papers,
    "register": registers.show,
    "register-change": registers.change,
    "register-enter": registers.enter,
    "register-list": registers.action_list,
    "rehearsal": rehearsal,
    "report": report,
    "score": score,
    "staffing": staffing,
    "take-injects": take_injects,
}


def _with_cells(job: Job, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return mistakes with the cells of the file that the task is about."""
    return with_cells(job.path, lines) if job.args.get("path") else lines


def do(kind: str, job: Job) -> dict[str, Any]:
    """Do a task and return its result."""
    with in_language(job.lang):
        try:
            return KINDS[kind](job)
        except UnusableInput as error:
            return {"problems": _with_cells(job, problem_lines(error.problems, job))}
        except (YanlianError, ValueError) as error:
            return {"trouble": job.plain(str(error))}
        except OSError as error:
            return {"trouble": error.strerror or type(error).__name__}
