"""Whether what an inject should bring about was done: read off the rows written so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.log.rows import Row
from sim.scenario import Scenario
from sim.scenario.expected import SUPERIOR
from sim.scenario.incidents import COMMS_CHECK, Inject

if TYPE_CHECKING:
    from sim.model.plan import Steps
    from sim.model.world import World

DONE = ("", "ended")
"""Phases of an activity that is done, not only begun."""
FOUND = {COMMS_CHECK: "answered", "inspection": ""}
"""Checks of exercise control, and the `reason` with which they found what was expected."""


def decided(world: World, inject: Inject, put_in: int) -> Steps:
    """Wait until it is decided what `inject` hangs on; return the row that causes it, or `None`.

    `put_in` is the row of the other inject.  It is decided in the first second after the time
    allowed, when nothing more can happen in time.
    """
    other = world.scenario.injects[inject.awaits]
    allowed = (other.expect.within if other.expect else None) or 0
    deadline: int = world.rows[put_in][0] + allowed
    yield world.pause(deadline + 1 - world.now)
    done = done_by(world.scenario, other, world.rows, put_in)
    in_time = done is not None and world.rows[done][0] <= deadline
    if inject.if_done:
        return done if in_time else None
    return None if in_time else put_in


def done_by(scenario: Scenario, inject: Inject, rows: Sequence[Row], put_in: int) -> int | None:
    """Return the row with which the last of those expected to act had done so, `None` if not all.

    `rows` are those of one drill, `put_in` the first one of the inject.  A check of exercise
    control is done as expected where it found everything in order: who does not answer, or has
    an empty post, has not done so, and no later check mends it.
    """
    expect = inject.expect
    if expect is None or expect.does is None:
        return None
    missing = dict.fromkeys(inject.expected_of)
    for k in range(put_in, len(rows)):
        _, activity, phase, actor, recipient, _, incident, _, _, _, extra = rows[k]
        if activity != expect.does or actor not in missing or phase not in DONE:
            continue
        if inject.incident is not None and incident not in (inject.incident, ""):
            continue
        if expect.to is not None and recipient != _recipient(scenario, expect.to, actor):
            continue
        if expect.kind and (extra or {}).get("kind") not in expect.kind:
            continue
        if activity in FOUND and not _found(rows, k):
            return None
        del missing[actor]
        if not missing:
            return k
    return None


def _found(rows: Sequence[Row], at: int) -> bool:
    """Return whether a check found an actor as expected: at an inspection, every post of his."""
    time, activity, phase, actor = rows[at][:4]
    same = (row for row in rows[at:] if row[:4] == (time, activity, phase, actor))
    return all((row[10] or {}).get("reason", "") == FOUND[activity] for row in same)


def _recipient(scenario: Scenario, to: str, actor: str) -> str | None:
    """Return who is meant by the recipient of an actor's act."""
    if to != SUPERIOR:
        return to
    sections: tuple[dict[str, Any], ...] = (
        *(scenario.offices, scenario.teams),
        *(scenario.depots, scenario.shelters),
    )
    return next((section[actor].superior for section in sections if actor in section), None)
