"""Live calls: the phone rings, somebody picks it up or not, both talk, one hangs up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simpy import Event
from simpy.events import Timeout

from sim.model.plan import Steps
from sim.model.pool import Grant, give_up
from sim.model.wires import Wire, listen

if TYPE_CHECKING:
    from sim.model.act import Act
    from sim.model.things import Matter


class Call:
    """One call: it rings until `picked` happens; who picked it up then waits for `over`.

    `row` is the row on its chain that comes last, `reason` why it failed, `waiting` who would
    pick it up if he were free.
    """

    __slots__ = ("over", "picked", "reason", "ringing", "row", "sender", "told", "waiting")

    def __init__(self, act: Act, told: dict[str, Any]):
        self.ringing = True
        self.picked = Event(act.world.env)
        self.over = Event(act.world.env)
        self.row = act.last
        self.reason = ""
        self.sender = act.actor
        self.told = told
        self.waiting: list[Grant] = []

    def ring_out(self, reason: str) -> None:
        """Nobody has picked it up, or an outage silenced it; who was about to, still does."""
        if self.ringing and not any(grant.member is not None for grant in self.waiting):
            self.reason = reason
            self._stop()

    def pick_up(self, row: int) -> None:
        """An officer picks it up with this row; nobody else need."""
        self.row = row
        self._stop()

    def hang_up(self, row: int, reason: str = "") -> None:
        """The caller ends the talk with this row; `reason` is why it was cut off."""
        self.row = row
        self.reason = reason
        self.over.succeed(row)

    def _stop(self) -> None:
        self.ringing = False
        for grant in self.waiting:
            give_up(grant)
        self.picked.succeed()


def ring(
    act: Act,
    matter: Matter,
    told: dict[str, Any],
    seconds: int,
    wires: tuple[Wire, ...],
    recipient: str,
) -> Steps:
    """Let it ring; return whether somebody picked it up.  Rows about the call hold `told`."""
    world = act.world
    call = matter.call = Call(act, told)
    world.happens("arrived", recipient, matter, act.last)
    Timeout(world.env, seconds).callbacks.append(lambda _: call.ring_out("no_answer"))
    act.doing = "waiting_person"

    def cut() -> None:
        call.ring_out("outage")

    yield from listen(wires, cut, call.picked)
    act.last = call.row
    return not call.reason


def missed(act: Act, call: Call) -> None:
    """Write that it rang out here (or that another took it); the procedure is at its end."""
    extra = call.told | {"reason": call.reason or "not_needed"}
    row = act.write("rang_out", "", "waiting_person", "", call.sender, extra=extra)
    if call.reason:
        call.row = row
    act.over = True
