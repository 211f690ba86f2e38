"""`yanlian check`: valid, or everything that is wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from sim.cli.console import refuse, whole_utf8
from sim.cli.inputs import DEFAULT_PACK, kind_of_file
from sim.texts import t

MOST = 20
"""Contradictions of one kind that are listed."""


def check_command(file: Path, resolved: bool, strict: bool = False, pack: str | None = None) -> int:
    """Check a file of any kind; unusable input raises, so 0 is returned for valid ones.

    Doubts about a valid file are printed after it; with `strict` they return 1.
    """
    kind = kind_of_file(file)
    if kind != "scenario":
        for option, given in (("--resolved", resolved), ("--pack", pack is not None)):
            if given:
                refuse(t("{option} is for scenarios; {path} is none", option=option, path=file))
    doubts: list[str] = []
    if kind == "scenario":
        text = _scenario(file)
        doubts = _doubts(file, pack)
    elif kind == "log":
        text, doubts = _log(file)
    elif kind == "mapping":
        text = _mapping(file)
    elif kind == "study":
        text = _study(file)
    else:
        text, doubts = _pack(file), _doubts_of_pack(file)
    if resolved:
        from sim.scenario import resolved_yaml

        whole_utf8()
        click.echo(resolved_yaml(file), nl=False)
    else:
        click.echo(text)
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


def _doubts(file: Path, pack: str | None) -> list[str]:
    """Return what `sim.lint` finds, each with file and line; idle library parts are no fault.

    Warnings come before hints, both by place.
    """
    from sim.lint import lint
    from sim.rules import load_pack
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
    for found in lint(load_scenario(file), own, load_pack(pack or DEFAULT_PACK)):
        name, line = whole.place(found.node)
        text = f"{name}:{line}: {found.path}: {words[found.severity]}: {found.text}"
        lines.append((found.severity == "hint", name != whole.file, name, line, text))
    return [text for *_, text in sorted(lines)]


def _doubts_of_pack(file: Path) -> list[str]:
    """Return what `sim.rules.doubts` finds, each with file and line."""
    from sim.rules import doubts

    word = t("warning")
    return [f"{one.file}:{one.line}: {one.path}: {word}: {one.expected}" for one in doubts(file)]


def _pack(file: Path) -> str:
    from sim.rules import load_pack

    return t("{path}: valid rule pack, rules: {n}", path=file, n=len(load_pack(file).rules))


def _study(file: Path) -> str:
    from sim.experiment import load_study
    from sim.experiment.design import points

    study = load_study(file)
    return t(
        "{path}: valid study: variants {points}, measures {measures}",
        path=file,
        points=len(points(study)),
        measures=len(study.measures),
    )


def _mapping(file: Path) -> str:
    from sim.intake import load_mapping

    load_mapping(file)
    return t("{path}: valid mapping", path=file)


def _log(file: Path) -> tuple[str, list[str]]:
    """Return what is said of a valid record, and where it contradicts itself."""
    from sim.log import contradictions
    from sim.log.csvfile import read_with_lines

    found, lines = read_with_lines(file)
    text = t(
        "{path}: valid record, rows: {rows}, cases: {cases}",
        path=file,
        rows=len(found),
        cases=len(found.cases),
    )
    doubts, told = [], Counter[str]()
    for doubt in contradictions(found):
        told[doubt.kind] += 1
        if told[doubt.kind] <= MOST:
            row = found.table["row"].iloc[doubt.row]
            place = f"{file}:{lines[doubt.row]}: {row}"
            doubts.append(f"{place}: {t('warning')}: {doubt.text}")
    more = sum(n - MOST for n in told.values() if n > MOST)
    if more:
        doubts.append(f"{file}: {t('warning')}: {t('{n} more such lines', n=more)}")
    return text, doubts
