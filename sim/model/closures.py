"""Roads close and open again: as planned, at random, after an incident, by an inject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.model.plan import Steps
from sim.scenario.closures import Closure
from sim.scenario.distributions import Distribution

if TYPE_CHECKING:
    from sim.model.world import World


def play_closures(world: World) -> None:
    """Let planned and random closures come, and the hours of the day go by."""
    if len(world.plan.roads.edges) > 1:
        world.env.process(world.roads.hours())
    for key, closure in world.scenario.closures.items():
        if closure.every is not None:
            for part, links in _parts(world, key, closure):
                world.env.process(_again_and_again(world, part, closure, links, closure.every))
        elif closure.from_ is not None and closure.incident is None:
            bring(world, key, None, closure.from_)


def close_after(world: World, incident: str, row: int) -> None:
    """Let the closures come that an incident brings with it; `row` is its occurrence."""
    for key, closure in world.scenario.closures.items():
        if closure.incident == incident:
            bring(world, key, row, closure.from_ or 0)


def bring(world: World, key: str, cause: int | None, after: int = 0) -> None:
    """Let a closure come, `after` seconds from now."""
    closure = world.scenario.closures[key]
    for part, links in _parts(world, key, closure):
        world.env.process(_once(world, part, closure, links, cause, after))


def _parts(world: World, key: str, closure: Closure) -> list[tuple[str, Sequence[str]]]:
    """Return what closes together: all links, or with `each` every link by itself."""
    links = closure.concerned(world.scenario.links, world.scenario.places)
    return [(f"{key}/{link}", [link]) for link in links] if closure.each else [(key, links)]


def _once(
    world: World, part: str, closure: Closure, links: Sequence[str], cause: int | None, after: int
) -> Steps:
    if after:
        yield world.pause(after)
    yield from _closure(world, part, closure, links, cause)


def _again_and_again(
    world: World, part: str, closure: Closure, links: Sequence[str], every: Distribution
) -> Steps:
    """Numbers of the k-th closure: streams closure/KEY[/LINK]/every and /lasts, entity k."""
    if closure.from_:
        yield world.pause(closure.from_)
    number = 0
    while True:
        yield world.pause(world.sampler.seconds(every, f"closure/{part}/every", number))
        yield from _closure(world, part, closure, links, None)
        number += 1


def _closure(
    world: World, part: str, closure: Closure, links: Sequence[str], cause: int | None
) -> Steps:
    activity = "road_slowed" if closure.factor else "road_closed"
    began = _write(world, activity, part, closure, links, cause)
    world.roads.close(links, closure.factor, began)
    if closure.until is not None:
        seconds = max(closure.until - world.now, 0)
    elif closure.lasts is not None:
        number = world.born(f"closure/{part}")
        seconds = world.sampler.seconds(closure.lasts, f"closure/{part}/lasts", number)
    else:
        return
    yield world.pause(seconds)
    row = _write(world, "road_opened", part, closure, links, began)
    world.roads.open(links, closure.factor, row)


def _write(
    world: World,
    activity: str,
    part: str,
    closure: Closure,
    links: Sequence[str],
    cause: int | None,
) -> int:
    span = "" if cause is None else "planned"
    extra = {"links": "|".join(links), "reason": closure.reason}
    if closure.factor:
        extra["note"] = f"{closure.factor:g}"
    incident = closure.incident or ""
    world.rows.append((world.now, activity, "", "", "", part, incident, cause, None, span, extra))
    return len(world.rows) - 1
