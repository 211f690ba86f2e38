"""Reports that go round in a ring."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House, Sending
from sim.lint.warning import LintWarning, warn
from sim.texts import t

Stop = tuple[str, str]
"""A report of a kind has come to an office."""


def own_superior(house: House) -> Iterator[LintWarning]:
    """An office must not report to itself, directly or over its superiors."""
    for key, office in house.scenario.offices.items():
        chain = [key]
        above = office.superior
        while above and above not in chain:
            chain.append(above)
            above = getattr(house.scenario.offices.get(above), "superior", None)
        if above == key:
            ring = " → ".join([*chain, key])
            yield warn(
                "own_superior",
                ("offices", key, "superior"),
                lambda ring=ring: t("the chain of superiors is a ring: {ring}", ring=ring),  # type: ignore[misc]
            )
    for sending in house.sendings:
        if sending.to == sending.actor:
            yield warn(
                "own_superior",
                house.node(sending.procedure.key, sending.actor),
                lambda sending=sending: t(  # type: ignore[misc]
                    "{actor} sends a report to itself", actor=sending.actor
                ),
            )


def relay_loops(house: House) -> Iterator[LintWarning]:
    """Offices that pass each other's reports on, every time, never come to an end."""
    after = _graph(house)
    seen: set[frozenset[str]] = set()
    for stop in after:
        ring = _ring(after, stop)
        offices = frozenset(office for office, _ in ring)
        if ring and offices not in seen:
            seen.add(offices)
            names = " → ".join([*(office for office, _ in ring), ring[0][0]])
            procedure = after[ring[0]][ring[1] if len(ring) > 1 else ring[0]]
            yield warn(
                "relay_loops",
                house.node(procedure, ring[0][0]),
                lambda names=names: t(  # type: ignore[misc]
                    "reports can go round without end: {ring}; `first: true` on the event, or a "
                    "narrower kind, ends it",
                    ring=names,
                ),
            )


def _graph(house: House) -> dict[Stop, dict[Stop, str]]:
    """Return stop -> the stops that a procedure leads to each time, and which procedure."""
    passing = [s for s in house.sendings if _every_time(s)]
    bringers: dict[Stop, set[str]] = {}
    for sending in house.sendings:
        if sending.to != "sender":
            bringers.setdefault((sending.to, sending.kind), set()).add(sending.actor)
    after: dict[Stop, dict[Stop, str]] = {}
    for _ in range(2):  # who answers a sender is a sender himself
        for sending in passing:
            kinds = sending.procedure.on.kind
            came = [stop for stop in list(bringers) if stop[0] == sending.actor]
            for stop in (stop for stop in came if not kinds or stop[1] in kinds):
                to = bringers[stop] if sending.to == "sender" else {sending.to}
                for office in sorted(to):
                    after.setdefault(stop, {})[office, sending.kind] = sending.procedure.key
                    bringers.setdefault((office, sending.kind), set()).add(sending.actor)
    return after


def _every_time(sending: Sending) -> bool:
    on = sending.procedure.on
    return on.event in ("received", "arrived") and not on.first


def _ring(after: dict[Stop, dict[Stop, str]], start: Stop) -> list[Stop]:
    """Return the shortest way from a stop back to itself, empty if there is none."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop(0)
        for following in after.get(way[-1], {}):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
