"""The whole scenario, as the model reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sim.scenario.about import About
from sim.scenario.base import Thing
from sim.scenario.channels import Channel
from sim.scenario.closures import Closure
from sim.scenario.depots import DepotOfSupply
from sim.scenario.incidents import Background, Incident, Inject
from sim.scenario.inventory import Inventory
from sim.scenario.items import ItemOfSupply
from sim.scenario.network import Network
from sim.scenario.offices import Office
from sim.scenario.people import Calendar, Person
from sim.scenario.places import Link, Place
from sim.scenario.plans import ResponsePlan
from sim.scenario.policies import Policy, Relief, Reserve, SupplyPolicy
from sim.scenario.procedures import Procedure
from sim.scenario.shelters import Shelter
from sim.scenario.teams import Team
from sim.scenario.travel import Travel
from sim.scenario.units import Duration
from sim.scenario.vehicles import Vehicle


class Policies(Thing):
    """How choices are made: which team goes, how long a way takes.

    `dispatch` names a registered policy.  `preference` are lists of teams for policy `listed`, by
    place or by office; `reserve` is what policy `reserve` keeps.
    `redirect`: a team that has not arrived yet may be taken from a less urgent order, when nobody
    is idle (`none_idle`), or whenever the policy prefers it to the idle ones (`nearer`).
    """

    dispatch: Policy = "nearest"
    preference: dict[str, list[str]] = {}
    reserve: Reserve | None = None
    redirect: Literal["never", "none_idle", "nearer"] = "never"
    relief: Relief | None = None
    travel: Travel = Travel()
    supply: SupplyPolicy = SupplyPolicy()


class Scenario(Thing):
    """A drill scenario; every mapping is keyed by the thing's id.

    `start` is aware; `horizon` is the length of the drill, `tail` the least time that the
    record goes on after it so that deadlines can be decided (seconds).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    yanlian: Literal[1]
    about: About | None = None
    start: datetime
    horizon: Duration
    tail: Duration = 86_400
    places: dict[str, Place] = {}
    network: Network | str | None = None
    links: dict[str, Link] = {}
    inventory: dict[str, Inventory] = {}
    closures: dict[str, Closure] = {}
    calendars: dict[str, Calendar] = {}
    people: dict[str, Person] = {}
    offices: dict[str, Office] = {}
    channels: dict[str, Channel] = {}
    procedures: dict[str, Procedure] = {}
    plans: dict[str, ResponsePlan] = {}
    policies: Policies = Policies()
    teams: dict[str, Team] = {}
    items: dict[str, ItemOfSupply] = {}
    depots: dict[str, DepotOfSupply] = {}
    vehicles: dict[str, Vehicle] = {}
    shelters: dict[str, Shelter] = {}
    incidents: dict[str, Incident] = {}
    injects: dict[str, Inject] = {}
    background: dict[str, Background] = {}
    sources: dict[str, Source] = {}
    use: list[str] = []

    @property
    def second_of_day(self) -> int:
        """The clock of the drill's place when it begins, in seconds since midnight."""
        return self.start.hour * 3600 + self.start.minute * 60 + self.start.second


class Source(BaseModel):
    """A source that `source:` may name by its key: what it is and where it is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    where: str = ""
    confidence: Literal["high", "medium", "low"] = "medium"


Scenario.model_rebuild()
