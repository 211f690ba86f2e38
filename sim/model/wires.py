"""Channels that can fail: outages cut what is under way and keep others waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from simpy import Event
from simpy.events import Timeout

from sim.model.plan import Steps
from sim.model.pool import Member, Pool, come_on_duty
from sim.scenario.channels import Channel, Failures
from sim.scenario.incidents import OUTAGE

if TYPE_CHECKING:
    from sim.model.world import World


class Wire:
    """What can be cut: a channel, or the lines of one `office` in it.

    `down` counts the outages that last now, `users` holds what an outage calls to cut a
    transmission, `members` the lines that nobody gets during an outage (`during_outage: wait`).
    """

    __slots__ = ("channel", "down", "key", "members", "office", "users")

    def __init__(self, key: str, channel: Channel, office: str = ""):
        self.key = key
        self.channel = channel
        self.office = office
        self.down = 0
        self.users: dict[Callable[[], None], None] = {}
        self.members: list[Member] = []


def lay_wires(world: World) -> None:
    """Set up what outages of the channels or of the injects can cut."""
    for key, channel in world.scenario.channels.items():
        if channel.can_fail:
            world.wires[key, ""] = Wire(key, channel)
    for inject in world.scenario.injects.values():
        if inject.kind == OUTAGE:
            channel = world.scenario.channels[inject.channel]
            for office in inject.lines_of or [""]:
                name = inject.channel, office
                world.wires.setdefault(name, Wire(inject.channel, channel, office))


def between(world: World, key: str, *ends: str) -> tuple[Wire, ...]:
    """Return what must not be cut for a channel to work between these offices."""
    wires = world.wires
    if not wires:
        return ()
    return tuple(wires[key, end] for end in dict.fromkeys(("", *ends)) if (key, end) in wires)


def any_down(wires: Iterable[Wire]) -> bool:
    """Return whether an outage lasts now."""
    return any(wire.down for wire in wires)


def play_outages(world: World) -> None:
    """Let the planned and the random outages of every channel come."""
    for key, channel in world.scenario.channels.items():
        for outage in channel.outages:
            world.env.process(_planned(world, world.wires[key, ""], outage.from_, outage.for_))
        if channel.fails is not None:
            world.env.process(_random(world, world.wires[key, ""], channel.fails))


def _planned(world: World, wire: Wire, start: int, seconds: int) -> Steps:
    if start:
        yield world.pause(start)
    yield from cut_off(world, wire, seconds)


def _random(world: World, wire: Wire, fails: Failures) -> Steps:
    """Numbers of the k-th outage: streams channel/KEY/fails/every and /for, entity k."""
    number = 0
    stream = f"channel/{wire.key}/fails"
    while True:
        yield world.pause(world.sampler.seconds(fails.every, f"{stream}/every", number))
        seconds = world.sampler.seconds(fails.for_, f"{stream}/for", number)
        yield from cut_off(world, wire, seconds)
        number += 1


def cut_off(world: World, wire: Wire, seconds: int, cause: int | None = None) -> Steps:
    """One outage, of a channel or of one office's lines; `cause` is the inject's row."""
    began = _write(world, "outage", wire, cause, "")
    wire.down += 1
    for member in wire.members:
        member.on_duty = False
    for cut in list(wire.users):
        cut()
    yield world.pause(seconds)
    wire.down -= 1
    row = _write(world, "restored", wire, began, "planned")
    if not wire.down:
        for member in wire.members:
            come_on_duty(member, row)


def _write(world: World, activity: str, wire: Wire, cause: int | None, span: str) -> int:
    extra = {"channel": wire.key}
    world.rows.append((world.now, activity, "", wire.office, "", "", "", cause, None, span, extra))
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
        wire = world.wires.get((key, ""))
        if wire is not None and channel.during_outage == "wait":
            _stand_in(wire, members)
    return pool


def door(world: World, wire: Wire) -> Pool:
    """Return what the users of an office wait for until the outage of its lines is over."""
    name = f"{wire.key}/{wire.office}/outage"
    pool = world.pools.get(name)
    if pool is None:
        pool = world.pools[name] = Pool(world.env, name, [Member(name)])
        _stand_in(wire, pool.members)
    return pool


def _stand_in(wire: Wire, members: list[Member]) -> None:
    wire.members += members
    for member in members:
        member.on_duty = not wire.down


def carry(world: World, wires: tuple[Wire, ...], seconds: int) -> Steps:
    """Spend the time of a transmission; return whether no outage cut it."""
    if not wires:
        if seconds:
            yield world.pause(seconds)
        return True
    if any_down(wires):
        return False
    done = Event(world.env)
    Timeout(world.env, seconds).callbacks.append(lambda _: settle(done, True))

    def cut() -> None:
        settle(done, False)

    return (yield from listen(wires, cut, done))


def listen(wires: tuple[Wire, ...], cut: Callable[[], None], event: Event) -> Steps:
    """Wait for an event; an outage meanwhile calls `cut`."""
    for wire in wires:
        wire.users[cut] = None
    value = yield event
    for wire in wires:
        del wire.users[cut]
    return value


def settle(event: Event, value: object = None) -> None:
    """Let an event happen unless it has."""
    if not event.triggered:
        event.succeed(value)
