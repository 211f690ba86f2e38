"""Depots: whose they are, what is in them, who works there and what moves the goods inside."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Office, Place, RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.items import Item, Yuan
from sim.scenario.offices import Procedures
from sim.scenario.people import Count, Staffing
from sim.scenario.stocks import Donation, Production, Replenishment, StockOfItem

Depot = Annotated[str, RefersTo("depots")]
CalendarKey = Annotated[str, RefersTo("calendars")]
Owner = Literal["government", "agreement", "social", "production"]
"""政府储备, 商业协议储备, 社会（家庭）储备, 生产能力储备; labels in the vocabulary (`owner`)."""
Department = Literal["development_reform", "civil_affairs", "commerce", "industry", "professional"]
"""发展改革, 民政, 商务, 工业和信息化, 专业应急部门; labels in the vocabulary (`department`)."""


class DepotOfSupply(Thing):
    """A depot: whose goods, under which office and department, its crew, forklifts and docks.

    Goods of `agreement` suppliers and of `production` are bought at their price when they are
    handed over; what belongs to `social` owners is requisitioned, and `compensation` (part of
    the price) is owed for it.  What expires or breaks before that is their owners' loss, and no
    cost; only what breaks of requisitioned goods is owed too.  `production` depots promise what
    they have not made yet.

    `forklifts`: how many may pick and load at once (0: none is needed).  `wage` is what an hour of
    work of one of the crew costs.  `backorders`: a request that finds too little waits for the rest
    instead of being refused (always so in production depots).
    """

    place: Place
    owner: Owner = "government"
    department: Department | None = None
    superior: Office | None = None
    stock: dict[Item, StockOfItem] = {}
    replenish: dict[Item, Replenishment] = {}
    production: dict[Item, Production] = {}
    donations: dict[str, Donation] = {}
    backorders: bool = False
    compensation: Annotated[float, Field(ge=0)] = 1.0
    calendar: CalendarKey | None = None
    crew: Staffing = 2
    wage: Yuan = 0
    forklifts: Count = 0
    docks: Annotated[int, Field(ge=1)] = 1
    procedures: Procedures = ["issue-stock", "deliver-load"]
    times: dict[str, Distribution] = {}

    @property
    def paid_for(self) -> bool:
        """Whether what lies there has been paid for, so that its loss is a cost."""
        return self.owner == "government"

    @property
    def waits(self) -> bool:
        """Whether requests wait for stock that is not there yet."""
        return self.backorders or self.owner == "production"
