"""Several cases side by side: every duty that is not met in all of them, and every organisation."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.duties import Duty, Reading, duties
from sim.report.names import named
from sim.report.times import share_words
from sim.report.word.case import Case
from sim.report.words import cell, counts_words
from sim.rules.coverage import worst
from sim.texts import t
from sim.texts.clauses import clause_words
from sim.word.blocks import Block, Line, Para, Part, Sub, Table

MOST_COLUMNS = 5
"""Cases that have a column of their own; of more, the sums tell."""
FINE = ("met", "excused", "noted", "not_applicable")


def compared(case: Case) -> list[Block]:
    """Return where the cases differ or fail, duty by duty, then what became of whose duties."""
    found = [duty for duty in duties(case.verdicts) if duty.applies]
    blocks = [Sub(t("The cases side by side")), *_duties(case, found), *_owners(case, found)]
    return blocks if found else []


def _duties(case: Case, found: Sequence[Duty]) -> list[Block]:
    names = case.record.cases
    if len(names) > MOST_COLUMNS:
        return []
    groups: dict[tuple[str, str], dict[str, list[Duty]]] = {}
    for duty in found:
        groups.setdefault((duty.rule, duty.owner), {}).setdefault(duty.case, []).append(duty)
    rows: list[list[Line]] = []
    for (rule, owner), of_case in groups.items():
        if all(duty.verdict in FINE and not duty.depends for d in of_case.values() for duty in d):
            continue
        first = next(iter(of_case.values()))[0]
        clause = t(" / ").join(filter(None, (clause_words(first.clause), rule)))
        who = named(case.names, owner) if owner else t("(nobody on record)")
        rows.append([clause, who, *(_cell(of_case.get(name, [])) for name in names)])
    head = [t("clause"), t("owner"), *(t("case {n}", n=k) for k in range(1, len(names) + 1))]
    share = 52 / len(names)
    title = t("Duties that are not met in every case, with margins (min)")
    text = t(
        "{n} of {total} duties, told by rule and owner; the others are met, excused or only noted "
        "in every case in which they apply. All of them with intervals: ",
        n=len(rows),
        total=len(groups),
    )
    table = Table("compared", title, head, rows, (26, 22, *[share] * len(names)))
    return [*([table] if rows else []), Para([text, Part("totals")], small=True)]


def _cell(found: Sequence[Duty]) -> str:
    """Return the worst verdict of one case with its least margin, and whether readings differ."""
    if not found:
        return "—"
    verdict = worst([duty.verdict for duty in found])
    same = [duty for duty in found if duty.verdict == verdict]
    first = min(same, key=lambda duty: duty.margin if duty.margin is not None else 0)
    words = cell(Reading(verdict, margin=first.margin, word=first.word))
    if len(found) > 1:
        words += t(" ({n} of {total})", n=len(same), total=len(found))
    return words + (t("; depends on the reading") if any(d.depends for d in found) else "")


def _owners(case: Case, found: Sequence[Duty]) -> list[Block]:
    rows: list[list[Line]] = []
    for owner in dict.fromkeys(duty.owner for duty in found if duty.owner):
        own = [duty for duty in found if duty.owner == owner]
        states: dict[str, set[str]] = {}
        for duty in own:
            if not duty.only:
                states.setdefault(duty.case, set()).add(duty.verdict)
        late = sum("late" in words for words in states.values())
        clear = sum(words <= {*FINE} for words in states.values())
        cases = str(len({duty.case for duty in own}))
        share = share_words(clear, late) if states else "—"
        row = [named(case.names, owner), cases, counts_words(own), share]
        rows.append([*row])
    head = [t("owner"), t("cases"), t("duties that apply")]
    head.append(t("cases with every duty met, of those decided [95 %]"))
    table = Table("owners", t("Organisations over all cases"), head, rows, (28, 8, 38, 26))
    text = t(
        "A case counts as decided for an organisation where a duty is late, or all are met, "
        "excused or only noted; duties of one case are not independent of one another, cases are "
        "taken to be."
    )
    return [table, Para(text, small=True)] if rows else []
