"""Make a warning or news public."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import WarningLevel
from sim.scenario.steps.base import Work
from sim.scenario.steps.draft import ReportKind
from sim.scenario.units import Duration


class Reach(BaseModel):
    """One channel reaches `share` of the public (0 to 1), evenly spread over `within`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    share: Annotated[float, Field(ge=0, le=1)]
    within: Duration


class Publish(Work):
    """Publish what was drafted, or a fresh report of kind `report`, at the end of `time`.

    `channels` are the means (further ones: the keys of `reach`), `areas` whom it is for (none:
    the incident's areas), `warning` the level of a warning (none: as agreed on before); a warning
    published again at another level changes it, at level `lifted` lifts it.
    `reach` says how many people each channel reaches how fast; with `public` persons in the
    areas heads are counted too.  `at` are further times after publication at which the record
    states what has been reached.  Each publication is counted by itself: repeats never add up.
    """

    kind: ClassVar[str] = "publish"
    report: ReportKind | None = None
    elements: list[str] = []
    warning: WarningLevel | None = None
    areas: list[str] = []
    channels: list[str] = []
    reach: dict[str, Reach] = {}
    public: Annotated[int, Field(ge=1)] | None = None
    at: list[Duration] = []
