"""`yanlian study` and `yanlian verify`: many drills of many variants, and the same again."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import INTERRUPTED
from sim.jobs import written
from sim.jobs.answers import write_answers
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t


def study_command(
    file: Path,
    out: Path | None,
    resume: bool,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    lang: str | None,
    plugins: tuple[Path, ...] = (),
    twin: bool = False,
) -> int:
    """Run a study, keep it in a folder, print its answers; return the exit status.

    `twin`: formulas are printed beside the answers, where the scenario reduces to one.
    """
    of_files, of_console = outputs.languages(lang)
    must_exist(file)
    folder = outputs.folder_to_write(out or Path("out") / file.stem)
    with in_language(of_console):
        from sim.experiment import Bar, conduct, engine_named, load_study
        from sim.report.study_page import write_study_report
        from sim.report.study_text import study_text

        study = load_study(file)
        runs = engine_named(engine, workers, scheduler)
        try:
            with Bar() as bar:
                results = conduct(
                    study, folder, runs, resume=resume, progress=bar.show, plugins=plugins
                )
        except KeyboardInterrupt:
            text = t("Interrupted; what is complete is kept in {folder}: --resume", folder=folder)
            click.echo(text, err=True)
            return INTERRUPTED
        finally:
            runs.close()
        write_answers(results, folder)
        write_study_report(folder / written.REPORT, results, of_files)
        click.echo(study_text(results, outputs.columns()))
        if twin:
            from sim.report.twin_text import twin_text

            click.echo("\n" + twin_text(results, outputs.columns()))
        click.echo("\n" + t("written: {files}", files=folder / written.REPORT))
    return 0


def verify_command(folder: Path, sample: int, lang: str | None) -> int:
    """Run a sample of a study again; return 1 where anything came out otherwise."""
    _, of_console = outputs.languages(lang)
    with in_language(of_console):
        from sim.experiment import verify

        found = verify(folder, sample)
        click.echo(t("drills run again: {n}", n=found.replications))
        if not found.id_holds:
            click.echo(t("the capsule's contents do not fit its id: it was changed"))
        if not found.same_code:
            click.echo(t("this is not the program that made it; differences may come from that"))
        for point, replication, measure in found.differ:
            click.echo(
                t(
                    "differs: variant {point}, drill {replication}, {measure}",
                    point=point,
                    replication=replication,
                    measure=measure,
                )
            )
        if found.holds:
            click.echo(t("everything came out as it was kept"))
    return 0 if found.holds else 1
