"""`yanlian coverage`: which obligations drills put to the test, and what would test the others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse, whole_utf8
from sim.jobs.coverage import judged, suggested
from sim.jobs.inputs import must_exist, rule_texts
from sim.texts import in_language, t


def coverage_command(
    logs: tuple[Path, ...],
    pack: str | None,
    form: str,
    suggest: bool,
    scenario: Path | None,
    report: Path | None,
    picture: Path | None,
    lang: str | None,
) -> int:
    """Score the records, print the matrix and what would touch the rest, write page and picture."""
    from sim.files.atomic import write_bytes
    from sim.report.coverage import coverage_csv, coverage_text
    from sim.report.coverage_chart import coverage_chart
    from sim.report.coverage_page import write_coverage

    of_files, of_console = outputs.languages(lang)
    for path in dict.fromkeys((*logs, *([scenario] if scenario else []))):
        must_exist(path)
    for out in (report, picture):
        if out is not None:
            outputs.file_to_write(out)
    with in_language(of_console):
        if form == "csv" and suggest:
            refuse(t("--suggest goes with --format table, or with --report"))
        found, packs, last = judged(logs, pack)
        tried = suggested(last, packs, found, scenario, of_console) if suggest else []
        made = []
        if picture is not None:
            try:
                drawn = coverage_chart(found, of_files).png()
            except ValueError as error:
                refuse(str(error))
            write_bytes(picture, drawn)
            made.append(str(picture))
        if report is not None:
            given = suggested(last, packs, found, scenario, of_files)
            write_coverage(report, found, given, of_files, rule_texts(packs, of_files))
            made.append(str(report))
        if form == "csv":
            whole_utf8()
            click.echo(coverage_csv(found, rule_texts(packs, of_console)), nl=False)
        else:
            columns = shutil.get_terminal_size((130, 24)).columns
            click.echo(coverage_text(found, None, of_console, columns))
            _print(tried, rule_texts(packs, of_console))
            if found.never() and not suggest:
                click.echo("\n" + t("--suggest prints an inject for each untouched obligation."))
        if made:
            click.echo(t("written: {files}", files=t(", ").join(made)), err=form != "table")
    return 0


def _print(found: list[Any], texts: dict[str, str]) -> None:
    for one in found:
        click.echo(f"\n{one.rule}  {texts.get(one.rule, '')}")
        click.echo(f"  {one.words}\n")
        click.echo("".join(f"    {line}\n" for line in (one.csv() or one.yaml()).splitlines()))
