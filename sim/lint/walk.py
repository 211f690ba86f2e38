"""One procedure walked step by step, each as early as it can be.

Where a step has several ends the earliest counts; what only some of them have written stays
possible.  Steps that hang on goods, people on site or other offices take no time here.
"""

from __future__ import annotations

from math import inf
from typing import Any

from sim.lint.earliest import At, Earliest, Fact, Row, by_time
from sim.lint.house import steps_within
from sim.lint.telling import Now, Thread, first_of, report_of
from sim.lint.ways import team_way, visit_way
from sim.model.dispatching.support import neighbours
from sim.model.plan import Bound, BoundProcedure
from sim.scenario.plans import ResponsePlan
from sim.scenario.steps.verify import CALL_BACK

OFTEN = 100
"""Repetitions looked at; more only take longer."""


class Walk(Thread):
    """The thread, walked: one method for each kind of step that is more than its time."""

    def run(self, at: At) -> None:
        """Walk the whole procedure."""
        self.steps(self.procedure.steps, Now(at))

    def steps(self, steps: tuple[Bound, ...], now: Now) -> Now:
        """Walk steps one after the other."""
        for step in steps:
            if now.at.time == inf:
                return now
            act = getattr(self, f"do_{step.data.kind}", self._other)
            now = act(step, now)
            gate = self.to.gate
            if gate is None or self.actor != gate.owner or now.at.time >= 0:
                continue
            if gate.step(step, self.begun.kind):
                now = now._replace(at=At(0.0))
        return now

    # -- control -----------------------------------------------------------------------
    def do_parallel(self, step: Bound, now: Now) -> Now:
        ends = sorted((self.steps(b, now).at for b in step.branches.values()), key=by_time)
        need = {"all": len(ends), "first": 1}.get(step.data.until, step.data.until)
        return now._replace(at=ends[need - 1])

    def do_repeat(self, step: Bound, now: Now) -> Now:
        if step.data.until:
            return first_of((now, self.steps(step.branches["steps"], now)))
        for _ in range(min(step.data.times, OFTEN)):
            now = self.steps(step.branches["steps"], now)
        return now

    def do_wait_for(self, step: Bound, now: Now) -> Now:
        data = step.data
        heard = self.to.heard(self.begun, self.actor, data.event, data.kinds)
        come = now if heard.time <= now.at.time else now._replace(at=heard)
        if data.timeout is None:
            return come
        late = now.after(data.timeout, self.actor, self.name(step))
        return come if come.at.time <= late.at.time else self.steps(step.branches["else"], late)

    def do_foresee(self, step: Bound, now: Now) -> Now:
        now = now.after(step.data.decide_at or 0, self.actor, self.name(step))
        return first_of((now, self.steps(step.branches["steps"], now)))

    def do_start(self, step: Bound, now: Now) -> Now:
        begun = self.begun._replace(event=f"{self.event} {step.data.procedure}")
        self.to.happens(begun, now.at)
        return now

    # -- work --------------------------------------------------------------------------
    def _other(self, step: Bound, now: Now) -> Now:
        return now.after(self.seconds(step), self.actor, self.name(step))

    def do_alert(self, step: Bound, now: Now) -> Now:
        team = self.scenario.teams.get(self.actor)
        times = [self.seconds(step)]
        times += [self.to.timing(one) for one in team.turnout.values()] if team else []
        return now.after(min(times), self.actor, self.name(step))

    def do_muster(self, step: Bound, now: Now) -> Now:
        team = self.scenario.teams.get(self.actor)
        if team is not None and (team.muster or self.to.house.standby):
            return now
        return self._other(step, now)

    def do_travel(self, step: Bound, now: Now) -> Now:
        seconds = team_way(self.to.house, self.actor, self.to.incident, step.data)
        return now.after(seconds, self.actor, self.name(step))

    def do_verify(self, step: Bound, now: Now) -> Now:
        data = step.data
        ends = []
        failed = now
        called = self.addresses(data.by_call.recipients) if data.by_call else []
        called = [to for to in called if to != self.actor]
        if called:
            for office in called:
                self.to.happens(Fact(office, "arrived", CALL_BACK, self.actor), now.at)
            ends.append(self._other(step, now))
            _, gives_up = self.to.transit.through(data.by_call.channel, talk=True)
            failed = now.after(gives_up * len(called), self.actor, self.name(step))
        if data.by_visit is not None:
            seconds = visit_way(self.to.house, self.actor, self.to.incident, data, self.to.timing)
            looks = data.by_visit.time if data.by_visit.time is not None else step.time
            seconds += self.to.timing(looks) if looks is not None else 0
            ends.append(failed.after(seconds, self.actor, self.name(step)))
        elif data.by_call is None:
            ends.append(self._other(step, now))
        else:
            ends.append(failed)
        now = first_of(ends)
        self.happens("changed", now, "changed")
        return now

    def do_reconcile(self, step: Bound, now: Now) -> Now:
        self.happens("changed", now, "changed")
        return now

    def do_draft(self, step: Bound, now: Now) -> Now:
        data = step.data
        reports = frozenset((report_of(data.report, data.elements, data.reason),))
        if data.interrupted == "drop":  # then what lay there before goes out
            reports |= now.reports or {report_of("initial")}
        return self._other(step, now)._replace(reports=reports)

    def do_review(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        return first_of((now, self.steps(step.branches["steps"], now)))

    def do_grade(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.judged.add((self.actor, self.trigger()))
        self.to.written(Row("confirm", self.actor), now.at)
        self.happens("confirmed", now)
        return now

    # -- response ----------------------------------------------------------------------
    def do_activate(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.written(Row("activate", self.actor, object=step.data.plan), now.at)
        self.happens("activated", now)
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

    def do_terminate(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        self.to.written(Row("terminate", self.actor, object=step.data.plan), now.at)
        self.happens("terminated", now)
        return now

    def do_command(self, step: Bound, now: Now) -> Now:
        done = now.after(self.to.timing(step.time) if step.time else 0, self.actor, self.name(step))
        self.to.written(Row("command", self.actor), done.at)
        self.happens("commanded", done)
        return done if self.to.house.doing("command") == [self.actor] else now

    def do_stand_up(self, step: Bound, now: Now) -> Now:
        now, data = self._other(step, now), step.data
        plan = self.scenario.plans.get(data.plan or "", ResponsePlan())
        for group in (data.group,) if data.plan is None else plan.groups:
            self.to.written(Row("stand_up", self.actor, object=group or ""), now.at)
        return now

    def do_publish(self, step: Bound, now: Now) -> Now:
        data = step.data
        now = self.on_the_desk(self._other(step, now), data.report, data.elements, "", "bulletin")
        for report in now.reports:
            self.to.written(Row("publish", self.actor, report=report), now.at)
        return now

    # -- orders and requests -----------------------------------------------------------
    def do_dispatch(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        for team in self.scenario.teams:
            self.to.happens(Fact(team, "ordered"), now.at)
        self.to.happens(Fact(self.actor, "task_done"), now.at)
        if step.data.as_asked and self.begun.kind == "support_request":
            return now._replace(reports=frozenset((report_of("support_answer"),)))
        return now

    def do_ask_support(self, step: Bound, now: Now) -> Now:
        now = self._other(step, now)
        request = report_of("support_request", reason="skills")
        for word in step.data.whom:
            near = neighbours(self.scenario, self.actor) if word == "neighbours" else []
            for office in near or self.addresses([word]):
                self.told(step, request, office, now.at, step.data.channel)
        self.to.happens(Fact(self.actor, "task_done"), now.at)
        now = now._replace(reports=now.reports | {request})
        return first_of((now, self.steps(step.branches["else"], now)))

    def do_request(self, step: Bound, now: Now) -> Now:
        request, data = report_of("supply_request"), step.data
        if "superior" in data.sources and data.channel is not None:
            for office in self.addresses(["superior"]):
                self.told(step, request, office, now.at, data.channel)
        return now._replace(reports=now.reports | {request})

    # -- messages ----------------------------------------------------------------------
    def do_send(self, step: Bound, now: Now) -> Now:
        data = step.data
        recipients = self.addresses(data.recipients)
        if not recipients:
            return now
        now = self.on_the_desk(now, data.report, data.elements, data.reason, "initial")
        return self.sent(step, now, recipients, data)

    def do_notify(self, step: Bound, now: Now) -> Now:
        plan = self.scenario.plans.get(step.data.plan, ResponsePlan())
        for body in dict.fromkeys(plan.bodies):
            if body != self.actor:
                now = self.on_the_desk(now, "notice", [], "", "notice")
                now = self.sent(step, now, [body], step.data)
        return now


def until_answered(to: Earliest, actor: str, kind: str, procedure: BoundProcedure) -> float:
    """Return the seconds of a procedure up to the end of its step `answer`, `inf` without one."""
    walk = Walk(to, Fact(actor, "arrived", kind), procedure)
    seconds = 0.0
    for step in procedure.steps:
        if step.data.kind == "answer":
            return seconds + walk.seconds(step)
        if any(s.data.kind == "answer" for s in steps_within((step,))):
            return 0.0
        if step.data.kind in ("record", "wait", "sign", "draft"):
            seconds += walk.seconds(step)
    return inf
