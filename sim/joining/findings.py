"""What joining found: who matched whom, what was there twice, what cannot both be true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.joining.rows import Row

MATCHES = ("sent_and_received", "answered", "acknowledged", "recorded", "told_by_third")
COPIES = ("same_row", "same_thing", "filled")
CONFLICTS = (
    "value_differs",
    "time_differs",
    "account_differs",
    "perhaps_the_same",
    "entry_differs",
    "stamps_contradict",
    "clock_unlike",
    "clock_not_estimated",
    "clocks_contradict",
)
OTHERS = ("clock_corrected", "not_received", "not_sent")


@dataclass(frozen=True)
class Finding:
    """One line of the list beside a joined record.

    `kind` is one of the words above.  `row` and `source` are the row of the record that it is
    about and where that stands, `column` and `value` what is said there; `other_…` the same of the
    other side.  Values are as in the record; times in seconds since 1970 until they are written.
    """

    kind: str
    case: str
    row: str = ""
    source: str = ""
    column: str = ""
    value: Any = ""
    other_row: str = ""
    other_source: str = ""
    other_value: Any = ""
    remark: str = ""


def about(kind: str, a: Row, b: Row, column: str = "", remark: str = "") -> Finding:
    """Return a finding about two rows, and about what they say in a column."""
    values = (a[column], b[column]) if column else ("", "")
    return Finding(
        *(kind, a["case"], a["row"], a["source"], column, values[0]),
        *(b["row"], b["source"], values[1], remark),
    )
