"""Pick up and take down a message; its end is receipt, and acknowledgement if demanded."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.scenario.steps.base import Work


class Answer(Work):
    """Pick up and take down a message; its end is receipt, and acknowledgement if demanded.

    Interrupted while it is taken down, it is not dropped: somebody takes it down.
    """

    kind: ClassVar[str] = "answer"
    interrupted: Literal["resume", "restart"] = "resume"
