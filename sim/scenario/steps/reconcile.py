"""Clear up contradicting reports before going on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.steps.base import Work


class Reconcile(Work):
    """Call the sources back as long as they contradict each other in one of `fields`.

    `time` is one round of calls, after which every source that was called gives the true value
    of that moment; who reports meanwhile is called in the next round, of up to `rounds`.  An office
    that sends at once simply has no such step.
    """

    kind: ClassVar[str] = "reconcile"
    fields: Annotated[list[str], Field(min_length=1)]
    rounds: Annotated[int, Field(ge=1)] = 3
