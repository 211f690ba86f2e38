"""`yanlian clocks`: how far the clocks of organisations were apart, by their messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t


def clocks_command(log: Path, out: Path | None, reference: str, lang: str | None) -> int:
    """Print the bounds of every clock, and write those that have two; return the status."""
    _, of_console = outputs.languages(lang)
    must_exist(log)
    if out is not None:
        outputs.file_to_write(out)
    with in_language(of_console):
        from sim.files.atomic import write_text
        from sim.log import read_log
        from sim.report.clock_words import clocks_text, clocks_yaml
        from sim.report.names import record_names
        from sim.rules import clock_offsets

        record = read_log(log)
        found: Any = clock_offsets(record, reference)
        click.echo(clocks_text(found, record_names(record.table)))
        if out is not None:
            source = t("estimated from the messages of {log}", log=log.name)
            write_text(out, clocks_yaml(found.clocks(source)))
            click.echo(t("written: {files}", files=out))
    return 0
