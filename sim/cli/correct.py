"""`yanlian correct`: a record and a sheet of corrections in, the corrected record out."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t


def correct_command(log: Path, sheet: Path, out: Path, lang: str | None) -> int:
    """Correct a record and write it; return the exit status."""
    _, of_console = outputs.languages(lang)
    for path in (log, sheet):
        must_exist(path)
        if outputs.file_to_write(out).resolve() == path.resolve():
            refuse(t("{path} is one of the files to be read; choose another --out", path=out))
    with in_language(of_console):
        from sim.intake.corrections import correct_log
        from sim.log import corrections, read_log, write_log
        from sim.report.correction_words import correction_lines
        from sim.report.names import record_names

        found = correct_log(read_log(log), sheet)
        for line in correction_lines(corrections(found.log), record_names(found.log.table)):
            click.echo(line)
        text = t("corrections: {new} new, {old} there already", new=found.new, old=found.already)
        click.echo(text)
        write_log(found.log, out)
        click.echo(t("written: {files}", files=out))
    return 0
