"""What became of every order to a team: exactly one fate each."""

from __future__ import annotations

import pandas as pd

from sim.log.record import EventLog

ORDER_FATES = ("served", "refused", "cancelled", "open")
"""Words of the fates of orders."""
_LAST = {"refused": "refused", "given_up": "cancelled", "cancelled": "cancelled"}


def order_fates(log: EventLog) -> pd.DataFrame:
    """Return one row per order: case, order, incident, sender, team, asked, fate.

    `asked` is the second from the case's origin at which it was first asked for, `team` the last
    one that had it (empty: none).  An order is `served` if a team arrived by it.  Otherwise its
    last row decides: `refused` (nobody can or may carry it out), `cancelled` (given up for want
    of patience, or not needed any more), else it is `open`.  In the order of asking.
    """
    table = log.table
    asked = table[(table["activity"] == "order") & (table["phase"] == "asked")]
    asked = asked.drop_duplicates(["case", "object"])
    found = asked[["case", "object", "incident", "actor", "time"]].set_axis(
        ["case", "order", "incident", "sender", "asked"], axis=1
    )
    keys = ["case", "object"]
    rows = table[table["object"].isin(asked["object"]) & (table["activity"] != "role")]
    given = rows[(rows["activity"] == "order") & (rows["phase"] == "ended")]
    team = given.groupby(keys)["recipient"].last()
    came = set(rows.loc[rows["activity"] == "arrive", keys].itertuples(index=False, name=None))
    last = rows[rows["activity"] != "open"].groupby(keys)["activity"].last()
    pairs = list(zip(found["case"], found["order"], strict=True))
    found["team"] = pd.array([str(team.get(pair, "")) for pair in pairs], dtype="str")
    fates = ["served" if p in came else _LAST.get(str(last.get(p)), "open") for p in pairs]
    found["fate"] = pd.array(fates, dtype="str")
    columns = ["case", "order", "incident", "sender", "team", "asked", "fate"]
    return found[columns].reset_index(drop=True)
