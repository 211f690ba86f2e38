"""Judge the grade from what has been told."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Grade(Work):
    """Judge the grade by the incident's table; a grade that is new is confirmed at the end."""

    kind: ClassVar[str] = "grade"
