"""Enter it in the duty ledger."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.steps._work import hold
from sim.model.things import Message


def record(act: Act, step: Bound) -> Steps:
    """Enter it in the duty ledger; the entry names the message that has come in."""

    def entry() -> dict[str, Any]:
        return {"message": act.matter.id} if isinstance(act.matter, Message) else {}

    return hold(act, step, "recording", result=entry)
