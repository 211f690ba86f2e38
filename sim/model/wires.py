"""Channels that can fail: outages cut what is under way and keep others waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simpy import Event
from simpy.events import Timeout

from sim.model.plan import Steps
from sim.model.pool import Member, Pool, come_on_duty
from sim.scenario.channels import Channel, Failures

if TYPE_CHECKING:
    from sim.model.world import World


class Wire:
    """The state of a channel that can fail.

    `down` counts the outages that last now, `users` holds what an outage calls to cut a
    transmission, `members` the lines that nobody gets during an outage (`during_outage: wait`).
    """

    __slots__ = ("channel", "down", "key", "members", "users")

    def __init__(self, key: str, channel: Channel):
        self.key = key
        self.channel = channel
        self.down = 0
        self.users: dict[Callable[[], None], None] = {}
        self.members: list[Member] = []


def play_outages(world: World) -> None:
    """Let the planned and the random outages of every channel come."""
    for key, channel in world.scenario.channels.items():
        if not channel.can_fail:
            continue
        wire = world.wires[key] = Wire(key, channel)
        for outage in channel.outages:
            world.env.process(_planned(world, wire, outage.from_, outage.for_))
        if channel.fails is not None:
            world.env.process(_random(world, wire, channel.fails))


def _planned(world: World, wire: Wire, start: int, seconds: int) -> Steps:
    if start:
        yield world.pause(start)
    yield from _outage(world, wire, seconds)


def _random(world: World, wire: Wire, fails: Failures) -> Steps:
    """Numbers of the k-th outage: streams channel/KEY/fails/every and /for, entity k."""
    number = 0
    stream = f"channel/{wire.key}/fails"
    while True:
        yield world.pause(world.sampler.seconds(fails.every, f"{stream}/every", number))
        seconds = world.sampler.seconds(fails.for_, f"{stream}/for", number)
        yield from _outage(world, wire, seconds)
        number += 1


def _outage(world: World, wire: Wire, seconds: int) -> Steps:
    began = _write(world, "outage", wire, None)
    wire.down += 1
    for member in wire.members:
        member.on_duty = False
    for cut in list(wire.users):
        cut()
    yield world.pause(seconds)
    wire.down -= 1
    row = _write(world, "restored", wire, began)
    if not wire.down:
        for member in wire.members:
            come_on_duty(member, row)


def _write(world: World, activity: str, wire: Wire, cause: int | None) -> int:
    span = "" if cause is None else "planned"
    extra = {"channel": wire.key}
    world.rows.append((world.now, activity, "", "", "", "", "", cause, None, span, extra))
    return len(world.rows) - 1


def lines(world: World, key: str, channel: Channel, recipient: str) -> Pool:
    """Return the lines of a channel: of this recipient's, or of all together.

    Where lines are without limit, one that is passed on at once stands for the waiting.
    """
    name = f"{key}/{recipient}" if channel.per == "recipient" else key
    pool = world.pools.get(name)
    if pool is None:
        count = 1 if channel.lines is None else channel.lines
        members = [Member(f"{name}/line-{k}") for k in range(1, count + 1)]
        pool = world.pools[name] = Pool(world.env, name, members)
        wire = world.wires.get(key)
        if wire is not None and channel.during_outage == "wait":
            wire.members += members
            for member in members:
                member.on_duty = not wire.down
    return pool


def carry(world: World, wire: Wire | None, seconds: int) -> Steps:
    """Spend the time of a transmission; return whether no outage cut it."""
    if wire is None:
        if seconds:
            yield world.pause(seconds)
        return True
    if wire.down:
        return False
    done = Event(world.env)
    Timeout(world.env, seconds).callbacks.append(lambda _: settle(done, True))

    def cut() -> None:
        settle(done, False)

    wire.users[cut] = None
    whole = yield done
    del wire.users[cut]
    return whole


def settle(event: Event, value: object = None) -> None:
    """Let an event happen unless it has."""
    if not event.triggered:
        event.succeed(value)
