"""`yanlian checklist`: what only paper shows, out to a list that a person fills in."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import DEFAULT_PACK
from sim.texts import in_language, t


def export_command(out: Path, pack: str | None, lang: str | None) -> int:
    """Write the checklist of a pack; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        if out.suffix.lower() not in (".xlsx", ".csv"):
            refuse(t("{path}: the name of a checklist ends in .xlsx or .csv", path=out))
        outputs.file_to_write(out)
        from sim.rules import load_pack, write_checklist

        found = load_pack(pack or DEFAULT_PACK)
        if not found.checklist:
            refuse(t("the pack {id} has no checklist", id=found.id))
        number = write_checklist(out, found, of_files)
        click.echo(t("written: {files}", files=f"{out} ({number})"))
    return 0
