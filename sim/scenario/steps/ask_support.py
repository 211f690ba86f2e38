"""Ask another office for teams that one may not order oneself."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import Place, RefersTo
from sim.scenario.distributions import Distribution
from sim.scenario.steps.base import Step, Work
from sim.scenario.units import Duration

Whom = Annotated[str, RefersTo("offices", words=("superior", "neighbours"))]


class AskSupport(Work):
    """Ask for `number` teams with all `skills`: upward, sideways, or an office by name.

    A request is a message of kind `support_request` over `channel`, with all that can befall it.
    Those in `to` are asked one after the other: the next one when nobody was reached, when the
    answer promises too few teams, or when none came within `patience`.  `neighbours` are those
    that the office lists, or the offices of its role under its superior.  Teams are wanted for
    a `task` of the incident, or at the incident's place or another `place`.  If too few are
    promised in the end, the steps of `else` follow.  The officer is held for `time` to decide on
    the request, then for each call.
    """

    kind: ClassVar[str] = "ask_support"
    to: Whom | Annotated[list[Whom], Field(min_length=1)]
    skills: list[str]
    number: Annotated[int, Field(ge=1)] = 1
    task: str | None = None
    place: Place | None = None
    channel: Annotated[str, RefersTo("channels")]
    time: Distribution
    patience: Duration = 1800
    else_: Annotated[list[Step], Field(alias="else")] = []

    @property
    def whom(self) -> list[str]:
        """Whom to ask, in the order of asking, as it is written."""
        return [self.to] if isinstance(self.to, str) else self.to
