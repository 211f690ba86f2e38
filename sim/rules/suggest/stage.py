"""Who and what is there to put an inject in: the directory and first incident of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sim.log.record import EventLog
from sim.rules.directory import ENTRY, Directory
from sim.rules.pack import Rule, Who

LOWEST = (
    *("unit", "grassroots", "township_gov", "county_dept", "county_gov"),
    *("city_dept", "city_gov", "region_dept", "region_gov", "state"),
)
"""Bodies by level, from the scene upwards."""
FINDERS = ("unit", "grassroots")
"""Those that notice what happens; everybody else has to be told."""


@dataclass(frozen=True)
class Stage:
    """The first case of a record, as far as a suggestion needs it.

    `channels` are those that anybody used, `incident`, `hazard`, `place` and `areas` those of the
    first incident, `found_by` who noticed one in it, `warners` who published warnings,
    `answerers` who answered a call or message, `origin` the case's second 0.
    """

    directory: Directory
    names: dict[str, str]
    case: str
    origin: datetime | None
    incident: str
    hazard: str
    place: str
    areas: tuple[str, ...]
    channels: tuple[str, ...]
    found_by: tuple[str, ...] = ()
    warners: tuple[str, ...] = ()
    answerers: tuple[str, ...] = ()

    def owners(self, who: Who, hazard: str) -> tuple[str, ...]:
        """Return who of these roles would answer for an incident of a hazard here."""
        return self.directory.owners(who, hazard, self.areas)

    def has(self, actor: str, roles: tuple[str, ...]) -> bool:
        """Return whether an actor has one of some roles."""
        return bool(self.directory.roles.get(actor, set()) & set(roles))

    def chain(self, actor: str) -> Iterator[str]:
        """Yield an actor's superiors, the nearest first."""
        seen = {actor}
        while (actor := self.directory.superior.get(actor, "")) and actor not in seen:
            seen.add(actor)
            yield actor

    def lowest_below(self, owner: str) -> str:
        """Return the lowest body whose line of superiors leads to the owner, else himself.

        One that noticed an incident in this record goes before all others.
        """
        below = [actor for actor in self.directory.roles if owner in self.chain(actor)]
        below = [actor for actor in below if actor in self.found_by] or below
        near = [a for a in below if not self.areas or self._areas(a) & set(self.areas)] or below
        bodies = [actor for actor in near if self._level(actor) < len(LOWEST)]
        return min(bodies, key=lambda a: (self._level(a), a), default=owner)

    def _areas(self, actor: str) -> set[str]:
        return self.directory.areas.get(actor, set())

    def _level(self, actor: str) -> int:
        found = [k for k, role in enumerate(LOWEST) if role in self.directory.roles[actor]]
        return min(found, default=len(LOWEST))

    def of_level(self, roles: tuple[str, ...]) -> str:
        """Return an actor of the first of some roles that the record has, `""` without any."""
        for role in roles:
            found = self.directory.with_role([role])
            if found:
                return found[0]
        return ""


def stage(log: EventLog, channels: Sequence[str] = ()) -> Stage:
    """Return the stage that the first case of a record sets; raises `IndexError` without rows.

    `channels`: those of the scenario, where it is known; else those that anybody used.
    """
    case = log.cases[0]
    table = log.case(case).table
    role = table[table["activity"].eq("role")]
    occurred = table[table["activity"].eq("occur")]
    first = occurred.iloc[0] if len(occurred) else None
    directory = Directory(role[list(ENTRY)].itertuples(index=False, name=None))
    warned = table[table["activity"].eq("publish")]
    sent = table[table["activity"].eq("send")]["channel"]
    return Stage(
        directory=directory,
        names=dict(zip(role["actor"], role["note"], strict=True)),
        case=case,
        origin=log.origins.get(case),
        incident="" if first is None else str(first["incident"]),
        hazard="" if first is None else str(first["hazard"]),
        place="" if first is None else str(first["place"]),
        areas=() if first is None else tuple(w for w in first["jurisdiction"].split("|") if w),
        channels=tuple(channels or dict.fromkeys(word for word in sent if word)),
        warners=tuple(dict.fromkeys(warned[warned["kind"].eq("warning")]["actor"])),
        answerers=tuple(dict.fromkeys(table[table["activity"].eq("answer")]["actor"])),
        found_by=tuple(dict.fromkeys(table[table["activity"].eq("notice")]["actor"])),
    )


def hazard_for(rule: Rule, stage: Stage) -> str:
    """Return the hazard of the incident to be put in: the drill's own where the rule allows it."""
    if rule.hazards and stage.hazard not in rule.hazards:
        return rule.hazards[0]
    return stage.hazard or "fire"
