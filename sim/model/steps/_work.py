"""Take a person, spend the time, let go: what most steps of an office are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import release


def hold(
    act: Act,
    step: Bound,
    span: str,
    alone: bool = False,
    result: Callable[[], dict[str, Any]] | None = None,
) -> Steps:
    """Ask for an officer of the step's post, work for its time, release him.

    Writes asked, started (after waiting for a person) and ended (after `span`).  Who is held
    by the whole procedure (a team, an officer) does it himself; `alone` takes nobody.  `result`
    gives further columns of the last row; it is asked when the work is done.
    """
    activity = step.data.kind
    act.doing = "waiting_person"
    act.write(activity, "asked")
    member = act.held
    if member is None and step.pool and not alone:
        grant = act.world.pools[step.pool].ask(act.procedure.priority)
        if grant.event is None:
            member = grant.member
            act.write(activity, "started", "", member.id)
        else:
            yield grant.event
            member = grant.member
            act.write(activity, "started", "waiting_person", member.id, "", grant.held_by)
    else:
        act.write(activity, "started", "", member.id if member else "")
    act.doing = span
    seconds = act.seconds(step)
    if seconds:
        yield act.world.pause(seconds)
    found = result() if result else None
    ended = act.write(activity, "ended", span, member.id if member else "", extra=found)
    if member is not None and act.held is None:
        release(member, ended)
