"""The drill's own clock: wall time, as files state it, to exercise time, as the record counts.

From each entry's `wall` on, the drill's clock shows `exercise` and runs `rate` times as fast
(0 = stopped).  Before the first entry it runs with the wall clock, towards that entry.
"""

from __future__ import annotations

import numpy as np

from sim.intake.mapping import Mapping
from sim.intake.times import instant
from sim.log import stamps


def exercise_times(columns: dict[str, np.ndarray], how: Mapping) -> None:
    """Put exercise times into the time columns and what stood there into `time_wall`."""
    if not how.time.clock:
        return
    columns["time_wall"] = columns["time"].copy()
    for name in ("time", "time_lo", "time_hi", "until"):
        if name in columns:
            columns[name] = _converted(columns[name], how)


def _converted(texts: np.ndarray, how: Mapping) -> np.ndarray:
    found = stamps.parse(texts.tolist())
    there = found.form > 0
    utc = exercise(found.utc[there], how)
    result = texts.copy()
    minute = (found.form[there] == stamps.MINUTE) & ((utc + found.offset[there]) % 60 == 0)
    result[there] = stamps.spell(utc, found.offset[there], minute)
    return result


def exercise(wall: np.ndarray, how: Mapping) -> np.ndarray:
    """Return exercise times of wall times, both in whole seconds since 1970."""
    walls, shown, rates = [], [], []
    for tick in how.time.clock:
        at, at_exercise = instant(tick.wall, how.time), instant(tick.exercise, how.time)
        assert at is not None  # the mapping was checked
        assert at_exercise is not None
        walls.append(at[0])
        shown.append(at_exercise[0])
        rates.append(tick.rate)
    k = np.searchsorted(np.array(walls), wall, side="right") - 1
    first = np.maximum(k, 0)
    passed = wall - np.array(walls)[first]
    rate = np.where(k < 0, 1.0, np.array(rates)[first])
    found: np.ndarray = np.array(shown)[first] + np.floor(passed * rate).astype("int64")
    return found
