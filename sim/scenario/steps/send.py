"""Send the report to somebody."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sim.scenario.base import RefersTo
from sim.scenario.steps.base import StepData
from sim.scenario.steps.draft import ReportKind


class Send(StepData):
    """Send the drafted report, or a fresh one of kind `report`, over a channel.

    `to` is an office, or `superior`, `department` (the office's own entries), or `sender`
    (who sent what is being worked on).  Nobody to send to: the step is passed over.
    """

    kind: ClassVar[str] = "send"
    to: Annotated[str, RefersTo("offices", words=("superior", "department", "sender"))]
    channel: Annotated[str, RefersTo("channels")]
    report: ReportKind | None = None
    elements: list[str] = []
    pending: list[str] = []
    reason: str = ""
