"""Confirmed findings and their actions as a list that people fill in, out and back in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.cells import comparable, day, meant_day, number
from sim.files.sheetwriter import unguarded, write_list
from sim.files.tables import Row, read_table
from sim.register.actions import STATES, actions, correct_action, new_action
from sim.register.database import Database
from sim.register.drills import body_names
from sim.register.entered import named
from sim.register.findings import findings
from sim.texts import in_language, label, t, vocabulary
from sim.texts.clauses import clause_words

COLUMNS: dict[str, tuple[str, ...]] = {
    "finding": ("问题编号",),
    "held": ("演练日期",),
    "clause": ("条款",),
    "rule": ("规则",),
    "body": ("责任主体",),
    "text": ("问题",),
    "action": ("措施编号",),
    "version": ("版本",),
    "what": ("整改措施",),
    "owner": ("整改责任人", "责任人"),
    "due": ("完成时限",),
    "state": ("状态",),
    "note": ("备注",),
    "by": ("填报人",),
}
"""Columns of the list and what they are called in Chinese, by which they are read too."""
NEEDED = ("finding", "action", "version", "what", "owner", "due", "state", "by")
_WIDTHS = (9, 12, 11, 14, 20, 46, 9, 7, 40, 16, 13, 12, 24, 14)
Words = Callable[[Mapping[str, Any]], str]


def write_actions(path: str | Path, db: Database, words: Words, lang: str = "zh") -> int:
    """Write confirmed findings with their actions as .xlsx or .csv; return the number of rows.

    A finding without an action has a row too, to be filled in; `words` says a finding.  The column
    `by` is empty: who changes a row writes his name.  Raises `MissingExtra` for .xlsx without the
    extra `excel`, `OSError`.
    """
    by_finding: dict[int, list[dict[str, Any]]] = {}
    for one in actions(db):
        by_finding.setdefault(one["finding"], []).append(one)
    names = body_names(db) if lang == "zh" else {}
    with in_language(lang):
        states = [label("action_state", word) for word in STATES]
        rows = [[names[0] if lang == "zh" else name for name, names in COLUMNS.items()]]
        for finding in findings(db, "confirmed"):
            own = [str(finding["number"]), finding["held"], clause_words(finding["clause"])]
            body = names.get(finding["owner"], finding["owner"])
            own += [finding["rule"], body, words(finding)]
            mine = by_finding.get(finding["number"])
            rows += [own + _cells(one) for one in mine] if mine else [own + [""] * 8]
    write_list(Path(path), rows, _WIDTHS, {list(COLUMNS).index("state"): states})
    return len(rows) - 1


def _cells(action: Mapping[str, Any]) -> list[str]:
    keys = ("number", "id", "what", "owner", "due")
    state = label("action_state", action["state"])
    return [*(str(action[key]) for key in keys), state, action["note"], ""]


def read_actions(path: str | Path, db: Database) -> tuple[int, int]:
    """Enter what people filled in; return how many actions are new and how many changed.

    Rows in which nothing was changed, or nothing filled in, enter nothing.  Raises `UnusableInput`
    with every mistake by its cell, and then enters nothing: unknown findings or actions, a day or
    a state that is none, no person, an action that somebody changed since the list was written.
    """
    table = read_table(Path(path), str(path), COLUMNS)
    lacking = [table.lacks(c, COLUMNS[c]) for c in NEEDED if c not in table.positions]
    if lacking:
        raise UnusableInput(lacking)
    with db.writing():
        confirmed = {row["number"] for row in findings(db, "confirmed")}
        known = {row["number"]: row for row in actions(db)}
        problems: list[Problem] = []
        entered: list[tuple[dict[str, Any] | None, int, dict[str, Any], str]] = []
        seen: dict[int, int] = {}
        for row in table.rows():
            found = _read(row, confirmed, known, seen, problems)
            if found is not None:
                entered.append(found)
        problems = [*table.problems, *problems]
        if problems:
            raise UnusableInput(problems)
        new = 0
        for old, finding, given, by in entered:
            if old is None:
                new_action(db, finding, given, by)
                new += 1
            else:
                correct_action(db, old, given, by)
    return new, len(entered) - new


def _read(
    row: Row,
    confirmed: set[int],
    known: Mapping[int, dict[str, Any]],
    seen: dict[int, int],
    problems: list[Problem],
) -> tuple[dict[str, Any] | None, int, dict[str, Any], str] | None:
    """Return (the action's last row, finding, what it says now, by whom), `None` for no change."""
    cells = {name: unguarded(row.texts.get(name, "")) for name in COLUMNS}
    if not any(cells[name] for name in ("action", "what", "owner", "due", "state")):
        return None
    before = len(problems)
    finding = _number(row, "finding", cells, set(confirmed), problems)
    old = None
    if cells["action"]:
        key = _number(row, "action", cells, set(known), problems)
        old = known.get(key)
        if key in seen:
            expected = t("each action once; it stands in line {line} too", line=seen[key])
            problems.append(row.problem("action", expected, shown(cells["action"])))
        elif old is not None:
            seen[key] = row.line
            problems += _fits(row, cells, old, finding)
    given = _given(row, cells, old["state"] if old else "open", problems)
    if old is not None and len(problems) == before and all(old[n] == v for n, v in given.items()):
        return None
    if not cells["by"].strip():
        problems.append(row.problem("by", t("who enters it"), t("nothing")))
    return None if len(problems) > before else (old, finding, given, named(cells["by"]))


def _given(
    row: Row, cells: Mapping[str, str], state: str, problems: list[Problem]
) -> dict[str, str]:
    """Return what a row says of an action; an empty cell for the state leaves it as it is."""
    given = {name: cells[name] for name in ("what", "owner", "note")}
    for name, expected in (("what", t("what is to be done")), ("owner", t("who does it"))):
        if not given[name]:
            problems.append(row.problem(name, expected, t("nothing")))
    found = day(cells["due"])
    if found is None:
        expected, received = t("a date such as 2012-07-01"), shown(cells["due"])
        problems.append(row.problem("due", expected, received, meant_day(cells["due"])))
    if cells["state"]:
        state = _states().get(comparable(cells["state"]), "")
    if not state:
        labels = t(", ").join(label("action_state", word) for word in STATES)
        hint = did_you_mean(cells["state"], _states())
        expected = t("one of {words}", words=labels)
        problems.append(row.problem("state", expected, shown(cells["state"]), hint))
    return given | {"due": found.isoformat() if found else "", "state": state}


def _number(
    row: Row, column: str, cells: Mapping[str, str], known: set[int], problems: list[Problem]
) -> int:
    value = number(cells[column])
    found = int(value) if value is not None and value == int(value) else 0
    if found not in known:
        what = {
            "finding": t("the number of a confirmed finding"),
            "action": t("an action's number"),
        }
        problems.append(row.problem(column, what[column], shown(cells[column])))
    return found


def _fits(
    row: Row, cells: Mapping[str, str], old: Mapping[str, Any], finding: int
) -> list[Problem]:
    """Return what does not fit between a row and the action that it names."""
    if old["finding"] != finding and finding:
        expected = t("finding {n}, to which the action belongs", n=old["finding"])
        return [row.problem("finding", expected, shown(cells["finding"]))]
    if number(cells["version"]) != old["id"]:
        expected = t("{n}: the action was changed since this list was written", n=old["id"])
        return [row.problem("version", expected, shown(cells["version"]))]
    return []


def _states() -> dict[str, str]:
    """Return what may stand in the column `state`, as it is compared -> its word."""
    found: dict[str, str] = {}
    for word, labels in vocabulary("action_state").items():
        found |= {comparable(text): word for text in (word, *labels)}
    return found
