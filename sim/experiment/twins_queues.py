"""Queues that Erlang's formulas describe: calls at a post, messages on lines, orders for teams.

Formulas of the long run, for a mean of drills that are measured for T seconds: their own means are
quotients of chance numbers, and differ from the long run by as much as 1/T.  With Poisson calls
E(S/N) ≈ v - v'/T for v = E(S)/E(N) as a function of the rate, because Cov(S, N) is rate · dE(S)/d
rate.  Calls that still wait when the record ends are not measured, which takes Var(W)/T from the
mean wait.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.experiment.formulas import erlang_b, hypercube, slope, wait
from sim.experiment.measures import Measure
from sim.experiment.twins_base import (
    Formula,
    Refused,
    Scene,
    constant,
    exponential,
    happens,
    long_enough,
    not_short,
    one_step,
    only,
    poisson_source,
    quiet,
    settled,
    staff,
)
from sim.experiment.twins_fleet import MOST, fleet
from sim.scenario.offices import Office
from sim.texts import t


def waiting(scene: Scene, measure: Measure) -> Formula:
    """Mean wait at a post: Erlang C."""
    happens(scene.scenario, "background")
    quiet(scene, "called")
    source, rate = poisson_source(scene)
    _, step = one_step(scene, source.to, "called", "serve")
    if step.pool != measure.waiting:
        raise Refused(t("nothing comes to {post}", post=measure.waiting))
    where = f"{source.procedure}/{step.data.id}"
    only(step.data, where, "time", "by", "interrupted")
    servers, service = staff(scene, step.pool), exponential(step.time, where)
    long_enough(scene, rate, service, servers)
    long_run = wait(rate, service, servers)
    less = slope(lambda r: wait(r, service, servers).mean, rate) + long_run.variance
    return Formula("Erlang C", long_run.mean - less / scene.measured)


def share_lost(scene: Scene, measure: Measure) -> Formula:
    """Share of calls, messages or orders given up: Erlang B, of unlike teams the hypercube."""
    source, _ = poisson_source(scene)
    if measure.owner not in (None, source.to):
        raise Refused(t("nothing comes to {post}", post=measure.owner))
    return {"serve": _calls, "send": _messages, "order": _orders}[str(measure.lost)](scene)


def _calls(scene: Scene) -> Formula:
    """Callers who do not wait, whatever the law of the time that they are served for."""
    happens(scene.scenario, "background")
    quiet(scene, "called")
    source, rate = poisson_source(scene)
    _, step = one_step(scene, source.to, "called", "serve")
    where = f"{source.procedure}/{step.data.id}"
    only(step.data, where, "time", "by", "interrupted", "patience")
    constant(step.data.patience, 0, f"{where}/patience")
    assert step.time is not None
    service = not_short(step.time.mean(), where)
    return _loss(scene, rate, service, staff(scene, step.pool))


def _messages(scene: Scene) -> Formula:
    """Messages over lines that all share, of senders who neither wait nor dial again."""
    happens(scene.scenario, "background")
    quiet(scene, "called")
    source, rate = poisson_source(scene)
    _, step = one_step(scene, source.to, "called", "send")
    where = f"{source.procedure}/{step.data.id}"
    only(step.data, where, "to", "channel", "by", "report", "elements")
    if not isinstance(step.data.to, str):
        raise Refused(t("{where}: several recipients", where=where))
    to = scene.scenario.offices[source.to]
    if step.data.to in ("superior", "department", "sender") and not _there(to, step.data.to):
        raise Refused(t("{where}: nobody to send to", where=where))
    key = step.data.channel
    channel = scene.scenario.channels[key]
    name = f"channels.{key}"
    only(channel, name, "kind", "lines", "per", "time", "patience", "acknowledged", "live")
    if channel.lines is None or channel.per != "all":
        raise Refused(t("{where}: no fixed number of lines for all", where=name))
    constant(channel.patience, 0, f"{name}.patience")
    if staff(scene, step.pool) <= channel.lines:
        raise Refused(t("{post}: fewer persons than lines and one more", post=step.pool))
    return _loss(scene, rate, not_short(channel.time.mean(), name), channel.lines)


def _there(office: Office, word: str) -> bool:
    return word != "sender" and getattr(office, word) is not None


def _orders(scene: Scene) -> Formula:
    """Orders for teams that are lost when none is idle."""
    found = fleet(scene)
    if found.queue:
        raise Refused(t("orders wait: none is lost"))
    if not found.alike and not found.preference:
        raise Refused(t("policies.dispatch: teams are not taken in a fixed order"))
    if len(found.teams) > MOST:
        raise Refused(t("more than {n} teams", n=MOST))
    if found.alike:
        rate, service = sum(found.rates), found.services[0]
        return _loss(scene, rate, service, len(found.services))

    def share(rate: float) -> float:
        part = rate / sum(found.rates)
        rates = [part * one for one in found.rates]
        return hypercube(found.preference, rates, found.speeds, False).lost

    settled(scene, max(found.services))
    return _quotient(scene, "hypercube", share, sum(found.rates))


def _loss(scene: Scene, rate: float, service: float, servers: int) -> Formula:
    settled(scene, service)
    return _quotient(scene, "Erlang B", lambda r: erlang_b(r * service, servers), rate)


def _quotient(scene: Scene, name: str, share: Callable[[float], float], rate: float) -> Formula:
    return Formula(name, share(rate) - slope(share, rate) / scene.measured)
