"""What a model says beside the record: a chapter of its own, in no verdict."""

from __future__ import annotations

from sim.report.modelled import ModelTable
from sim.report.word.case import Case
from sim.texts import t
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Table

WIDTHS = {
    "model_duties": (20, 22, 14, 28, 16),
    "model_steps": (20, 22, 14, 28, 16),
    "model_factors": (30, 70),
    "model_replay": (17, 22, 20, 20, 21),
}


def beside(case: Case) -> Chapter:
    """Return where the record stands among simulated drills, and what follows in the model."""
    blocks: list[Block] = []
    part = case.model
    if part is not None:
        blocks += [Para(words) for words in part.said]
        for table in part.tables:
            blocks += _table(table)
        blocks += [
            Figure(f"model_picture_{k}", title, drawn.png(), title)
            for k, (title, drawn) in enumerate(part.pictures)
        ]
    return Chapter("model", t("Beside simulated drills (computed by a model)"), blocks)


def _table(table: ModelTable) -> list[Block]:
    rows: list[list[Line]] = [list(row) for row in table.rows]
    made = Table(table.key, table.title, table.head, rows, WIDTHS[table.key])
    return [made, Para(table.note, small=True)]
