"""The kinds of rules: one short file each says what a kind asks of the record.

| kind | asks |
|---|---|
| deadline | done within a limit of a start |
| presence | done at all, once what calls for it has happened |
| absence | not done |
| sequence | done in this order |
| content | every such row or report holds what it must |
| consistency | two columns agree, of one row or of a row and its partner |
| coverage | enough persons on duty at every second |
| period | done again within so many months, or in each year |
| register | every such row has its entry, filled in |

A judge takes (duty, scene, place, whether to judge by the true grade) and returns the instances
of that rule there.  The place of a rule that is not counted per incident has no incident.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.rules.instance import Duty, Instance
from sim.rules.kinds import (
    absence,
    consistency,
    content,
    coverage,
    deadline,
    period,
    presence,
    register,
    sequence,
)
from sim.rules.scene import Place, Scene

Judge = Callable[[Duty, Scene, Place, bool], list[Instance]]

KINDS: dict[str, Judge] = {
    "deadline": deadline.judge,
    "presence": presence.judge,
    "absence": absence.judge,
    "sequence": sequence.judge,
    "content": content.judge,
    "consistency": consistency.judge,
    "coverage": coverage.judge,
    "period": period.judge,
    "register": register.judge,
}
PER: dict[str, tuple[str, ...]] = {
    "deadline": ("incident", "case"),
    "presence": ("incident", "case"),
    "absence": ("incident", "case"),
    "sequence": ("incident", "case"),
    "content": ("incident", "case"),
    "consistency": ("incident", "case"),
    "coverage": ("case",),
    "period": ("case",),
    "register": ("incident", "case"),
}
"""For each kind, what its duties may be counted per."""
