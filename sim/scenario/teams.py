"""Rescue teams: who they are, how they muster, how long they last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sim.scenario.base import Office, Origin, Place, RefersTo, Thing
from sim.scenario.channels import Share
from sim.scenario.depots import CalendarKey
from sim.scenario.distributions import Distribution
from sim.scenario.items import Item
from sim.scenario.offices import Procedures
from sim.scenario.people import Count
from sim.scenario.places import Mode
from sim.scenario.units import Duration, Speed, unfit
from sim.texts import t

TeamKind = Literal[
    "comprehensive_corps",
    "comprehensive_detachment",
    "comprehensive_brigade",
    "professional",
    "enterprise_full_time",
    "enterprise_part_time",
    "expert",
    "militia",
    "reserve",
    "police",
    "security",
    "medical",
    "township",
    "volunteers",
    "army",
]
"""The kinds of team that article 5 of the directive lists; labels in the vocabulary (`team`)."""
NEVER = 1 << 40
"""Seconds until somebody comes who does not come."""


class MusterCurve(BaseModel):
    """How a team that is off duty comes together: `present: {0 min: 0.3, 30 min: 0.9}`.

    `present` is the share of those called that is there so long after the muster began, linear
    between the points; nobody comes before the first point or after the last.  Each person's
    arrival is drawn from the curve; with `drawn: false` the numbers follow it exactly.  The team
    leaves as soon as its minimum strength is there.  Those who come `late` follow together when
    the last of them is there, unless the team is back by then; or they stay at base.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    present: dict[Duration, Share]
    drawn: bool = True
    late: Literal["follow", "stay"] = "follow"
    source: Origin | None = None
    note: str | None = None
    standard: ClassVar[str] = "u"

    @model_validator(mode="after")
    def _rises(self) -> MusterCurve:
        points = list(self.present.items())
        falls = any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(points))
        if not points or falls or points[-1][1] == 0:
            raise unfit(t("shares that do not fall over rising times, the last above 0"))
        return self

    @property
    def last(self) -> int:
        """Seconds after which nobody comes any more."""
        return list(self.present)[-1]

    def seconds(self, share: float) -> int:
        """Return when the curve reaches a share (whole seconds, half up), `NEVER` if it does not.

        Of a share that is uniform in [0, 1) this makes a sample: the curve is a distribution.
        """
        before, below = next(iter(self.present)), 0.0
        for time, level in self.present.items():
            if share <= level + 1e-9:
                part = (share - below) / (level - below) if level > below else 1.0
                return int(before + (time - before) * min(part, 1.0) + 0.5)
            before, below = time, level
        return NEVER


class Rest(BaseModel):
    """A team rests `for` so long once it has worked `after`, counted from leaving its base.

    Times away add up until it has been at its base for `for` at a stretch.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    after: Duration
    for_: Annotated[Duration, Field(alias="for")]
    source: Origin | None = None


class Supplies(BaseModel):
    """A team lives `for` so long on what it carries; a row says so, `then` it stays or returns."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    for_: Annotated[Duration, Field(alias="for")]
    then: Literal["stay", "return"] = "stay"
    source: Origin | None = None


def _short(value: Any) -> Any:
    return value if isinstance(value, dict | Supplies) else {"for": value}


class Team(Thing):
    """A rescue team: where it stands, what it can do and has, how many it is, its procedures.

    `minimum` is the strength at which it leaves (default: complete); short of it, it refuses.
    A team is complete in its `shifts` (without any: always).  Outside them it cannot be ordered
    out, or musters by the curve of `muster` (then without shifts: always); a break of a shift
    is off duty and cannot be interrupted.  `turnout` is the time of `alert` in a named shift.

    `shares: {other-team: 8}`: the first 8 persons of a team listed before are members of this
    one too.  Whoever is called out with one of them is missing in the other.
    """

    kind: TeamKind | None = None
    base: Place
    skills: list[str]
    strength: Annotated[int, Field(ge=1)]
    minimum: Annotated[int, Field(ge=1)] | None = None
    equipment: dict[Item, Count] = {}
    superior: Office | None = None
    calendar: CalendarKey | None = None
    shifts: list[str] = []
    turnout: dict[str, Distribution] = {}
    muster: MusterCurve | None = None
    shares: dict[Annotated[str, RefersTo("teams")], Annotated[int, Field(ge=1)]] = {}
    rest: Rest | None = None
    self_sufficient: (
        Annotated[Supplies, BeforeValidator(_short, json_schema_input_type=Duration | Supplies)]
        | None
    ) = None
    speed: Speed | None = None
    modes: list[Mode] = ["road"]
    procedures: Procedures = ["team-response"]
    times: dict[str, Distribution] = {}

    @property
    def least(self) -> int:
        """The strength at which it leaves."""
        return self.minimum or self.strength

    def has(self, skills: Iterable[str], equipment: Mapping[str, int]) -> bool:
        """Return whether it has all these skills, and at least this equipment."""
        return {*skills} <= {*self.skills} and all(
            self.equipment.get(item, 0) >= number for item, number in equipment.items()
        )


def rosters(teams: Mapping[str, Team]) -> dict[str, tuple[str, ...]]:
    """Return team -> its persons: those it shares by their first team's name, then its own.

    The checks of a scenario make sure that a team shares only with teams listed before it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for key, team in teams.items():
        shared = [p for other, n in team.shares.items() for p in found.get(other, ())[:n]]
        own = range(1, team.strength - len(shared) + 1)
        found[key] = (*shared, *(f"{key}-{k}" for k in own))
    return found
