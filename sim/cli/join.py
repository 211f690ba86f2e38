"""`yanlian join`: records of several organisations in, one record and a list out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import must_exist, read_clocks
from sim.texts import in_language, t


def join_command(
    files: Sequence[Path],
    mapping: Path | None,
    out: Path,
    clocks: Path | None,
    reference: str,
    window: str,
    lang: str | None,
) -> int:
    """Join files, write the record, the list beside it and what could not be read."""
    of_files, of_console = outputs.languages(lang)
    from sim.joining.inputs import mapping_beside

    read = [must_exist(file) for file in (*files, *filter(None, (mapping,)))]
    read += [beside for file in files if (beside := mapping_beside(file))]
    listed, unread = (out.with_name(f"{out.stem}.{word}.csv") for word in ("joined", "unread"))
    for target in (out, listed, unread):
        outputs.file_to_write(target)
        if target.resolve() in {path.resolve() for path in (*read, *filter(None, (clocks,)))}:
            refuse(t("{path} is one of the files to be read; choose another --out", path=target))
    with in_language(of_console):
        from sim.files.atomic import write_text
        from sim.files.units import QuantityError, duration_seconds
        from sim.joining.inputs import read_inputs
        from sim.joining.join import join_logs
        from sim.joining.listing import conflict_lines, joined_csv, summary
        from sim.log import write_log
        from sim.log.csvfile import default_case
        from sim.report.names import record_names

        try:
            seconds = duration_seconds(window)
        except QuantityError as error:
            refuse(f"--window: {error}")
        known = read_clocks(clocks)
        inputs = read_inputs(files, mapping)
        _tell_imports(inputs)
        found = join_logs(
            {one.name: one.log for one in inputs}, known, reference, seconds, default_case(out)
        )
        for line in conflict_lines(found, record_names(found.log.table)):
            click.echo(line)
        click.echo(summary(found, sum(len(one.log) for one in inputs)))
        with in_language(of_files):
            text = joined_csv(found)
        write_log(found.log, out)
        write_text(listed, text, encoding="utf-8-sig")
        written = [out, listed]
        if any(one.imported for one in inputs):
            write_text(unread, _unread(inputs), encoding="utf-8-sig")
            written.append(unread)
        click.echo(t("written: {files}", files=", ".join(map(str, written))))
    return 0


def _tell_imports(inputs: Sequence[Any]) -> None:
    """Say of every foreign file what came of it."""
    from sim.intake.report import summary, unread_lines

    for one in inputs:
        if one.imported:
            for line in (*unread_lines(one.imported.unread), *one.imported.notes):
                click.echo(line, err=True)
            click.echo(f"{one.name}: {summary(one.imported)}", err=True)


def _unread(inputs: Sequence[Any]) -> str:
    from sim.intake.report import unread_csv

    return unread_csv([row for one in inputs if one.imported for row in one.imported.unread])
