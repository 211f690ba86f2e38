"""A small language for records: `record.report("hechi", "region", "1:55")`, then `.judge()`."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from sim.log.record import EventLog, typed
from sim.rules import load_pack, score

ORIGIN = datetime(2024, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))


def at(text: str) -> int:
    """`1:55` -> seconds."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


class Record:
    """Rows of one case; instants are h:mm after its origin."""

    def __init__(self, case: str = "drill", incident: str = "leak"):
        self.case, self.incident = case, incident
        self.rows: list[dict] = []

    def row(self, activity: str, time: str | int | None = None, **columns) -> Record:
        if time is not None:
            columns["time"] = at(time) if isinstance(time, str) else time
        number = len(self.rows)
        base = {"row": f"r{number}", "case": self.case, "seq": number, "activity": activity}
        incident = "" if activity in ("role", "observe") else self.incident
        self.rows.append({"incident": incident, **base, **columns})
        return self

    def role(self, actor: str, role: str, **columns) -> Record:
        return self.row("role", 0, actor=actor, actor_role=role, **columns)

    def observe(self, until: str, since: str = "0:00", **columns) -> Record:
        return self.row("observe", since, until=at(until), **columns)

    def occur(self, time: str = "0:00", **columns) -> Record:
        return self.row("occur", time, **{"hazard": "chemical_leak", **columns})

    def knows(self, actor: str, receive: str = "0:40", confirm: str = "1:10", grade: str = "II"):
        """First notice and confirmation of a grade."""
        self.row("receive", receive, actor=actor)
        return self.row("confirm", confirm, actor=actor, grade=grade)

    def report(self, sender: str, recipient: str, acked: str, kind: str = "initial", **columns):
        """A message, sent, received and acknowledged at one instant unless `sent` says else."""
        number = len(self.rows)
        sent = columns.pop("sent", acked)
        common = {"message": f"m{number}", "channel": "phone", "kind": kind} | columns
        self.row("send", sent, phase="ended", actor=sender, recipient=recipient, **common)
        self.row("receive", sent, actor=recipient, **common)
        return self.row(
            "acknowledge", acked, actor=recipient, recipient=sender, message=common["message"]
        )

    def log(self) -> EventLog:
        return as_log(self.rows, {self.case: ORIGIN})

    def judge(self, pack: str = "guangxi-2012-65", **options):
        """Rows of the verdict table, by (rule, owner)."""
        return judged(self.log(), pack, options)


def as_log(rows: list[dict], origins: dict) -> EventLog:
    names = {name for row in rows for name in row}
    text = {
        "time",
        "time_lo",
        "time_hi",
        "until",
        "seq",
        "quantity",
        "share",
        "loss_wan",
        "resolution",
        "due",
        "allowed",
    }
    text |= {"dead", "missing", "injured", "poisoned", "trapped", "at_risk", "evacuated", "persons"}
    columns = {n: [row.get(n, None if n in text else "") for row in rows] for n in names}
    if "resolution" in names:
        columns["resolution"] = [row.get("resolution", 1) for row in rows]
    return EventLog(typed(columns, len(rows)), origins)


def judged(log: EventLog, pack="guangxi-2012-65", options=None) -> dict:
    pack = load_pack(pack) if isinstance(pack, str) else pack
    table = score(log, pack, options or {}).table
    return {(row["rule"], row["owner"]): row for row in table.to_dict("records")}


@pytest.fixture
def record():
    """An empty record with the usual directory: hechi and the department owe the region."""
    made = Record()
    made.role("hechi", "city_gov", jurisdiction="hechi", superior="region")
    made.role("emergency-dept", "region_dept", supervises="chemical_leak")
    made.role("region", "region_gov")
    return made
