"""What a report suffers on its way: left out, rounded, misheard, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.model.things import Message, Report
from sim.scenario.channels import Garble

if TYPE_CHECKING:
    from sim.model.world import World

ALIKE = {4: 10, 10: 4}
"""Numbers that are taken for each other as wholes: 四 and 十."""
LAST = {1: 6, 7: -6}
"""Last digits that are taken for each other, and what that adds: 一 and 七."""


def understood(world: World, message: Message, recipient: str) -> Report:
    """Return the report as the recipient understands it; the very same where nothing can happen.

    Every field and element has numbers of its own: stream
    `channel/KEY/garble/FIELD/omit` (`mishear`, `up`) `@LINE>RECIPIENT`.
    """
    report: Report = message.report
    channel = world.scenario.channels.get(message.channel)
    if channel is None or not channel.garble:
        return report

    def happens(name: str, what: str, probability: float) -> bool:
        if not probability:
            return False
        stream, line = (
            f"channel/{message.channel}/garble/{name}/{what}",
            f"{message.line}>{recipient}",
        )
        return world.sampler.next_happens(probability, stream, line, message.number)

    rules = channel.garble
    rest = rules.get("all", Garble())
    names = dict.fromkeys([*report.fields, *filter(None, report.elements.split("|"))])
    gone = {n for n in names if happens(n, "omit", rules.get(n, rest).omit)}
    fields = {}
    for name, value in report.fields.items():
        if name not in gone:
            rule = rules.get(name, rest)
            said = rounded(value, rule.round)
            if happens(name, "mishear", rule.mishear):
                said = misheard(said, happens(name, "up", 0.5))
            fields[name] = said
    elements = "|".join(name for name in report.elements.split("|") if name not in gone)
    return replace(report, fields=fields, elements=elements)


def rounded(value: float, multiple: int) -> float:
    """Return the nearest multiple, half up; a value below the multiple is said as it is."""
    if multiple == 1 or value < multiple:
        return value
    return float((value + multiple / 2) // multiple * multiple)


def misheard(value: float, up: bool) -> float:
    """Return the number taken for this one: 4/10, a last digit 1/7, else one more or less."""
    if not value:
        return value
    if value in ALIKE:
        return float(ALIKE[int(value)])
    if value % 10 in LAST:
        return value + LAST[int(value % 10)]
    return value + 1 if up else max(value - 1, 0.0)
