"""`yanlian sheets`: the evaluators' form, out to be filled in by persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import DEFAULT_PACK, kind_of_file, must_exist
from sim.texts import in_language, t


def export_command(source: Path | None, out: Path, pack: str | None, lang: str | None) -> int:
    """Write the form, with what a scenario or record tells beforehand; return the exit status."""
    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        if out.suffix.lower() != ".xlsx":
            refuse(t("{path}: the name of an evaluators' form ends in .xlsx", path=out))
        outputs.file_to_write(out)
        from sim.intake.ratings import Drill, write_sheets
        from sim.rules import load_pack

        found = load_pack(pack or DEFAULT_PACK)
        with in_language(of_files):
            known = {} if source is None else _known(source, of_files)
            tasks = [*known.pop("objectives", ()), *_limits(found, of_files)]
            drill = Drill(**known, clauses=_clauses(found), objectives=tasks)
        number = write_sheets(out, drill, of_files)
        click.echo(t("written: {files}", files=f"{out} ({number})"))
    return 0


def _known(source: Path, lang: str) -> dict[str, Any]:
    """Return what a scenario or a record tells of the drill."""
    kind = kind_of_file(must_exist(source))
    if kind == "scenario":
        return _of_scenario(source, lang)
    if kind == "log":
        return _of_record(source, lang)
    refuse(t("{path}: neither a scenario nor a record", path=source))
    raise AssertionError


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
