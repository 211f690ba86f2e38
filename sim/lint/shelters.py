"""Shelters whose needs nobody hears of, and requests for supplies that nobody answers."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.texts import t


def needs_in_vain(house: House) -> Iterator[LintWarning]:
    """Where people are sent to, an office should hear what they need and ask for it.

    A scenario without a catalogue of supplies only counts people.
    """
    incidents = house.scenario.incidents.values()
    used = dict.fromkeys(key for i in incidents if i.shelters for key in i.shelters.to)
    for key in used if house.scenario.items else ():
        shelter = house.scenario.shelters[key]
        if not shelter.items:
            yield warn(
                "needs_in_vain",
                ("shelters", key),
                lambda key=key: t(  # type: ignore[misc]
                    "people are sent to {shelter}, but it lists no items: they need nothing",
                    shelter=key,
                ),
            )
        if shelter.superior is None:
            yield warn(
                "needs_in_vain",
                ("shelters", key),
                lambda key=key: t(  # type: ignore[misc]
                    "people are sent to {shelter}, but it has no superior: no office hears what "
                    "they need",
                    shelter=key,
                ),
            )
        elif shelter.items and not house.plan.procedures.get(shelter.superior, {}).get("needed"):
            yield warn(
                "needs_in_vain",
                ("shelters", key, "superior"),
                lambda key=key, office=shelter.superior: t(  # type: ignore[misc]
                    "people are sent to {shelter}, but {office}, which hears what they need, has "
                    "no procedure on needed{known}",
                    shelter=key,
                    office=office,
                    known=_known(house, "needed"),
                ),
            )


def crowded_shelters(house: House) -> Iterator[LintWarning]:
    """The shelters of an incident should have room for all that it sends there."""
    for key, incident in house.scenario.incidents.items():
        filling = incident.shelters
        rooms = [house.scenario.shelters[k].capacity for k in filling.to] if filling else [None]
        if filling is None or None in rooms:
            continue
        most = max((state.evacuated or 0 for state in incident.course), default=0)
        persons, room = int(filling.share * most + 0.5), sum(filter(None, rooms))
        if persons > room:
            yield warn(
                "crowded_shelters",
                ("incidents", key, "shelters"),
                lambda persons=persons, room=room: t(  # type: ignore[misc]
                    "{persons} people are expected in shelters with room for {room}: the others "
                    "find no place",
                    persons=persons,
                    room=room,
                ),
            )


def nobody_evacuated(house: House) -> Iterator[LintWarning]:
    """Shelters fill up only if the true figure of those evacuated rises."""
    for key, incident in house.scenario.incidents.items():
        growing = (task.growth.worsens for task in incident.tasks.values() if task.growth)
        rises = any(state.evacuated for state in incident.course) or any(
            "evacuated" in worsens for worsens in growing
        )
        if incident.shelters and not rises:
            yield warn(
                "nobody_evacuated",
                ("incidents", key, "shelters"),
                lambda: t("nobody goes to a shelter: no state says how many are evacuated"),
            )


def requests_in_vain(house: House) -> Iterator[LintWarning]:
    """Who asks the office above for supplies needs one that does something about it."""
    for actor, _, step in house.everywhere():
        if step.data.kind != "request" or "superior" not in step.data.sources:
            continue
        office = house.scenario.offices.get(actor)
        superior = office.superior if office else None
        received = house.plan.procedures.get(superior or "", {}).get("received", ())
        if superior and not any(not p.on.kind or "supply_request" in p.on.kind for p in received):
            yield warn(
                "requests_in_vain",
                ("offices", superior, "procedures"),
                lambda actor=actor, superior=superior: t(  # type: ignore[misc]
                    "{actor} asks its superior ({superior}) for supplies; nobody there has a "
                    "procedure on received for reports of kind supply_request{known}",
                    actor=actor,
                    superior=superior,
                    known=_known(house, "received", "supply_request"),
                ),
            )


def _known(house: House, event: str, kind: str = "") -> str:
    """Return the procedures on an event that there are, in brackets."""
    found = [
        key
        for key, procedure in house.scenario.procedures.items()
        if procedure.on.event == event and (not kind or kind in procedure.on.kind)
    ]
    return t(" (such as {names})", names=t(", ").join(found)) if found else ""
