"""The same chains as an ordinary SimPy user would write it.

`simpy.Resource` with priorities, `with … request()`, `|` with a timeout, one numpy generator
called once per number, one dict per event appended to a list.  Its log holds what ours holds:
what each row was caused by and what its time was spent on, messages with their figures, the
grade; but not which officer did it and who kept him before, for a `Resource` has no persons.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator

import numpy as np
import simpy

from benchmarks import relay_chain as given
from benchmarks.relay_chain import Chain

Z90 = 1.2815515655446004
ELEMENTS = "place|time|kind|casualties|measures"
SPANS = {
    "record": "recording",
    "verify": "verifying",
    "grade": "deciding",
    "draft": "drafting",
    "sign": "signing",
    "answer": "recording",
}


class Office:
    """An office with its officers, leaders and phone lines."""

    def __init__(self, env: simpy.Environment, name: str):
        self.name = name
        self.officers = simpy.PriorityResource(env, given.OFFICERS)
        self.leaders = simpy.PriorityResource(env, given.LEADERS)
        self.lines = simpy.PriorityResource(env, given.PHONES)


class Case:
    """What one office knows of one incident and does about it; `last` is its last row."""

    def __init__(self, office: Office, incident: str, figures: dict[str, int], last: int):
        self.office = office
        self.incident = incident
        self.figures = dict(figures)
        self.grade = ""
        self.last = last


class Relay:
    """One drill of the chain; `events` is its log, or `None` for no log.

    `done` are the seconds from an incident to its last signature, for all that got so far.
    """

    def __init__(self, chain: Chain, seed: int, events: list[dict[str, object]] | None):
        self.chain = chain
        self.env = simpy.Environment()
        self.rng = np.random.default_rng(seed)
        self.events = events
        self.done: list[float] = []
        for k in range(chain.incidents):
            self.env.process(self.occurs(f"i{k}", k * chain.every))
        for names in chain.offices:
            line = [Office(self.env, name) for name in names]
            for k in range(chain.incidents):
                self.env.process(self.incident(line, f"i{k}", k * chain.every))
            for office in line:
                self.env.process(self.calls(office))
        self.env.run(until=chain.until)

    def draw(self, times: tuple[int, int]) -> float:
        median, p90 = times
        return self.rng.lognormal(math.log(median), math.log(p90 / median) / Z90)

    def log(self, activity: str, phase: str, actor: str, **further: object) -> int:
        """Write one event and return its number."""
        if self.events is None:
            return -1
        event = {"time": self.env.now, "activity": activity, "phase": phase, "actor": actor}
        self.events.append(event | further)
        return len(self.events) - 1

    def write(self, case: Case, activity: str, phase: str, **further: object) -> None:
        """Write one event of a case, caused by the last one."""
        case.last = self.log(
            activity, phase, case.office.name, incident=case.incident, cause=case.last, **further
        )

    def occurs(self, name: str, at: int) -> Generator:
        yield self.env.timeout(at)
        self.log("occur", "", "", incident=name, hazard="fire", place="town", **given.FIGURES)

    def incident(self, line: list[Office], name: str, at: int) -> Generator:
        yield self.env.timeout(at)
        case = Case(line[0], name, given.FIGURES, -1)
        self.write(case, "notice", "", span="noticing", **case.figures)
        yield from self.handle(line, 0, case, at)

    def handle(self, line: list[Office], k: int, case: Case, at: int) -> Generator:
        office = case.office
        for step, times in given.STEPS.items():
            staff = office.leaders if step == "sign" else office.officers
            yield from self.work(step, staff, times, 2, case)
            if step == "grade":
                case.grade = "III" if case.figures["dead"] >= 3 else "IV"
                self.write(case, "confirm", "", grade=case.grade)
        if k + 1 == len(line):
            self.done.append(self.env.now - at)
            return
        superior = line[k + 1]
        report = f"{case.incident}/{office.name}/1"
        message = {"report": report, "message": f"{report}>{superior.name}", "kind": "initial"}
        said = message | {"elements": ELEMENTS, "grade": case.grade} | case.figures
        self.write(case, "send", "asked", recipient=superior.name, channel="phone", **message)
        with office.officers.request(priority=2) as officer:
            yield officer
            self.write(
                case,
                "send",
                "started",
                recipient=superior.name,
                span="waiting_person",
                **message,
            )
            channel = yield from self.transmit(case, superior, message)
            self.write(
                case,
                "send",
                "ended",
                recipient=superior.name,
                channel=channel,
                span="transmission",
                **said,
            )
        self.env.process(self.receive(line, k + 1, case, said | {"channel": channel}, at))

    def work(
        self,
        step: str,
        staff: simpy.PriorityResource,
        times: tuple[int, int],
        priority: int,
        case: Case,
    ) -> Generator:
        self.write(case, step, "asked")
        with staff.request(priority=priority) as request:
            yield request
            self.write(case, step, "started", span="waiting_person")
            yield self.env.timeout(self.draw(times))
            learned = case.figures if step == "verify" else {}
            self.write(case, step, "ended", span=SPANS[step], **learned)

    def transmit(self, case: Case, superior: Office, message: dict[str, str]) -> Generator:
        for attempt in range(given.TRIES):
            if attempt:
                yield self.env.timeout(given.PAUSE)
            with superior.lines.request(priority=2) as line:
                result = yield line | self.env.timeout(given.PATIENCE)
                if line in result:
                    yield self.env.timeout(self.draw(given.PHONE))
                    return "phone"
            self.write(
                case,
                "try_failed",
                "",
                recipient=superior.name,
                channel="phone",
                reason="busy",
                span="waiting_channel",
                message=message["message"],
            )
        yield self.env.timeout(self.draw(given.PLATFORM))
        return "platform"

    def receive(
        self, line: list[Office], k: int, sent: Case, said: dict[str, object], at: int
    ) -> Generator:
        office = line[k]
        case = Case(office, sent.incident, sent.figures, sent.last)
        yield from self.work("answer", office.officers, given.ANSWER, 1, case)
        self.write(case, "receive", "", **said)
        self.write(
            case,
            "acknowledge",
            "",
            recipient=sent.office.name,
            message=said["message"],
            channel=said["channel"],
        )
        yield from self.handle(line, k, case, at)

    def calls(self, office: Office) -> Generator:
        number = 0
        while True:
            yield self.env.timeout(self.rng.exponential(self.chain.call_every))
            self.env.process(self.call(office, f"{office.name}-{number}"))
            number += 1

    def call(self, office: Office, name: str) -> Generator:
        last = self.log("call", "", "", recipient=office.name, object=name)
        last = self.log("serve", "asked", office.name, cause=last)
        with office.officers.request(priority=8) as officer:
            result = yield officer | self.env.timeout(given.CALLER_PATIENCE)
            span = "waiting_person"
            if officer not in result:
                self.log("given_up", "", office.name, cause=last, span=span, reason="patience")
                return
            last = self.log("serve", "started", office.name, cause=last, span=span)
            yield self.env.timeout(self.draw(given.CALL))
            self.log("serve", "ended", office.name, cause=last, span="recording")


def drills(chain: Chain, count: int) -> Iterator[list[float]]:
    """Yield how long the incidents took to the end of the chain; no log."""
    for seed in range(count):
        yield Relay(chain, seed, None).done


def logged_drills(chain: Chain, count: int) -> list[list[dict[str, object]]]:
    """Return one list of events per drill."""
    logs = []
    for seed in range(count):
        events: list[dict[str, object]] = []
        Relay(chain, seed, events)
        logs.append(events)
    return logs
