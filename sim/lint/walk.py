"""One procedure walked step by step, each as early as it can be.

Where a step has several ends the earliest counts; what only some of them have written stays
possible.  Steps that hang on goods, people on site or other offices take no time here.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any, NamedTuple

from sim.lint.earliest import BY_ITSELF, NEVER, At, Earliest, Fact, Report, Row, by_time
from sim.lint.house import steps_within
from sim.lint.ways import team_way, visit_way
from sim.model.dispatching.support import neighbours
from sim.model.plan import Bound, BoundProcedure
from sim.scenario.plans import ResponsePlan
from sim.scenario.steps.draft import ELEMENTS
from sim.scenario.steps.verify import CALL_BACK

OFTEN = 100
"""Repetitions looked at; more only take longer."""
NO_TIME = frozenset(
    ("travel", "return", "work", "reconcile", "request", "pick", "load", "unload", "hand_over")
)


class Now(NamedTuple):
    """Where a thread stands: the time, and the reports that may be on the desk."""

    at: At
    reports: frozenset[Report] = frozenset()

    def after(self, seconds: float, actor: str, what: str) -> Now:
        """Return the thread so many seconds later."""
        return self._replace(at=self.at.after(seconds, actor, what))


def first_of(ends: Iterable[Now]) -> Now:
    """Return the earliest of several ends, with the reports of all."""
    found = list(ends)
    reports = frozenset(report for now in found for report in now.reports)
    return Now(min((now.at for now in found), key=by_time), reports)


class Walk:
    """The thread of one procedure that `begun` has begun."""

    def __init__(self, earliest: Earliest, begun: Fact, procedure: BoundProcedure):
        self.to = earliest
        self.begun = begun
        self.actor = begun.actor
        self.event = begun.event.partition(" ")[0]
        self.procedure = procedure
        self.scenario = earliest.house.scenario

    def run(self, at: At) -> None:
        """Walk the whole procedure."""
        self.steps(self.procedure.steps, Now(at))

    def steps(self, steps: tuple[Bound, ...], now: Now) -> Now:
        """Walk steps one after the other."""
        for step in steps:
            if now.at.time == inf:
                return now
            act = getattr(self, f"_{step.data.kind.removesuffix('_')}", self._other)
            now = act(step, now)
            gate = self.to.gate
            if gate is None or self.actor != gate.owner or now.at.time >= 0:
                continue
            if gate.step(step, self.begun.kind):
                now = now._replace(at=At(0.0))
        return now

    # -- control -----------------------------------------------------------------------
    def _parallel(self, step: Bound, now: Now) -> Now:
        ends = sorted((self.steps(b, now).at for b in step.branches.values()), key=by_time)
        need = {"all": len(ends), "first": 1}.get(step.data.until, step.data.until)
        return now._replace(at=ends[need - 1])

    def _repeat(self, step: Bound, now: Now) -> Now:
        if step.data.until:
            return first_of((now, self.steps(step.branches["steps"], now)))
        for _ in range(min(step.data.times, OFTEN)):
            now = self.steps(step.branches["steps"], now)
        return now

    def _wait_for(self, step: Bound, now: Now) -> Now:
        data = step.data
        heard = self.to.heard(self.begun, self.actor, data.event, data.kinds)
        come = now if heard.time <= now.at.time else now._replace(at=heard)
        if data.timeout is None:
            return come
        late = now.after(data.timeout, self.actor, self._name(step))
        return come if come.at.time <= late.at.time else self.steps(step.branches["else"], late)

    def _foresee(self, step: Bound, now: Now) -> Now:
        now = now.after(step.data.decide_at or 0, self.actor, self._name(step))
        return first_of((now, self.steps(step.branches["steps"], now)))

    def _start(self, step: Bound, now: Now) -> Now:
        begun = self.begun._replace(event=f"{self.event} {step.data.procedure}")
        self.to.happens(begun, now.at)
        return now

    # -- work --------------------------------------------------------------------------
    def _other(self, step: Bound, now: Now) -> Now:
        return now.after(self._seconds(step), self.actor, self._name(step))

    def _seconds(self, step: Bound) -> float:
        """Return the least time of a step; nothing where it may be left in the middle."""
        data = step.data
        left = getattr(data, "interrupted", "") == "drop"
        left |= data.kind in ("serve", "approve") and data.patience is not None
        if step.time is None or left or data.kind in NO_TIME:
            return 0.0
        return self.to.timing(step.time)

    def _name(self, step: Bound) -> str:
        return f"{self.procedure.key}/{step.data.id}"

    def _alert(self, step: Bound, now: Now) -> Now:
        team = self.scenario.teams.get(self.actor)
        times = [self._seconds(step)]
        times += [self.to.timing(one) for one in team.turnout.values()] if team else []
        return now.after(min(times), self.actor, self._name(step))

    def _muster(self, step: Bound, now: Now) -> Now:
        team = self.scenario.teams.get(self.actor)
        if team is not None and (team.muster or self.to.house.standby):
            return now
        return self._other(step, now)

    def _travel(self, step: Bound, now: Now) -> Now:
        seconds = team_way(self.to.house, self.actor, self.to.incident, step.data)
        return now.after(seconds, self.actor, self._name(step))

    def _verify(self, step: Bound, now: Now) -> Now:
        data = step.data
        ends = []
        failed = now
        called = self._addresses(data.by_call.recipients) if data.by_call else []
        called = [to for to in called if to != self.actor]
        if called:
            for office in called:
                self.to.happens(Fact(office, "arrived", CALL_BACK, self.actor), now.at)
            ends.append(self._other(step, now))
            _, gives_up = self.to.transit.through(data.by_call.channel, talk=True)
            failed = now.after(gives_up * len(called), self.actor, self._name(step))
        if data.by_visit is not None:
            seconds = visit_way(self.to.house, self.actor, self.to.incident, data, self.to.timing)
            looks = data.by_visit.time if data.by_visit.time is not None else step.time
            seconds += self.to.timing(looks) if looks is not None else 0
            ends.append(failed.after(seconds, self.actor, self._name(step)))
        elif data.by_call is None:
            ends.append(self._other(step, now))
        else:
            ends.append(failed)
        now = first_of(ends)
        self._happens("changed", now, "changed")
        return now

    def _reconcile(self, step: Bound, now: Now) -> Now:
        self._happens("changed", now, "changed")
        return now

    def _answer(self, step: Bound, now: Now) -> Now:
        return self._other(step, now)  # the receipt is told where the message is sent

    def _draft(self, step: Bound, now: Now) -> Now:
        data = step.data
        reports = frozenset((_report(data.report, data.elements, data.reason),))
        if data.interrupted == "drop":  # then what lay there before goes out
            reports |= now.reports or {_report("initial")}
        return self._other(step, now)._replace(reports=reports)

    def _review(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        return first_of((now, self.steps(step.branches["steps"], now)))

    def _grade(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.judged.add((self.actor, self._trigger()))
        self.to.written(Row("confirm", self.actor), now.at)
        self._happens("confirmed", now)
        return now

    # -- response ----------------------------------------------------------------------
    def _activate(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.written(Row("activate", self.actor, object=step.data.plan), now.at)
        self._happens("activated", now)
        if not self._may_be_refused(step.data):
            return now
        return first_of((now, self.steps(step.branches["else"], now)))

    def _may_be_refused(self, data: Any) -> bool:
        """Whether the actor may lack the authority at some level that is possible."""
        office = self.scenario.offices.get(self.actor)
        plan = self.scenario.plans.get(data.plan, ResponsePlan())
        role = office.role if office else ""
        levels = {data.level} if data.level else self.to.grades
        if data.level == "asked" or data.granted < 1 or "" in levels:
            return True
        return not all(plan.authorises(self.actor, role, level) for level in levels)

    def _terminate(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.written(Row("terminate", self.actor, object=step.data.plan), now.at)
        self._happens("terminated", now)
        return now

    def _command(self, step: Bound, now: Now) -> Now:
        done = now.after(
            self.to.timing(step.time) if step.time else 0, self.actor, self._name(step)
        )
        self.to.written(Row("command", self.actor), done.at)
        self._happens("commanded", done)
        return done if self.to.house.doing("command") == [self.actor] else now

    def _consult(self, step: Bound, now: Now) -> Now:
        return now.after(
            self.to.timing(step.time) if step.time else 0, self.actor, self._name(step)
        )

    def _stand_up(self, step: Bound, now: Now) -> Now:
        now, data = self._other(step, now), step.data
        plan = self.scenario.plans.get(data.plan or "", ResponsePlan())
        for group in (data.group,) if data.plan is None else plan.groups:
            self.to.written(Row("stand_up", self.actor, object=group or ""), now.at)
        return now

    def _publish(self, step: Bound, now: Now) -> Now:
        data = step.data
        now = self._on_the_desk(self._other(step, now), data.report, data.elements, "", "bulletin")
        for report in now.reports:
            self.to.written(Row("publish", self.actor, report=report), now.at)
        return now

    # -- orders and requests -----------------------------------------------------------
    def _dispatch(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        for team in self.scenario.teams:
            self.to.happens(Fact(team, "ordered"), now.at)
        self.to.happens(Fact(self.actor, "task_done"), now.at)
        if step.data.as_asked and self.begun.kind == "support_request":
            return now._replace(reports=frozenset((_report("support_answer"),)))
        return now

    def _ask_support(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        request = _report("support_request", reason="skills")
        for word in step.data.whom:
            near = neighbours(self.scenario, self.actor) if word == "neighbours" else []
            for office in near or self._addresses([word]):
                self._told(step, request, office, now.at, step.data.channel)
        self.to.happens(Fact(self.actor, "task_done"), now.at)
        now = now._replace(reports=now.reports | {request})
        return first_of((now, self.steps(step.branches["else"], now)))

    def _request(self, step: Bound, now: Now) -> Now:
        request, data = _report("supply_request"), step.data
        if "superior" in data.sources and data.channel is not None:
            for office in self._addresses(["superior"]):
                self._told(step, request, office, now.at, data.channel)
        return now._replace(reports=now.reports | {request})

    # -- messages ----------------------------------------------------------------------
    def _send(self, step: Bound, now: Now) -> Now:
        data = step.data
        recipients = self._addresses(data.recipients)
        if not recipients:
            return now
        now = self._on_the_desk(now, data.report, data.elements, data.reason, "initial")
        return self._sent(step, now, recipients, data)

    def _notify(self, step: Bound, now: Now) -> Now:
        plan = self.scenario.plans.get(step.data.plan, ResponsePlan())
        for body in dict.fromkeys(plan.bodies):
            if body != self.actor:
                now = self._on_the_desk(now, "notice", [], "", "notice")
                now = self._sent(step, now, [body], step.data)
        return now

    def _sent(self, step: Bound, now: Now, recipients: list[str], data: Any) -> Now:
        """Return the thread when the first of the recipients was reached, or nobody."""
        through, gives_up = self.to.transit.through(data.channel)
        together = len(recipients) > 1 and self.scenario.channels[data.channel].group
        ends, begins = [], now
        for to in recipients:
            sent = begins.after(through, self.actor, f"{self._name(step)} → {to}")
            for report in now.reports:
                self._arrives(report, to, begins.at, sent.at, data.channel)
            ends.append(sent.after(self._acknowledged(to, now, data), to, "acknowledge"))
            if not together:
                if data.await_ack is not None:
                    gives_up = min(gives_up, (through + data.await_ack) * data.tries)
                begins = begins.after(gives_up, self.actor, self._name(step))
                if begins.at.time == inf:
                    break
        if begins.at.time < inf and not together and "else" in step.branches:
            ends.append(self.steps(step.branches["else"], begins))
        elif begins.at.time < inf:
            ends.append(begins)
        return first_of(ends)

    def _acknowledged(self, to: str, now: Now, data: Any) -> float:
        """Return how long the sender goes on with it once it is through."""
        confirm = getattr(data, "confirm", None)
        seconds = min(self.to.transit.through(confirm, talk=True)) if confirm else 0.0
        if data.await_ack is not None and not confirm:
            seconds += min(
                data.await_ack,
                *(self.to.answering(to, report.kind) for report in now.reports),
            )
        return seconds

    def _told(self, step: Bound, report: Report, to: str, at: At, channel: str) -> None:
        through, _ = self.to.transit.through(channel)
        sent = at.after(through, self.actor, f"{self._name(step)} → {to}")
        self._arrives(report, to, at, sent, channel)

    def _arrives(self, report: Report, to: str, begun: At, sent: At, channel: str) -> None:
        """A report is through to somebody, who takes it down; it rings where it is a live call."""
        rings = self.scenario.channels[channel].rings
        ear = begun if rings else sent
        self.to.happens(Fact(to, "arrived", report.kind, self.actor), ear)
        answering = self.to.answering(to, report.kind)
        heard = NEVER if answering == inf else sent.after(answering, to, "answer")
        self.to.sent.add((self.actor, self._trigger(), report.kind))
        for key in self._chain(channel):
            self.to.written(Row("send", self.actor, to, report, key), sent)
            self.to.written(Row("receive", self.actor, to, report, key), heard)
        if report.kind == "assessment":
            self.to.written(Row("aar_submit", self.actor, to), sent)
        if heard.time < inf:
            self.to.received(to, report.kind, self.actor, heard)

    def _chain(self, channel: str) -> list[str]:
        chain: list[str] = []
        key: str | None = channel
        while key and key not in chain:
            chain.append(key)
            key = self.scenario.channels[key].fallback
        return chain

    def _addresses(self, words: list[str]) -> list[str]:
        if "sender" in words and self.event in BY_ITSELF:
            return list(self.scenario.offices)
        found = [
            self.begun.sender if word == "sender" else self.to.house.address(self.actor, word)
            for word in words
        ]
        return [to for to in dict.fromkeys(found) if to]

    def _on_the_desk(
        self, now: Now, kind: str | None, elements: list[str], reason: str, usual: str
    ) -> Now:
        """Return the thread with the reports that may go out: those drafted, or a fresh one."""
        fitting = frozenset(r for r in now.reports if kind is None or r.kind == kind)
        if now.reports and fitting == now.reports:
            return now
        return now._replace(reports=fitting | {_report(kind or usual, elements, reason)})

    # -- telling -----------------------------------------------------------------------
    def _happens(self, event: str, now: Now, kind: str | None = None) -> None:
        begun = self.begun
        kind = begun.kind if kind is None else kind
        self.to.happens(Fact(self.actor, event, kind, begun.sender), now.at)

    def _trigger(self) -> str:
        """Return what has begun this thread: `received initial`, `ordered`."""
        return f"{self.event} {self.begun.kind}".strip()


def until_answered(to: Earliest, actor: str, kind: str, procedure: BoundProcedure) -> float:
    """Return the seconds of a procedure up to the end of its step `answer`, `inf` without one."""
    walk = Walk(to, Fact(actor, "arrived", kind), procedure)
    seconds = 0.0
    for step in procedure.steps:
        if step.data.kind == "answer":
            return seconds + walk._seconds(step)
        if any(s.data.kind == "answer" for s in steps_within((step,))):
            return 0.0
        if step.data.kind in ("record", "wait", "sign", "draft"):
            seconds += walk._seconds(step)
    return inf


def _report(kind: str, elements: Iterable[str] = (), reason: str = "") -> Report:
    return Report(kind, tuple(elements) or ELEMENTS[kind], bool(reason))
