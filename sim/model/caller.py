"""Who is at the telephone: he talks to the end, but need not sit there while a line is busy.

Somebody who waits for a line, or to dial again, gives way to more urgent work where his
procedure is `interruptible`, and goes when his shift does (`at_end`); by rules 5 to 7 at the head
of `sim.model.pool` whoever is free next goes on.  He loses his place in the queue for the line; the
time until the next try runs on meanwhile.  What is being said or sent is never cut by that.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from sim.model.act import Act
from sim.model.interruption import Work
from sim.model.officer import fetch
from sim.model.plan import Bound, Steps
from sim.model.pool import Grant, Member, give_up, next_number, release
from sim.model.things import Message


class Caller:
    """`member` is at the telephone for a step; `first` is when he was asked for.

    `message` is what he sends.
    """

    __slots__ = ("_act", "_step", "first", "member", "message")

    def __init__(self, act: Act, step: Bound, member: Member, first: tuple[int, int]):
        self._act = act
        self._step = step
        self.member = member
        self.first = first
        self.message: Message | None = None

    def sends(self, message: Message) -> None:
        """He sends this message from now on."""
        self.message = message
        message.officer = self.member.id

    @property
    def stays(self) -> bool:
        """Whether nothing takes him away from the telephone."""
        post = self.member.duty.post
        at_end = "finish" if post is None else post.at_end
        return not self._act.procedure.interruptible and at_end == "finish"

    def leaves(self, reason: str) -> int:
        """Write that he is called away."""
        self._act.doing = "waiting_person"
        return self._write("interrupted", "waiting_channel", None, {"reason": reason})

    def ask_again(self, _reason: str) -> Grant:
        """Ask for somebody who goes on."""
        pool = self._act.world.pools[self._step.pool]
        return pool.ask(self._act.priority, first=self.first)

    def goes_on(self, grant: Grant) -> Steps:
        """Wait for whoever goes on."""
        span, held_by = yield from fetch(self._act, grant, self._step.stream)
        self.member = grant.member
        if self.message is not None:
            self.message.officer = grant.member.id
        self._write("resumed", span, held_by, {})

    def _write(self, phase: str, span: str, held_by: int | None, extra: dict[str, str]) -> int:
        if self.message is not None:
            extra |= {"message": self.message.id, "report": self.message.report.id}
        kind = self._step.data.kind
        return self._act.write(kind, phase, span, self.member.id, "", held_by, extra or None)


def take_phone(act: Act, step: Bound) -> Steps:
    """Get an officer of the step's post to the telephone; return (span, held_by) of his start."""
    world = act.world
    first = (world.now, next_number(world.env))
    grant = world.pools[step.pool].ask(act.priority, first=first)
    span, held_by = yield from fetch(act, grant, step.stream)
    act.caller = Caller(act, step, grant.member, first)
    return span, held_by


def hang_up(act: Act) -> None:
    """Let the officer at the telephone go, if there is one."""
    if act.caller is not None:
        release(act.caller.member, act.last)
        act.caller = None


def wait_for_line(act: Act, grant: Grant) -> Steps:
    """Wait in the queue for a line; return false if the caller was called away from it."""
    return (yield from _idle(act, 0, grant))


def wait_to_dial(act: Act, seconds: int) -> Steps:
    """Wait before the next try; return false if the caller was called away meanwhile."""
    return (yield from _idle(act, seconds, None))


def _idle(act: Act, seconds: int, grant: Grant | None) -> Steps:
    caller = act.caller
    if caller is None or caller.stays:
        yield act.world.pause(seconds) if grant is None else grant.event
        return True
    leaves: Callable[[str], int] = caller.leaves
    if grant is not None:

        def leaves(reason: str) -> int:
            give_up(grant)
            return caller.leaves(reason)

    gives_way = act.priority if act.procedure.interruptible else -inf
    event = None if grant is None else grant.event
    env = act.world.env
    work = Work(env, caller.member, seconds, gives_way, leaves, caller.ask_again, event)
    work.begin()
    yield work.timer
    if work.stopped is None:
        work.done()
        return True
    assert work.grant is not None  # `ask_again` always asks
    yield from caller.goes_on(work.grant)
    return False
