"""`yanlian coverage`: which obligations drills put to the test, and what would test the others."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist, refuse, whole_utf8
from sim.cli.inputs import judge_by, packs_and_options, read_finding, rule_texts
from sim.texts import in_language, t

TRIES = 2


def coverage_command(
    logs: tuple[Path, ...],
    pack: str | None,
    form: str,
    suggest: bool,
    scenario: Path | None,
    report: Path | None,
    picture: Path | None,
    lang: str | None,
) -> int:
    """Score the records, print the matrix and what would touch the rest, write page and picture."""
    from sim.files.atomic import write_bytes
    from sim.report.coverage import coverage_csv, coverage_text
    from sim.report.coverage_chart import coverage_chart
    from sim.report.coverage_page import write_coverage

    of_files, of_console = outputs.languages(lang)
    for path in dict.fromkeys((*logs, *([scenario] if scenario else []))):
        must_exist(path)
    for out in (report, picture):
        if out is not None:
            outputs.file_to_write(out)
    with in_language(of_console):
        if form == "csv" and suggest:
            refuse(t("--suggest goes with --format table, or with --report"))
        found, packs, last = _judge(logs, pack)
        tried = _suggestions(last, packs, found, scenario, of_console) if suggest else []
        made = []
        if picture is not None:
            try:
                drawn = coverage_chart(found, of_files).png()
            except ValueError as error:
                refuse(str(error))
            write_bytes(picture, drawn)
            made.append(str(picture))
        if report is not None:
            given = _suggestions(last, packs, found, scenario, of_files)
            write_coverage(report, found, given, of_files, rule_texts(packs, of_files))
            made.append(str(report))
        if form == "csv":
            whole_utf8()
            click.echo(coverage_csv(found, rule_texts(packs, of_console)), nl=False)
        else:
            columns = shutil.get_terminal_size((130, 24)).columns
            click.echo(coverage_text(found, None, of_console, columns))
            _print(tried, rule_texts(packs, of_console))
            if found.never() and not suggest:
                click.echo("\n" + t("--suggest prints an inject for each untouched obligation."))
        if made:
            click.echo(t("written: {files}", files=t(", ").join(made)), err=form != "table")
    return 0


def _judge(logs: tuple[Path, ...], pack: str | None) -> tuple[Any, list[Any], Any]:
    """Return (coverage, packs, the last record): suggestions are for a drill like the last."""
    from sim.log import counted, read_log
    from sim.rules import coverage

    packs: dict[str, Any] = {}
    judged, dated = [], []
    for path in dict.fromkeys(logs):
        log = counted(read_log(path))
        chosen = packs_and_options(pack, read_finding(path))
        packs |= {one.id: one for one, _ in chosen}
        judged.append(judge_by(log, chosen))
        dated.append((max((o.timestamp() for o in log.origins.values()), default=0.0), log))
    return coverage(*judged), list(packs.values()), max(dated, key=lambda one: one[0])[1]


def _suggestions(log: Any, packs: list[Any], found: Any, path: Path | None, lang: str) -> list[Any]:
    from sim.rules.suggest import suggestions
    from sim.scenario import load_scenario

    with in_language(lang):
        channels = list(load_scenario(path).channels) if path is not None else []
        made = [one for pack in packs for one in suggestions(log, pack, found.never(), channels)]
        if path is None:
            return made
        by_id = {pack.id: pack for pack in packs}
        return [_tried(one, by_id[one.pack], path) for one in made]


def _tried(one: Any, pack: Any, path: Path) -> Any:
    """Return a suggestion whose words say whether it touched the duty, pasted into a scenario."""
    if not one.fragment:
        return one
    from sim.experiment import run
    from sim.rules import coverage, score
    from sim.rules.suggest import in_a_row
    from sim.scenario import load_scenario
    from sim.scenario.changes import additions

    scenario = load_scenario(path, additions(one.fragment))
    table = coverage(score(run(scenario, replications=TRIES, packs=(pack,)), pack)).totals()
    times = int(table.loc[table["rule"].eq(one.rule), "touched"].sum())
    words = t("Tried in the scenario: touched in {k} of {n} runs.", k=times, n=TRIES)
    return replace(one, words=in_a_row([one.words, words]))


def _print(found: list[Any], texts: dict[str, str]) -> None:
    for one in found:
        click.echo(f"\n{one.rule}  {texts.get(one.rule, '')}")
        click.echo(f"  {one.words}\n")
        click.echo("".join(f"    {line}\n" for line in (one.csv() or one.yaml()).splitlines()))
