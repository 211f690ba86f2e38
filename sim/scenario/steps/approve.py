"""The request is approved; `by: superior.leader` asks the superior office's leader."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Approve(Work):
    """The request is approved; `by: superior.leader` asks the superior office's leader."""

    kind: ClassVar[str] = "approve"
