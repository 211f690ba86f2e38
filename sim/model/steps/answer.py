"""Pick up and take down a message."""

from __future__ import annotations

from typing import Any

from simpy import Event

from sim.model.act import Act
from sim.model.calls import Call, missed
from sim.model.mail import acknowledge, receipt
from sim.model.officer import answers, pace
from sim.model.plan import Bound, Steps
from sim.model.pool import Grant, Member, release
from sim.model.steps._work import hold
from sim.model.things import Message


def answer(act: Act, step: Bound) -> Steps:
    """Take the message down; its end is receipt, and acknowledgement where it is demanded."""
    if act.call is not None:
        yield from _answer_call(act, step, act.call)
        return
    yield from hold(act, step, "recording", result=lambda: _said(act))
    _receive(act)


def _said(act: Act) -> dict[str, Any]:
    """Return which message was taken down and its kind: a warning is no news of an event."""
    matter = act.matter
    return {"kind": matter.kind, "message": matter.id} if isinstance(matter, Message) else {}


def _receive(act: Act) -> None:
    matter = act.matter
    if not isinstance(matter, Message):
        return
    if not matter.received:
        act.last = receipt(act.world, matter, act.actor, act.last)
    elif matter.acknowledged and matter.heard is None:
        act.last = acknowledge(act.world, matter, act.actor, act.last)


def _answer_call(act: Act, step: Bound, call: Call) -> Steps:
    """Pick up while it rings, listen, then take down what was said.

    Nobody free until it rings out: the procedure is at its end, and so it is when the call is
    cut off.
    """
    if not call.ringing:
        act.over = True
        return
    member = yield from _pick_up(act, step, call)
    if act.over:
        return
    act.doing = "transmission"
    act.last = yield call.over
    if call.reason:
        extra = call.told | {"reason": call.reason}
        who = member.id if member else ""
        row = act.write("cut_off", "", "", who, call.sender, extra=extra)
        act.over = True
    else:
        row = yield from _take_down(act, step, member)
    if member is not None and act.held is None:
        release(member, row)
    if not call.reason:
        _receive(act)


def _pick_up(act: Act, step: Bound, call: Call) -> Steps:
    """Return who picks it up (None: nobody is needed); the act is over if it rings out."""
    act.doing = "waiting_person"
    call.row = act.write("answer", "asked")
    member, held_by, span = act.held, None, ""
    if member is None and step.pool:
        if answers(act, step.pool, step.stream):
            grant = act.ask(step.pool)
        else:  # nobody comes to the telephone this time, however long it rings
            grant = Grant()
            grant.event = Event(act.world.env)
        if grant.event is not None:
            call.waiting.append(grant)
            yield grant.event
            if grant.gave_up:
                missed(act, call)
                return None
            held_by, span = grant.held_by, "waiting_person"
        member = grant.member
    call.pick_up(act.write("answer", "started", span, member.id if member else "", "", held_by))
    return member


def _take_down(act: Act, step: Bound, member: Member | None) -> Steps:
    act.doing = "recording"
    seconds = act.seconds(step)
    if member is not None and member.duty is not None:
        seconds = int(seconds * pace(act, member) + 0.5)
    if seconds:
        yield act.world.pause(seconds)
    who = member.id if member else ""
    return act.write("answer", "ended", "recording", who, extra=_said(act))
