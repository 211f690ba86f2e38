"""What cannot be used is set aside: off the shelf, off the books."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.supply.shelf import total


def set_expired_aside(act: Act, item: str, thing: str = "") -> int:
    """Set aside what has expired; return how much it was.

    The loss of what expired during the drill was written down when it did (`expired`); what had
    expired before is a loss that is found now.
    """
    lots = act.world.shelves[act.actor][item].set_expired_aside(act.world.now)
    if not lots:
        return 0
    _write(act, item, total(lots), total(lot for lot in lots if lot.expires <= 0), "expired", thing)
    return total(lots)


def set_damaged_aside(act: Act, item: str, thing: str = "") -> int:
    """Set aside what is damaged; return how much it was."""
    damaged = act.world.shelves[act.actor][item].set_damaged_aside()
    _write(act, item, damaged, damaged, "damaged", thing)
    return damaged


def _write(act: Act, item: str, quantity: int, lost: int, reason: str, thing: str) -> None:
    if quantity:
        extra: dict[str, Any] = {"item": item, "quantity": quantity, "reason": reason}
        loss = lost * act.world.scenario.items[item].price
        if loss:
            extra["yuan"] = loss
        act.write("set_aside", "", "", thing, extra=extra)
