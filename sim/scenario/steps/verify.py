"""Make sure of what was told: at the desk, by calling back, by sending somebody to see."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Place, RefersTo
from sim.scenario.distributions import Distribution
from sim.scenario.steps.base import Work
from sim.scenario.steps.send import Recipient

CALL_BACK = "call_back"
"""What a call back is to the procedures on `arrived` of the office that is called."""


class CallBack(BaseModel):
    """Call back (回拨核实): `to` is an office or a list in the order of trying.

    `sender` is who sent what is being worked on.  Lines, ringing, redialling and the fallback
    are those of the `channel`; who cannot be reached is given up and the next one called.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    to: Recipient | Annotated[list[Recipient], Field(min_length=1)] = "sender"
    channel: Annotated[str, RefersTo("channels")]

    @property
    def recipients(self) -> list[str]:
        """Who is called, in the order of trying, as they are written."""
        return [self.to] if isinstance(self.to, str) else self.to


class Visit(BaseModel):
    """Send an officer to see for himself (派人核实).

    He goes to `place` (default: the incident's) by the roads from the place of his office, or
    takes `way` each way; there he looks for `time` (default: the step's) and tells what is so.
    He is away from his post until he is back.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    place: Place | None = None
    way: Distribution | None = None
    time: Distribution | None = None


class Verify(Work):
    """Verify for `time`: at its end the actor knows better about `fields` (none = all fields).

    At the desk, and with `by_visit`, he knows the true values of that moment.  With `by_call`
    he talks for `time` with the first one who answers and knows what that one knows then, no
    more; figures are read back, so nothing is misheard.  If nobody answers he goes or sends
    somebody where `by_visit` is given too, else the step ends without news.

    A talk and a visit are not interrupted.  Who is sent is an officer of the post `by`; where
    the procedure holds an officer throughout and the step names no post, he goes himself.
    """

    kind: ClassVar[str] = "verify"
    fields: list[str] = []
    by_call: CallBack | None = None
    by_visit: Visit | None = None

    @property
    def channel(self) -> str | None:
        """The channel over which the step calls first, if it does."""
        return self.by_call.channel if self.by_call else None
