"""Getting a message through: sent, lost on the way, or given up."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.dialling import dial, failed, get_through
from sim.model.mail import content
from sim.model.plan import Bound, Steps
from sim.model.pool import release
from sim.model.things import Message
from sim.model.wires import between, carry
from sim.scenario.channels import Channel


def transmit(
    act: Act, step: Bound, message: Message, first: str, recipient: str, talk: bool = False
) -> Steps:
    """Try the channel and its fallbacks; return how it ended: sent, lost or given up.

    Every failed try is a row; so is the end.
    """

    def attempt(key: str, channel: Channel, until: int | None) -> Steps:
        return _try(act, step, message, key, channel, recipient, until)

    outcome = yield from get_through(act, first, attempt, talk)
    if outcome == "failed":
        give_up(act, message, recipient)
        return "given_up"
    return outcome


def give_up(act: Act, message: Message, recipient: str, reason: str = "") -> None:
    """Write that the sender gives up; the message, unless an earlier copy has arrived."""
    extra = {"message": message.id, "report": message.report.id}
    if message.arrived:
        del extra["message"]
    if reason:
        extra["reason"] = reason
    act.write("given_up", "", "", "" if reason else message.officer, recipient, extra=extra)


def _try(
    act: Act,
    step: Bound,
    message: Message,
    key: str,
    channel: Channel,
    recipient: str,
    until: int | None,
) -> Steps:
    line, open_ = yield from dial(act, message, key, channel, recipient, until)
    if not open_:
        return "failed"
    act.doing = "transmission"
    seconds = act.sample(channel.time, f"{step.stream}/{key}/time")
    wires = between(act.world, key, act.actor, recipient)
    whole = yield from carry(act.world, wires, seconds)
    outcome = arrives(act, step, message, key, channel) if whole else "failed"
    if outcome == "failed":
        reason = "dropped" if whole else "outage"
        failed(act, message, key, recipient, "transmission", reason, line)
        return "failed"
    _sent(act, message, key, channel, recipient)
    if line is not None:
        release(line, act.last)
    if outcome == "lost":
        lost(act, message, key, recipient)
    return outcome


def arrives(
    act: Act, step: Bound, message: Message, key: str, channel: Channel, whose: str = ""
) -> str:
    """Return sent, failed (dropped and noticed) or lost (dropped, and nobody noticed).

    On a live call everybody notices.  `whose` sets apart the listeners of a talk group.
    """
    if channel.dropped:
        what = f"{step.stream}/{key}/dropped{whose}"
        sampler = act.world.sampler
        if sampler.next_happens(channel.dropped, what, message.line, message.number):
            return "failed" if channel.acknowledged or message.call is not None else "lost"
    return "sent"


def _sent(act: Act, message: Message, key: str, channel: Channel, recipient: str) -> None:
    extra = content(message) | {"channel": key}
    act.write("send", "ended", "transmission", message.officer, recipient, extra=extra)
    message.channel = key
    message.acknowledged = channel.acknowledged


def lost(act: Act, message: Message, key: str, recipient: str) -> None:
    """Write a loss that nobody notices; who awaits an acknowledgement will send again."""
    extra = {"message": message.id, "channel": key}
    if message.awaited is None:
        act.write("lost", "", "", "", recipient, extra=extra)
    else:
        act.write("try_failed", "", "", "", recipient, extra=extra | {"reason": "lost"})
