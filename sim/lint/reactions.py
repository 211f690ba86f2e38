"""Things that happen to somebody who does nothing about them, and procedures that never run."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.earliest import WITHOUT_INCIDENT, Earliest
from sim.lint.house import House
from sim.lint.timing import least
from sim.lint.warning import LintWarning, warn
from sim.scenario.grade import RANK
from sim.scenario.incidents import COMMS_CHECK
from sim.texts import t, vocabulary


def nobody_answers(house: House) -> Iterator[LintWarning]:
    """An office that messages go to needs a procedure on `arrived`, or nobody takes them down."""
    for office in house.addressed():
        if not house.plan.procedures.get(office, {}).get("arrived"):
            yield warn(
                "nobody_answers",
                ("offices", office, "procedures"),
                lambda office=office: t(  # type: ignore[misc]
                    "messages go to {office}, but it has no procedure on arrived: they count as "
                    "received without anybody taking them down",
                    office=office,
                ),
            )


def notices_in_vain(house: House) -> Iterator[LintWarning]:
    """Who notices an incident needs a procedure on `noticed`."""
    for key, incident in house.scenario.incidents.items():
        for actor in incident.noticed:
            if not _starts(house, actor, ("noticed",), "", key):
                yield warn(
                    "notices_in_vain",
                    ("incidents", key, "noticed", actor),
                    lambda actor=actor: t(  # type: ignore[misc]
                        "{actor} notices the incident, but has no procedure on noticed",
                        actor=actor,
                    ),
                )


def nobody_reacts(house: House) -> Iterator[LintWarning]:
    """An inject needs a procedure of its addressee on `inject` or `received`.

    One that only tells figures is enough for somebody who reports: his next report gives them.
    Roll calls, inspections and checks of communications need no procedure.
    """
    senders = {sending.actor for sending in house.sendings}
    events = ("inject", "received")
    for key, inject in house.scenario.injects.items():
        if inject.kind in (COMMS_CHECK, *vocabulary("inject")):
            continue
        for actor in inject.recipients:
            if _starts(house, actor, events, inject.kind, inject.incident or ""):
                continue
            if (inject.fields and actor in senders) or _waits(house, actor, events):
                continue
            yield warn(
                "nobody_reacts",
                ("injects", key, "to"),
                lambda actor=actor, inject=inject: t(  # type: ignore[misc]
                    "{actor} does nothing about this inject: no procedure on inject or on "
                    "received for reports of kind {kind}",
                    actor=actor,
                    kind=inject.kind,
                ),
            )


def injects_in_vain(house: House) -> Iterator[LintWarning]:
    """An inject that waits for a happening should wait for one that some procedure leads to."""
    waiting = {key: i for key, i in house.scenario.injects.items() if i.on is not None}
    if not waiting:
        return
    possible = [
        fact
        for incident in house.scenario.incidents
        for fact in Earliest(house, incident, least, frozenset(RANK)).facts
    ]
    for key, inject in waiting.items():
        on, actor = inject.on, next(iter(inject.recipients), "")
        assert on is not None
        if on.event in (*WITHOUT_INCIDENT, "inject") or any(
            fact.actor == actor and fact.event == on.event and (not on.kind or fact.kind in on.kind)
            for fact in possible
        ):
            continue
        yield warn(
            "injects_in_vain",
            ("injects", key, "on"),
            lambda actor=actor, on=on: t(  # type: ignore[misc]
                "this inject never comes: nothing makes {event}{kinds} happen to {actor}",
                event=on.event,
                kinds=f" ({t(', ').join(on.kind)})" if on.kind else "",
                actor=actor,
            ),
        )


def idle_procedures(house: House) -> Iterator[LintWarning]:
    """A procedure should belong to somebody."""
    used = {p.key for actor in house.plan.procedures for p in house.procedures(actor)}
    for key in house.scenario.procedures:
        if key not in used and key in house.own.get("procedures", ()):
            yield warn(
                "idle_procedures",
                ("procedures", key),
                lambda key=key: t("nobody uses the procedure {procedure}", procedure=key),  # type: ignore[misc]
                "hint",
            )


def _starts(house: House, actor: str, events: tuple[str, ...], kind: str, incident: str) -> bool:
    """Return whether an event can start a procedure of an actor, whatever its guard."""
    known = house.plan.procedures.get(actor, {})
    for procedure in (p for event in events for p in known.get(event, ())):
        fits = not procedure.on.kind or not kind or kind in procedure.on.kind
        if fits and (not procedure.on.incident or incident in procedure.on.incident):
            return True
    return False


def _waits(house: House, actor: str, events: tuple[str, ...]) -> bool:
    """Return whether somewhere in his procedures an actor waits for one of the events."""
    return any(
        step.data.kind == "wait_for" and step.data.event in events
        for who, _, step in house.everywhere()
        if who == actor
    )
