"""Which obligations some drills put to the test, and what would test the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.jobs.inputs import judge_by, packs_and_options, read_finding
from sim.texts import in_language, t

TRIES = 2
"""Runs in which a suggestion is tried."""


def judged(logs: Sequence[Path], pack: str | None) -> tuple[Any, list[Any], Any]:
    """Return (coverage, packs, the last record): suggestions are for a drill like the last."""
    from sim.log import counted, read_log
    from sim.rules import coverage

    packs: dict[str, Any] = {}
    scored, dated = [], []
    for path in dict.fromkeys(logs):
        log = counted(read_log(path))
        chosen = packs_and_options(pack, read_finding(path))
        packs |= {one.id: one for one, _ in chosen}
        scored.append(judge_by(log, chosen))
        dated.append((max((o.timestamp() for o in log.origins.values()), default=0.0), log))
    return coverage(*scored), list(packs.values()), max(dated, key=lambda one: one[0])[1]


def suggested(log: Any, packs: list[Any], found: Any, path: Path | None, lang: str) -> list[Any]:
    """Return what would touch the untouched duties of `found`; tried in a scenario, if given."""
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
