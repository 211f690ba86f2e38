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
| supplement | changed figures are reported on |

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
    supplement,
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
    "supplement": supplement.judge,
}
PER: dict[str, tuple[str, ...]] = {
    "deadline": ("incident", "case", "message"),
    "presence": ("incident", "case", "message"),
    "absence": ("incident", "case", "year"),
    "sequence": ("incident", "case", "message", "actor"),
    "content": ("incident", "case", "message", "actor", "year"),
    "consistency": ("incident", "case", "message", "actor", "year"),
    "coverage": ("case",),
    "period": ("case", "actor"),
    "register": ("incident", "case", "actor", "year"),
    "supplement": ("incident",),
}
"""For each kind, what its duties may be counted per: where another word would mean the same as one
of these, or nothing, it is left out (`sim.rules.scopes`)."""
