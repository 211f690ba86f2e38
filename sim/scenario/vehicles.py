"""Vehicles for supplies: their own, hired, of the army; trucks, trains, boats."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Origin, Thing
from sim.scenario.depots import Depot
from sim.scenario.distributions import Constant, Distribution
from sim.scenario.items import Yuan
from sim.scenario.places import Mode
from sim.scenario.units import Duration, Mass, Speed, Volume

Whose = Literal["own", "hired", "military"]
"""自有, 租用, 军队支援; labels in the vocabulary (`whose`)."""


class Driving(BaseModel):
    """Drivers' hours: after `at_most` at the wheel a stop of `rest`, wherever the vehicle is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    at_most: Annotated[Duration, Field(gt=0)]
    rest: Annotated[Duration, Field(gt=0)]
    source: Origin | None = None


class Breakdown(BaseModel):
    """The vehicle breaks down when it has driven `after` since it left or was repaired."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    after: Distribution
    repair: Distribution
    source: Origin | None = None


class Vehicle(Thing):
    """`number` vehicles of one kind at a depot, each carrying up to `capacity` and `volume`.

    Those of its `own` are taken first, in the order of the file.  `hired` and `military` ones
    stand elsewhere: they are at the depot `call_up` after they were called, and gone again when
    they come back.  `fee` is paid for each call, `hire` for every hour from the call until they
    are back.  `cold`: it may carry goods of the cold chain.
    """

    depot: Depot
    number: Annotated[int, Field(ge=1)] = 1
    capacity: Annotated[Mass, Field(gt=0)]
    volume: Annotated[Volume, Field(gt=0)] | None = None
    speed: Speed | None = None
    modes: list[Mode] = ["road"]
    whose: Whose = "own"
    call_up: Distribution = Constant(0)
    fee: Yuan = 0
    hire: Yuan = 0
    cold: bool = False
    driving: Driving | None = None
    breakdown: Breakdown | None = None
