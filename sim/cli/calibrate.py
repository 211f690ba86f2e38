"""`yanlian calibrate`: fit a scenario's times to delays on record."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.jobs.inputs import must_exist
from sim.texts import in_language, t, vocabulary

FORMS = (".png", ".svg")


def calibrate_command(
    log: Path,
    begin: str,
    end: str,
    actor: str | None,
    picture: Path | None,
    levels: int,
    seed: int,
    lang: str | None,
) -> int:
    """Print what was fitted, with YAML to paste; write a picture if asked; return the status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        must_exist(log)
        if picture is not None:
            outputs.file_to_write(picture)
            if picture.suffix.lower() not in FORMS:
                expected = t("a file that ends in {forms}", forms=t(", ").join(FORMS))
                raise UnusableInput([Problem("--picture", 0, "", expected, shown(picture.name))])
        from sim.experiment.calibrate import LEAST, RESAMPLES, fits
        from sim.experiment.delays import delays_between, mark_of
        from sim.files.atomic import write_bytes
        from sim.log import counted, read_log
        from sim.report.fit_text import fit_text

        problems = [*_unknown_words("--from", begin), *_unknown_words("--to", end)]
        if problems:
            raise UnusableInput(problems)
        record = counted(read_log(log))
        actors = record.table["actor"].unique().tolist()
        if actor and actor not in actors:
            expected, hint = t("an actor of the record"), did_you_mean(actor, actors)
            raise UnusableInput([Problem("--actor", 0, "", expected, shown(actor), hint)])
        found = delays_between(record, mark_of(begin), mark_of(end), actor or "")
        try:
            made = fits(found, seed, max(RESAMPLES, levels))
        except ValueError:
            expected = t("{n} delays or more, and one that ended", n=LEAST)
            raise UnusableInput(
                [Problem(str(log), 0, f"{begin} → {end}", expected, str(len(found.low)))]
            ) from None
        click.echo(fit_text(found, made, begin, end, levels, outputs.columns()))
    if picture is not None:
        from sim.report.fit_chart import fit_chart

        chart = fit_chart(found, made, begin, end, of_files)
        is_png = picture.suffix.lower() == ".png"
        write_bytes(picture, chart.png() if is_png else chart.svg().encode())
        with in_language(of_console):
            click.echo("\n" + t("written: {files}", files=picture))
    return 0


def _unknown_words(option: str, text: str) -> list[Problem]:
    """Return a problem for a word that is no activity, or no phase, of the record."""
    activity, _, phase = text.strip().partition(" ")
    problems = []
    for word, kind in ((activity, "activity"), (phase.strip(), "phase")):
        known = [name for name in vocabulary(kind) if name]
        if word not in known and (word or kind == "activity"):
            expected = t("an activity and a phase, such as `verify started`")
            hint = did_you_mean(word, known)
            problems.append(Problem(option, 0, "", expected, shown(text), hint))
    return problems
