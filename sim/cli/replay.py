"""`yanlian replay`: a drill on record once more, with one thing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.against import record_of
from sim.errors import Problem, UnusableInput, shown
from sim.jobs import written
from sim.jobs.inputs import DEFAULT_PACK, must_exist
from sim.texts import in_language, t


def replay_command(
    log: Path,
    scenario: Path,
    changes: tuple[str, ...],
    drills: int,
    seed: int,
    pack: str | None,
    reading: str | None,
    out: Path | None,
    mapping: Path | None,
    clocks: Path | None,
    lang: str | None,
) -> int:
    """Print what the drill becomes with the changes; return the exit status."""
    _, of_console = outputs.languages(lang)
    with in_language(of_console):
        if out is not None:
            outputs.file_to_write(out)
        made = changes_of(changes)
        from sim.experiment import Bar
        from sim.experiment.replay import replay
        from sim.report.names import display_names
        from sim.report.replay_text import replay_text
        from sim.rules import load_pack
        from sim.scenario import load_scenario

        record = record_of(log, mapping, clocks)
        model, rules = load_scenario(must_exist(scenario)), load_pack(pack or DEFAULT_PACK)
        other = load_scenario(scenario, made) if made else None
        with Bar() as bar:
            found = replay(record, model, rules, other, drills, seed, reading or "", bar.show)
        names = display_names(model, of_console)
        click.echo(replay_text(found, list(changes), names, outputs.columns()))
        if out is not None:
            written.write_table(found.duties, out)
            click.echo("\n" + t("written: {files}", files=out))
    return 0


def changes_of(texts: tuple[str, ...]) -> list[Any]:
    """Return the changes that `path=value` texts state, values as in YAML."""
    from sim.files.yamlfile import read_value
    from sim.scenario.changes import Change, path_of

    found, problems = [], []
    for text in texts:
        path, sign, value = text.partition("=")
        if not sign or not path.strip():
            expected = t("a path and a value such as offices.x.duty.night=2")
            problems.append(Problem("--change", 0, "", expected, shown(text)))
            continue
        try:
            found.append(Change(path_of(path.strip()), read_value(value, "--change"), "--change"))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return found
