"""What became of every message: exactly one fate each."""

from __future__ import annotations

import pandas as pd

from sim.log.record import EventLog

FATES = ("acknowledged", "received", "refused", "lost", "given_up", "cancelled", "open")
"""Words of fates, the one that wins first: who has acknowledged has received, and so on."""
_BY_ACTIVITY = {
    "acknowledge": "acknowledged",
    "receive": "received",
    "reported": "received",
    "refused": "refused",
    "lost": "lost",
    "given_up": "given_up",
    "cancelled": "cancelled",
    "open": "open",
}


def fates(log: EventLog) -> pd.DataFrame:
    """Return one row per message: case, message, report, sender, recipient, fate.

    A message is acknowledged if it has a row `acknowledge`, else received if it has `receive`
    (or `reported`, a source's "A reported to B"), else refused, lost, given up or cancelled
    by the row of that activity, else open.  Sender and recipient are the first that its
    rows name, the report too.  Texts, in the order in which the messages first appear.
    """
    rows = log.table[log.table["message"] != ""]
    rank = rows["activity"].map({word: FATES.index(fate) for word, fate in _BY_ACTIVITY.items()})
    keyed = rows[["case", "message"]].assign(
        rank=rank.fillna(FATES.index("open")).astype("int64"),
        report=rows["report"].where(rows["report"] != ""),
        **_ends(rows),
    )
    groups = keyed.groupby(["case", "message"], sort=False)
    table = groups.agg({"report": "first", "sender": "first", "recipient": "first", "rank": "min"})
    table = table.reset_index().fillna({"report": "", "sender": "", "recipient": ""})
    table["fate"] = pd.array([FATES[k] for k in table.pop("rank")], dtype="str")
    return table


def _ends(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return sender and recipient of each row; receipts are written by the recipient."""
    backward = rows["activity"].isin(["receive", "acknowledge", "answer"])
    sender = rows["actor"].mask(backward, rows["recipient"])
    recipient = rows["recipient"].mask(backward, rows["actor"])
    return {"sender": sender.where(sender != ""), "recipient": recipient.where(recipient != "")}
