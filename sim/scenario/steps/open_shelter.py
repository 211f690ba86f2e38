"""Open shelters."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.shelters import ShelterKey
from sim.scenario.steps.base import Work


class OpenShelter(Work):
    """Open the `shelters`, each in `time`; whoever waits before them is taken in."""

    kind: ClassVar[str] = "open_shelter"
    shelters: Annotated[list[ShelterKey], Field(min_length=1)]
