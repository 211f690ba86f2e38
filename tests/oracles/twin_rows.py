"""What the slow twin reads off sorted rows: patterns, the directory, stamps, completeness.

A row is a dictionary with every column of the schema; text that is absent is `""`, a number
that is absent is `None`.
"""

from __future__ import annotations

FORECASTS = ("signal", "warning", "bulletin")
RANK = {"": 0, "IV": 1, "III": 2, "II": 3, "I": 4}


def words(text: str) -> list[str]:
    return [word for word in text.split("|") if word]


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def stamp(row: dict) -> tuple[int, int] | None:
    """Earliest and latest second of a row; None where it has no time at all."""
    if row["time"] is not None:
        return (row["time"], row["time"])
    if row["time_lo"] is None or row["time_hi"] is None:
        return None
    return (row["time_lo"], row["time_hi"])


class Scene:
    """The rows of one case in order, and its directory."""

    def __init__(self, rows: list[dict]):
        self.rows = sorted(rows, key=lambda row: row["seq"])
        self.roles = {row["actor"]: row for row in self.rows if row["activity"] == "role"}
        self.incidents = []
        for row in self.rows:
            if row["incident"] and row["activity"] == "occur":
                if row["incident"] not in self.incidents:
                    self.incidents.append(row["incident"])

    def of(self, incident: str) -> list[dict]:
        return [row for row in self.rows if row["incident"] == incident]

    def hazard(self, incident: str) -> str:
        return next((r["hazard"] for r in self.of(incident) if r["hazard"]), "")

    def areas(self, incident: str) -> list[str]:
        for row in self.of(incident):
            if row["activity"] == "occur" and row["jurisdiction"]:
                return words(row["jurisdiction"])
        return []

    def covers(self, actor: str, areas: list[str]) -> bool:
        """An actor's area is what his entry names, and what those below him name."""
        own = words(self.roles[actor]["jurisdiction"])
        if not areas or not own or set(own) & set(areas):
            return True
        below = [a for a, entry in self.roles.items() if entry["superior"] == actor]
        return any(
            words(self.roles[a]["jurisdiction"]) and self.covers(a, areas) for a in below
        )

    def who(self, who: dict, incident: str | None) -> list[str]:
        """Actors by role, hazard and area; in a rule of the whole case by role alone."""
        found = []
        for actor, entry in self.roles.items():
            if entry["actor_role"] not in listed(who["role"]):
                continue
            if incident is not None:
                if who.get("supervises") and self.hazard(incident) not in words(entry["supervises"]):
                    continue
                areas = self.areas(incident)
                if not self.covers(actor, areas[:1] if who.get("area") == "lead" else areas):
                    continue
            found.append(actor)
        return found

    def matches(self, row: dict, pattern: dict, owners: list[str]) -> bool:
        return all(self._one(row, column, want, owners) for column, want in pattern.items())

    def _one(self, row: dict, column: str, want, owners: list[str]) -> bool:
        value = row[column]
        if want == "owner":
            return value in owners
        if isinstance(want, dict):
            if "role" in want:
                return value in self.roles and self.roles[value]["actor_role"] in listed(want["role"])
            if "part" in want:
                return want["part"] in value
            if "nonempty" in want:
                return (value not in ("", None)) == want["nonempty"]
            if "has" in want:
                hits = sum(1 for word in want["has"] if word in words(value))
                return hits >= want.get("at_least", len(want["has"]))
            raise AssertionError(f"the twin does not know {want}")
        return value in listed(want)

    def forecast(self, row: dict) -> bool:
        """A signal or a warning is no notice and no report."""
        if row["kind"]:
            return row["kind"] in FORECASTS
        if row["warning"]:
            return True
        return bool(row["message"]) and any(
            other["message"] == row["message"] and (other["kind"] in FORECASTS or other["warning"])
            for other in self.rows
        )

    def complete(self, actors: list[str], incident: str) -> list[tuple[int, int]]:
        """Spans in which the record of some actor is complete, joined where they touch.

        A rule of the whole case (`incident` empty) needs spans that name no incident.
        """
        spans = []
        for row in self.rows:
            if row["activity"] != "observe" or row["channel"] or row["until"] is None:
                continue
            if row["incident"] not in ("", incident) or row["actor"] not in ("", *actors):
                continue
            spans.append((row["time"], row["until"]))
        joined: list[list[int]] = []
        for lo, hi in sorted(spans):
            if joined and lo <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], hi)
            else:
                joined.append([lo, hi])
        return [(lo, hi) for lo, hi in joined]
