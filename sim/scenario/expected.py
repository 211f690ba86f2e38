"""What players are expected to do about an inject, and what the drill's script says of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Actor, Name, RefersTo
from sim.scenario.units import Duration

SUPERIOR = "superior"
"""As recipient: the superior of whoever acts."""


class Expected(BaseModel):
    """The action that an inject should bring about.

    `text` says it in words.  `does` is the activity by which the record shows it, once it is
    done: by each of `who` (those the inject goes to, where nobody is named), if stated to a
    recipient `to`, and of one of some kinds of report.  It counts from the inject on, about the
    same incident where the inject has one.  `within` is the time allowed from the inject; at
    that very second it is still in time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: Name | None = None
    does: str | None = None
    who: Actor | Annotated[list[Actor], Field(min_length=1)] = []
    to: (
        Annotated[str, RefersTo("offices", "teams", "depots", "shelters", words=(SUPERIOR,))] | None
    ) = None
    kind: list[str] = []
    within: Duration | None = None

    @property
    def actors(self) -> list[str]:
        """Who is named, each once."""
        return [self.who] if isinstance(self.who, str) else list(dict.fromkeys(self.who))


class Script(BaseModel):
    """What a drill's script (演练脚本) adds to an inject.

    The situation that is played, what is ordered and said, what is shown on the screen and its
    captions, and what the narrator says.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    situation: Name | None = None
    dialogue: Name | None = None
    screen: Name | None = None
    narration: Name | None = None
