"""Offices and the channels between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Office as OfficeKey
from sim.scenario.base import Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.people import Staffing
from sim.scenario.units import Duration

Role = Literal[
    "unit",
    "grassroots",
    "public",
    "press",
    "township_gov",
    "county_gov",
    "county_dept",
    "city_gov",
    "city_dept",
    "region_gov",
    "region_dept",
    "state",
    "site",
]
Procedures = list[Annotated[str, RefersTo("procedures")]]


class Office(Thing):
    """A duty office or any other body that acts.

    `duty` and `leader` are its two usual posts, `posts` further ones.  `times` replaces the
    time of single steps of its procedures: `relay/verify: {constant: 10 min}`.
    """

    role: Role
    place: Place | None = None
    jurisdiction: list[str] = []
    superior: OfficeKey | None = None
    department: OfficeKey | None = None
    supervises: list[str] = []
    calendar: Annotated[str, RefersTo("calendars")] | None = None
    duty: Staffing = 1
    leader: Staffing = 1
    posts: dict[str, Staffing] = {}
    procedures: Procedures = []
    times: dict[str, Distribution] = {}


class Channel(Thing):
    """A means of communication.

    `lines` messages at once (none = without limit), for each recipient or for all together;
    `time` is one transmission; a try is dropped with probability `dropped`; a sender waits
    `patience` for a line, tries again `tries` times `pause` apart, then takes `fallback`.
    With `acknowledged` the recipient's officer confirms receipt.
    """

    kind: Literal[
        "phone",
        "fax",
        "platform",
        "written",
        "sms",
        "video",
        "radio",
        "satellite",
        "courier",
        "person",
    ]
    lines: Annotated[int, Field(ge=1)] | None = None
    per: Literal["recipient", "all"] = "recipient"
    time: Distribution
    dropped: Annotated[float, Field(ge=0, le=1)] = 0.0
    patience: Duration | None = None
    tries: Annotated[int, Field(ge=1)] = 1
    pause: Duration = 60
    fallback: Annotated[str, RefersTo("channels")] | None = None
    acknowledged: bool = True
