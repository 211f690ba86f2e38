"""The form on which evaluators rate the drill, with what the scenario tells beforehand."""

from __future__ import annotations

from pathlib import Path

from sim.exercise.papers.drill import Drill
from sim.exercise.papers.seen import seen
from sim.intake import ratings
from sim.texts import t
from sim.texts.clauses import clause_words


def write_ratings(path: Path, drill: Drill) -> None:
    """Write the rating form; its tasks are those of teams and the limits that come up."""
    scenario = drill.scenario
    tasks = [
        (key, f"{drill.called(incident)}{t(': ')}{task.title(key, drill.lang)}")
        for incident, one in scenario.incidents.items()
        for key, task in one.tasks.items()
    ]
    rules = {one.name: one.rule for own in seen(drill).values() for one in own}
    limits = [
        (name, getattr(rule.text, drill.lang))
        for name, rule in drill.pack.rules.items()
        if name in rules and isinstance(rule.limit, int) and rule.limit > 0
    ]
    clauses = dict.fromkeys(clause_words(rule.clause) for rule in rules.values())
    known = ratings.Drill(
        name=drill.title(),
        date=f"{drill.instant(0):%Y-%m-%d}",
        posts=[drill.called(key) for key in (*scenario.offices, *scenario.teams)],
        objectives=[*tasks, *limits],
        clauses=list(clauses),
    )
    ratings.write_sheets(path, known, drill.lang)
