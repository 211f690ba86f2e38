"""`--plugin FILE`: the user's own Python, run before the scenario is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from runpy import run_path

from sim.errors import Problem, UnusableInput
from sim.jobs.inputs import must_exist
from sim.texts import t


def load_plugins(files: Iterable[Path]) -> None:
    """Run each file, which registers policies and kinds of step; a failure is unusable input."""
    for file in files:
        must_exist(file)
        try:
            run_path(str(file), run_name="yanlian_plugin")
        except Exception as error:
            line = getattr(error, "lineno", None) or _line(error, file)
            told = f"{type(error).__name__}: {error}"
            problem = Problem(str(file), line, "", t("Python that runs"), told)
            raise UnusableInput([problem]) from error


def _line(error: BaseException, file: Path) -> int:
    """Return the last line of the file itself that the error passed through, 0 if none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
