"""Observed durations for `empirical`: listed in the scenario, or a column of a CSV file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, ValidationInfo, model_validator

from sim.errors import UnusableInput, did_you_mean, shown
from sim.files.inside import inside
from sim.files.tables import read_table
from sim.files.units import duration_seconds
from sim.scenario.units import Duration, unfit
from sim.texts import t


@dataclass(frozen=True, slots=True)
class Samples:
    """`values`, or the `column` of the CSV `file` that lies in the scenario's folder.

    Cells hold durations with a unit (`12 min`) or plain numbers of seconds.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    values: tuple[Duration, ...] = ()
    file: str = ""
    column: str = "seconds"

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Samples:
        if bool(self.values) == bool(self.file):
            raise unfit(t("either values or a file"))
        if self.values:
            return self
        folder = (info.context or {}).get("folder")
        path = inside(Path(folder), self.file) if folder else None
        if path is None:
            raise unfit(t("a file inside the scenario's folder"))
        return Samples(values=tuple(_column(path, self.column)))


def _column(path: Path, column: str) -> list[int]:
    """Return the durations of a column in seconds; raises an error of validation."""
    try:
        table = read_table(path, path.name, {column: ()})
    except UnusableInput:
        raise unfit(t("a readable CSV file, {file}", file=path.name)) from None
    if column not in table.positions:
        hint = did_you_mean(column, table.headings)
        raise unfit(t("a column {column} in {file}", column=column, file=path.name), hint)
    return [_seconds(path, row.line, row.texts[column]) for row in table.rows() if row.texts]


def _seconds(path: Path, line: int, cell: str) -> int:
    try:
        number = float(cell)
    except ValueError:
        number = -1.0
    try:
        return int(number + 0.5) if 0 <= number < 1e9 else duration_seconds(cell)
    except ValueError:
        place = f"{path.name}:{line}"
        raise unfit(t("a duration in {place}, not {cell}", place=place, cell=shown(cell))) from None
