"""`yanlian lab`: the notebooks in a folder of the user's own, opened in JupyterLab."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.texts import language, t


def lab_command(folder: Path, start: bool, lang: str | None, further: Sequence[str]) -> int:
    """Copy, say what was done, then run JupyterLab until it ends; return the exit status."""
    from sim.lab import jupyter
    from sim.lab.folder import NOTEBOOKS, copy_to

    if start:
        jupyter.need_jupyterlab()
    copied = copy_to(folder)
    lines = {
        t("copied"): copied.new,
        t("brought up to date"): copied.updated,
        t("unchanged"): copied.same,
        t("kept as you changed them"): copied.kept,
    }
    click.echo(t("Your notebooks and scenarios: {folder}", folder=folder.resolve()))
    for words, names in lines.items():
        if names:
            click.echo(f"  {words}{t(': ')}{len(names)}")
    for name in copied.kept:
        click.echo(f"    {name}")
    if not start:
        return 0
    every = sorted([*copied.new, *copied.updated, *copied.same, *copied.kept])
    first = next(name for name in every if name.startswith(NOTEBOOKS))
    settings = jupyter.write_settings(folder, lang or language(), anew=lang is not None)
    click.echo(t("JupyterLab opens in the browser; Ctrl+C here ends it."))
    return jupyter.start(jupyter.command(folder, first, further), settings)
