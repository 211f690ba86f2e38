"""Improvement actions: what is done about a confirmed finding, by whom, until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from sim.errors import YanlianError
from sim.register.database import Database, Rows
from sim.register.entered import named, now
from sim.register.findings import findings
from sim.texts import t

STATES = ("open", "done", "dropped")
_KEPT = ("finding", "what", "owner", "due", "note", "state")


def assign(
    db: Database, finding: int, what: str, owner: str, due: date, by: str, at: str = ""
) -> int:
    """Add an action for a confirmed finding; return its number."""
    who = named(by)
    with db.writing():
        return new_action(
            db, finding, {"what": what, "owner": owner, "due": due.isoformat()}, who, at
        )


def new_action(db: Database, finding: int, given: dict[str, Any], by: str, at: str = "") -> int:
    """Add an action inside a block that writes; raises `YanlianError` unless it may be added."""
    state = {row["number"]: row["state"] for row in findings(db)}.get(finding)
    if state is None:
        raise YanlianError(t("no finding {n} in the register", n=finding))
    if state != "confirmed":
        raise YanlianError(t("finding {n} is not confirmed by a person yet", n=finding))
    values = {"note": "", "state": "open"} | given | {"finding": finding}
    return db.add_new("action", **values, entered_by=by, entered_at=at or now())


def actions(db: Database, overdue_on: date | None = None) -> Rows:
    """Return the actions as they stand, by due date, with rule, clause and body of the finding.

    `overdue_on`: only those that are open after their due date on that day (on the day itself
    they are not overdue).
    """
    sql = (
        "SELECT a.*, f.rule, f.clause, f.owner AS body, f.drill FROM action_now a "
        "JOIN finding_now f ON f.number = a.finding ORDER BY a.due, a.number"
    )
    found = db.rows(sql)
    if overdue_on is None:
        return found
    day = overdue_on.isoformat()
    return [row for row in found if row["state"] == "open" and row["due"] < day]


def close(
    db: Database, number: int, by: str, state: str = "done", note: str = "", at: str = ""
) -> None:
    """Close an action by a new row (`done` or `dropped`), or open it again (`open`).

    Raises `YanlianError` for an unknown number or an action that is in that state already.
    """
    who = named(by)
    with db.writing():
        found = [row for row in actions(db) if row["number"] == number]
        if not found:
            raise YanlianError(t("no action {n} in the register", n=number))
        if found[0]["state"] == state:
            raise YanlianError(t("action {n} is so already", n=number))
        correct_action(db, found[0], {"state": state, "note": note or found[0]["note"]}, who, at)


def correct_action(
    db: Database, old: dict[str, Any], given: dict[str, Any], by: str, at: str = ""
) -> None:
    """Add the row that corrects an action's last one, inside a block that writes."""
    new = {name: old[name] for name in _KEPT} | given
    db.correct("action", old, **new, entered_by=by, entered_at=at or now())
