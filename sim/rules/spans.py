"""How far the record is complete: an act missing there was not done."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sim.rules.casebook import Observed
from sim.rules.stamps import INF


def spans_about(
    observed: Iterable[Observed],
    actors: Collection[str],
    incident: str,
    channels: Collection[str] = (),
) -> list[tuple[int, int]]:
    """Return the merged spans in which acts between these actors cannot be missing.

    Each end of a report keeps a record of it, so one complete actor is enough.  A record of
    one channel only speaks where the duty is bound to channels (`channels`) it covers.
    """
    found = []
    for span in observed:
        about = span.incident in ("", incident)
        whose = span.actor == "" or span.actor in actors
        if about and whose and (span.channel == "" or set(channels) == {span.channel}):
            found.append((span.lo, span.hi))
    return merged(found)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of whole seconds, in order, with touching ones joined."""
    result: list[tuple[int, int]] = []
    for lo, hi in sorted(spans):
        if result and lo <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(result[-1][1], hi))
        elif lo <= hi:
            result.append((lo, hi))
    return result


def complete_until(spans: Iterable[tuple[int, int]], start: int) -> int:
    """Return until when the record is complete without a gap from `start`; -INF if not then."""
    for lo, hi in spans:
        if lo <= start <= hi:
            return hi
    return -INF
