"""Pick up and take down a message; its end is receipt, and acknowledgement if demanded."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Answer(Work):
    """Pick up and take down a message; its end is receipt, and acknowledgement if demanded."""

    kind: ClassVar[str] = "answer"
