"""Verifying by calling back: who answers tells what he knows."""

from __future__ import annotations

from typing import Any

from sim.model.act import Act
from sim.model.caller import hang_up, take_phone
from sim.model.dialling import dial, failed, get_through
from sim.model.mail import address
from sim.model.plan import Bound, Steps
from sim.model.pool import release
from sim.model.things import Matter
from sim.model.wires import between, carry
from sim.scenario.channels import Channel
from sim.scenario.steps.verify import CALL_BACK


def call_back(act: Act, step: Bound) -> Steps:
    """Call the offices in order until one answers; return whether one did.

    Nobody to call: the call is passed over.
    """
    called = [address(act, to) for to in step.data.by_call.recipients]
    called = [to for to in dict.fromkeys(called) if to and to != act.actor]
    if not called:
        return False
    act.write("verify", "asked")
    yield from _begin(act, step)
    news = None
    for office in called:
        news = yield from _call(act, step, office)
        if news is not None:
            break
        act.write("given_up", recipient=office)
    else:
        act.write("verify", "ended", "", _who(act), extra={"reason": "not_reached"})
    hang_up(act)
    act.world.tell_news(act.actor, act.matter, news or (), act.last)
    return news is not None


def _begin(act: Act, step: Bound) -> Steps:
    act.doing = "waiting_person"
    span, held_by = "", None
    if act.held is None and step.pool:
        span, held_by = yield from take_phone(act, step)
    act.write("verify", "started", span, _who(act), "", held_by)


def _who(act: Act) -> str:
    member = act.held if act.caller is None else act.caller.member
    return member.id if member is not None else ""


def _call(act: Act, step: Bound, office: str) -> Steps:
    """Call one office; return which of what it says is news, None if nobody answers."""
    world, incident = act.world, act.matter.incident
    lineage = f"incident/{incident}/{act.actor}/{CALL_BACK}"
    matter = Matter(incident, lineage, world.born(lineage), CALL_BACK, act.actor)
    news: tuple[str, ...] | None = None

    def attempt(key: str, channel: Channel, until: int | None) -> Steps:
        nonlocal news
        line, open_ = yield from dial(act, matter, key, channel, office, until)
        if not open_:
            return "failed"
        act.doing = "verifying"
        wires = between(world, key, act.actor, office)
        if not (yield from carry(world, wires, act.seconds(step))):
            failed(act, matter, key, office, "verifying", "outage", line)
            return "failed"
        said, news = _hear(act, step.data.fields, office)
        extra: dict[str, Any] = said | {"channel": key}
        row = act.write("verify", "ended", "verifying", _who(act), office, extra=extra)
        if matter.call is not None:
            matter.call.hang_up(row)
        if line is not None:
            release(line, row)
        return "answered"

    yield from get_through(act, step.data.by_call.channel, attempt, talk=True)
    return news


def _hear(act: Act, fields: list[str], office: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """Learn what the office knows of the fields; return it, and which of it is news."""
    theirs, known = act.world.dossier(office, act.matter.incident), act.dossier
    said = {name: theirs.fields[name] for name in fields or theirs.fields if name in theirs.fields}
    news = known.learn(said, theirs.as_of)
    known.by_source.setdefault(office, {}).update(said)
    return said, news
