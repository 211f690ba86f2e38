"""A team works on site."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.distributions import Distribution
from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class WorkOnSite(Work):
    """A team works on site: for `time`, or without it on its order's task until that is done.

    `task` names another task of the incident to go on with; a team that is elsewhere travels
    there first.  After `at_most` of work on a task the team leaves it, done or not.
    """

    kind: ClassVar[str] = "work"
    time: Distribution | None = None  # type: ignore[assignment]
    task: str | None = None
    at_most: Annotated[Duration, Field(ge=1)] | None = None
