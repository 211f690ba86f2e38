"""One season of Poisson demand in front of one stock that is not filled up: the newsvendor."""

from __future__ import annotations

from sim.experiment.formulas import Season, newsvendor
from sim.experiment.measures import Measure
from sim.experiment.twins_base import (
    Formula,
    Refused,
    Scene,
    constant,
    happens,
    one_procedure,
    one_step,
    only,
    poisson_source,
    quiet,
    staff,
)
from sim.texts import t

NAME = "newsvendor"


def pieces_left(scene: Scene, measure: Measure) -> Formula:
    """Pieces that are expected to be left over."""
    return Formula(NAME, _season(scene, measure.left).left)


def pieces_short(scene: Scene, measure: Measure) -> Formula:
    """Pieces that are expected to be asked for in vain."""
    return Formula(NAME, _season(scene, measure.short).short)


def _season(scene: Scene, item: str | None) -> Season:
    """Return the season of a scenario: every call asks for one piece, collected at once."""
    scenario = scene.scenario
    happens(scenario, "background", "depots")
    quiet(scene, "called", "requested")
    only(scenario.policies, "policies", "travel")
    source, rate = poisson_source(scene)
    _, step = one_step(scene, source.to, "called", "request")
    where = f"{source.procedure}/{step.data.id}"
    only(step.data, where, "items", "from_", "to", "time", "by", "interrupted")
    constant(step.time, 0, where)
    if step.data.items != {item: 1}:
        raise Refused(t("{where}: not one piece of {item} a call", where=where, item=item))
    if len(scenario.depots) != 1 or step.data.sources != list(scenario.depots):
        raise Refused(t("needs one depot, named in the request"))
    if staff(scene, step.pool) < 1:
        raise Refused(t("{post}: nobody there", post=step.pool))
    return newsvendor(rate * scene.until, _stock(scene, str(item)))


def _stock(scene: Scene, item: str) -> int:
    """Return what lies in the depot when the season begins."""
    scenario = scene.scenario
    ((key, depot),) = scenario.depots.items()
    where = f"depots.{key}"
    keys = ("place", "owner", "department", "superior", "stock", "compensation", "crew")
    only(depot, where, *keys, "wage", "docks", "procedures", "times")
    if not isinstance(depot.crew, int) or depot.crew < 1:
        raise Refused(t("{post}: not a fixed number of persons", post=f"{key}/crew"))
    only(scenario.items[item], f"items.{item}", "unit", "packs", "weight", "volume", "price")
    stock = depot.stock.get(item)
    if stock is None:
        raise Refused(t("{where}: holds no {item}", where=where, item=item))
    only(stock, f"{where}.stock", "record")
    procedure = one_procedure(scene, key, "requested")
    if [step.data.kind for step in procedure.steps] != ["pick", "hand_over"]:
        raise Refused(t("{where}: goods are not collected at the counter", where=where))
    for step in procedure.steps:
        only(step.data, f"{procedure.key}/{step.data.id}", "time", "by", "interrupted")
        constant(step.time, 0, f"{procedure.key}/{step.data.id}")
    return stock.record
