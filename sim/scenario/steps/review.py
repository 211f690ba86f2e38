"""Somebody other than the author goes through the draft."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.steps.base import Step, Work


class Review(Work):
    """Review the draft before it goes to be signed; `by` names the post that does it.

    With probability `sent_back` the draft is not let through: its author does the `steps`
    (draft it anew), then it is reviewed again.  Sent back `most` times, it is let through.
    """

    kind: ClassVar[str] = "review"
    sent_back: Annotated[float, Field(ge=0, le=1)] = 0.0
    most: Annotated[int, Field(ge=1)] = 2
    steps: list[Step] = []
