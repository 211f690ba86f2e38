"""`yanlian check`: valid, or everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.console import refuse, whole_utf8
from sim.cli.inputs import kind_of_file
from sim.texts import t


def check_command(file: Path, resolved: bool, strict: bool = False) -> int:
    """Check a file of any kind; unusable input raises, so 0 is returned for valid ones.

    Doubts about a valid scenario are printed after it; with `strict` they return 1.
    """
    kind = kind_of_file(file)
    if resolved and kind != "scenario":
        refuse(t("--resolved is for scenarios; {path} is none", path=file))
    kinds = {"scenario": _scenario, "pack": _pack, "mapping": _mapping, "log": _log}
    text = kinds[kind](file)
    if resolved:
        from sim.scenario import resolved_yaml

        whole_utf8()
        click.echo(resolved_yaml(file), nl=False)
    else:
        click.echo(text)
    doubts = _doubts(file) if kind == "scenario" else []
    for doubt in doubts:
        click.echo(doubt, err=resolved)
    return 1 if strict and doubts else 0


def _scenario(file: Path) -> str:
    from sim.scenario import load_scenario

    found = load_scenario(file)
    return t(
        "{path}: valid scenario: offices {offices}, teams {teams}, depots {depots}, "
        "incidents {incidents}",
        path=file,
        offices=len(found.offices),
        teams=len(found.teams),
        depots=len(found.depots),
        incidents=len(found.incidents),
    )


def _doubts(file: Path) -> list[str]:
    """Return what `sim.lint` finds, each with file and line; idle library parts are no fault."""
    from sim.lint import lint
    from sim.scenario import load_scenario
    from sim.scenario.merge import merged

    whole = merged(file)
    own = {
        section: [
            key
            for key in whole.data.get(section) or ()
            if whole.place((section, key))[0] == whole.file
        ]
        for section in ("procedures", "channels")
    }
    words = {"warning": t("warning"), "hint": t("hint")}
    lines = []
    for found in lint(load_scenario(file), own):
        name, line = whole.place(found.node)
        place = f"{name}:{line}: {found.path}"
        lines.append(f"{place}: {words[found.severity]}: {found.text}")
    return lines


def _pack(file: Path) -> str:
    from sim.rules import load_pack

    return t("{path}: valid rule pack, rules: {n}", path=file, n=len(load_pack(file).rules))


def _mapping(file: Path) -> str:
    from sim.intake import load_mapping

    load_mapping(file)
    return t("{path}: valid mapping", path=file)


def _log(file: Path) -> str:
    from sim.log import read_log

    found = read_log(file)
    return t(
        "{path}: valid record, rows: {rows}, cases: {cases}",
        path=file,
        rows=len(found),
        cases=len(found.cases),
    )
