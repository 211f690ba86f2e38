"""`yanlian score`: a record in, its verdicts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.cli.imports import imported
from sim.jobs.inputs import must_exist
from sim.jobs.judging import Asked, Judged, judge
from sim.texts import in_language, t


def score_command(
    log: Path, form: str, report: Path | None, lang: str | None, fail_on: str | None, **asked: Any
) -> int:
    """Score a record, print the verdicts and what was asked for; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(log)
    if report is not None:
        outputs.file_to_write(report)
    with in_language(of_console):
        wanted = Asked(**asked)
        _refuse(wanted, form, report)
        found = judge(log, wanted, report, of_files, of_console, read=imported)
        _show(found, form, of_console)
        if report is not None:
            click.echo(t("written: {files}", files=report), err=form != "table")
    return outputs.status(found.verdicts, fail_on)


def _refuse(asked: Asked, form: str, report: Path | None) -> None:
    """Refuse what does not go together."""
    if asked.targets and form != "table":
        refuse(t("targets are printed with --format table only, or in the report of `run`"))
    if asked.checklist is not None and form != "table" and report is None:
        refuse(t("a checklist is printed with --format table only, or in --report"))
    if asked.ratings and form != "table" and report is None:
        refuse(t("evaluators' judgements are printed with --format table only, or in --report"))
    if asked.schemes and form != "table":
        refuse(t("marks are printed with --format table only, or in the report"))
    if asked.judged is not None and len(set(asked.schemes)) != 1:
        refuse(t("--judged belongs to one --scheme: its marks are that scheme's"))


def _show(found: Judged, form: str, lang: str) -> None:
    """Print the verdicts, then what stands beside them."""
    if form == "table" or not found.readings:
        outputs.print_verdicts(found.verdicts, form, found.names, lang)
    if found.readings:
        outputs.print_readings(found.readings, form, found.names, lang)
    if found.targets is not None:
        outputs.print_targets(found.targets, lang)
    if form == "table":
        print_official(found, lang)
    if found.marks:
        outputs.print_marks(found.marks, found.names, lang)
    if found.ticks and form == "table":
        outputs.print_ticks(found.ticks, lang)
    if found.ratings and form == "table":
        outputs.print_ratings(found.ratings, lang)


def print_official(found: Judged, lang: str) -> None:
    """Print the official finding, if there is one, and which readings agree with it."""
    if found.finding is not None:
        outputs.print_finding(found.finding, found.names, lang)
        outputs.print_agreed(found.agreed, found.names, lang)
