"""Judge the grade from what has been told."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.steps.base import Work

Share = Annotated[float, Field(ge=0, le=1)]


class Grade(Work):
    """Judge the grade by the incident's table; a grade that is new is confirmed at the end.

    With probability `accuracy` it is the grade of what is known; otherwise one grade beside
    it, too low in the share `too_low` of the errors.  Where there is no such grade, it is right.
    """

    kind: ClassVar[str] = "grade"
    accuracy: Share = 1.0
    too_low: Share = 0.5
