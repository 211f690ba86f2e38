"""Clocks that were off: what must be added to the stamps of an actor's rows, and how surely.

    clocks:
      hechi-gov: {offset: +7 min, within: 1 min, source: comparison of both duty logs}

A row follows the clock of its `keeper`, of its `actor` where it names none: who received a message
stamps its receipt.  Rows with neither (truth, the inquiry's occurrence) follow no clock, nor do
rows that only state who or how complete somebody's record is; a row `reported` without a keeper
follows its sender's.  The record itself stays as it is; `corrected` returns another one, in which
`time_written` keeps what the clock showed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import BeforeValidator

from sim.errors import Problem, UnusableInput, did_you_mean
from sim.files.units import QuantityError, duration_seconds
from sim.files.yamlfile import read_yaml, validate
from sim.log.record import EventLog
from sim.rules.fields import Duration, unfit
from sim.rules.pack import Strict
from sim.texts import t


def _signed(value: Any) -> int:
    """Return whole seconds from `+7 min`, `-90 s` or `0 s`."""
    text = str(value).strip()
    sign = -1 if text[:1] in ("-", "−", "－") else 1
    rest = text[1:].strip() if text[:1] in ("-", "−", "－", "+", "＋") else text
    try:
        return sign * duration_seconds(rest)
    except QuantityError as error:
        raise unfit(t("a duration with its sign such as +7 min or -90 s"), error.hint) from None


class Offset(Strict):
    """`offset` seconds are added to an actor's stamps; the truth lies `within` seconds of that."""

    offset: Annotated[int, BeforeValidator(_signed)]
    within: Duration = 0
    source: str = ""


class Clocks(Strict):
    """The clocks that were off, by actor."""

    clocks: dict[str, Offset]


def load_clocks(path: str | Path) -> Clocks:
    """Return the clocks of a file; raises `UnusableInput` with every mistake in it."""
    file = read_yaml(path)
    clocks, problems = validate(Clocks, file.data, file)
    if problems:
        raise UnusableInput(problems)
    assert isinstance(clocks, Clocks)
    return clocks


def clock_of(table: pd.DataFrame) -> pd.Series:
    """Return by whose clock each row was stamped, `""` for nobody's.

    The actor of a directory entry or of a statement of completeness is whom it is about.
    """
    acted = table["actor"].mask(table["activity"].isin(("role", "observe")), "")
    return table["keeper"].where(table["keeper"] != "", acted)


def corrected(log: EventLog, clocks: Clocks) -> EventLog:
    """Return a record whose stamps are corrected: the offset added, widened by what is not sure.

    An exact stamp at second s becomes s + offset, or the interval of `within` seconds on both
    sides of it.  `time_written` is the stamp as it stood, of an interval its earliest; rows that
    have one are corrected already and stay.  Actors that the record does not know raise
    `UnusableInput`.
    """
    table = log.table
    clock = clock_of(table)
    known = {*clock, *table["actor"]}
    unknown = [name for name in clocks.clocks if name not in known]
    if unknown:
        expected = t("an actor of the record")
        raise UnusableInput(
            Problem("clocks", 0, name, expected, name, did_you_mean(name, known - {""}))
            for name in unknown
        )
    written = table["time_written"]
    shown = table["time"].fillna(table["time_lo"]).fillna(table["time_hi"])
    shift, within = (
        clock.map({n: getattr(c, part) for n, c in clocks.clocks.items()}).where(written.isna())
        for part in ("offset", "within")
    )
    plus = pd.Series(shift.fillna(0).to_numpy("int64"), table.index, "Int64")
    around = pd.Series(within.fillna(0).to_numpy("int64"), table.index, "Int64")
    wide = (around.to_numpy() > 0) & table["time"].notna().to_numpy()
    made = {
        "time": table["time"] + plus,
        "time_lo": table["time_lo"] + plus - around,
        "time_hi": table["time_hi"] + plus + around,
        "until": table["until"] + plus,
        "time_written": written.mask(shift.notna().to_numpy(), shown),
        "time_wall": table["time_wall"] + plus,
    }
    made["time_lo"] = made["time_lo"].mask(wide, made["time"] - around)
    made["time_hi"] = made["time_hi"].mask(wide, made["time"] + around)
    made["time"] = made["time"].mask(wide)
    return EventLog(table.assign(**made), log.origins)


def flags_of_clocks(table: pd.DataFrame, log: EventLog) -> pd.Series:
    """Return the flags of verdicts with `clock_corrected:ACTOR` where a proof was corrected."""
    rows = log.table[log.table["time_written"].notna()]
    listed = rows[["case", "row"]].assign(actor=clock_of(rows)).itertuples(index=False)
    actor = {(case, row): name for case, row, name in listed}
    found = []
    for case, evidence, flags in table[["case", "evidence", "flags"]].itertuples(index=False):
        names = dict.fromkeys(
            actor[case, row] for row in evidence.split("|") if (case, row) in actor
        )
        words = [*filter(None, flags.split("|")), *(f"clock_corrected:{name}" for name in names)]
        found.append("|".join(words))
    return pd.Series(found, index=table.index, dtype="str")
