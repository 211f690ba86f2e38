"""What persons judged, from a sheet: a table with the columns case, rule, owner, mark, by, why."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean
from sim.files.tables import Row, read_table
from sim.rules.marks import Judged
from sim.rules.scheme import AnyScheme, judged_words
from sim.rules.verdicts import Verdicts
from sim.texts import t

COLUMNS = {
    "case": ("案例", "场次"),
    "rule": ("规则", "条目"),
    "owner": ("责任单位",),
    "mark": ("评定", "认定"),
    "by": ("评定人", "认定人"),
    "why": ("理由", "依据"),
}
NEEDED = ("rule", "owner", "mark", "by")


def read_judged(path: str | Path, scheme: AnyScheme, verdicts: Verdicts) -> list[Judged]:
    """Return what a sheet (CSV or workbook) says of the duties of some verdicts.

    `case` may be left out where there is one only.  Raises `UnusableInput` with every row whose
    duty the verdicts do not have, whose mark the scheme does not leave to persons, or that does
    not say who judged.
    """
    table = read_table(Path(path), str(path), COLUMNS)
    problems = [table.lacks(n, COLUMNS[n]) for n in NEEDED if n not in table.positions]
    cases = list(dict.fromkeys(map(str, verdicts.table["case"])))
    if "case" not in table.positions and len(cases) > 1:
        problems.append(table.lacks("case", COLUMNS["case"]))
    if problems:
        raise UnusableInput(problems)
    columns = (verdicts.table[name] for name in ("case", "rule", "owner"))
    duties = {tuple(map(str, key)) for key in zip(*columns, strict=True)}
    found = []
    for row in table.rows():
        case = row.texts.get("case", cases[0] if cases else "")
        one = Judged(case, *(row.texts.get(n, "") for n in ("rule", "owner", "mark", "by", "why")))
        problems += _check(row, one, duties, judged_words(scheme))
        found.append(one)
    problems += table.problems
    if problems:
        raise UnusableInput(problems)
    return found


def _check(
    row: Row, one: Judged, duties: set[tuple[str, ...]], words: tuple[str, ...]
) -> list[Problem]:
    problems = []
    for k, column in enumerate(("case", "rule", "owner")):
        known = sorted({key[k] for key in duties if key[:k] == one[:k]})
        if one[k] not in known:
            shown = t("one of {words}", words=", ".join(known[:8]))
            problems.append(row.problem(column, shown, one[k], did_you_mean(one[k], known)))
            break
    if one.mark not in words:
        expected = t("one of {words}", words=", ".join(words) or t("no marks by persons"))
        problems.append(row.problem("mark", expected, one.mark, did_you_mean(one.mark, words)))
    if not one.by:
        problems.append(row.problem("by", t("who judged it")))
    return problems
