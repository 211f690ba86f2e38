"""Several cases of one record, one line each: what happened when, and what became of its duties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.log.record import EventLog
from sim.report.clock import stamp
from sim.report.duties import duties, listed
from sim.report.words import counts_words
from sim.texts import label, t


class CaseLine(NamedTuple):
    """One case in words; numbers of duties, never shares of so few."""

    case: str
    begins: str
    kind: str
    grade: str
    duties: str
    depends: str


def case_lines(log: EventLog, verdicts: Any, most: int) -> list[CaseLine]:
    """Return the first `most` cases of a record, in its order, in the language in force."""
    found = duties(verdicts)
    lines = []
    for name in log.cases[:most]:
        part = log.case(name)
        table = part.table
        shown = [duty for duty in listed([d for d in found if d.case == name]) if duty.applies]
        hazards = table.loc[table["activity"].eq("occur") & table["hazard"].ne(""), "hazard"]
        grades = table.loc[table["activity"].eq("confirm") & table["grade"].ne(""), "grade"]
        lines.append(
            CaseLine(
                name,
                _begins(part),
                t(", ").join(label("hazard", word) for word in dict.fromkeys(hazards)) or "—",
                label("grade", grades.iloc[-1]) if len(grades) else "—",
                counts_words(shown) if shown else t("no duty applies"),
                str(sum(duty.depends for duty in shown)),
            )
        )
    return lines


def case_head() -> list[str]:
    """Return the headings of `case_lines`."""
    words = (t("case"), t("begins"), t("kind of event"), t("grade confirmed last"))
    return [*words, t("duties that apply"), t("of these depend on the reading")]


def _begins(log: EventLog) -> str:
    """Return when the first incident occurred, else the first stamp."""
    table = log.table
    origin = log.origins[log.cases[0]]
    for rows in (table[table["activity"].eq("occur")], table):
        times: Mapping[str, Any] = {name: rows[name].dropna() for name in ("time", "time_lo")}
        first = [values.min() for values in times.values() if len(values)]
        if first:
            return stamp(origin, int(min(first)))
    return "—"
