"""Capacity held in reserve: it starts some time after the first request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.model.world import World


def begin(world: World, depot: str, item: str, row: int) -> None:
    """Start the production of an item, if the depot makes it and has not begun yet."""
