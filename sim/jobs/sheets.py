"""The evaluators' form, filled in with what a scenario or a record tells beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput
from sim.jobs.inputs import DEFAULT_PACK, kind_of_file, must_exist
from sim.texts import in_language, t


def write_forms(source: Path | None, out: Path, pack: str | None, lang: str) -> int:
    """Write the form as a workbook; return how many sheets it has.

    Raises `UnusableInput` where the source is neither a scenario nor a record, `MissingExtra`.
    """
    from sim.intake.ratings import Drill, write_sheets
    from sim.rules import load_pack

    found = load_pack(pack or DEFAULT_PACK)
    with in_language(lang):
        known = {} if source is None else _known(source, lang)
        tasks = [*known.pop("objectives", ()), *_limits(found, lang)]
        drill = Drill(**known, clauses=_clauses(found), objectives=tasks)
    return write_sheets(out, drill, lang)


def _known(source: Path, lang: str) -> dict[str, Any]:
    """Return what a scenario or a record tells of the drill."""
    kind = kind_of_file(must_exist(source))
    if kind == "scenario":
        return _of_scenario(source, lang)
    if kind == "log":
        return _of_record(source, lang)
    expected = t("a scenario or a record")
    raise UnusableInput([Problem(str(source), 0, "", expected, kind)])


def _of_scenario(source: Path, lang: str) -> dict[str, Any]:
    from sim.report.names import display_names
    from sim.scenario import load_scenario

    scenario = load_scenario(source)
    names = display_names(scenario, lang)
    tasks = [
        (key, f"{names.get(incident, incident)}{t(': ')}{task.title(key, lang)}")
        for incident, one in scenario.incidents.items()
        for key, task in one.tasks.items()
    ]
    posts = [names.get(key, key) for key in (*scenario.offices, *scenario.teams)]
    title = scenario.title(source.stem, lang)
    date = scenario.start.date().isoformat()
    return {"name": title, "date": date, "posts": posts, "objectives": tasks}


def _of_record(source: Path, lang: str) -> dict[str, Any]:
    from sim.log import read_log, task_times
    from sim.report.names import display_names, named, roles

    log = read_log(source)
    names = display_names(log, lang)
    tasks = dict.fromkeys(task_times(log)["task"])
    date = min(log.origins.values()).date().isoformat()
    case = log.cases[0] if len(log.cases) == 1 else ""
    return {
        "case": case,
        "date": date,
        "posts": [named(names, actor) for actor in roles(log.table)],
        "objectives": [(f"T{k}", task) for k, task in enumerate(tasks, start=1)],
    }


def _limits(pack: Any, lang: str) -> list[tuple[str, str]]:
    """Return what a pack demands within a time, as tasks to be rated."""
    return [
        (name, getattr(rule.text, lang))
        for name, rule in pack.rules.items()
        if rule.enabled and isinstance(rule.limit, int) and rule.limit > 0
    ]


def _clauses(pack: Any) -> list[str]:
    from sim.texts.clauses import clause_words

    found = [rule.clause for rule in pack.rules.values()]
    found += [item.clause for item in pack.checklist.values()]
    return list(dict.fromkeys(clause_words(clause) for clause in found))
