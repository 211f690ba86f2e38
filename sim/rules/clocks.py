"""The readings of a clock's start: from occurrence, from receipt, from confirmation."""

from __future__ import annotations

from typing import NamedTuple

from sim.rules.grading import Grading, Period
from sim.rules.stamps import INF, Stamp, later

_ORDER = ("occur", "receive", "confirm")


class Stamps(NamedTuple):
    """One owner's stamps in one incident, as far as the record has them.

    No clock starts before `floor`, where a rise of the grade began the duty.
    """

    occur: Stamp | None
    receive: Stamp | None
    confirm: Stamp | None
    floor: Stamp | None = None

    def start(self, reading: str) -> tuple[Stamp, bool]:
        """Return (start of a reading, whether the record has it).

        A missing start lies between its neighbours: occur <= receive <= confirm.
        """
        given: Stamp | None = getattr(self, reading)
        if given is None:
            k = _ORDER.index(reading)
            before = [stamp.lo for stamp in self[:k] if stamp]
            after = [stamp.hi for stamp in self[k + 1 : 3] if stamp]
            start = Stamp(max(before, default=-INF), min(after, default=INF))
        else:
            start = given
        return (later(start, self.floor) if self.floor else start), given is not None


def in_period(
    stamps: Stamps, grading: Grading, grades: frozenset[str], period: Period, regrade: str
) -> Stamps:
    """Return the stamps that count for a rule in one period of its grade.

    `confirm` becomes the first own confirmation of a grade in the list (of any grade, where
    the clock never restarts).
    """
    since = period.enter.lo if period.enter else -INF
    anything = regrade == "never" or not grades
    for stamp, grade in grading.own:
        if stamp.lo >= since and (anything or grade in grades):
            return Stamps(stamps.occur, stamps.receive, stamp, period.enter)
    return Stamps(stamps.occur, stamps.receive, None, period.enter)


def contradictory(receive: Stamp | None, confirm: Stamp | None) -> bool:
    """Whether an owner certainly confirmed a grade before his own first notice."""
    return receive is not None and confirm is not None and confirm.hi < receive.lo
