"""`yanlian run`: a scenario in, a scored drill out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import must_exist
from sim.cli.inputs import DEFAULT_PACK, rule_texts
from sim.texts import in_language, t


def run_command(
    scenario: Path,
    seed: int,
    replications: int,
    out: Path | None,
    pack: str | None,
    lang: str | None,
    fail_on: str | None,
) -> int:
    """Run, score, write the folder whole, print the scorecard; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    must_exist(scenario)
    folder = outputs.folder_to_write(out or Path("out") / scenario.stem)
    with in_language(of_console):
        verdicts, names = drill(scenario, seed, replications, folder, pack, of_files, of_console)
        outputs.print_verdicts(verdicts, "table", names, of_console)
        click.echo("\n" + t("written: {files}", files=_written(folder)))
    return outputs.status(verdicts, fail_on)


def drill(
    path: Path,
    seed: int,
    replications: int,
    folder: Path,
    pack: str | None,
    of_files: str,
    of_console: str,
) -> tuple[Any, dict[str, str]]:
    """Run and score a scenario and write its folder; return verdicts and names of the console."""
    from sim.experiment import run
    from sim.files.atomic import whole_folder
    from sim.log import write_log
    from sim.report.html import write_report
    from sim.report.names import display_names
    from sim.rules import load_pack, score
    from sim.scenario import load_scenario, numbers_with_sources

    scenario = load_scenario(path)
    rules = load_pack(pack or DEFAULT_PACK)
    log = run(scenario, seed, replications, packs=(rules,), name=path.stem)
    verdicts = score(log, rules)
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
        )
    return verdicts, display_names(scenario, of_console)


def _written(folder: Path) -> str:
    files = (outputs.EVENTS, outputs.VERDICTS, outputs.REPORT)
    return t(", ").join(str(folder / name) for name in files)
