"""One message through a chain of exponential steps with ample staff: a phase-type time.

From the owner's first notice to the receipt of his report: his steps, the transmission, the
answer; nobody ever waits, so that the time is a sum of independent exponential and constant
ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.experiment.formulas import done_by
from sim.experiment.measures import Measure
from sim.experiment.twins_base import (
    Formula,
    Refused,
    Scene,
    exponential,
    happens,
    one_procedure,
    one_step,
    only,
    quiet,
    staff,
)
from sim.model.plan import Bound
from sim.rules.pack import Rule
from sim.scenario.distributions import Constant, Distribution
from sim.scenario.steps.draft import ELEMENTS, Draft
from sim.scenario.steps.send import Send
from sim.texts import t

NAME = "hypoexponential"
STEPS = {
    "verify": ("time", "by", "interrupted", "fields"),
    "grade": ("time", "by", "interrupted"),
    "draft": ("time", "by", "interrupted", "report", "elements"),
    "record": ("time", "by", "interrupted"),
}
"""Steps of a chain with the keys that they may have."""
DUTY = (
    *("clause", "text", "modality", "basis", "kind", "enabled", "owner", "recipient", "start"),
    *("end", "limit", "grades", "hazards", "need", "strict", "regrade", "confirmed_by"),
    *("noticed_by", "before_confirm"),
)
"""Keys that the rule may have."""


class Chain(NamedTuple):
    """Means of the exponential times (s), the constant rest (s), and the rule's limit (s)."""

    means: list[float]
    rest: int
    limit: int | None
    strict: bool


def chain_elapsed(scene: Scene, measure: Measure) -> Formula:
    """Mean time from the first notice to the receipt of the report."""
    chain = _chain(scene, measure)
    return Formula(NAME, sum(chain.means) + chain.rest)


def chain_in_time(scene: Scene, measure: Measure) -> Formula:
    """Probability that the report is received within the limit.

    Every time is rounded to whole seconds, half up: the sum is at most L where the exact one is
    below L + 1/2.
    """
    chain = _chain(scene, measure)
    if chain.limit is None:
        raise Refused(t("the rule has no time limit"))
    until = chain.limit - chain.rest + (-0.5 if chain.strict else 0.5)
    return Formula(NAME, done_by(chain.means, until))


def _chain(scene: Scene, measure: Measure) -> Chain:
    if len(measure.rules) != 1 or measure.rules[0] not in scene.pack.rules:
        raise Refused(t("several rules"))
    rule = scene.pack.rules[measure.rules[0]]
    _fits(scene, rule)
    happens(scene.scenario, "incidents")
    quiet(scene, "noticed", "arrived", "called", "received", "ordered")
    owner, recipient = _parties(scene, rule, measure)
    times = [*_steps(scene, owner, rule, recipient), *_answer(scene, recipient)]
    exponentials = [
        exponential(time, where) for where, time in times if not isinstance(time, Constant)
    ]
    rest = sum(time.value for _, time in times if isinstance(time, Constant))
    if scene.warm_up:
        raise Refused(t("a warm-up has no place in a single message"))
    return Chain(exponentials, rest, rule.limit, rule.strict)


def _fits(scene: Scene, rule: Rule) -> None:
    """The rule counts from the owner's first notice to a receipt."""
    start = scene.pack.score_anchor if rule.start == "readings" else rule.start
    if start != "receive":
        raise Refused(t("the clock does not start with the receipt (options start: receive)"))
    if rule.kind != "deadline" or rule.end not in ("acknowledged", "received"):
        raise Refused(t("the rule does not end with the receipt of a report"))
    only(rule, "rules", *DUTY)


def _parties(scene: Scene, rule: Rule, measure: Measure) -> tuple[str, str]:
    """Return the one who owes the report and the one to whom it goes."""
    scenario = scene.scenario
    if len(scenario.incidents) != 1:
        raise Refused(t("needs one incident, there are {n}", n=len(scenario.incidents)))
    ((key, incident),) = scenario.incidents.items()
    known = ("hazard", "place", "jurisdiction", "at", "course", "noticed")
    only(incident, f"incidents.{key}", *known)
    if len(incident.course) != 1 or incident.course[0].after:
        raise Refused(t("{where}: its course changes", where=f"incidents.{key}"))
    owners = [name for name, one in scenario.offices.items() if one.role in rule.owner.role]
    if len(owners) != 1 or list(incident.noticed) != owners or measure.owner not in (None, *owners):
        raise Refused(t("not exactly the one who owes the report notices the incident"))
    if rule.recipient == "superior(owner)":
        to = scenario.offices[owners[0]].superior
    else:
        roles = rule.recipient.role if rule.recipient is not None else []
        fitting = [name for name, one in scenario.offices.items() if one.role in roles]
        to = fitting[0] if len(fitting) == 1 else None
    if to is None:
        raise Refused(t("not exactly one recipient of the report"))
    return owners[0], to


def _steps(
    scene: Scene, owner: str, rule: Rule, recipient: str
) -> Iterable[tuple[str, Distribution | None]]:
    """Yield the times of the owner's steps and of the transmission."""
    procedure = one_procedure(scene, owner, "noticed")
    *work, last = procedure.steps
    for step in work:
        where = f"{procedure.key}/{step.data.id}"
        if step.data.kind not in STEPS:
            raise Refused(t("{where}: not a step of a chain", where=where))
        only(step.data, where, *STEPS[step.data.kind])
        if staff(scene, step.pool) < 1:
            raise Refused(t("{post}: nobody there", post=step.pool))
        yield where, step.time
    if not isinstance(last.data, Send):
        raise Refused(t("{name}: does not end with a step `send`", name=procedure.key))
    _content(work, last.data, rule)
    only(last.data, f"{procedure.key}/{last.data.id}", "to", "channel", "by", "report", "elements")
    to = last.data.to
    if recipient != (scene.scenario.offices[owner].superior if to == "superior" else to):
        raise Refused(t("the report does not go to {recipient}", recipient=recipient))
    if staff(scene, last.pool) < 1:
        raise Refused(t("{post}: nobody there", post=last.pool))
    key = last.data.channel
    channel = scene.scenario.channels[key]
    only(channel, f"channels.{key}", "kind", "time", "acknowledged", "live", "per", "lines")
    yield f"channels.{key}.time", channel.time


def _content(work: list[Bound], send: Send, rule: Rule) -> None:
    """The last draft, or the report sent without one, holds the elements that are needed."""
    drafts = [step.data for step in work if isinstance(step.data, Draft)]
    report = drafts[-1] if drafts else send
    held = set(report.elements or ELEMENTS[report.report or "initial"])
    need = rule.need.get("elements")
    needed = set(need.has or ()) if need is not None else set()
    if set(rule.need) - {"elements", "kind"} or not needed <= held:
        raise Refused(t("the report does not hold what the rule needs"))


def _answer(scene: Scene, recipient: str) -> Iterable[tuple[str, Distribution | None]]:
    """Yield the time of taking the message down."""
    if "arrived" not in scene.plan.procedures[recipient]:
        return
    procedure, step = one_step(scene, recipient, "arrived", "answer")
    where = f"{procedure.key}/{step.data.id}"
    only(step.data, where, "time", "by", "interrupted")
    if staff(scene, step.pool) < 1:
        raise Refused(t("{post}: nobody there", post=step.pool))
    yield where, step.time
