"""How far the goods had come, over time: from the record alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.log.goods import WAY, goods, steps
from sim.log.record import EventLog

STAGES = ("needed", "requested", "approved", *WAY, "given")
"""From the need to the people's hands; what has come to one has passed those before it."""
_SINGLE = {
    "need": "needed",
    "supply_order": "requested",
    "approved": "approved",
    "distribute": "given",
}


def supply_stages(log: EventLog, to_depots: bool = False) -> pd.DataFrame:
    """Return one row per case, item and second at which a quantity came to a stage.

    Columns case, item, time (seconds from the case's origin) and, in pieces and summed up since
    the beginning, `needed` (in shelters, what lapsed taken off), `requested`, `approved`,
    `picked`, `loaded`, `sent`, `delivered`, `accepted`, `given` (out to people).  The
    numbers hold from that second on.  So `sent` − `delivered` is on the way, and
    `delivered` − `accepted` has come but is not, or was never, accepted.  What is put back is
    taken off the stages that it had come to.  From `requested` to `accepted` a stage is at least
    as much as the next one, also where the record does not mention it.  Needs that were met from
    a shelter's own stock were never requested.

    Orders whose goods go to a depot (it fills up, or goods are pre-positioned there) are left out:
    the same pieces are asked for once more by those who need them.  With `to_depots` the table has
    these orders and nothing else.
    """
    rows = goods(log)
    pairs = _orders_of_depots(log, rows)
    names = zip(rows["case"], rows["order"], strict=True)
    rows = rows[np.array([(pair in pairs) == to_depots for pair in names], bool)]
    single = rows[rows["activity"].isin([*_SINGLE, "lapse"])]
    change = single["quantity"].where(single["activity"].ne("lapse"), -single["quantity"])
    stage = single["activity"].map(_SINGLE | {"lapse": "needed"})
    moved = pd.DataFrame(
        [(s.case, s.item, s.time, s.stage, s.change) for s in steps(rows)],
        columns=["case", "item", "time", "stage", "change"],
    )
    own = single[["case", "item", "time"]].assign(stage=stage, change=change)
    acts = pd.concat([own, moved])
    acts = acts[acts["time"].notna()].astype({"time": "int64", "change": "int64"})
    table = acts.pivot_table(
        index=["case", "item", "time"], columns="stage", values="change", aggfunc="sum"
    )
    table = table.reindex(columns=list(STAGES)).fillna(0).astype("int64")
    table = table.groupby(level=["case", "item"]).cumsum()
    asked = list(STAGES[1:-1])
    table[asked] = table[asked[::-1]].cummax(axis=1)[asked]
    rank = {case: k for k, case in enumerate(log.cases)}
    found = table.reset_index()
    found = found.sort_values("case", key=lambda cases: cases.map(rank), kind="stable")
    found.columns.name = None
    whole = dict.fromkeys(("time", *STAGES), "Int64")
    return found.reset_index(drop=True).astype(whole)


def _orders_of_depots(log: EventLog, rows: pd.DataFrame) -> set[tuple[str, str]]:
    """Return (case, order) of the orders whose goods go to a depot.

    A depot is who is one by the directory, or has goods picked or loaded.
    """
    role = log.table[log.table["activity"].eq("role") & log.table["actor_role"].eq("depot")]
    sends = rows[rows["activity"].isin(["picked", "loaded"])]
    depots = set(zip(role["case"], role["actor"], strict=True))
    depots |= set(zip(sends["case"], sends["actor"], strict=True))
    known = rows[rows["order"].ne("") & rows["recipient"].ne("")]
    asked = known[known["activity"].eq("supply_order")]
    named = pd.concat([asked, known[known["activity"].eq("hand_over")]])
    first = named.drop_duplicates(["case", "order"])  # whom it was asked for, else handed to
    to = [pair in depots for pair in zip(first["case"], first["recipient"], strict=True)]
    own = pd.concat([first[np.array(to, bool)], rows[rows["activity"].eq("replenish")]])
    return set(zip(own["case"], own["order"], strict=True))
