"""What the types of single objects cannot say: whether the parts of a scenario fit together.

Every function looks at one matter and returns the problems with it.  A scenario whose
objects are partly wrong is looked at as far as it goes: what is absent was reported before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sim.errors import Problem
from sim.files.yamlfile import YamlFile
from sim.scenario.checks_channels import channel_problems
from sim.scenario.checks_closures import closure_problems
from sim.scenario.checks_dispatch import dispatch_problems
from sim.scenario.checks_duty import duty_problems
from sim.scenario.checks_events import event_problems
from sim.scenario.checks_expected import expected_problems
from sim.scenario.checks_fleet import fleet_problems
from sim.scenario.checks_plans import plan_problems
from sim.scenario.checks_shelters import shelter_problems
from sim.scenario.checks_sources import source_problems
from sim.scenario.checks_steps import procedure_problems
from sim.scenario.checks_stocks import stock_problems
from sim.scenario.checks_supply import supply_problems
from sim.scenario.checks_tasks import task_problems
from sim.scenario.checks_teams import team_problems
from sim.scenario.checks_use import use_problems
from sim.scenario.checks_ways import way_problems
from sim.scenario.scenario import Scenario

Known = Mapping[str, Collection[str]]
"""Section -> the keys that the file gives, also of objects that are wrong."""


def check(scenario: Scenario, known: Known, file: YamlFile) -> list[Problem]:
    """Return every way in which the parts of a scenario do not fit together."""
    return [
        *duty_problems(scenario, known, file),
        *channel_problems(scenario, file),
        *procedure_problems(scenario, file),
        *use_problems(scenario, file),
        *event_problems(scenario, known, file),
        *expected_problems(scenario, file),
        *task_problems(scenario, file),
        *team_problems(scenario, file),
        *plan_problems(scenario, file),
        *shelter_problems(scenario, file),
        *way_problems(scenario, file),
        *fleet_problems(scenario, file),
        *source_problems(file),
        *closure_problems(scenario, file),
        *dispatch_problems(scenario, known, file),
        *supply_problems(scenario, file),
        *stock_problems(scenario, file),
    ]
