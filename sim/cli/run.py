"""`yanlian run`: a scenario in, a scored drill out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist
from sim.cli.inputs import DEFAULT_PACK, reached, rule_texts, target_packs
from sim.texts import in_language, t


def run_command(
    scenario: Path,
    seed: int,
    replications: int,
    out: Path | None,
    pack: str | None,
    targets: tuple[str, ...],
    lang: str | None,
    fail_on: str | None,
) -> int:
    """Run, score, write the folder whole, print the scorecard; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(scenario)
    folder = outputs.folder_to_write(out or Path("out") / scenario.stem)
    with in_language(of_console):
        verdicts, names, found, files = drill(
            scenario, seed, replications, folder, pack, of_files, of_console, targets
        )
        outputs.print_verdicts(verdicts, "table", names, of_console)
        if found is not None:
            outputs.print_targets(found, of_console)
        click.echo("\n" + t("written: {files}", files=t(", ").join(files)))
    return outputs.status(verdicts, fail_on)


def drill(
    path: Path,
    seed: int,
    replications: int,
    folder: Path,
    pack: str | None,
    of_files: str,
    of_console: str,
    targets: tuple[str, ...] = (),
) -> tuple[Any, dict[str, str], Any, list[str]]:
    """Run and score a scenario, write its folder.

    Returns verdicts, display names, targets reached, and the files written.
    """
    from sim.experiment import run
    from sim.files.atomic import whole_folder
    from sim.log import order_lines, team_times, write_log
    from sim.report.html import write_report
    from sim.report.names import display_names
    from sim.rules import load_pack, score
    from sim.scenario import load_scenario, numbers_with_sources

    scenario = load_scenario(path)
    rules = load_pack(pack or DEFAULT_PACK)
    standards = target_packs(targets)
    log = run(scenario, seed, replications, packs=(rules,), name=path.stem)
    verdicts = score(log, rules)
    found = reached(log, standards, of_files)
    with whole_folder(folder) as work:
        write_log(log, work / outputs.EVENTS)
        outputs.write_verdicts(verdicts, work / outputs.VERDICTS)
        write_report(
            work / outputs.REPORT,
            log,
            verdicts,
            scenario,
            numbers_with_sources(path),
            lang=of_files,
            texts=rule_texts([rules], of_files),
            targets=found,
            packs=[rules],
        )
        outputs.write_table(team_times(log), work / outputs.TEAMS)
        outputs.write_table(order_lines(log), work / outputs.SUPPLIES)
        outputs.write_map(log, scenario, work / outputs.MAP, of_files)
        if found is not None:
            outputs.write_table(found, work / outputs.TARGETS)
        files = [str(folder / file.name) for file in sorted(work.iterdir())]
    names = display_names(scenario, of_console)
    return verdicts, names, reached(log, standards, of_console), files
