"""Whether a file can be used, what it is, and what is doubtful about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sim.jobs.inputs import DEFAULT_PACK, kind_of_file
from sim.texts import t

MOST = 20
"""Contradictions of one kind that are listed."""


@dataclass(frozen=True)
class Checked:
    """A usable file: its kind, what it is in one sentence, and its doubts, one a line."""

    kind: str
    text: str
    doubts: list[str]


def checked(file: Path, pack: str | None = None) -> Checked:
    """Return what a file of any kind is; raises `UnusableInput` with all its mistakes.

    `pack`: name or file of the rules whose limits a scenario is held against.
    """
    kind = kind_of_file(file)
    if kind == "scenario":
        return Checked(kind, _scenario(file), _doubts(file, pack))
    if kind == "log":
        return Checked(kind, *_log(file))
    if kind in ("mapping", "msel"):
        return Checked(kind, _mapping(file, kind), [])
    if kind == "study":
        return Checked(kind, _study(file), [])
    return Checked(kind, _pack(file), _doubts_of_pack(file))


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


def _mapping(file: Path, kind: str) -> str:
    from sim.exercise.mapping import load_msel_mapping
    from sim.intake import load_mapping

    if kind == "msel":
        load_msel_mapping(file)
    else:
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
