"""Shelters whose needs nobody hears of, and requests for supplies that nobody answers."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.texts import t


def needs_in_vain(house: House) -> Iterator[LintWarning]:
    """Where people are sent to, an office should hear what they need and ask for it."""
    incidents = house.scenario.incidents.values()
    used = dict.fromkeys(key for i in incidents if i.shelters for key in i.shelters.to)
    for key in used:
        shelter = house.scenario.shelters[key]
        known = house.plan.procedures.get(shelter.superior or "", {})
        if shelter.items and not known.get("needed"):
            yield warn(
                "needs_in_vain",
                ("shelters", key, "superior"),
                lambda key=key: t(  # type: ignore[misc]
                    "people are sent to {shelter}, but no office with a procedure on needed "
                    "hears what they need",
                    shelter=key,
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
    for actor, procedure, step in house.everywhere():
        if step.data.kind != "request" or "superior" not in step.data.sources:
            continue
        office = house.scenario.offices.get(actor)
        superior = office.superior if office else None
        received = house.plan.procedures.get(superior or "", {}).get("received", ())
        if superior and not any(not p.on.kind or "supply_request" in p.on.kind for p in received):
            yield warn(
                "requests_in_vain",
                ("procedures", procedure.key),
                lambda actor=actor, superior=superior: t(  # type: ignore[misc]
                    "{actor} asks its superior ({superior}) for supplies; nobody there has a "
                    "procedure on received for reports of kind supply_request",
                    actor=actor,
                    superior=superior,
                ),
            )
