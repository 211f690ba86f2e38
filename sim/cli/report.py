"""`yanlian report`: the after-action report of a record, to be edited and signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.cli.imports import imported
from sim.jobs.inputs import must_exist
from sim.jobs.judging import Asked, judge
from sim.jobs.modelling import Beside, modelled
from sim.texts import in_language, t

FORMATS = (".docx", ".html", ".pdf")


def report_command(
    log: Path,
    out: Path,
    lang: str | None,
    template: Path | None,
    scenario: Path | None,
    unit: str,
    persons: bool,
    against: Path | None = None,
    drills: int = 200,
    seed: int = 1,
    reading: str | None = None,
    changes: tuple[str, ...] = (),
    **asked: Any,
) -> int:
    """Score a record and write its report; the ending of the name says which kind."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        must_exist(log)
        outputs.file_to_write(out)
        form = out.suffix.lower()
        if form not in FORMATS:
            refuse(t("a report ends in {endings}", endings=t(", ").join(FORMATS)))
        if against is None and (changes or reading):
            refuse(t("--change and --reading need --against: which scenario"))
        own: dict[str, Any] = {}
        if form == ".html":
            if template is not None or unit or persons:
                refuse(t("--template, --unit and --persons go with .docx and .pdf"))
        else:
            own = {"template": template and must_exist(template), "unit": unit, "persons": persons}
        drawn = _of_scenario(scenario)
        beside = None
        if against is not None:
            beside = Beside(must_exist(against), drills, seed, reading or "", changes)
        judge(
            log,
            Asked(**asked),
            out,
            of_files,
            of_console,
            _writer(form, own, drawn, beside),
            imported,
        )
        click.echo(t("written: {files}", files=out))
    return 0


def _of_scenario(path: Path | None) -> dict[str, Any]:
    """Return the scenario that was drilled and its numbers, if it is given."""
    if path is None:
        return {}
    from sim.scenario import load_scenario, numbers_with_sources

    found = load_scenario(must_exist(path))
    return {"scenario": found, "sources": numbers_with_sources(path)}


def _writer(
    form: str, own: Mapping[str, Any], drawn: Mapping[str, Any], beside: Beside | None
) -> Callable[..., Path]:
    """Return what writes the report, with what only this command knows."""
    from sim.cli.replay import changes_of
    from sim.log import counted
    from sim.report.html import write_report
    from sim.report.names import display_names
    from sim.report.word import write_pdf, write_word

    writers: dict[str, Callable[..., Path]]
    writers = {".docx": write_word, ".pdf": write_pdf, ".html": write_report}

    made = [] if beside is None else changes_of(beside.changes)

    def written(*args: Any, **given: Any) -> Path:
        if beside is not None:
            given["modelled"] = modelled(counted(args[1]), given["packs"][0], beside, made)
        called = display_names(drawn.get("scenario"), given["lang"])
        names = {**given.pop("names"), **called}
        return writers[form](*args, **given, **own, **drawn, names=names)

    return written
