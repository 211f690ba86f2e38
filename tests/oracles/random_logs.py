"""Random records that reach every verdict and reason.

A record is a list of rows with every column of the schema.  Times lie on a grid of five minutes,
so that limits are met exactly, stamps are equal and things happen at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from sim.log.record import EventLog, typed
from sim.log.schema import NAMES, TEXTS

ORIGIN = datetime(2024, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
FULL = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
TEN = FULL.split("|")
KINDS = ("initial", "situation", "detailed", "explanation", "follow_up", "", "notice", "warning")
CHANNELS = ("phone", "fax", "platform", "written", "")
GRADES = ("I", "II", "II", "III", "III", "IV")
DAY, YEAR = 86400, 365 * 86400
EMPTY = {name: "" if name in TEXTS else None for name in NAMES}


class Writer:
    """Writes the rows of one random case."""

    def __init__(self, seed: int):
        self.random, self.rows = Random(seed), []
        self.case, self.incident = f"case-{seed}", ""

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, share: float, text: str) -> str:
        return text if self.chance(share) else ""

    def minute(self, last: int = 480) -> int:
        """Mostly in the first hours, where the limits lie."""
        last = self.random.choice((90, 200, last))
        return 300 * self.random.randint(0, last // 5)

    def row(self, activity: str, time: int | None = None, blur: float = 0.0, **columns) -> dict:
        number = len(self.rows)
        row = {**EMPTY, "row": f"r{number}", "case": self.case, "seq": number, "activity": activity}
        row.update({"incident": self.incident, "time": time, **columns})
        if time is not None and self.chance(blur):
            row.update(time=None, time_lo=time - self.random.choice((0, 300, 900, 3600)))
            row["time_hi"] = time + self.random.choice((0, 300, 900, 3600))
        self.rows.append(row)
        return row

    # --- what stands --------------------------------------------------------------------

    def directory(self) -> None:
        areas = self.random.choice(("", "hechi", "hechi"))
        few = 0.2 if self.chance(0.06) else 1.0
        for actor, role, share, columns in (
            ("hechi", "city_gov", 0.95, {"jurisdiction": areas, "superior": "region"}),
            ("liuzhou", "city_gov", 0.25, {"jurisdiction": "liuzhou", "superior": "region"}),
            ("dept", "region_dept", 0.8, {"supervises": self.random.choice(("mine", "fire|mine"))}),
            ("flood-dept", "region_dept", 0.3, {"supervises": "flood"}),
            ("region", "region_gov", 0.95, {"jurisdiction": self.random.choice(("", "guangxi"))}),
            ("county", "county_gov", 0.6, {"superior": "hechi"}),
            ("county-dept", "county_dept", 0.6, {"superior": "county", "supervises": "mine|flood"}),
            ("city-dept", "city_dept", 0.6, {"superior": "hechi", "supervises": "mine"}),
            ("works", "unit", 0.7, {}),
            ("village", "grassroots", 0.4, {}),
            ("state", "state", 0.4, {}),
            ("depot", "depot", 0.4, {}),
        ):
            if self.chance(share * few):
                self.row("role", actor=actor, actor_role=role, incident="", **columns)
        self.actors = [row["actor"] for row in self.rows]

    def anybody(self) -> str:
        return self.random.choice(self.actors)

    def observed(self) -> None:
        since = self.random.choice((0, 0, 0, 0, 1800, 7200))
        until = self.random.choice((3600, 7200, 9000, 10800, 21600, 28800, DAY, 40 * DAY, 3 * YEAR))
        for _ in range(self.random.choice((0, 1, 1, 1, 2))):
            self.row(
                "observe",
                since,
                until=since + until,
                actor=self.some(0.3, self.anybody()),
                incident=self.some(0.3, self.incident),
                channel=self.some(0.05, "phone"),
            )
            since += until + self.random.choice((0, 600))

    def registers(self) -> None:
        """Shifts, drills, stocks: rows of no incident."""
        office = self.random.choice(("hechi", "region", "dept"))
        start = 0
        for _ in range(self.random.choice((0, 0, 1, 3))):
            length = self.random.choice((7200, 28800, DAY, YEAR * 3))
            for post in ("duty", "leader"):
                if self.chance(0.9):
                    self.row("shift_begin", start, until=start + length, actor=office, object=post)
            start += length + self.random.choice((0, 0, 0, 1800))
        for _ in range(self.random.choice((0, 0, 1, 2, 4))):
            time = self.random.choice((-3, -2, -1, 0, 1, 2)) * YEAR + self.minute()
            plan = self.random.choice(("mine-plan", "flood-plan", "comprehensive"))
            self.row("drill_held", time, actor=self.random.choice(("hechi", "region")), object=plan)
        for _ in range(self.random.choice((0, 0, 1, 2))):
            item, number = self.random.choice(("water", "tents")), self.random.choice((10, 20))
            if self.chance(0.9):
                self.row("stock_recorded", 0, actor="depot", item=item, quantity=number)
            if self.chance(0.8):
                number = number if self.chance(0.6) else 15
                self.row("stock_counted", self.minute(), actor="depot", item=item, quantity=number)
        if self.chance(0.2):
            self.row("missed", self.minute(), actor=self.anybody())

    # --- what happened ------------------------------------------------------------------

    def event(self) -> None:
        areas = self.random.choice(("", "", "hechi", "hechi|liuzhou"))
        hazard = self.random.choice(("mine", "mine", "mine", "flood", ""))
        figures = {"dead": self.random.choice((1, 3, 12, 30))} if self.chance(0.3) else {}
        where = {"hazard": hazard, "jurisdiction": areas}
        if self.chance(0.9):
            self.row("occur", self.random.choice((0, 0, 300, 1800)), 0.2, **where, **figures)
        if not any(r["incident"] == self.incident for r in self.rows) or self.chance(0.15):
            self.row("occur", self.minute(90), actor=self.anybody(), **where)

        if self.chance(0.25):
            figures = {"dead": self.random.choice((0, 3, 10, 30)), "grade": self.some(0.2, "II")}
            self.row("truth", self.minute(), **figures)

    def knowledge(self) -> None:
        for actor in self.actors:
            if self.chance(0.6):
                activity = self.random.choice(("receive", "notice"))
                self.row(
                    activity, self.minute(90), 0.1, actor=actor, kind=self.some(0.05, "warning")
                )
        for _ in range(self.random.choice((0, 1, 2, 2, 3))):
            actor = self.random.choice(
                ("hechi", "hechi", "hechi", "dept", "region", "county", "works")
            )
            self.row(
                "confirm", self.minute(200), 0.2, actor=actor, grade=self.random.choice(GRADES)
            )

    def elements(self) -> str:
        some = self.random.choice((0, 0, 3, 6, 9, 10))
        if some == 3:
            return "time|place|nature"
        return "|".join(self.random.sample(TEN, some))

    def reports(self) -> None:
        edges = (
            ("hechi", "region"),
            ("hechi", "region"),
            ("dept", "region"),
            ("works", "county"),
            ("works", "county-dept"),
        )
        for k in range(self.random.randint(0, 9)):
            sender, recipient = self.random.choice(
                (*edges, edges[0], (self.anybody(), self.anybody()))
            )
            figures = {"dead": self.random.choice((0, 4, 12))} if self.chance(0.2) else {}
            common = {
                "kind": self.random.choice(KINDS),
                "elements": self.elements(),
                "reason": self.some(0.35, "counting"),
                "channel": self.random.choice(CHANNELS),
                **figures,
            }
            self.report(f"{self.incident}-m{k}", sender, recipient, common)

    def report(self, message: str, sender: str, recipient: str, common: dict) -> None:
        sent, blur = self.minute(), self.random.choice((0, 0, 0.4))
        if self.chance(0.3):
            self.row("reported", sent, blur, actor=sender, recipient=recipient, **common)
            return
        common["message"] = self.some(0.95, message)
        got = sent + 300 * self.random.choice((0, 0, 1, 3, 12))
        if self.chance(0.95):
            self.row("send", sent, blur, phase="ended", actor=sender, recipient=recipient, **common)
        if self.chance(0.75):
            self.row("receive", got, blur, actor=recipient, recipient=sender, **common)
            if self.chance(0.7):
                got += 300 * self.random.choice((0, 0, 1, 2))
                back = {"actor": recipient, "recipient": sender, "message": common["message"]}
                self.row("acknowledge", got, blur, **back)
        elif common["message"] and self.chance(0.4):
            fate = self.random.choice(("lost", "given_up", "open"))
            self.row(fate, got + 3600, actor=sender, recipient=recipient, message=message)

    def response(self) -> None:
        for actor in ("hechi", "region", "county"):
            if actor not in self.actors or self.chance(0.55):
                continue
            plan = self.random.choice(("mine-plan", "flood-plan"))
            for activity, share in (
                ("respond", 0.8),
                ("activate", 0.8),
                ("execute", 0.7),
                ("terminate", 0.6),
            ):
                if self.chance(share):
                    graded = {}
                    if activity == "activate":
                        graded = {"level": self.random.choice(("I", "II", "III", ""))}
                        graded["grade"] = graded["level"] if self.chance(0.5) else "II"
                    self.row(activity, self.minute(), 0.05, actor=actor, object=plan, **graded)
            for activity, columns in (
                ("command", {"phase": "ended"}),
                ("stand_up", {"object": "press"}),
                (
                    "publish",
                    {
                        "elements": self.random.choice(
                            ("progress", "measures|precautions", "findings")
                        )
                    },
                ),
                ("aar_submit", {}),
                ("plan_revised", {}),
                ("refused", {"reason": self.random.choice(("not_authorised", "busy"))}),
                ("reported", {"kind": "notice", "recipient": "county"}),
            ):
                if self.chance(0.4):
                    self.row(activity, self.minute(), actor=actor, **columns)


def random_rows(seed: int) -> list[dict]:
    """The rows of one record, one or two incidents."""
    writer = Writer(seed)
    writer.directory()
    if not writer.actors:
        writer.row("role", actor="hechi", actor_role="city_gov", incident="")
        writer.actors = ["hechi"]
    writer.observed()
    writer.registers()
    incidents = writer.random.choice((1, 1, 1, 1, 1, 1, 1, 2)) if writer.chance(0.98) else 0
    for incident in ("leak", "slide")[:incidents]:
        writer.incident = incident
        if writer.chance(0.97):
            writer.event()
        writer.observed()
        writer.knowledge()
        writer.reports()
        writer.response()
    return writer.rows


def as_log(cases: list[list[dict]]) -> EventLog:
    rows = [row for case in cases for row in case]
    columns = {name: [row[name] for row in rows] for name in NAMES}
    return EventLog(typed(columns, len(rows)), {case[0]["case"]: ORIGIN for case in cases})
