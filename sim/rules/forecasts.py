"""What is only feared: signals and warnings speak of what may come, not of what has happened.

So they are nobody's notice of the event and no report of it, whenever they came.  The record's
own words decide and not the clock alone: clocks disagree, and a notice stamped some minutes
before the occurrence is a notice all the same.
"""

from __future__ import annotations

import numpy as np

from sim.rules.sheet import Sheet

FORECASTS = ("signal", "warning")
"""Kinds of report that say what is feared."""
_TELLING = ("notice", "receive", "answer", "inject", "reported", "send")


def forecasts(sheet: Sheet) -> np.ndarray:
    """Return one bool per row: whether it speaks of what is feared.

    Its kind says so; where it has none, the level of a warning in it, or another row of its
    message.
    """
    silent = sheet.is_one_of("kind", ("",))
    found = sheet.is_one_of("kind", FORECASTS)
    found |= silent & ~sheet.is_one_of("warning", ("",))
    if not found.any():
        return found
    open_ = silent & ~found & sheet.is_one_of("activity", _TELLING)
    open_ &= ~sheet.is_one_of("message", ("",))
    if open_.any():
        messages = sheet.text("message")
        feared = {(int(sheet.case_of[p]), messages[p]) for p in np.flatnonzero(found)}
        for p in np.flatnonzero(open_):
            found[p] = (int(sheet.case_of[p]), messages[p]) in feared
    return found
