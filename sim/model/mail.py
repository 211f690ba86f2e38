"""Reports and messages: written, addressed, delivered, received, acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.log.schema import FIELDS
from sim.model.act import Act
from sim.model.garble import understood
from sim.model.things import Matter, Message, Report
from sim.model.wires import settle
from sim.scenario.steps.draft import ELEMENTS

if TYPE_CHECKING:
    from sim.model.world import World

ASIDE = ("support_request", "support_answer", "supply_request")
"""Kinds of report that tell nothing of the incident's figures."""


def write_report(
    act: Act, kind: str, elements: list[str], pending: list[str], reason: str
) -> Report:
    """Return a report of what the actor knows now."""
    known, matter = act.dossier, act.matter
    line = f"incident/{matter.incident}/{act.actor}/report"
    number = act.world.born(line)
    aside = kind in ASIDE
    if not aside:
        known.passed_on = dict(known.fields)
    told = {} if aside else known.fields
    asked = matter.report.request if kind == "support_answer" and _is_request(matter) else None
    return Report(
        id=f"{matter.incident}/{act.actor}/{number + 1}",
        line=line,
        number=number,
        kind=kind,
        fields={name: told[name] for name in FIELDS if name in told},
        as_of=dict(known.as_of),
        grade="" if aside else known.confirmed,
        elements="|".join(elements or ELEMENTS[kind]),
        pending="|".join(pending),
        reason=reason,
        request=asked,
        warning=known.warning if kind == "warning" else "",
        level={"notice": known.level, "activation_request": known.wanted}.get(kind, ""),
    )


def _is_request(matter: Matter) -> bool:
    return isinstance(matter, Message) and matter.kind == "support_request"


def address(act: Act, to: str) -> str:
    """Return the office that `superior`, `department` or `sender` means; an id is itself."""
    if to == "sender":
        return str(act.matter.sender)
    if to in ("superior", "department"):
        scenario = act.world.scenario
        sections: tuple[dict[str, Any], ...] = (scenario.offices, scenario.teams, scenario.depots)
        for section in sections:
            if act.actor in section:
                return getattr(section[act.actor], to, None) or ""
    return to


def new_message(act: Act, recipient: str) -> Message:
    """Return the message that carries the act's report to a recipient.

    The same report sent to the same recipient again is a message of its own: `…>hechi#2`.
    """
    report = act.report
    name = f"{report.id}>{recipient}"
    again = act.world.born(name)
    return Message(
        act.matter.incident,
        report.line,
        report.number,
        kind=report.kind,
        sender=act.actor,
        id=f"{name}#{again + 1}" if again else name,
        report=report,
    )


def content(message: Message, heard: Report | None = None) -> dict[str, Any]:
    """Return what a message says, or what was heard of it, as columns of the record."""
    report: Report = heard or message.report
    said: dict[str, Any] = {
        "message": message.id,
        "report": report.id,
        "kind": report.kind,
        "elements": report.elements,
    }
    if report.teams:
        said["quantity"] = report.teams
    for name, value in (
        ("grade", report.grade),
        ("level", report.level),
        ("pending", report.pending),
        ("reason", report.reason),
        ("warning", report.warning),
    ):
        if value:
            said[name] = value
    said.update(report.fields)
    return said


def deliver(world: World, message: Message, recipient: str, cause: int) -> None:
    """A message has arrived: somebody there answers it, or it is received as it lies.

    Who is on the phone has it already; he takes it down when the caller hangs up.
    """
    if message.kind == "assessment" and not message.arrived:
        _submitted(world, message, recipient, cause)
    message.arrived = True
    if message.call is not None:
        message.call.hang_up(cause)
        return
    if message.received:
        return  # a copy
    if not world.happens("arrived", recipient, message, cause):
        receipt(world, message, recipient, cause, answered=False)


def _submitted(world: World, message: Message, recipient: str, cause: int) -> None:
    """An assessment is submitted once it lies at the recipient's, read or not."""
    sender, incident = message.sender, message.incident
    named = (sender, recipient, message.report.id, incident, cause, None, "")
    said = {"elements": message.report.elements}
    world.rows.append((world.now, "aar_submit", "", *named, said))


def receipt(world: World, message: Message, actor: str, cause: int, answered: bool = True) -> int:
    """Write receipt, and acknowledgement where it is demanded and somebody answered.

    The receiver now knows what the report says, as he understood it; his procedures on
    `received` start.
    """
    message.received = True
    report = understood(world, message, actor)
    rows = world.rows
    now = world.now
    received = len(rows)
    extra = content(message, report) | {"channel": message.channel}
    rows.append((now, "receive", "", actor, "", "", message.incident, cause, None, "", extra))
    if answered and message.acknowledged:
        acknowledge(world, message, actor, received)
    known = world.dossier(actor, message.incident)
    news = known.learn(report.fields, report.as_of)
    known.by_source.setdefault(message.sender or message.id, {}).update(report.fields)
    known.told += 1
    office = world.scenario.offices.get(actor)
    if report.kind == "notice" and office and office.superior == message.sender:
        known.allowed = report.level
    if report.grade and not known.confirmed:
        known.grade = report.grade
    known.heed(report.warning, report.as_of.get("warning", world.now))
    last = len(rows) - 1
    if report.request is not None and report.kind == "support_answer":
        report.request.take_answer(report.teams, last)
    world.happens("received", actor, message, last)
    world.tell_news(actor, message, news, last)
    return last


def acknowledge(world: World, message: Message, actor: str, cause: int) -> int:
    """Write that the sender hears that his message is there; return the row."""
    extra = {"message": message.id, "channel": message.channel}
    about = (actor, message.sender, "", message.incident, cause, None, "")
    world.rows.append((world.now, "acknowledge", "", *about, extra))
    message.heard = row = len(world.rows) - 1
    if message.awaited is not None:
        settle(message.awaited)
    return row
