"""Goods are counted and signed for at the destination."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.steps.base import Work


class HandOver(Work):
    """Goods are counted and signed for; what is broken is noted as a difference.

    In a procedure on `requested` the goods are collected at the depot.
    """

    kind: ClassVar[str] = "hand_over"
