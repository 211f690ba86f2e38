"""A scenario in, a scored drill out, as a folder of files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.jobs import written
from sim.jobs.inputs import DEFAULT_PACK, reached, rule_texts, target_packs

Progress = Callable[[int, int], None]
"""Told how many drills of how many are done."""


@dataclass(frozen=True)
class Drilled:
    """What came of a scenario; `files` are their names in the folder that was written."""

    log: Any
    verdicts: Any
    scenario: Any
    pack: Any
    standards: list[Any]
    files: list[str]


def drill(
    path: Path,
    seed: int,
    replications: int,
    folder: Path,
    pack: str | None,
    lang: str,
    targets: tuple[str, ...] = (),
    progress: Progress | None = None,
    animate: bool = False,
) -> Drilled:
    """Run and score a scenario, write its folder whole; raises `UnusableInput`, `OSError`.

    `animate`: also the first drill as an animated map.
    """
    from sim.experiment import run
    from sim.files.atomic import whole_folder
    from sim.log import order_lines, team_times, write_log
    from sim.report.html import write_report
    from sim.rules import load_pack, score
    from sim.scenario import load_scenario, numbers_with_sources

    scenario = load_scenario(path)
    rules = load_pack(pack or DEFAULT_PACK)
    standards = target_packs(targets)
    log = run(scenario, seed, replications, packs=(rules,), name=path.stem, progress=progress)
    verdicts = score(log, rules)
    found = reached(log, standards, lang)
    with whole_folder(folder) as work:
        write_log(log, work / written.EVENTS)
        written.write_verdicts(verdicts, work / written.VERDICTS)
        write_report(
            work / written.REPORT,
            log,
            verdicts,
            scenario,
            numbers_with_sources(path),
            lang=lang,
            texts=rule_texts([rules], lang),
            targets=found,
            packs=[rules],
        )
        written.write_table(team_times(log), work / written.TEAMS)
        written.write_table(order_lines(log), work / written.SUPPLIES)
        written.write_map(log, scenario, work / written.MAP, lang)
        if found is not None:
            written.write_table(found, work / written.TARGETS)
        if animate:
            from sim.report.animation.write import write_animation

            write_animation(work / written.ANIMATION, log, scenario, lang=lang)
        files = [file.name for file in sorted(work.iterdir())]
    return Drilled(log, verdicts, scenario, rules, standards, files)
