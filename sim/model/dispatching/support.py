"""Requests for support between offices, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.model.act import Act
from sim.model.wires import settle
from sim.scenario.scenario import Scenario


@dataclass(slots=True)
class Request:
    """`number` teams that an office wants, of which `promised` so far.

    `heard` is the row of the last answer, `answered` the event of the one that is waited for.
    """

    id: str
    office: str
    place: str
    skills: tuple[str, ...]
    number: int
    priority: int
    task: str = ""
    promised: int = 0
    heard: int | None = None
    answered: Any = None

    @property
    def missing(self) -> int:
        """How many teams nobody has promised yet."""
        return self.number - self.promised

    def take_answer(self, teams: int, row: int) -> None:
        """An answer has been received by `row`: whoever waits for it goes on."""
        self.promised += teams
        self.heard = row
        settle(self.answered)


def expect(act: Act, request: Request, office: str) -> None:
    """Write what the asking office knows now: promised, declined, or no answer."""
    extra: dict[str, Any] = {"quantity": request.promised}
    if request.heard is None:
        act.write(
            "wait", "ended", "waiting_answer", request.id, office, extra={"reason": "no_reply"}
        )
        return
    act.last = max(act.last, request.heard)
    act.write("wait", "ended", "", request.id, office, extra=extra)


def neighbours(scenario: Scenario, office: str) -> list[str]:
    """Return the offices beside one: those it lists, else those of its role and superior."""
    own = scenario.offices[office]
    if own.neighbours is not None:
        return own.neighbours
    return [
        key
        for key, other in scenario.offices.items()
        if key != office and other.role == own.role and other.superior == own.superior
    ]
