"""What a depot does without a procedure of the scenario: donations, goods on order, production."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import BoundProcedure, Steps
from sim.model.things import Consignment, SupplyOrder
from sim.model.world import World
from sim.scenario.procedures import Event

NO_PROCEDURE = BoundProcedure("", Event(event="started"), (), "", False, 5, {}, False, ())


def errand(world: World, depot: str, line: str, number: int, row: int | None) -> Act:
    """Return a thread of a depot that begins with a row, about the `number`-th thing of a line."""
    name = f"{line}-{number + 1}"
    place = world.scenario.depots[depot].place
    order = SupplyOrder(name, "", line, number, place, depot)
    goods = Consignment("", line, number, place=place, id=name, order=order, depot=depot)
    return Act(world, depot, NO_PROCEDURE, goods, row)  # type: ignore[arg-type]  # None: a root


def set_out(act: Act, steps: Steps) -> None:
    """Let it run; what is not done at the end of the record is open."""
    act.world.running[act] = None
    act.world.env.process(_run(act, steps))


def _run(act: Act, steps: Steps) -> Steps:
    yield from steps
    del act.world.running[act]
