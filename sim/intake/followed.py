"""A record whose rows are followed by others that stand for them; none is ever overwritten."""

from __future__ import annotations

from typing import Any

from sim.log.corrections import CORRECT
from sim.log.record import RESOLUTION, EventLog, typed
from sim.log.schema import NAMES, TEXTS

Row = dict[str, Any]


class Followed:
    """The rows of a record, `by_id`, and of each that was corrected the row of its correction."""

    def __init__(self, log: EventLog):
        table = log.table.astype(object).where(log.table.notna(), None)
        self.origins = log.origins
        self.rows: list[Row] = [{str(k): v for k, v in r.items()} for r in table.to_dict("records")]
        self.by_id = {(row["case"], row["row"]): row for row in self.rows}
        self.follower = {
            (row["case"], row["replaces"]): row for row in self.rows if row["activity"] == CORRECT
        }

    def log(self) -> EventLog:
        """Return the record as it stands now."""
        ordered = sorted(self.rows, key=lambda row: list(self.origins).index(row["case"]))
        columns = {name: [row[name] for row in ordered] for name in (*NAMES, RESOLUTION)}
        return EventLog(typed(columns, len(ordered)), self.origins)

    def named(self, name: str, cases: list[str]) -> list[Row]:
        """Return the rows that have an id, else those that stand at a place, in some cases."""
        found = [self.by_id[case, name] for case in cases if (case, name) in self.by_id]
        if found:
            return found
        replacing = {(r["case"], r["object"]) for r in self.follower.values()}
        return [
            row
            for row in self.rows
            if name in row["source"].split(" + ") and row["case"] in cases
            if row["activity"] != CORRECT and (row["case"], row["row"]) not in replacing
        ]

    def stands(self, row: Row) -> str:
        """Return the id of the row that stands for a row now, `""` where it was struck out."""
        key = (row["case"], row["row"])
        while key in self.follower:
            key = (key[0], self.follower[key]["object"])
        return str(key[1])

    def follow(
        self, first: Row, row: Row, count: int, change: Row | None, who: Row, place: str
    ) -> None:
        """Let `row`, the `count`-th that stands for `first`, be followed by one with a change.

        Without a change it is struck out.
        """
        case = row["case"]
        new = f"{first['row']}.c{count + 1}" if change is not None else ""
        if change is not None:
            fresh = {**row, **change, "row": self._free(case, new)}
            new = fresh["row"]
            self.rows.insert(_position(self.rows, row) + 1, fresh)
            self.by_id[case, new] = fresh
        made = {name: "" if name in TEXTS else None for name in NAMES} | {RESOLUTION: 1} | who
        made |= {"case": case, "activity": CORRECT, "replaces": row["row"], "object": new}
        made["row"] = self._free(case, f"correction-{len(self.follower) + 1}")
        made["seq"] = max(int(r["seq"]) for r in self.rows if r["case"] == case) + 1
        made["source"] = place
        self.rows.append(made)
        self.by_id[case, made["row"]] = made
        self.follower[case, row["row"]] = made

    def _free(self, case: str, name: str) -> str:
        """Return an id that no row has yet."""
        while (case, name) in self.by_id:
            name += "x"
        return name


def _position(rows: list[Row], row: Row) -> int:
    return next(k for k, one in enumerate(rows) if one is row)
