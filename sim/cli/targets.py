"""`yanlian targets`: how often teams and supplies of a record were in time, nothing else."""

from __future__ import annotations

from pathlib import Path

from sim.cli import outputs
from sim.cli.imports import imported
from sim.jobs import written
from sim.jobs.inputs import must_exist, reached, target_packs
from sim.texts import in_language, t


def targets_command(
    log: Path, targets: tuple[str, ...], mapping: Path | None, out: Path | None, lang: str | None
) -> int:
    """Print what was reached of targets, write the table if asked for; return the exit status."""
    import click

    from sim.log import read_log

    _, of_console = outputs.languages(lang)
    with in_language(of_console):
        must_exist(log)
        if out is not None:
            outputs.file_to_write(out)
        packs = target_packs(targets)
        record = read_log(log) if mapping is None else imported([log], mapping).log
        table = reached(record, packs, of_console)
        outputs.print_targets(table, of_console)
        if out is not None:
            written.write_table(table, out)
            click.echo(t("written: {files}", files=out))
    return 0
