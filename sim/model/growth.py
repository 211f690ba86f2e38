"""What becomes of an incident while nobody has begun a task: more work, worse figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.plan import Steps
from sim.model.world import World
from sim.scenario.tasks import Growth

if TYPE_CHECKING:
    from sim.model.site import Site


def grow(site: Site, growth: Growth) -> Steps:
    """Let a task grow until somebody begins it; each time the true state is stated anew.

    The work is counted in whole seconds of the task's duration, rounded half up.
    """
    world, incident = site.world, site.incident
    step, grown = int(growth.by * site.duration + 0.5), 0
    most = None if growth.up_to is None else int((growth.up_to - 1) * site.duration + 0.5)
    while True:
        yield world.pause(growth.every)
        if site.begun:
            return
        more = step if most is None else min(step, most - grown)
        grown += more
        site.left += more * len(site.slots)
        if worsen(world, incident, growth.worsens) or more:
            extra = {"task": site.key} | world.truth[incident]
            row = (world.now, "truth", "", "", "", "", incident, site.row, None, "worsening", extra)
            world.rows.append(row)
            site.row = len(world.rows) - 1
            world.evacuees.follow(incident, site.row)
        elif not growth.worsens:
            return


def worsen(world: World, incident: str, by: dict[str, float]) -> bool:
    """Change the true figures, unless one would fall below zero; return whether they changed."""
    truth, added = world.truth[incident], world.worsened.setdefault(incident, {})
    if not by or any(truth.get(name, 0) + change < 0 for name, change in by.items()):
        return False
    for name, change in by.items():
        truth[name] = truth.get(name, 0) + change
        added[name] = added.get(name, 0) + change
    return True
