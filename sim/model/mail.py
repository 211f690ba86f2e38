"""Reports and messages: written, transmitted over channels, received, acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.log.schema import FIELDS
from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, Pool, release
from sim.model.things import Message, Report
from sim.scenario.offices import Channel
from sim.scenario.steps.draft import ELEMENTS

if TYPE_CHECKING:
    from sim.model.world import World


def write_report(
    act: Act, kind: str, elements: list[str], pending: list[str], reason: str
) -> Report:
    """Return a report of what the actor knows now."""
    known, matter = act.dossier, act.matter
    line = f"incident/{matter.incident}/{act.actor}/report"
    number = act.world.born(line)
    known.passed_on = dict(known.fields)
    return Report(
        id=f"{matter.incident}/{act.actor}/{number + 1}",
        line=line,
        number=number,
        kind=kind,
        fields={name: known.fields[name] for name in FIELDS if name in known.fields},
        as_of=dict(known.as_of),
        grade=known.confirmed,
        elements="|".join(elements or ELEMENTS[kind]),
        pending="|".join(pending),
        reason=reason,
    )


def address(act: Act, to: str) -> str:
    """Return the office that `superior`, `department` or `sender` means; an id is itself."""
    if to == "sender":
        return str(act.matter.sender)
    if to in ("superior", "department"):
        scenario = act.world.scenario
        sections: tuple[dict[str, Any], ...] = (scenario.offices, scenario.teams, scenario.depots)
        for section in sections:
            if act.actor in section:
                return getattr(section[act.actor], to, None) or ""
    return to


def new_message(act: Act, recipient: str) -> Message:
    """Return the message that carries the act's report to a recipient.

    The same report sent to the same recipient again is a message of its own: `…>hechi#2`.
    """
    report = act.report
    name = f"{report.id}>{recipient}"
    again = act.world.born(name)
    return Message(
        act.matter.incident,
        report.line,
        report.number,
        kind=report.kind,
        sender=act.actor,
        id=f"{name}#{again + 1}" if again else name,
        report=report,
    )


def transmit(act: Act, step: Bound, message: Message, first: str, recipient: str) -> Steps:
    """Try the channel and its fallbacks; return whether the message is through.

    Every failed try is a row; the last row says how it ended: sent, lost or given up.
    """
    channels = act.world.scenario.channels
    key: str | None = first
    tried: list[str] = []
    while key and key not in tried:
        tried.append(key)
        channel = channels[key]
        for attempt in range(channel.tries):
            if attempt:
                yield from _pause(act, channel)
            outcome = yield from _try(act, step, message, key, channel, recipient)
            if outcome != "failed":
                return outcome == "sent"
        key = channel.fallback
    names = {"message": message.id, "report": message.report.id}
    act.write("given_up", "", "", message.officer, recipient, extra=names)
    return False


def _pause(act: Act, channel: Channel) -> Steps:
    act.doing = "waiting_channel"
    if channel.pause:
        yield act.world.pause(channel.pause)
        act.write("wait", "ended", "waiting_channel")


def _try(
    act: Act, step: Bound, message: Message, key: str, channel: Channel, recipient: str
) -> Steps:
    world = act.world
    names = {"message": message.id, "channel": key}
    line = None
    if channel.lines is not None:
        act.doing = "waiting_channel"
        grant = lines(world, key, channel, recipient).ask(act.procedure.priority, channel.patience)
        if grant.event is not None:
            yield grant.event
            if grant.gave_up:
                extra = names | {"reason": "busy"}
                act.write("try_failed", "", "waiting_channel", "", recipient, extra=extra)
                return "failed"
            act.write("wait", "ended", "waiting_channel", grant.member.id, held_by=grant.held_by)
        line = grant.member
    act.doing = "transmission"
    seconds = act.sample(channel.time, f"{step.stream}/{key}/time")
    if seconds:
        yield world.pause(seconds)
    outcome = _arrives(act, step, message, key, channel)
    if outcome == "failed":
        extra = names | {"reason": "dropped"}
        row = act.write("try_failed", "", "transmission", "", recipient, extra=extra)
    else:
        row = _sent(act, message, key, recipient)
        message.channel = key
        message.acknowledged = channel.acknowledged
    if line is not None:
        release(line, row)
    if outcome == "lost":
        act.write("lost", "", "", "", recipient, extra=names)
    return outcome


def _arrives(act: Act, step: Bound, message: Message, key: str, channel: Channel) -> str:
    """Return sent, failed (dropped and noticed) or lost (dropped, and nobody noticed)."""
    if channel.dropped:
        name = f"{step.stream}/{key}/dropped@{message.line}"
        attempt = act.world.attempt(name, message.number)
        if act.world.sampler.happens(channel.dropped, name, message.number, attempt):
            return "failed" if channel.acknowledged else "lost"
    return "sent"


def _sent(act: Act, message: Message, key: str, recipient: str) -> int:
    extra = content(message) | {"channel": key}
    return act.write("send", "ended", "transmission", message.officer, recipient, extra=extra)


def content(message: Message) -> dict[str, Any]:
    """Return what a message says, as columns of the record."""
    report = message.report
    said: dict[str, Any] = {
        "message": message.id,
        "report": report.id,
        "kind": report.kind,
        "elements": report.elements,
    }
    for name, value in (
        ("grade", report.grade),
        ("pending", report.pending),
        ("reason", report.reason),
    ):
        if value:
            said[name] = value
    said.update(report.fields)
    return said


def lines(world: World, key: str, channel: Channel, recipient: str) -> Pool:
    """Return the lines of a channel: of this recipient's, or of all together."""
    name = f"{key}/{recipient}" if channel.per == "recipient" else key
    pool = world.pools.get(name)
    if pool is None:
        members = [Member(f"{name}/line-{k}") for k in range(1, (channel.lines or 0) + 1)]
        pool = world.pools[name] = Pool(world.env, name, members)
    return pool


def deliver(world: World, message: Message, recipient: str, cause: int) -> None:
    """A message has arrived: somebody there answers it, or it is received as it lies."""
    if not world.happens("arrived", recipient, message, cause):
        receipt(world, message, recipient, cause, answered=False)


def receipt(world: World, message: Message, actor: str, cause: int, answered: bool = True) -> int:
    """Write receipt, and acknowledgement where it is demanded and somebody answered.

    The receiver now knows what the report says; his procedures on `received` start.
    """
    message.received = True
    rows = world.rows
    now = world.now
    received = len(rows)
    extra = content(message) | {"channel": message.channel}
    rows.append((now, "receive", "", actor, "", "", message.incident, cause, None, "", extra))
    if answered and message.acknowledged:
        extra = {"message": message.id, "channel": message.channel}
        rows.append(
            (
                now,
                "acknowledge",
                "",
                actor,
                message.sender,
                "",
                message.incident,
                received,
                None,
                "",
                extra,
            )
        )
    known = world.dossier(actor, message.incident)
    news = known.learn(message.report.fields, message.report.as_of)
    known.by_source.setdefault(message.sender or message.id, {}).update(message.report.fields)
    known.told += 1
    if message.report.grade and not known.confirmed:
        known.grade = message.report.grade
    last = len(rows) - 1
    world.happens("received", actor, message, last)
    world.tell_news(actor, message, news, last)
    return last
