"""Call back or send someone, and know better afterwards."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class Verify(Work):
    """Verify: at its end the actor knows the true value of every field in `fields`.

    An empty list means all fields.
    """

    kind: ClassVar[str] = "verify"
    fields: list[str] = []
