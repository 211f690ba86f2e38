"""Several offices judge a situation together."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import Office, WarningLevel
from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Consult(Work):
    """Consult `with` other offices: an officer of each is held until the last one is there.

    The host's officer (`by`) sits down first and calls the others in.  Then they talk for
    `time` and everybody goes.  `post` is whom the others send.  Who cannot send anybody within
    `patience` stays away; without it everybody is waited for, however long.  At the end the
    host goes by the level `warning` that was agreed on (without it: by the one that the signal
    called for).  Figures pass by reports, as everywhere; a consultation hands none over.
    """

    kind: ClassVar[str] = "consult"
    with_: Annotated[list[Office], Field(alias="with", min_length=1)]
    post: str = "duty"
    patience: Duration | None = None
    warning: WarningLevel | None = None
