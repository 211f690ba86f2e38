"""A team at the site of its task, and what the record says of it."""

from __future__ import annotations

from simpy import Event

from sim.model.act import Act


class Presence:
    """A team at the site of its task; its procedure goes on when `over` happens.

    `doing` is what it waits for, or `working`; `begun` once it has worked.
    """

    __slots__ = ("act", "at_most", "begun", "doing", "over", "skills")

    def __init__(self, act: Act, at_most: int | None):
        self.act = act
        self.at_most = at_most
        self.over = Event(act.world.env)
        self.doing = ""
        self.begun = False
        self.skills = skills_of(act)

    @property
    def is_at_work(self) -> bool:
        """Whether it works now."""
        return self.doing == "working"

    def work(self, row: int) -> None:
        """Begin, or go on; `row` is what made it possible, if it was not its own arrival."""
        held_by = row if self.doing else None
        self._write("resumed" if self.begun else "started", held_by)
        self.begun, self.doing = True, "working"
        self.act.doing = "working"

    def wait(self, what: str, row: int) -> None:
        """Wait for something; who worked is interrupted, who waited now waits for another thing."""
        if self.is_at_work:
            self._write("interrupted", reason="below_minimum")
        elif self.doing and self.doing != what:
            self.act.write("wait", "ended", self.doing, self.act.actor, held_by=row)
        self.doing = self.act.doing = what

    def end(self, reason: str) -> int:
        """Leave the work, done or not; return the row."""
        if self.is_at_work:
            row = self._write("ended", reason=reason)
        else:
            extra = {"reason": reason or "not_needed", "task": self.act.matter.task}
            row = self.act.write("cancelled", "", self.doing, self.act.actor, extra=extra)
        self.over.succeed()
        return row

    def _write(self, phase: str, held_by: int | None = None, reason: str = "") -> int:
        extra = {"task": self.act.matter.task} | ({"reason": reason} if reason else {})
        return self.act.write("work", phase, self.doing, self.act.actor, "", held_by, extra)


def skills_of(act: Act) -> frozenset[str]:
    """Return the skills of a team, or those that an order asks for while it waits for one."""
    team = act.world.scenario.teams.get(act.actor)
    return frozenset(team.skills if team else act.matter.skills)
