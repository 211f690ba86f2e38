"""`yanlian sheets`: the evaluators' form, out to be filled in by persons."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.sheets import write_forms
from sim.texts import in_language, t


def export_command(source: Path | None, out: Path, pack: str | None, lang: str | None) -> int:
    """Write the form, with what a scenario or record tells beforehand; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        if out.suffix.lower() != ".xlsx":
            refuse(t("{path}: the name of an evaluators' form ends in .xlsx", path=out))
        outputs.file_to_write(out)
        number = write_forms(source, out, pack, of_files)
        click.echo(t("written: {files}", files=f"{out} ({number})"))
    return 0
