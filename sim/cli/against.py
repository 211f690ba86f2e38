"""`yanlian against`: a drill on record among simulated ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.cli.imports import imported
from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.jobs import written
from sim.jobs.inputs import DEFAULT_PACK, must_exist, read_clocks
from sim.texts import in_language, t

FORMS = (".png", ".svg")


def against_command(
    log: Path,
    scenario: Path,
    drills: int,
    seed: int,
    pack: str | None,
    reading: str | None,
    rule: str | None,
    owner: str | None,
    factor: bool,
    each: bool,
    picture: Path | None,
    out: Path | None,
    mapping: Path | None,
    clocks: Path | None,
    lang: str | None,
) -> int:
    """Print where each time stands; factors, a picture, tables if asked; return the status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        if (factor or picture is not None) and rule is None:
            refuse(t("--factor and --picture need --rule: which duty"))
        for path in (picture, out):
            if path is not None:
                outputs.file_to_write(path)
        if picture is not None and picture.suffix.lower() not in FORMS:
            expected = t("a file that ends in {forms}", forms=t(", ").join(FORMS))
            raise UnusableInput([Problem("--picture", 0, "", expected, shown(picture.name))])
        from sim.experiment import Bar
        from sim.experiment.against import against
        from sim.report.against_text import against_text
        from sim.report.names import display_names
        from sim.rules import load_pack
        from sim.scenario import load_scenario

        record = record_of(log, mapping, clocks)
        model, rules = load_scenario(must_exist(scenario)), load_pack(pack or DEFAULT_PACK)
        with Bar() as bar:
            found = against(record, model, rules, drills, seed, reading or "", bar.show)
        names = display_names(model, of_console)
        duties = [] if rule is None else _duties(found, rule, owner)
        click.echo(against_text(found, names, outputs.columns()))
        if factor:
            click.echo("\n" + t("For the time on record to be an ordinary one:"))
            for duty in duties:
                _factors(duty, model, rules, min(drills, 100), seed, reading or "", each, names)
        files = [] if out is None else _tables(found, out)
    if picture is not None:
        _draw(found, duties[0], picture, display_names(model, of_files), of_files)
        files.append(picture)
    if files:
        with in_language(of_console):
            words = t(", ").join(map(str, files))
            click.echo("\n" + t("written: {files}", files=words))
    return 0


def record_of(path: Path, mapping: Path | None, clocks: Path | None) -> Any:
    """Return a record, foreign files by their mapping, its clocks corrected."""
    from sim.log import read_log
    from sim.rules import corrected

    off = read_clocks(clocks)
    record = read_log(must_exist(path)) if mapping is None else imported([path], mapping).log
    return record if off is None else corrected(record, off)


def _duties(found: Any, rule: str, owner: str | None) -> list[dict[str, Any]]:
    """Return the duties of a rule (and owner) with a known time; refuse where there is none."""
    import numpy as np

    table = found.duties
    known = table["rule"].unique().tolist()
    if rule not in known:
        expected = t("a duty of the record: {names}", names=t(", ").join(known))
        raise UnusableInput(
            [Problem("--rule", 0, "", expected, shown(rule), did_you_mean(rule, known))]
        )
    own = table[table["rule"] == rule]
    owners = own["owner"].unique().tolist()
    if owner is not None and owner not in owners:
        expected = t("one of {words}", words=t(", ").join(owners))
        raise UnusableInput(
            [Problem("--owner", 0, "", expected, shown(owner), did_you_mean(owner, owners))]
        )
    timed = own[np.isfinite(own["real_low"]) & (own["n"] > 0)]
    timed = timed if owner is None else timed[timed["owner"] == owner]
    if not len(timed):
        expected = t("a duty with a time on record that came up in the model")
        raise UnusableInput([Problem("--rule", 0, "", expected, shown(rule))])
    return [{str(k): v for k, v in row.items()} for row in timed.to_dict("records")]


def _factors(
    duty: dict[str, Any],
    model: Any,
    rules: Any,
    drills: int,
    seed: int,
    reading: str,
    each: bool,
    names: dict[str, str],
) -> None:
    from sim.experiment.typical import typical_factors
    from sim.report.against_text import factor_words
    from sim.report.names import named

    click.echo(f"{duty['rule']}  {named(names, duty['owner'])}")
    if duty["real_low"] != duty["real_high"]:
        click.echo("  " + t("the time on record is known by bounds only: the factor of each"))
    for found in typical_factors(model, rules, duty, drills, seed, reading, each):
        click.echo("  " + factor_words(found, names))


def _draw(found: Any, duty: dict[str, Any], path: Path, names: dict[str, str], lang: str) -> None:
    from sim.files.atomic import write_bytes
    from sim.report.against_chart import against_chart

    chart = against_chart(found, duty["rule"], duty["owner"], names, lang)
    is_png = path.suffix.lower() == ".png"
    write_bytes(path, chart.png() if is_png else chart.svg().encode())


def _tables(found: Any, out: Path) -> list[Path]:
    steps = out.with_name(f"{out.stem}.steps.csv")
    written.write_table(found.duties, out)
    written.write_table(found.steps, steps)
    return [path for path in (out, steps) if path.exists()]
