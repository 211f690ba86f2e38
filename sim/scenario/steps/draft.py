"""Write a report from what is known."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.scenario.base import WarningLevel
from sim.scenario.steps.base import Work

ReportKind = Literal[
    "initial",
    "situation",
    "detailed",
    "explanation",
    "follow_up",
    "daily",
    "final",
    "notice",
    "warning",
    "bulletin",
    "support_request",
    "support_answer",
    "supply_request",
    "activation_request",
    "assessment",
]
TEN = (
    "receipt_time",
    "source",
    "time",
    "place",
    "nature",
    "scope",
    "loss",
    "trend",
    "leaders",
    "measures",
)
"""The ten elements of a first report in the rules of the city of Hechi."""
ELEMENTS: dict[str, tuple[str, ...]] = {
    "initial": ("receipt_time", "source", "time", "place", "nature"),
    "situation": ("receipt_time", "source", "time", "place", "nature", "scope", "loss", "measures"),
    "detailed": TEN,
    "explanation": ("time", "place", "nature"),
    "follow_up": ("loss", "trend", "measures"),
    "daily": ("loss", "trend", "measures"),
    "final": TEN,
    "notice": ("time", "place", "nature"),
    "warning": ("time", "place", "nature", "scope", "precautions"),
    "bulletin": ("progress", "measures", "precautions"),
    "support_request": (),
    "support_answer": (),
    "supply_request": (),
    "activation_request": ("time", "place", "nature", "measures"),
    "assessment": (
        "causes",
        "grading",
        "time",
        "place",
        "progress",
        "loss",
        "reporting",
        "response",
        "dispatching",
        "publicity",
        "responsibilities",
        "lessons",
        "problems",
        "improvements",
        "attachments",
    ),
}
"""What each kind of report mentions unless the step lists its own elements."""


class Draft(Work):
    """Draft a report of a kind; it holds what the actor knows at the end of drafting.

    `elements` replaces the usual elements of the kind, `pending` are given as to be verified,
    `reason` is the explanation that the report gives.  `warning` is the level of a warning;
    without it the one that the signal called for or the consultation agreed on holds.
    `zero` makes it a zero report (零报告): of these fields those of which the actor knows nothing
    are stated as 0, which never replaces what somebody else knows.
    """

    kind: ClassVar[str] = "draft"
    report: ReportKind = "initial"
    elements: list[str] = []
    pending: list[str] = []
    reason: str = ""
    warning: WarningLevel | None = None
    zero: list[str] = []
