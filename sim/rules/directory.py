"""Who is who in a record: its `role` rows, and whom a pack's roles mean there."""

from __future__ import annotations

from collections.abc import Iterable

from sim.rules.pack import Who

Entry = tuple[str, str, str, str, str]
"""actor, actor_role, jurisdiction, superior, supervises, as they stand in a `role` row."""

ENTRY = ("actor", "actor_role", "jurisdiction", "superior", "supervises")
_WIDE = {"region", "state"}
"""Levels whose bodies answer for every area below them."""


class Directory:
    """Actors with their roles, areas, superiors and hazards supervised, by actor id."""

    def __init__(self, entries: Iterable[Entry]):
        self.roles: dict[str, set[str]] = {}
        self.areas: dict[str, set[str]] = {}
        self.superior: dict[str, str] = {}
        self.supervises: dict[str, set[str]] = {}
        for actor, role, areas, superior, hazards in entries:
            self.roles.setdefault(actor, set()).add(role)
            self.areas.setdefault(actor, set()).update(_split(areas))
            self.supervises.setdefault(actor, set()).update(_split(hazards))
            if superior:
                self.superior[actor] = superior
        self._memo: dict[object, tuple[str, ...]] = {}

    def with_role(self, roles: Iterable[str]) -> list[str]:
        """Return the actors that have one of the roles, sorted."""
        wanted = set(roles)
        return sorted(actor for actor, has in self.roles.items() if has & wanted)

    def owing(self, who: Who, hazard: str, areas: tuple[str, ...]) -> tuple[str, ...]:
        """Return who owes a duty: nobody by name (`""`) where it is the case's own."""
        return self.owners(who, hazard, areas) if who.role else ("",)

    def owners(self, who: Who, hazard: str, areas: tuple[str, ...]) -> tuple[str, ...]:
        """Return who of these roles answers for an incident of this hazard in these areas."""
        key = (id(who), hazard, areas)
        if key not in self._memo:
            found = self.with_role(who.role)
            if who.supervises:
                found = [actor for actor in found if hazard in self.supervises[actor]]
            wanted = areas[:1] if who.area == "lead" else areas
            self._memo[key] = tuple(self._in_areas(found, set(wanted)))
        return self._memo[key]

    def _in_areas(self, actors: list[str], areas: set[str]) -> list[str]:
        """Keep the actors concerned: their areas meet the incident's, where both are known.

        Areas are named on one level: an incident in the city `hechi` says nothing about
        which counties it concerns, so the counties in the directory all stay.
        """
        kept = []
        for actor in actors:
            level = self._levels(actor)
            named = any(self._levels(a) & level and self.areas[a] & areas for a in self.roles)
            anyway = bool(level & _WIDE) or not named or not self.areas[actor]
            if anyway or self.areas[actor] & areas:
                kept.append(actor)
        return kept

    def _levels(self, actor: str) -> set[str]:
        return {role.partition("_")[0] for role in self.roles[actor]}

    def recipients(self, whom: Who | str | None, owner: str) -> tuple[str, ...] | None:
        """Return to whom an owner owes a report; `None` = to anybody, empty = not in the record.

        Of several bodies of a role those that share an area with the owner are meant, if any.
        """
        if whom is None:
            return None
        if isinstance(whom, str):
            return tuple(name for name in (self.superior.get(owner, ""),) if name)
        key = (id(whom), owner)
        if key not in self._memo:
            found = [actor for actor in self.with_role(whom.role) if actor != owner]
            near = [a for a in found if self.areas[a] & self.areas.get(owner, set())]
            self._memo[key] = tuple(near or found)
        return self._memo[key]


def _split(words: str) -> list[str]:
    return [word for word in words.split("|") if word]
