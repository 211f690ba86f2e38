"""Verifying by going there: who is sent sees what is so, and is away until he is back."""

from __future__ import annotations

from typing import NamedTuple

from sim.model.act import Act
from sim.model.journey import Journey
from sim.model.officer import fetch
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, release
from sim.model.things import Order

Learned = dict[str, float]


class ByCar(NamedTuple):
    """How somebody of an office travels: by road, as fast as the roads' policy says."""

    speed: None = None
    modes: tuple[str, ...] = ("road",)


def see(act: Act, fields: list[str]) -> tuple[Learned, tuple[str, ...]]:
    """Learn the true values of the fields (none = all); return them, and which are news."""
    truth = act.world.truth.get(act.matter.incident, {})
    seen = {name: truth[name] for name in fields or truth if name in truth}
    return seen, act.dossier.learn(seen, dict.fromkeys(seen, act.world.now))


def visit(act: Act, step: Bound) -> Steps:
    """Send an officer; go on with what he tells from there, while he comes back.

    He is waited for only where the procedure holds him throughout.
    """
    world, data = act.world, step.data.by_visit
    place = data.place or world.scenario.incidents[act.matter.incident].place
    act.write("verify", "asked")
    member = yield from _set_out(act, step)
    yield from _go(act, step, "travel", member, _home(act), place)
    act.doing = "verifying"
    if data.time is None:
        seconds = act.seconds(step)
    else:
        seconds = act.sample(data.time, f"{step.stream}/visit/time")
    if seconds:
        yield world.pause(seconds)
    seen, news = see(act, step.data.fields)
    act.write("verify", "ended", "verifying", member.id, extra=seen | {"place": place})
    world.tell_news(act.actor, act.matter, news, act.last)
    if act.held is not None and member is act.held:
        yield from _go(act, step, "return", member, place, _home(act))
        return
    thread = act.branch()
    world.running[thread] = None
    world.env.process(_come_back(thread, step, member, place))


def _set_out(act: Act, step: Bound) -> Steps:
    """Return who goes: an officer of the step's post, or whom the procedure holds throughout."""
    act.doing = "waiting_person"
    member, span, held_by = act.held, "", None
    if member is None or step.data.by is not None:
        grant = act.ask(step.pool)
        span, held_by = yield from fetch(act, grant, step.stream)
        member = grant.member
    act.write("verify", "started", span, member.id, "", held_by)
    return member


def _come_back(thread: Act, step: Bound, member: Member, place: str) -> Steps:
    """Come back to the post; the thread of who was sent is at its end."""
    yield from _go(thread, step, "return", member, place, _home(thread))
    release(member, thread.last)
    del thread.world.running[thread]


def _go(act: Act, step: Bound, activity: str, member: Member, start: str, end: str) -> Steps:
    """Travel by the roads as they are, or for the stated time of the way.

    On the way back the officer is the object of the rows: what he was sent for is done.
    """
    world, way, matter = act.world, step.data.by_visit.way, act.matter
    who = member.id if activity == "return" else ""
    act.doing = "travel"
    act.write(activity, "started", "", who, extra={"place": start})
    if way is not None:
        seconds = act.sample(way, f"{step.stream}/visit/way")
        if seconds:
            yield world.pause(seconds)
        act.write(activity, "ended", "travel", who, extra={"place": end})
        return
    member.traits, world.places[member.id] = ByCar(), start
    act.matter = Order(matter.incident, matter.line, matter.number, id=who, place=end)
    journey = Journey(act, [member], end, 1.0)
    yield from journey.run(activity)
    act.matter = matter


def _home(act: Act) -> str:
    """Return the place of an office or a depot, empty where it has none."""
    scenario = act.world.scenario
    section = scenario.offices if act.actor in scenario.offices else scenario.depots
    return section[act.actor].place or ""
