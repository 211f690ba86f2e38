"""What became of every order to a team, and of every site: from the record alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.log.record import EventLog

STAMPS = (
    *("ordered", "alerted", "mustered", "departed", "arrived"),
    *("started", "ended", "left", "returned", "refused"),
)
COLUMNS = (
    *("case", "incident", "team", "kind", "order", *STAMPS),
    *("establishment", "strength", "share", "crew_hours"),
)
_STAMP_OF = {
    ("order", "ended"): "ordered",
    ("order", ""): "ordered",
    ("alert", "ended"): "alerted",
    ("alert", ""): "alerted",
    ("muster", "ended"): "mustered",
    ("muster", ""): "mustered",
    ("depart", ""): "departed",
    ("travel", "started"): "departed",
    ("arrive", ""): "arrived",
    ("travel", "ended"): "arrived",
    ("work", "started"): "started",
    ("work", ""): "started",
    ("work", "ended"): "ended",
    ("return", "started"): "left",
    ("return", "ended"): "returned",
    ("return", ""): "returned",
    ("refused", ""): "refused",
}
"""(activity, phase) -> the stamp it gives; the first row counts, of `ended` the last."""
_OF_TEAMS = ("alert", "muster", "depart", "work")
"""Activities that only teams do; depots travel and return too."""


def team_times(log: EventLog) -> pd.DataFrame:
    """Return one row per team and order, in the order in which they were given.

    `ordered`, `alerted`, `mustered`, `departed`, `arrived`, `started` and `ended` (work on
    site), `left` (for home), `returned`, `refused`: seconds from the case's origin, empty where
    the record has no such stamp.  `kind`, `establishment`: of the team's directory row.
    `strength`: persons who went, those who followed included, or who came to a muster that fell
    short; `share`: of the establishment.  `crew_hours`: persons × hours from their departure to
    the team's return, empty as long as one of the two is unknown.

    What a team does belongs to the order that its row names, also where it is stamped before that
    order (its clock, or its clerk, was off), else to the last one it was given;
    where the record has no order (`order` empty), to the trip since its last return.
    """
    table = log.table
    roles = table[(table["activity"] == "role") & (table["actor_role"] == "team")]
    known = {(r.case, r.actor): r for r in roles.itertuples(index=False)}
    rows = table[table["activity"].isin([*{a for a, _ in _STAMP_OF}, "follow"])]
    rows = rows.sort_values(["case", "time", "seq"], kind="stable", na_position="last")
    teams = {*known, *_pairs(rows[rows["activity"] == "order"], "recipient")}
    teams |= _pairs(rows[rows["activity"].isin(_OF_TEAMS)], "actor")
    given = rows[rows["activity"].eq("order") & rows["phase"].isin(["", "ended"])]
    named = zip(given["case"], given["recipient"], given["object"], strict=True)
    trips = _Trips({key for key in named if key[2]})
    for row in rows.itertuples(index=False):
        team = str(row.recipient if row.activity == "order" else row.actor)
        if team and (row.case, team) in teams:
            trips.add(row, team)
    rank = {case: k for k, case in enumerate(log.cases)}
    listed = sorted(trips.found, key=lambda trip: rank[trip["case"]])
    done = [_summed(trip, known.get((trip["case"], trip["team"]))) for trip in listed]
    whole = dict.fromkeys((*STAMPS, "establishment", "strength"), "Int64")
    parts = dict.fromkeys(("share", "crew_hours"), "Float64")
    return pd.DataFrame(done, columns=list(COLUMNS)).astype(whole | parts)


def site_summary(log: EventLog) -> pd.DataFrame:
    """Return one row per case and incident that teams were sent to; escorts of goods are not.

    `teams`: how many orders teams took (what they refused does not count), `arrived`: how many
    arrived;
    `first_arrival`, `last_arrival`: seconds from the case's origin; `strength`: persons
    who went; `share`: of the establishment of these teams, where both are on record; `crew_hours`:
    the sum over the teams whose hours are known, empty where none are.
    """
    times = team_times(log)
    orders = log.table[log.table["activity"] == "order"]
    escorts = orders.loc[orders["note"] == "escort", "object"]
    times = times[times["refused"].isna() & ~times["order"].isin(escorts)]
    both = times["strength"].notna() & times["establishment"].notna()
    times = times.assign(
        went=times["strength"].where(both), full=times["establishment"].where(both)
    )
    groups = times.groupby(["case", "incident"], sort=False)
    found = groups.agg(
        teams=("team", "size"),
        arrived=("arrived", "count"),
        first_arrival=("arrived", "min"),
        last_arrival=("arrived", "max"),
    )
    sums = groups[["strength", "went", "full", "crew_hours"]].sum(min_count=1)
    found["strength"] = sums["strength"]
    found["share"] = (sums["went"] / sums["full"]).astype("Float64")
    found["crew_hours"] = sums["crew_hours"]
    return found.reset_index()


def _pairs(rows: pd.DataFrame, column: str) -> set[tuple[str, str]]:
    return set(zip(rows["case"], rows[column], strict=True))


class _Trips:
    """Sorts rows to the trips of their teams."""

    def __init__(self, given: set[tuple[str, str, str]]) -> None:
        self.found: list[dict[str, Any]] = []
        self.given = given
        self._now: dict[tuple[str, str], dict[str, Any]] = {}
        self._by_order: dict[tuple[str, str, str], dict[str, Any]] = {}

    def add(self, row: Any, team: str) -> None:
        """Take in one row of activity order, refused, follow, or of those a team does."""
        stamp = _STAMP_OF.get((row.activity, row.phase))
        if stamp is None and row.activity != "follow":
            return
        trip = self._trip(row, team, stamp)
        persons = None if pd.isna(row.persons) else int(row.persons)
        if row.activity == "follow":
            if row.phase != "ended" and persons is not None:
                trip["late"].append((row.time, persons))
            return
        if persons is not None and (row.activity != "arrive" or trip["strength"] is None):
            trip["strength"] = persons
        if trip[str(stamp)] is None or stamp == "ended":
            trip[str(stamp)] = None if pd.isna(row.time) else int(row.time)

    def _trip(self, row: Any, team: str, stamp: str | None) -> dict[str, Any]:
        key = (row.case, team)
        named = self._by_order.get((*key, row.object))
        if named is not None and (stamp != "ordered" or named["ordered"] is None):
            return named
        early = named is None and stamp != "ordered" and (*key, row.object) in self.given
        now = self._now.get(key)
        over = now is not None and (now["returned"], now["refused"]) != (None, None)
        anew = early or now is None or (over and stamp != "ended")
        if now is not None and not anew and stamp != "ordered":
            return now
        trip: dict[str, Any] = dict.fromkeys(COLUMNS)
        order = row.object if stamp == "ordered" or early else ""
        trip |= {"case": row.case, "incident": row.incident, "team": team, "order": order}
        trip["late"] = []
        self.found.append(trip)
        self._now[key] = trip
        if order:
            self._by_order[(*key, order)] = trip
        return trip


def _summed(trip: dict[str, Any], role: Any) -> dict[str, Any]:
    """Add what follows from the stamps."""
    late = trip.pop("late")
    begin, end, persons = trip["departed"], trip["returned"], trip["strength"]
    if None not in (begin, end, persons):
        seconds = persons * (end - begin) + sum(n * max(0, end - time) for time, n in late)
        trip["crew_hours"] = seconds / 3600
    if persons is not None:
        persons = trip["strength"] = persons + sum(n for _, n in late)
    trip["kind"] = role.team_kind if role is not None else ""
    if role is not None and not pd.isna(role.persons):
        trip["establishment"] = int(role.persons)
        if persons is not None and role.persons:
            trip["share"] = persons / int(role.persons)
    return trip
