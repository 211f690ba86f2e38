"""Serve a routine call."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import release


def serve(act: Act, step: Bound) -> Steps:
    """Serve a caller, who gives up after the step's patience."""
    act.doing = "waiting_person"
    act.write("serve", "asked")
    grant = act.ask(step.pool, step.data.patience)
    if grant.event is not None:
        yield grant.event
        if grant.gave_up:
            act.write("given_up", "", "waiting_person", extra={"reason": "patience"})
            return
    member = grant.member
    span = "waiting_person" if grant.event is not None else ""
    act.write("serve", "started", span, member.id, "", grant.held_by)
    act.doing = "recording"
    seconds = act.seconds(step)
    if seconds:
        yield act.world.pause(seconds)
    release(member, act.write("serve", "ended", "recording", member.id))
