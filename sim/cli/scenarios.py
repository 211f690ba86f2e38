"""`yanlian scenarios`: which scenarios there are, and what each trains."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.console import refuse
from sim.files.shipped import shipped
from sim.texts import language, t


def scenarios_command(folder: Path | None, lang: str | None) -> int:
    """Print the scenarios of a folder, by default the shipped ones; return 0."""
    from sim.report.scenarios import scenarios_text
    from sim.scenario import cards

    where = folder or shipped("scenarios")
    if where is None or not where.is_dir():
        refuse(t("{path} is no folder of scenarios", path=where or "scenarios"))
    found = cards(where)  # type: ignore[arg-type]
    if not found:
        refuse(t("{path} holds no scenario (a file that begins with yanlian: 1)", path=where))
    click.echo(scenarios_text(found, lang or language()))
    return 0
