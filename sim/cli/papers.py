"""`yanlian papers`: all papers of a drill, from its scenario."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.jobs.inputs import DEFAULT_PACK, must_exist
from sim.texts import in_language, t


def papers_command(
    scenario: Path, out: Path | None, template: Path | None, pack: str | None, lang: str | None
) -> int:
    """Write the papers of a scenario into a folder and say which; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        must_exist(scenario)
        own = template and must_exist(template)
        folder = outputs.folder_to_write(out or Path("out") / f"{scenario.stem}-papers")
        from sim.exercise.papers import write_papers

        written = write_papers(
            scenario, folder, lang=of_files, template=own, pack=pack or DEFAULT_PACK
        )
        click.echo(t("written: {files}", files=""))
        for path in written:
            click.echo(f"  {path}")
    return 0
