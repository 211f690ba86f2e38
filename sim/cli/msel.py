"""`yanlian msel`: the inject list out and in, rehearsed, and tuned."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t

YAML = (".yaml", ".yml")


def export_command(scenario: Path, out: Path, lang: str | None) -> int:
    """Write the inject list of a scenario; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        _to_write(out, ".xlsx")
        must_exist(scenario)
        from sim.exercise import export_msel

        export_msel(scenario, out, lang=of_files)
        click.echo(t("written: {files}", files=out))
    return 0


def import_command(
    file: Path, scenario: Path, out: Path, mapping: Path | None, lang: str | None
) -> int:
    """Write a scenario with the injects of a list; return the exit status."""
    _, of_console = outputs.languages(lang)
    with in_language(of_console):
        _to_write(out, *YAML)
        for path in filter(None, (file, scenario, mapping)):
            must_exist(path)
        from sim.exercise import import_msel

        done = import_msel(file, scenario, out, mapping=mapping)
        _told(t("new"), done.added)
        changed = (f"{key} ({', '.join(parts)})" for key, parts in done.changed.items())
        _told(t("changed"), changed)
        _told(t("taken out"), done.removed)
        _told(t("not in the list, kept"), done.kept)
        click.echo(t("unchanged: {n}", n=len(done.unchanged)))
        dropped = (f"{key} ({part})" for key, part in done.dropped)
        _told(t("text changed, its translation left out"), dropped)
        click.echo(t("written: {files}", files=out))
    return 0


def rehearse_command(
    scenario: Path, out: Path, drills: int, seed: int, pack: str | None, lang: str | None
) -> int:
    """Write the inject list with a forecast; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        _to_write(out, ".xlsx")
        must_exist(scenario)
        from sim.exercise import export_rehearsal, rehearse
        from sim.exercise.forecast_text import rehearsal_text
        from sim.experiment import Bar

        with Bar() as bar:
            found = rehearse(scenario, drills=drills, seed=seed, pack=pack, progress=bar.show)
        export_rehearsal(found, out, lang=of_files)
        click.echo(rehearsal_text(found))
        click.echo(t("written: {files}", files=out))
    return 0


def dial_command(
    scenario: Path, share: float, out: Path | None, drills: int, seed: int, lang: str | None
) -> int:
    """Print, and write if asked, times at which a share is done in time; return the status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        if out is not None:
            _to_write(out, ".xlsx", *YAML)
        must_exist(scenario)
        from sim.exercise import difficulty, write_proposal
        from sim.exercise.forecast_text import proposal_text
        from sim.experiment import Bar

        with Bar() as bar:
            found = difficulty(
                scenario, share=share / 100, drills=drills, seed=seed, progress=bar.show
            )
        click.echo(proposal_text(found))
        if out is not None:
            write_proposal(found, out, lang=of_files)
            click.echo(t("written: {files}", files=out))
    return 0


def _to_write(out: Path, *endings: str) -> None:
    if out.suffix.lower() not in endings:
        names = t(" or ").join(endings)
        refuse(t("{path}: its name must end in {names}", path=out, names=names))
    outputs.file_to_write(out)


def _told(what: str, keys: Iterable[str]) -> None:
    listed = list(keys)
    if listed:
        click.echo(t("{what}: {listed}", what=what, listed=", ".join(listed)))
