"""Enter it in the duty ledger."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Record(Work):
    """Enter it in the duty ledger."""

    kind: ClassVar[str] = "record"
