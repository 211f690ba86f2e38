"""Policies of dispatch: the names that a scenario may use, and their numbers.

What a policy does is a function in `sim.model.dispatching`; a scenario file only names one
that is registered there, by an installed package or by the user.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Annotated, Any

from pydantic import Field

from sim.scenario.base import Thing
from sim.scenario.units import Duration

GROUP = "yanlian.policies"
"""Entry points under this name are policies of installed packages."""
NAMES: dict[str, None] = dict.fromkeys(("nearest", "listed", "fewest_spare_skills", "reserve"))
"""Registered policies; `sim.model.dispatching.register_policy` adds to them."""

Policy = Annotated[str, Field(examples=list(NAMES))]
Number = Annotated[int, Field(ge=0)]


class Reserve(Thing):
    """What policy `reserve` keeps idle: so many teams with each skill, so many at each base.

    Orders of priority `open_to` or smaller (more urgent) may take the last ones too.
    """

    skills: dict[str, Number] = {}
    bases: dict[str, Number] = {}
    open_to: int = 0


class SupplyPolicy(Thing):
    """`consolidate`: orders that wait for vehicles to the same recipient share them."""

    consolidate: bool = True


class Relief(Thing):
    """A team that has worked for `after` is relieved by another one, which does the rest."""

    after: Duration


def installed() -> dict[str, Any]:
    """Return the policies of installed packages, not yet loaded, by name."""
    return {found.name: found for found in entry_points(group=GROUP)}
