"""All checks, in the order in which their warnings are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.lint.channels import idle_channels, no_fallback
from sim.lint.depots import no_vehicles
from sim.lint.double import double_duty
from sim.lint.duty import empty_posts
from sim.lint.house import House, Own
from sim.lint.idle import (
    idle_depots,
    idle_posts,
    idle_stocks,
    idle_teams,
    idle_vehicles,
)
from sim.lint.limits import short_limits
from sim.lint.load import overload
from sim.lint.loops import own_superior, relay_loops
from sim.lint.plans import no_plan, nobody_authorised
from sim.lint.reactions import (
    idle_procedures,
    injects_in_vain,
    nobody_answers,
    nobody_reacts,
    notices_in_vain,
)
from sim.lint.roads import beside_the_network, closures_of_nothing, winding_links
from sim.lint.shelters import crowded_shelters, needs_in_vain, nobody_evacuated, requests_in_vain
from sim.lint.tasks import idle_tasks, too_few_teams, work_without_task
from sim.lint.teams import no_such_team, too_few_of_its_own
from sim.lint.warning import LintWarning
from sim.rules import Pack
from sim.scenario import Scenario

Check = Callable[[House], Iterator[LintWarning]]
CHECKS: tuple[Check, ...] = (
    empty_posts,
    double_duty,
    nobody_answers,
    notices_in_vain,
    nobody_reacts,
    injects_in_vain,
    own_superior,
    relay_loops,
    overload,
    no_such_team,
    too_few_of_its_own,
    beside_the_network,
    winding_links,
    closures_of_nothing,
    too_few_teams,
    idle_tasks,
    work_without_task,
    needs_in_vain,
    crowded_shelters,
    nobody_evacuated,
    requests_in_vain,
    no_vehicles,
    nobody_authorised,
    no_plan,
    no_fallback,
    short_limits,
    idle_channels,
    idle_procedures,
    idle_posts,
    idle_teams,
    idle_depots,
    idle_vehicles,
    idle_stocks,
)


def lint(scenario: Scenario, own: Own | None = None, pack: Pack | None = None) -> list[LintWarning]:
    """Return every doubt about a valid scenario, empty where there is none.

    `own` gives, for `procedures` and `channels`, the keys that the author wrote himself: what
    lies idle in a library is no fault.  Without it: all but those of shipped libraries.  `pack`
    is the rule pack whose limits are looked at (default: that of the Guangxi directive).
    """
    house = House(scenario, own, pack)
    return list(dict.fromkeys(warning for check in CHECKS for warning in check(house)))
