"""An inject list comes back into a scenario: every mistake by its cell, or a new file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, shown
from sim.exercise.columns import COLUMNS
from sim.exercise.entry import NAMES, PATHS, Desk, Parts, flat, nested, same
from sim.exercise.gathering import Row, gather
from sim.exercise.mapping import NO_MAPPING, load_msel_mapping
from sim.exercise.sheet import Sheet, read_sheet
from sim.exercise.splice import spliced
from sim.exercise.translated import Texts, read_translations
from sim.files.atomic import write_text
from sim.files.text import read_bytes, text_of
from sim.files.yamlfile import YamlFile, read_yaml
from sim.scenario.changes import Change, changed
from sim.scenario.load import load_scenario, scenario_of
from sim.scenario.merge import gathered
from sim.scenario.scenario import Scenario
from sim.texts import t

SECTION = "injects"


@dataclass(frozen=True)
class Changes:
    """What an import did: keys of injects; `changed` key -> the parts that differ.

    `kept` are injects of the scenario that the list does not name and that stay, `dropped` texts
    whose translation went because the text was changed: (key, part).
    """

    added: tuple[str, ...] = ()
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


def import_msel(
    sheet_path: str | Path,
    scenario_path: str | Path,
    out_path: str | Path,
    *,
    mapping: str | Path | None = None,
) -> Changes:
    """Write the scenario with the injects of a list; all other lines of its file stay.

    The list is ours (`export_msel`, perhaps changed), or anybody's by a `mapping` file.  Cells that
    say what the scenario says already change nothing.  Of a list with our keys, injects that it
    lacks are taken out; of any other they stay.  Raises `UnusableInput` with every mistake, those
    of the list as `file.xlsx:sheet!cell`, and then writes nothing; `MissingExtra`, `OSError`.
    """
    how = NO_MAPPING if mapping is None else load_msel_mapping(mapping)
    file, problems = gathered(scenario_path)
    folder = Path(scenario_path).resolve().parent
    scenario = scenario_of(file, problems, folder)
    sheet = read_sheet(Path(sheet_path), how)
    desk = Desk(scenario, "en" if sheet.is_english else "zh", how.words)
    raw: dict[str, Any] = file.data.get(SECTION) or {}
    rows = gather(sheet, desk, raw)
    merge = _Merge(desk, raw, read_translations(Path(sheet_path)))
    for row in rows:
        merge.take(row)
    gone = [key for key in raw if key not in merge.seen] if "key" in sheet.columns else []
    _check(file, folder, sheet, rows, merge, gone)
    _write(Path(scenario_path), Path(out_path), merge, gone)
    kept = [key for key in raw if key not in (*merge.seen, *gone)]
    return Changes(
        added=tuple(merge.added),
        changed={key: tuple(dict.fromkeys(parts)) for key, parts in merge.changed.items()},
        removed=tuple(gone),
        unchanged=tuple(k for k in merge.seen if k not in (*merge.added, *merge.changed)),
        kept=tuple(kept),
        dropped=tuple(merge.dropped),
    )


class _Merge:
    """Rows laid over the injects of a scenario; `edits` are what its file has to say anew."""

    def __init__(self, desk: Desk, raw: dict[str, Any], texts: Texts):
        self.desk, self.raw, self.texts = desk, raw, texts
        self.seen: dict[str, dict[str, Any]] = {}
        self.added: list[str] = []
        self.changed: dict[str, list[str]] = {}
        self.dropped: list[tuple[str, str]] = []
        self.edits: dict[tuple[str, ...], Any] = {}

    def take(self, row: Row) -> None:
        """Take in a row; parts that its list has no column for stay."""
        old = flat(self.raw.get(row.key) or {})
        parts: Parts = dict(old)
        for path, value in row.parts.items():
            if self._is_same(row.key, path, old.get(path), value):
                continue
            parts[path] = value = self._in_both(row.key, path, old.get(path), value)
            if row.key in self.raw:
                self.changed.setdefault(row.key, []).append(".".join(path))
                self.edits[row.key, *path] = None if value in (None, [], {}) else value
        self.seen[row.key] = nested(parts)
        if row.key not in self.raw:
            self.added.append(row.key)
            self.edits[(row.key,)] = self.seen[row.key]

    def _is_same(self, key: str, path: tuple[str, ...], old: Any, new: Any) -> bool:
        if path == ("at",):
            inject = self.desk.scenario.injects.get(key)
            return inject is not None and _seconds(inject.at) == _seconds_of(new, old)
        return same(path, old, new, self.desk.lang)

    def _in_both(self, key: str, path: tuple[str, ...], old: Any, new: Any) -> Any:
        """Return a text with its translation, where the list has it."""
        column = _COLUMN.get(path, "")
        if column not in NAMES or not isinstance(new, str):
            return new
        found = self.texts.get((key, column, new))
        if found is None and isinstance(old, dict):
            self.dropped.append((key, ".".join(path)))
        return new if found is None else {"zh": found[0], "en": found[1]}


_COLUMN = {path: column for column, path in PATHS.items()}


def _seconds(at: Any) -> Any:
    return at.least() if at is not None and at.least() == at.mean() else None


def _seconds_of(new: Any, old: Any) -> Any:
    from sim.files.units import QuantityError, duration_seconds

    if new == old:
        return None if isinstance(new, dict) else _seconds_of(new, object())
    try:
        return duration_seconds(new) if new else None
    except QuantityError:
        return object()


def _check(
    file: YamlFile, folder: Path, sheet: Sheet, rows: Sequence[Row], merge: _Merge, gone: list[str]
) -> None:
    """Read the scenario with its new injects; raise all mistakes of the list."""
    changes = [Change((SECTION, key), None) for key in gone]
    by_place: dict[tuple[str, int], Row] = {}
    places: dict[tuple[str | int, ...], tuple[str, int]] = {}
    for row in rows:
        place = sheet.place(row.number, "number")
        changes.append(Change((SECTION, row.key), merge.seen[row.key], *place))
        for path, column in row.columns.items():
            places[SECTION, row.key, *path] = sheet.place(row.number, column)
            by_place[places[SECTION, row.key, *path]] = row
        by_place[place] = row
    new, _ = changed(file, changes)
    new = YamlFile(new.file, new.data, {**new.places, **places})
    problems = list(sheet.problems)
    wrong = {row.key for row in rows if row.is_broken}
    known = {(p.file, p.line) for p in problems}
    try:
        if merge.edits or gone:
            scenario_of(new, [], folder)
    except UnusableInput as error:
        for problem in error.problems:
            row_at = by_place.get((problem.file, problem.line))
            if row_at is not None:
                if (problem.file, problem.line) in known:
                    continue
                heading = _heading(sheet, row_at, problem)
                if row_at.key in wrong and (not heading or problem.received == t("nothing")):
                    continue  # what is missing could not be read
                problem = replace(problem, path=heading or row_at.key)
            problems.append(problem)
    if problems:
        raise UnusableInput(sorted(set(problems), key=lambda problem: problem.order))


def _heading(sheet: Sheet, row: Row, problem: Problem) -> str:
    """Return what the list calls the part that a problem is about."""
    parts = tuple(problem.path.split("."))[2:]
    for end in range(len(parts), 0, -1):
        column = row.columns.get(parts[:end])
        if column is not None:
            return sheet.heading(column)
    return ".".join(parts)


def _write(scenario: Path, out: Path, merge: _Merge, gone: list[str]) -> None:
    own = (read_yaml(scenario).data.get(SECTION)) or {}
    text = text_of(read_bytes(scenario, str(scenario)), str(scenario))
    ends = "\r\n" if "\r\n" in text else "\n"
    edits = merge.edits | {(key,): None for key in gone if key in own}
    made = spliced(text.replace("\r\n", "\n"), SECTION, edits)
    if edits or out.resolve().parent != scenario.resolve().parent:
        _verify(made, out, merge)
    write_text(out, made.replace("\n", ends))


def _verify(text: str, out: Path, merge: _Merge) -> None:
    """Read the new text where it will lie: what is written says what was meant."""
    with tempfile.TemporaryDirectory(prefix=".msel-", dir=out.parent) as work:
        trial = Path(work).parent / f"{Path(work).name}.yaml"
        try:
            trial.write_text(text, encoding="utf-8")
            made: Scenario = load_scenario(trial)
        except UnusableInput as error:
            expected = t("a file in the scenario's own folder, where what it uses lies")
            received = shown(str(error.problems[0]), 200)
            raise UnusableInput([Problem(str(out), 0, "", expected, received)]) from None
        finally:
            trial.unlink(missing_ok=True)
    for key, raw in merge.seen.items():
        meant = type(made.injects[key]).model_validate(raw)
        if made.injects[key] != meant:
            raise AssertionError(f"{key}: {made.injects[key]} is not {meant}")


__all__ = ["COLUMNS", "Changes", "import_msel"]
