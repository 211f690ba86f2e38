"""One duty of one owner in one incident (and one recurrence), with its verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sim.rules.acts import Acts, Rows
from sim.rules.clocks import Stamps
from sim.rules.decide import Result
from sim.rules.directory import Directory
from sim.rules.grading import Grading, Period
from sim.rules.limits import Limits
from sim.rules.pack import Pack, Reading, Rule
from sim.rules.scene import Scene
from sim.rules.stamps import Stamp


@dataclass(slots=True)
class Instance:
    """rule × incident × owner (× recurrence): `results` per reading, words and proofs.

    `number` is the rule's place in the pack, `anchor` the reading that counts, `end` when the
    duty was discharged, as far as the record shows it.
    """

    rule: str
    number: int
    case: int
    incident: str
    owner: str
    recipient: str
    recurrence: int
    anchor: str
    grade: str = ""
    results: dict[str, Result] = field(default_factory=dict)
    flags: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    evidence: dict[str, None] = field(default_factory=dict)
    end: Stamp | None = None
    deciding: int = -1
    excused_by: str = ""

    @property
    def result(self) -> Result:
        """The result of the reading that counts."""
        return self.results[self.anchor]

    def result_in(self, reading: str) -> Result:
        """Return the result in a reading, the only one where the rule names its own start."""
        return self.results.get(reading) or self.result

    @property
    def summary(self) -> str:
        """The common verdict of all readings, else `depends`."""
        verdicts = {result.verdict for result in self.results.values()}
        return verdicts.pop() if len(verdicts) == 1 else "depends"


class Duty(NamedTuple):
    """A rule made ready for one record.

    `readings` are the clocks it is judged by; `own` for a start that is a pattern of rows
    (`starts`).  Rows of `until` end a recurring duty, rows of `excluded` (`unless.row`) lift
    the duty.  `grades` is empty where the rule applies to every grade.  `of`, `partners` and
    `steps` are the rule's patterns of those names (`partners`: `with`).
    """

    name: str
    number: int
    rule: Rule
    acts: Acts
    starts: Acts | None
    until: Acts | None
    excluded: Acts | None
    readings: tuple[str, ...]
    anchor: str
    grades: frozenset[str]
    limits: Limits
    of: Rows | None = None
    partners: Rows | None = None
    steps: tuple[Rows, ...] = ()

    def instance(
        self, case: int, incident: str, owner: str, recipient: str = "", recurrence: int = 0
    ) -> Instance:
        """Return an instance without verdicts."""
        return Instance(
            self.name, self.number, case, incident, owner, recipient, recurrence, self.anchor
        )


@dataclass(slots=True)
class Owed:
    """What one owner owes in one incident, to be judged by his acts.

    `recipients` is `None` where anybody may be told; `periods` are when the rule applied;
    `actors` whose records would show an act.
    """

    duty: Duty
    scene: Scene
    instance: Instance
    directory: Directory
    recipients: tuple[str, ...] | None
    grades: Grading
    periods: list[Period]
    stamps: Stamps
    actors: tuple[str, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the record of such acts is complete."""
        one = self.instance
        return self.scene.spans(one.case, one.incident, self.actors, self.duty.rule)


OWN = "own"
"""The one reading of a rule whose start is a pattern of rows."""


def clocks_of(pack: Pack, rule: Rule) -> tuple[tuple[str, ...], str]:
    """Return (readings of a rule, the one that counts)."""
    if rule.kind not in ("deadline", "presence"):
        return (OWN,), OWN
    if rule.start == "readings":
        readings: list[Reading] = pack.readings
        return tuple(readings), pack.score_anchor
    if isinstance(rule.start, str):
        return (rule.start,), rule.start
    return (OWN,), OWN
