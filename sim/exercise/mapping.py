"""Mapping files for inject lists that somebody else made: what their columns and words mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.exercise.columns import COLUMNS
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.texts import t


class MselMapping(BaseModel):
    """A mapping file; `msel` is the version of this file format.

    `columns` heading of the list -> column of ours (their ids are those of `columns.COLUMNS`);
    headings that are not named are read where they are ours.  `words` column of ours -> word of
    the list -> word of the scenario, a key or a name.  `constants` column of ours -> what stands
    in it in every row.  `sheet`, `header` (the number of its row, two for headings in two rows:
    `upper/lower`) and `encoding` are needed only where the file does not show them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    msel: Literal[1]
    sheet: str | None = None
    header: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=2)] | None = None
    encoding: str | None = None
    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    constants: dict[str, str] = {}


NO_MAPPING = MselMapping(msel=1)


def load_msel_mapping(path: str | Path) -> MselMapping:
    """Return the mapping in a YAML file; raises `UnusableInput` with every mistake."""
    file = read_yaml(path)
    found, problems = validate(MselMapping, file.data, file)
    if found is not None:
        problems = _check(found, file)
    if problems:
        raise UnusableInput(problems)
    assert isinstance(found, MselMapping)
    return found


def _check(mapping: MselMapping, file: YamlFile) -> list[Problem]:
    named = [(("columns", heading), column) for heading, column in mapping.columns.items()]
    named += [(("words", column), column) for column in mapping.words]
    named += [(("constants", column), column) for column in mapping.constants]
    problems = []
    for node, column in named:
        if column not in COLUMNS:
            expected = t("one of the columns {names}", names=", ".join(COLUMNS))
            hint = did_you_mean(column, COLUMNS)
            problems.append(file.problem(node, expected, shown(column), hint))
    twice = [c for c in COLUMNS if list(mapping.columns.values()).count(c) > 1]
    for column in twice:
        both = ", ".join(h for h, c in mapping.columns.items() if c == column)
        expected = t("one column for {column}", column=column)
        problems.append(file.problem(("columns",), expected, both))
    return problems
