"""Forms to be filled in by hand: the record of a duty call, and a report in writing.

The fields of the call are those of a published city rule on duty rooms (what the caller says,
whom he has told already, who he is, who wrote it down); those of the report are the ten elements
of a first report in the rules of the city of Hechi.
"""

from __future__ import annotations

from sim.exercise.papers.drill import Drill
from sim.scenario.steps.draft import TEN
from sim.texts import label, t
from sim.word.blocks import Block, Line, Para, Sheet, Sub, Table

WIDTHS = (28, 72)


def forms(drill: Drill) -> list[Sheet]:
    """Return the forms, each a sheet."""
    return [_call(drill), _report(drill)]


def _table(fields: list[str], height: float) -> Table:
    rows: list[list[Line]] = [[field, ""] for field in fields]
    return Table("form", "", ["", ""], rows, WIDTHS, height)


def _call(drill: Drill) -> Sheet:
    short = [
        t("call received at"),
        t("caller: unit, name and post"),
        t("caller's telephone"),
        t("time of the event"),
        t("place of the event"),
    ]
    tall = [
        t("cause and course"),
        t("dead, missing, injured; losses"),
        label("element", "scope"),
        label("element", "measures"),
        label("element", "trend"),
        t("whom the caller has told already, and when"),
    ]
    after = [t("recorder, time of the record"), t("leader on duty: instructions, time")]
    done = [t("passed on to whom, when, how"), t("result, answer to the caller")]
    blocks: list[Block] = [_table(short, 8), _table(tall, 17), _table([*after, *done], 11)]
    return Sheet(t("Record of a duty call"), _head(drill), blocks)


def _report(drill: Drill) -> Sheet:
    kinds = "　".join(f"□ {label('report', kind)}" for kind in ("initial", "follow_up", "final"))
    frame = [t("sender"), t("recipient"), t("sent at, by which channel"), t("received at, by whom")]
    elements = [label("element", one) for one in TEN]
    signed = [t("written by"), t("signed by (leader)"), t("confirmed by telephone at, with whom")]
    blocks: list[Block] = [
        Sub(kinds),
        _table(frame, 8),
        _table(elements, 11),
        _table(signed, 8),
        Para(t("Unknown is written as “to be verified”, not left empty."), small=True),
    ]
    return Sheet(t("Report of an event"), _head(drill), blocks)


def _head(drill: Drill) -> list[list[tuple[str, str]]]:
    return [[(t("drill"), drill.title()), (t("form number"), "________")]]
