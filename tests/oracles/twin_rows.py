"""What the slow twin reads off sorted rows: patterns, the directory, stamps, completeness.

A row is a dictionary with every column of the schema; text that is absent is `""`, a number
that is absent is `None`.  An instant is a pair (earliest, latest) of seconds.
"""

from __future__ import annotations

FORECASTS = ("signal", "warning")
RANK = {"": 0, "IV": 1, "III": 2, "II": 3, "I": 4}
DONE = ("", "ended")
NEVER = 10**15
Row = dict
Instant = tuple[int, int]


def words(text: str) -> list[str]:
    return [word for word in text.split("|") if word]


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def stamp(row: Row) -> Instant:
    """Earliest and latest second of a row; a bound that is not written is none."""
    if row["time"] is not None:
        return (row["time"], row["time"])
    lo, hi = row["time_lo"], row["time_hi"]
    return (-NEVER if lo is None else lo, NEVER if hi is None else hi)


def timed(row: Row) -> bool:
    return stamp(row) != (-NEVER, NEVER)


def first(instants: list[Instant]) -> Instant | None:
    """When the first of several things happened: each may be the first."""
    if not instants:
        return None
    return (min(lo for lo, _ in instants), min(hi for _, hi in instants))


class Scene:
    """The rows of one case in order of time, and its directory.

    `as_if` = as if the true grade had been confirmed.
    """

    def __init__(self, rows: list[Row], as_if: bool = False):
        self.as_if = as_if
        self.rows = sorted(rows, key=lambda row: (stamp(row)[0], row["seq"]))
        self.roles = {row["actor"]: row for row in self.rows if row["activity"] == "role"}
        occurring = {row["incident"] for row in self.rows if row["activity"] == "occur"}
        spoken = {
            row["incident"]
            for row in self.rows
            if row["activity"] in ("send", "reported", "truth", "confirm", "notice", "receive")
            and not self.forecast(row)
            and (row["activity"] != "confirm" or row["grade"])
        }
        self.incidents = sorted((occurring or spoken) - {""})

    def of(self, incident: str) -> list[Row]:
        """The rows of an incident; without one, of the case."""
        return [row for row in self.rows if not incident or row["incident"] == incident]

    def done(self, incident: str, *activities: str) -> list[Row]:
        rows = self.of(incident)
        return [r for r in rows if r["activity"] in activities and r["phase"] in DONE]

    def _said(self, incident: str, column: str) -> str:
        """What `occur` rows say; the inquiry's word before an actor's, the latest of it."""
        rows = [r for r in self.done(incident, "occur") if r[column]]
        truth = [r for r in rows if not r["actor"]]
        return truth[-1][column] if truth else rows[0][column] if rows else ""

    def hazard(self, incident: str) -> str:
        return self._said(incident, "hazard")

    def areas(self, incident: str) -> list[str]:
        return words(self._said(incident, "jurisdiction"))

    def level(self, actor: str) -> str:
        return self.roles[actor]["actor_role"].split("_")[0]

    def concerned(self, actor: str, areas: list[str]) -> bool:
        """The region and the state answer for every area; others where their level is named."""
        own = words(self.roles[actor]["jurisdiction"])
        if self.level(actor) in ("region", "state") or not own or set(own) & set(areas):
            return True
        same = [a for a in self.roles if self.level(a) == self.level(actor)]
        return not any(set(words(self.roles[a]["jurisdiction"])) & set(areas) for a in same)

    def who(self, who: dict, incident: str) -> list[str]:
        """Actors by role, hazard supervised and area, in the order of their names."""
        areas = self.areas(incident) if incident else []
        if who.get("area") == "lead":
            areas = areas[:1]
        found = []
        for actor, entry in sorted(self.roles.items()):
            if entry["actor_role"] not in listed(who["role"]):
                continue
            hazards = words(entry["supervises"])
            if who.get("supervises") and self.hazard(incident) not in hazards:
                continue
            if self.concerned(actor, areas):
                found.append(actor)
        return found

    def told(self, whom: dict, owner: str) -> list[str]:
        """To whom an owner owes a report: of several, those that share an area with him."""
        found = [
            actor
            for actor, entry in self.roles.items()
            if entry["actor_role"] in listed(whom["role"]) and actor != owner
        ]
        own = set(words(self.roles[owner]["jurisdiction"]))
        near = [a for a in found if own & set(words(self.roles[a]["jurisdiction"]))]
        return near or found

    def matches(self, row: Row, pattern: dict, owners: list[str]) -> bool:
        return all(self._one(row[column], want, owners) for column, want in pattern.items())

    def _one(self, value, want, owners: list[str]) -> bool:
        if want == "owner":
            return value in owners
        if isinstance(want, dict):
            if "role" in want:
                entry = self.roles.get(value)
                return entry is not None and entry["actor_role"] in listed(want["role"])
            if "part" in want:
                return value.split("/")[-1] == want["part"]
            if "nonempty" in want:
                return (value not in ("", None)) == want["nonempty"]
            if "has" in want:
                hits = sum(1 for word in want["has"] if word in words(value))
                return hits >= want.get("at_least", len(want["has"]))
            raise AssertionError(f"the twin does not know {want}")
        return value in listed(want)

    def forecast(self, row: Row) -> bool:
        """A signal or a warning is no notice and no report of the event."""
        if row["kind"]:
            return row["kind"] in FORECASTS
        if row["warning"]:
            return True
        return bool(row["message"]) and any(
            other["kind"] in FORECASTS or (not other["kind"] and other["warning"])
            for other in self.rows
            if other["message"] == row["message"]
        )

    def complete(self, actors: list[str], incident: str, channel="") -> list[Instant]:
        """Spans in which the record of one of the actors is complete, joined where they touch.

        A rule of the whole case needs spans that name no incident; a span of one channel
        speaks of duties that are bound to it.
        """
        spans = []
        for row in self.done("", "observe"):
            about = row["incident"] in ("", incident) and row["actor"] in ("", *actors)
            if about and row["channel"] in ("", channel) and row["until"] is not None:
                spans.append((stamp(row)[1], row["until"]))
        joined: list[Instant] = []
        for lo, hi in sorted(spans):
            if joined and lo <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], hi))
            elif lo <= hi:
                joined.append((lo, hi))
        return joined
