"""One duty explained: clause, clocks, the rows that prove it, and where its minutes went."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

import pandas as pd

from sim.log.corrections import corrections, counted
from sim.log.record import EventLog
from sim.report.clock import clock, minutes
from sim.report.columns import fit, grid
from sim.report.correction_words import correction_lines
from sim.report.duties import READINGS, Duty, duties
from sim.report.grade_words import grade_head, grade_lines
from sim.report.hop_words import head, hop_ways
from sim.report.names import named
from sim.report.rowtexts import row_texts
from sim.report.words import (
    cell,
    limit_words,
    owner_words,
    reason_words,
    recurring,
    verdict_words,
)
from sim.rules import Pack, Verdicts, why
from sim.texts import in_language, label, language, t
from sim.texts.clauses import clause_words


def explain(
    log: EventLog,
    verdicts: Verdicts,
    rule: str,
    pack: Pack | None = None,
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
) -> str:
    """Return what a rule asked of whom in each case, and how each verdict came about.

    `verdicts` are those of `log`; `pack` gives the text of the rule; `names` display names.
    Every duty has its clocks under each reading, the rows that prove it, and, where both ends
    are known, what the time between them was spent on, adding up to the second.  Duties that
    do not apply are left out.  Of rows that were corrected the old
    value is shown too.  An unknown rule raises `KeyError`.
    """
    with in_language(lang or language()):
        found = [duty for duty in duties(verdicts) if duty.rule == rule]
        if not found:
            raise KeyError(f"no verdict by rule {rule!r}")
        changed, log = corrections(log), counted(log)
        steps = why(log, verdicts, ("met", "late", "excused"))
        parts = [
            _duty(log.case(duty.case), verdicts, duty, steps, pack, names or {}, changed)
            for duty in found
            if duty.applies
        ]
        return "\n\n".join("\n".join(part) for part in parts) or t("The rule does not apply here.")


def _duty(
    log: EventLog,
    verdicts: Verdicts,
    duty: Duty,
    steps: pd.DataFrame,
    pack: Pack | None,
    names: Mapping[str, str],
    changed: pd.DataFrame,
) -> Iterator[str]:
    modality = label("modality", duty.modality)
    yield f"{recurring(duty)}  {clause_words(duty.clause)}  {modality}  {duty.case}"
    if pack is not None and duty.rule in pack.rules:
        yield "  " + getattr(pack.rules[duty.rule].text, language())
    yield "  " + _parties(duty, names)
    yield "  " + t("verdict: {words}", words=_verdict(duty))
    yield t("clocks")
    yield from _table(list(_clocks(log, duty)), (10, 11, 11, 11, 10))
    yield t("rows that prove it")
    for row in row_texts(log, names, duty.evidence):
        to = f"  → {row.to}" if row.to else ""
        yield f"  {row.clock}  {row.who}  {row.what}{to}" + (
            t(" ({words})", words=row.written) if row.written else ""
        )
    own_changes = changed[(changed["case"] == duty.case) & changed["new_row"].isin(duty.evidence)]
    if len(own_changes):
        yield t("corrected by hand")
        yield from (f"  {line}" for line in correction_lines(own_changes, names))
    own = _own(steps, duty)
    if len(own):
        yield t("where the time went, by the clock that counts")
        yield from _table(list(_steps(log, own, names)), (11, 8, 10, 20))
    for way in hop_ways(log, Verdicts(_own(verdicts.table, duty), verdicts.origins), names):
        yield t("hop by hop and end to end, from the occurrence")
        yield from _table([head(), *way.rows, way.total], (20, 5, 5, 5, 5, 8, 5, 8))
        yield "  " + way.remark
    by_grade = pack is not None and duty.rule in pack.rules and pack.rules[duty.rule].grades
    graded = grade_lines(log, names, duty.owner) if duty.owner and by_grade else []
    if graded:
        yield t("how it graded")
        yield from _table([grade_head(), *graded], (10, 5, 5, 5, 5, 5, 5, 8, 14))


def _parties(duty: Duty, names: Mapping[str, str]) -> str:
    owner = owner_words(duty, names)
    to = t(", ").join(named(names, name) for name in duty.recipient.split("|") if name)
    words = [f"{owner} → {to}" if to else owner, t("limit {limit}", limit=limit_words(duty))]
    return t("; ").join(words)


def _verdict(duty: Duty) -> str:
    words = [verdict_words(duty), reason_words(duty)]
    return t("; ").join(word for word in words if word)


def _clocks(log: EventLog, duty: Duty) -> Iterator[list[str]]:
    """Yield one line per reading: its start, its deadline, the end, the verdict."""
    yield ["", t("start"), t("deadline"), t("done"), t("verdict")]
    origin = log.origins[duty.case]

    def shown(seconds: int | None) -> str:
        return "—" if seconds is None else clock(origin, seconds)

    for name in READINGS:
        one = duty.readings.get(name)
        if one is not None:
            word = label("reading", name)
            yield [word, shown(one.start), shown(one.deadline), shown(duty.end), cell(one)]
    if not duty.readings:
        ends = (duty.start, duty.deadline, duty.end)
        yield [t("its own"), *map(shown, ends), label("verdict", duty.word)]


def _own(steps: pd.DataFrame, duty: Duty) -> pd.DataFrame:
    """Return the rows of a table that are about one duty."""
    own = (steps["case"] == duty.case) & (steps["rule"] == duty.rule)
    own &= (steps["incident"] == duty.incident) & (steps["owner"] == duty.owner)
    return steps[own & (steps["recurrence"] == duty.recurrence)]


def _steps(log: EventLog, own: pd.DataFrame, names: Mapping[str, str]) -> Iterator[list[str]]:
    origin = log.origins[log.cases[0]]
    for step in own.to_dict("records"):
        times = f"{clock(origin, step['from_s'])}–{clock(origin, step['to_s'])}"
        who = named(names, step["actor"])
        if step["held_activity"]:
            by = label("activity", step["held_activity"])
            who += t(" (held by: {what} at {who})", what=by, who=named(names, step["held_actor"]))
        yield [times, f"{minutes(step['seconds'])} {t('min')}", label("span", step["span"]), who]
    yield ["", f"{minutes(int(own['seconds'].sum()))} {t('min')}", t("in all"), ""]


def _table(rows: list[list[str]], least: tuple[int, ...]) -> Iterator[str]:
    total = shutil.get_terminal_size((110, 24)).columns - 2
    return ("  " + line for line in grid(rows, fit(rows, least, total)))
