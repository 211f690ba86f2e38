"""`yanlian check`: valid, or everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.console import refuse, whole_utf8
from sim.jobs.checking import checked
from sim.jobs.inputs import kind_of_file
from sim.texts import t


def check_command(file: Path, resolved: bool, strict: bool = False, pack: str | None = None) -> int:
    """Check a file of any kind; unusable input raises, so 0 is returned for valid ones.

    Doubts about a valid file are printed after it; with `strict` they return 1.
    """
    if kind_of_file(file) != "scenario":
        for option, given in (("--resolved", resolved), ("--pack", pack is not None)):
            if given:
                refuse(t("{option} is for scenarios; {path} is none", option=option, path=file))
    found = checked(file, pack)
    if resolved:
        from sim.scenario import resolved_yaml

        whole_utf8()
        click.echo(resolved_yaml(file), nl=False)
    else:
        click.echo(found.text)
    for doubt in found.doubts:
        click.echo(doubt, err=resolved)
    return 1 if strict and found.doubts else 0
