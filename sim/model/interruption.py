"""Work that can be taken from the one who does it, by more urgent work or at a shift's end.

The rules of who gives way to whom are 5 to 7 at the head of `sim.model.pool`.
"""

from __future__ import annotations

from collections.abc import Callable

from simpy import Environment, Event
from simpy.events import Timeout

from sim.model.pool import Grant, Member, more_urgent_waits, next_number, release

Again = Callable[[str], Grant | None]
"""Asks again for the rest, given the reason; returns nothing if the rest is dropped."""


class Work:
    """`seconds` of work of a `member`; wait on `timer`, unless `begin` was interrupted at once.

    `priority` is that of its request if it gives way to smaller ones, else minus infinity.
    After the wait `stopped` is None (it is done) or the second of the interruption; then
    `grant` is for whoever goes on, already granted, or None if the rest is dropped.
    `interrupted(reason)` writes the row of an interruption and returns it.  With an `event` it
    is no work of some seconds but a wait for it.
    """

    __slots__ = (
        "_again",
        "_env",
        "_event",
        "_interrupted",
        "begun",
        "ends",
        "grant",
        "member",
        "number",
        "priority",
        "reason",
        "row",
        "stopped",
        "timer",
    )

    def __init__(
        self,
        env: Environment,
        member: Member,
        seconds: int,
        priority: float,
        interrupted: Callable[[str], int],
        again: Again,
        event: Event | None = None,
    ):
        self._env = env
        self._interrupted = interrupted
        self._again = again
        self.reason = ""
        self.member = member
        self.priority = priority
        self.number = next_number(env)
        self.begun: int = env.now  # type: ignore[assignment]
        self.ends = self.begun + seconds
        self._event = event
        self.timer: Event = Timeout(env, seconds) if event is None else event
        self.stopped: int | None = None
        self.grant: Grant | None = None
        self.row = -1

    def begin(self) -> None:
        """Put the work on its member; it is interrupted at once if more urgent work waits."""
        member = self.member
        member.work = self
        if member.on_duty and more_urgent_waits(member, self.priority):
            self.stop("urgent")
            release(member, self.row)
            self.ask_again()

    def done(self) -> None:
        """Take the work off its member, who remains busy."""
        self.member.work = None

    def gives_way_to(self, priority: int) -> bool:
        """Return whether a request of this priority interrupts it now."""
        return priority < self.priority and not self.is_ending

    @property
    def is_ending(self) -> bool:
        """Whether it ends in this very second: then it is not interrupted any more."""
        if self._event is not None:
            return self._event.triggered
        return self.ends == self._env.now

    def stop(self, reason: str) -> None:
        """Interrupt: write the row, take the work off the member, who remains busy."""
        self.stopped = self._env.now  # type: ignore[assignment]
        self.reason = reason
        self.member.work = None
        self.row = self.member.freed_by = self._interrupted(reason)

    def ask_again(self) -> None:
        """Ask for somebody who goes on; who waits for the work wakes when there is one."""
        grant = self.grant = self._again(self.reason)
        waiting = self.timer.callbacks or []
        if grant is None or grant.event is None:
            wake = Event(self._env)
            wake.succeed()
        else:
            wake = grant.event
        wake.callbacks += waiting
        self.timer.callbacks = []
        self.timer = wake
