"""`yanlian animate`: a record as an animated map."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.errors import Problem, UnusableInput
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t


def animate_command(log: Path, out: Path, scenario: Path | None, lang: str | None) -> int:
    """Write the animation of a record's first case; the ending of the name says which kind."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        must_exist(log)
        outputs.file_to_write(out)
        from sim.log import read_log
        from sim.report.animation.write import FORMATS, write_animation

        if out.suffix.lower() not in FORMATS:
            refuse(t("an animation ends in {endings}", endings=t(", ").join(FORMATS)))
        drilled = None
        if scenario is not None:
            from sim.scenario import load_scenario

            drilled = load_scenario(must_exist(scenario))
        record = read_log(log)
        try:
            write_animation(out, record, drilled, lang=of_files)
        except ValueError as found:
            expected = t("rows with a time")
            raise UnusableInput([Problem(str(log), 0, "", expected, str(found))]) from found
        click.echo(t("written: {files}", files=out))
    return 0
