"""`yanlian run`: a scenario in, a scored drill out."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.jobs.drill import drill
from sim.jobs.inputs import must_exist, reached
from sim.texts import in_language, t


def run_command(
    scenario: Path,
    seed: int,
    replications: int,
    out: Path | None,
    pack: str | None,
    targets: tuple[str, ...],
    animate: bool,
    lang: str | None,
    fail_on: str | None,
) -> int:
    """Run, score, write the folder whole, print the scorecard; return the exit status."""
    from sim.report.names import display_names

    of_files, of_console = outputs.languages(lang)
    must_exist(scenario)
    folder = outputs.folder_to_write(out or Path("out") / scenario.stem)
    with in_language(of_console):
        done = drill(scenario, seed, replications, folder, pack, of_files, targets, animate=animate)
        names = display_names(done.scenario, of_console)
        outputs.print_verdicts(done.verdicts, "table", names, of_console)
        found = reached(done.log, done.standards, of_console)
        if found is not None:
            outputs.print_targets(found, of_console)
        files = [str(folder / name) for name in done.files]
        click.echo("\n" + t("written: {files}", files=t(", ").join(files)))
    return outputs.status(done.verdicts, fail_on)
