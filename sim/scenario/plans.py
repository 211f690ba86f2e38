"""Response plans: who may activate them at which level, and who else is to be told."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from sim.scenario.base import Office, RefersTo, Thing
from sim.scenario.offices import Role

Level = Literal["I", "II", "III", "IV"]
"""Level of a response, `I` the highest; it may differ from the grade of the event."""
Authorised = Annotated[str, RefersTo("offices", words=get_args(Role))]
PlanKey = Annotated[str, RefersTo("plans")]


class ResponsePlan(Thing):
    """A plan that offices activate, change and end.

    `levels`: the offices, or roles of offices, that may activate it at each level; nobody may
    at a level that is not listed.  A plan that lists none binds nobody.  `bodies`: the offices
    in charge of other plans, which the step `notify` tells.  `groups`: the working groups that
    `stand_up` sets up for it, each from a level on (`{press: II}`: at II and I).
    """

    levels: dict[Level, list[Authorised]] = {}
    bodies: list[Office] = []
    groups: dict[str, Level] = {}

    def authorises(self, office: str, role: str, level: str) -> bool:
        """Return whether an office of this role may activate the plan at `level`."""
        named = self.levels.get(level, [])  # type: ignore[call-overload]
        return not self.levels or office in named or role in named
