"""`yanlian import`: foreign files and a mapping in, the record out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import must_exist
from sim.texts import t


def import_command(
    files: Sequence[Path], mapping: Path | None, out: Path | None, guess: bool
) -> int:
    """Import files, or propose a mapping for them; return the exit status."""
    for file in files:
        must_exist(file)
    if guess:
        return _guess(files, mapping, out)
    if mapping is None:
        refuse(t("--mapping is missing; --guess proposes one: yanlian import {file} --guess",
                 file=files[0]))  # fmt: skip
    if out is None:
        refuse(t("--out is missing: the file to write, such as events.csv"))
    assert mapping is not None
    assert out is not None
    unread = out.with_name(f"{out.stem}.unread.csv")
    for target in (out, unread):
        outputs.file_to_write(target)
        if target.resolve() in {path.resolve() for path in (*files, mapping)}:
            refuse(t("{path} is one of the files to be read; choose another --out", path=target))
    found = imported(files, mapping)
    from sim.files.atomic import write_text
    from sim.intake.report import unread_csv
    from sim.log import write_log

    write_log(found.log, out)
    write_text(unread, unread_csv(found.unread), encoding="utf-8-sig")
    click.echo(t("written: {files}", files=f"{out}, {unread}"))
    return 0


def imported(files: Sequence[Path], mapping: Path) -> Any:
    """Return what files give by a mapping; say on the console what could not be read."""
    from sim.intake import import_files
    from sim.intake.report import summary, unread_lines

    must_exist(mapping)
    found = import_files(files, mapping)
    for line in (*unread_lines(found.unread), *found.notes, summary(found)):
        click.echo(line, err=True)
    return found


def _guess(files: Sequence[Path], mapping: Path | None, out: Path | None) -> int:
    from sim.files.atomic import write_text
    from sim.intake.guess import guess_mapping

    if mapping is not None:
        refuse(t("either --mapping or --guess"))
    text = guess_mapping(files[0])
    if out is None:
        click.echo(text, nl=False)
        return 0
    if outputs.file_to_write(out).exists():
        refuse(t("{path} is there already; a mapping is not overwritten", path=out))
    write_text(out, text)
    click.echo(t("written: {files}", files=out))
    return 0
