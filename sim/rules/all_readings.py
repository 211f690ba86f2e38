"""Every duty under every reading of the pack: which open questions change its verdict, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.log.record import EventLog
from sim.rules.lines import Choices, flips, lines, merged, telling
from sim.rules.options import with_options
from sim.rules.pack import Pack, Text
from sim.rules.questions import questions
from sim.rules.scene import Scene
from sim.rules.scoring import many_objects
from sim.rules.sheet import Sheet
from sim.rules.space import MOST, Judge, spaces

DUTY = ("case", "pack", "rule", "clause", "incident", "owner", "recipient", "recurrence")


@dataclass(frozen=True)
class AllReadings:
    """The duties whose verdict depends on how the pack is read, of one record and one pack.

    `table`: one row per line, with the columns of a duty (case, pack, rule, clause, incident,
    owner, recipient, recurrence); `verdict`; `margin_least_s`, `margin_most_s` (Int64, whole
    seconds, NA without a margin): over all that the line covers; `choices` (`start=occur|receive;
    end=sent`; empty = whatever is chosen); `combinations`: how many of the questions that change
    the verdict fall under it; `own`: whether those that count do; `exhaustive`: every combination
    was judged, not only the questions that had changed something when tried.  Every combination
    falls under exactly one line.

    `flips`: one row per duty and smallest set of choices that leads to another verdict, with
    the columns of a duty, `verdict`, `choices`, `questions` (how many must be answered otherwise).

    `about` gives each question in Chinese and English, `counting` the choice that counts.
    """

    table: pd.DataFrame
    flips: pd.DataFrame
    about: Mapping[str, Text]
    counting: Mapping[str, str]

    def records(self) -> list[dict[str, Any]]:
        """Return the lines as dicts that JSON can hold; `choices` maps question -> choices."""
        rows = self.table.astype(object).where(self.table.notna(), None).to_dict("records")
        return [
            {str(k): v for k, v in row.items()} | {"choices": choices_of(row["choices"])}
            for row in rows
        ]


def all_readings(
    log: EventLog, pack: Pack, options: Mapping[str, str] | None = None, most: int = MOST
) -> AllReadings:
    """Judge a record by a pack under every combination of its options and starts of the clock.

    Only duties whose verdict some combination changes have lines.  `options` are the choices
    that count instead of the pack's defaults, as for `score`.  A question concerns a duty only
    if its answers change the rule, the rule that lifts or excuses it, or the clock that counts.
    If those questions have at most `most` combinations (times incidents), all are judged; else
    `sim.rules.space` says how they are tried out first.
    """
    with_options(pack, options)  # unknown names or choices raise
    asked = questions(pack, options or {})
    found: list[tuple[Any, ...]] = []
    turned: list[tuple[Any, ...]] = []
    with many_objects():
        judge = Judge(pack, Scene(Sheet(log), pack.grade_tables), asked)
        for rule, data in pack.rules.items():
            for (case, incident, owner, recurrence), whole in spaces(judge, rule, most):
                space = telling(whole)
                if not space.questions:
                    continue
                duty = (judge.scene.sheet.cases[case], pack.id, rule, data.clause, incident)
                key = (*duty, owner, space.recipient, recurrence)
                for line in lines(space):
                    words = choices_words(line.choices)
                    rest = (line.combinations, line.own, not space.tried)
                    found.append((*key, *line[:3], words, *rest))
                for verdict, choices in merged(flips(space)):
                    turned.append((*key, verdict, choices_words(choices), len(choices)))
    return AllReadings(
        _table(found, ("verdict", *MARGINS, "choices", "combinations", "own", "exhaustive")),
        _table(turned, ("verdict", "choices", "questions")),
        {question.name: question.about for question in asked},
        {question.name: question.choices[0] for question in asked},
    )


MARGINS = ("margin_least_s", "margin_most_s")


def _table(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    names = (*DUTY, *columns)
    table = pd.DataFrame(rows, columns=list(names))
    whole = {name: "Int64" for name in MARGINS if name in names}
    texts = [n for n in names if n in (*DUTY, "verdict", "choices") and n != "recurrence"]
    kinds = {"recurrence": "int64", "combinations": "int64", "questions": "int64"}
    kinds |= {"own": "bool", "exhaustive": "bool"}
    given = {name: kind for name, kind in kinds.items() if name in names}
    return table.astype(dict.fromkeys(texts, "str") | whole | given)


def choices_words(choices: Choices) -> str:
    """Return choices as text: `start=occur|receive; end=sent`."""
    return "; ".join(f"{name}={'|'.join(words)}" for name, words in choices.items())


def choices_of(text: str) -> dict[str, list[str]]:
    """Return the choices that a text of `choices_words` names."""
    pairs = [part.partition("=") for part in text.split("; ") if part]
    return {name: words.split("|") for name, _, words in pairs}
