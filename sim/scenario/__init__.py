"""What a trainer writes: a drill scenario as typed data, read from one YAML file."""

from sim.scenario.about import About, Card, cards
from sim.scenario.editor import scenario_schema
from sim.scenario.load import load_scenario, resolved_yaml
from sim.scenario.scenario import Scenario
from sim.scenario.sources import numbers_in, numbers_with_sources

__all__ = [
    "About",
    "Card",
    "Scenario",
    "cards",
    "load_scenario",
    "numbers_in",
    "numbers_with_sources",
    "resolved_yaml",
    "scenario_schema",
]
