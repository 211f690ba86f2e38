"""The answers of a study as tables beside its results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.jobs import written

SHARES, NUMBERS, DIFFERENCES = "shares.csv", "numbers.csv", "differences.csv"


def write_answers(results: Any, folder: Path) -> None:
    """Write the tables of answers beside the results, whole numbers of digits as computed."""
    import pandas as pd

    from sim.experiment.answers import numbers, shares
    from sim.experiment.compare import compared

    written.write_table(shares(results), folder / SHARES)
    written.write_table(numbers(results), folder / NUMBERS)
    if len(results.points) > 1:
        parts = [
            compared(results, name).assign(measure=name)
            for name in dict.fromkeys(results.values["measure"])
        ]
        written.write_table(pd.concat(parts, ignore_index=True), folder / DIFFERENCES)
