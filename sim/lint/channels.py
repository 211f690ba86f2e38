"""Channels without a second way, and channels that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.texts import t

BY_HAND = ("person", "courier")
"""Means that need no line: they are the last resort themselves."""


def no_fallback(house: House) -> Iterator[LintWarning]:
    """A channel that messages are sent over should have another one to fall back on.

    Who has somebody else to call instead needs none.
    """
    for key, users in _senders(house, to_one=True).items():
        channel = house.scenario.channels[key]
        if channel.fallback is None and channel.kind not in BY_HAND:
            yield warn(
                "no_fallback",
                ("channels", key),
                lambda key=key, users=users: t(  # type: ignore[misc]
                    "{users} send over {channel}, which has no fallback: when it fails, the "
                    "message is given up",
                    channel=key,
                    users=t(", ").join(users),
                ),
            )


def idle_channels(house: House) -> Iterator[LintWarning]:
    """A channel should be used by somebody, or be the fallback of one that is."""
    channels = house.scenario.channels
    used = set(_senders(house)) | {inject.channel for inject in house.scenario.injects.values()}
    ahead = [key for key in used if key in channels]
    while ahead:
        following = channels[ahead.pop()].fallback
        if following and following not in used:
            used.add(following)
            ahead.append(following)
    for key in channels:
        if key not in used and key in house.own.get("channels", ()):
            yield warn(
                "idle_channels",
                ("channels", key),
                lambda key=key: t("nobody uses the channel {channel}", channel=key),  # type: ignore[misc]
                "hint",
            )


def _senders(house: House, to_one: bool = False) -> dict[str, list[str]]:
    """Return channel -> actors that send over it first, `to_one` recipient only if so asked."""
    found: dict[str, dict[str, None]] = {}
    for actor, _, step in house.everywhere():
        if to_one and len(getattr(step.data, "recipients", ())) > 1:
            continue
        for name in ("channel",) if to_one else ("channel", "confirm"):
            channel = getattr(step.data, name, None)
            if isinstance(channel, str) and channel in house.scenario.channels:
                found.setdefault(channel, {})[actor] = None
    return {channel: list(actors) for channel, actors in found.items()}
