"""One run of one procedure by one actor: the thread along which causes are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.model.plan import Bound, BoundProcedure
from sim.model.pool import Grant, Member
from sim.model.things import Dossier, Message

if TYPE_CHECKING:
    from sim.model.caller import Caller
    from sim.model.world import World


class Act:
    """Who (`actor`) does what (`procedure`) about which thing (`matter`).

    `last` is the row that last enabled this thread: the cause of the next row.  `held` is the
    member that is kept throughout (a team; an officer under `hold: procedure`), `doing` the
    word of `span` for the time that runs now, `report` what has been drafted, `sending` the
    message under way (messages, to a talk group), `at` the number of the present step, `call` the
    live call to be answered, `caller` the officer at the telephone; `over` ends the procedure
    before its next step.
    """

    __slots__ = (
        "actor",
        "at",
        "call",
        "caller",
        "doing",
        "held",
        "last",
        "matter",
        "over",
        "procedure",
        "report",
        "sending",
        "world",
    )

    def __init__(self, world: World, actor: str, procedure: BoundProcedure, matter: Any, last: int):
        self.world = world
        self.actor = actor
        self.procedure = procedure
        self.matter: Any = matter
        self.call = matter.call
        self.over = False
        self.last = last
        self.held: Member | None = None
        self.caller: Caller | None = None
        self.report: Any = None
        self.sending: Message | list[Message] | None = None
        self.doing = "unexplained"
        self.at = 0

    def branch(self) -> Act:
        """Return a thread that starts where this one stands."""
        twin = Act(self.world, self.actor, self.procedure, self.matter, self.last)
        twin.held = self.held
        twin.report = self.report
        return twin

    @property
    def dossier(self) -> Dossier:
        """What the actor knows of the incident at hand."""
        return self.world.dossier(self.actor, self.matter.incident)

    @property
    def priority(self) -> int:
        """The matter's own priority, else the procedure's for the grade that the actor knows."""
        if self.matter.priority is not None:
            return int(self.matter.priority)
        procedure = self.procedure
        if not procedure.priorities:
            return procedure.priority
        return procedure.priorities.get(self.dossier.grade, procedure.priority)

    def write(
        self,
        activity: str,
        phase: str = "",
        span: str = "",
        object: str = "",
        recipient: str = "",
        held_by: int | None = None,
        extra: dict[str, Any] | None = None,
    ) -> int:
        """Write a row caused by the last one of this thread, and make it the last one."""
        world = self.world
        rows = world.rows
        rows.append(
            (
                world.env._now,
                activity,
                phase,
                self.actor,
                recipient,
                object,
                self.matter.incident,
                self.last,
                held_by,
                span,
                extra,
            )
        )
        self.last = last = len(rows) - 1
        return last

    def seconds(self, step: Bound) -> int:
        """Return the sampled time of a step for this thing, whole seconds."""
        if step.time is None:
            return 0
        matter = self.matter
        return self.world.sampler.next_seconds(step.time, step.timing, matter.line, matter.number)

    def sample(self, distribution: Any, what: str) -> int:
        """Return a sample addressed by `what` is drawn, this thing, and how often it was drawn."""
        matter = self.matter
        return self.world.sampler.next_seconds(distribution, what, matter.line, matter.number)

    def chance(self, probability: float, what: str) -> bool:
        """Return whether something with this probability happens to this thing."""
        matter = self.matter
        return self.world.sampler.next_happens(probability, what, matter.line, matter.number)

    def ask(self, pool: str, patience: int | None = None) -> Grant:
        """Ask for a member of a pool with this procedure's priority."""
        return self.world.pools[pool].ask(self.priority, patience)
