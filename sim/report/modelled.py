"""What a model says beside a record, as a report takes it; `model_part` puts it into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.against import Against
    from sim.experiment.replay import Replay
    from sim.experiment.typical import Factor
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Modelled:
    """A record among simulated drills, and what was worked out from there.

    `factors`: rows of `against.duties`, each with the results of `sim.typical_factors` over `few`
    drills; `model` is the scenario, `scenario` and `pack` what they are called; `replayed`: with
    `changes`, over `few` drills.
    """

    against: Against
    factors: Sequence[tuple[Mapping[str, Any], Sequence[Factor]]]
    few: int
    seed: int
    model: Scenario
    scenario: str
    pack: str
    replayed: Replay | None = None
    changes: Sequence[str] = ()


@dataclass(frozen=True)
class ModelTable:
    """A table in words, what is said below it."""

    key: str
    title: str
    head: list[str]
    rows: list[list[str]]
    note: str = ""


@dataclass(frozen=True)
class ModelPart:
    """All that is printed: sentences before, tables, one picture for each factor's duty."""

    said: list[str]
    tables: list[ModelTable]
    pictures: list[tuple[str, Any]] = field(default_factory=list)


def part_of(found: Modelled | None, names: Mapping[str, str], lang: str) -> ModelPart | None:
    """Return what a report prints of it, in the language in force; `None` without a model."""
    if found is None:
        return None
    from sim.report.model_part import model_part

    return model_part(found, names, lang)
