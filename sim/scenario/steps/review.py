"""Somebody other than the author goes through the draft."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Review(Work):
    """Review the draft before it goes to be signed; `by` names the post that does it."""

    kind: ClassVar[str] = "review"
