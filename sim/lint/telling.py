"""A thread of one procedure: how long its steps take, and whom it tells what."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any, NamedTuple

from sim.lint.earliest import BY_ITSELF, NEVER, At, Earliest, Fact, Report, Row, by_time
from sim.model.plan import Bound, BoundProcedure
from sim.scenario.steps.draft import ELEMENTS

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


def report_of(kind: str, elements: Iterable[str] = (), reason: str = "") -> Report:
    """Return a report of a kind, with its usual elements unless others are listed."""
    return Report(kind, tuple(elements) or ELEMENTS[kind], bool(reason))


class Thread:
    """The thread of one procedure that `begun` has begun."""

    def __init__(self, earliest: Earliest, begun: Fact, procedure: BoundProcedure):
        self.to = earliest
        self.begun = begun
        self.actor = begun.actor
        self.event = begun.event.partition(" ")[0]
        self.procedure = procedure
        self.scenario = earliest.house.scenario

    def seconds(self, step: Bound) -> float:
        """Return the least time of a step; nothing where it may be left in the middle."""
        data = step.data
        left = getattr(data, "interrupted", "") == "drop"
        left |= data.kind in ("serve", "approve") and data.patience is not None
        if step.time is None or left or data.kind in NO_TIME:
            return 0.0
        return self.to.timing(step.time)

    def name(self, step: Bound) -> str:
        return f"{self.procedure.key}/{step.data.id}"

    def steps(self, steps: tuple[Bound, ...], now: Now) -> Now:
        """Walk steps one after the other (`Walk` does)."""
        raise NotImplementedError

    def happens(self, event: str, now: Now, kind: str | None = None) -> None:
        begun = self.begun
        kind = begun.kind if kind is None else kind
        self.to.happens(Fact(self.actor, event, kind, begun.sender), now.at)

    def trigger(self) -> str:
        """Return what has begun this thread: `received initial`, `ordered`."""
        return f"{self.event} {self.begun.kind}".strip()

    # -- messages ----------------------------------------------------------------------
    def sent(self, step: Bound, now: Now, recipients: list[str], data: Any) -> Now:
        """Return the thread when the first of the recipients was reached, or nobody."""
        through, gives_up = self.to.transit.through(data.channel)
        together = len(recipients) > 1 and self.scenario.channels[data.channel].group
        ends, begins = [], now
        for to in recipients:
            sent = begins.after(through, self.actor, f"{self.name(step)} → {to}")
            for report in now.reports:
                self._arrives(report, to, begins.at, sent.at, data.channel)
            ends.append(sent.after(self._acknowledged(to, now, data), to, "acknowledge"))
            if not together:
                if data.await_ack is not None:
                    gives_up = min(gives_up, (through + data.await_ack) * data.tries)
                begins = begins.after(gives_up, self.actor, self.name(step))
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

    def told(self, step: Bound, report: Report, to: str, at: At, channel: str) -> None:
        through, _ = self.to.transit.through(channel)
        sent = at.after(through, self.actor, f"{self.name(step)} → {to}")
        self._arrives(report, to, at, sent, channel)

    def _arrives(self, report: Report, to: str, begun: At, sent: At, channel: str) -> None:
        """A report is through to somebody, who takes it down; it rings where it is a live call."""
        rings = self.scenario.channels[channel].rings
        ear = begun if rings else sent
        self.to.happens(Fact(to, "arrived", report.kind, self.actor), ear)
        answering = self.to.answering(to, report.kind)
        heard = NEVER if answering == inf else sent.after(answering, to, "answer")
        self.to.sent.add((self.actor, self.trigger(), report.kind))
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

    def addresses(self, words: list[str]) -> list[str]:
        if "sender" in words and self.event in BY_ITSELF:
            return list(self.scenario.offices)
        found = [
            self.begun.sender if word == "sender" else self.to.house.address(self.actor, word)
            for word in words
        ]
        return [to for to in dict.fromkeys(found) if to]

    def on_the_desk(
        self, now: Now, kind: str | None, elements: list[str], reason: str, usual: str
    ) -> Now:
        """Return the thread with the reports that may go out: those drafted, or a fresh one."""
        fitting = frozenset(r for r in now.reports if kind is None or r.kind == kind)
        if now.reports and fitting == now.reports:
            return now
        return now._replace(reports=fitting | {report_of(kind or usual, elements, reason)})
