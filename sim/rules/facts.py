"""Facts beside the verdicts: what the record shows, without any blame.

`never_confirmed`, `graded_too_low`; `missing_element:…`; `value_differs:…` (a reported figure
is not the true one at that time, or, in a real record, not the one that was counted later);
`occurrence_differs:…` (seconds by which the declared occurrence is later than the inquiry's).
"""

from __future__ import annotations

from sim.log.schema import FIELDS
from sim.rules.casebook import Occurrence
from sim.rules.instance import Duty, Instance
from sim.rules.scene import Scene
from sim.rules.spans import spans_about
from sim.rules.stamps import Stamp
from sim.scenario.grade import RANK, highest

Values = dict[str, float]


class Truth:
    """The true figures of every incident, and how reports differ from them."""

    def __init__(self, scene: Scene):
        self.scene = scene
        self._seen: dict[int, tuple[str, ...]] = {}

    def differences(self, delivery: int) -> tuple[str, ...]:
        """Return the facts `value_differs:…` about one delivery."""
        if delivery not in self._seen:
            post, sheet = self.scene.deliveries, self.scene.sheet
            p = int(post.base[delivery])
            key = (post.case[delivery], post.incident[delivery])
            said = self._values(p)
            so = self._true(key, int(sheet.hi[p]), said) if said else {}
            names = [name for name in said if name in so and so[name] != said[name]]
            self._seen[delivery] = tuple(f"value_differs:{name}" for name in names)
        return self._seen[delivery]

    def _values(self, p: int) -> Values:
        """Return the figures of a row, with the quantity of its item."""
        row = self.scene.book.values[p].tolist()
        found = {name: v for name, v in zip(FIELDS, row, strict=True) if v == v}
        item = self.scene.sheet.text("item")[p]
        if item and self.scene.book.quantities[p] == self.scene.book.quantities[p]:
            found[item] = float(self.scene.book.quantities[p])
        return found

    def _true(self, key: tuple[int, str], until: int, wanted: Values) -> Values:
        """Return the true figures at an instant; a figure not known by then: the first later."""
        figures, sheet = self.scene.figures, self.scene.sheet
        found: Values = {}
        for p in self.scene.book.figures.get(key, ()):
            if figures.truth[p] and not figures.actor[p]:
                for name, value in self._values(p).items():
                    if name in wanted and (name not in found or sheet.lo[p] <= until):
                        found[name] = value
        return found


def declared_later(occurrence: Occurrence) -> int:
    """Return by how many seconds the declared occurrence is certainly later than the inquiry's.

    Negative if it is earlier, 0 where they may be the same or one is absent.
    """
    if occurrence.declared is None or occurrence.stamp is None:
        return 0
    return _apart(occurrence.declared, occurrence.stamp)


def note_facts(
    instance: Instance, duty: Duty, scene: Scene, truth: Truth, best: str, apart: int
) -> None:
    """Write the facts about one instance into it.

    `best` is the highest true grade, `apart` the difference of `declared_later`.
    """
    if apart:
        instance.facts[f"occurrence_differs:{apart}"] = None
    if instance.deciding >= 0:
        for fact in truth.differences(instance.deciding):
            instance.facts[fact] = None
    owner = instance.owner
    if not best or not owner or best not in duty.grades:
        return
    own = scene.graded(instance.case, instance.incident, owner, duty.rule).own
    if not own:
        if _complete(scene, instance):
            instance.facts["never_confirmed"] = None
    elif RANK[highest(grade for _, grade in own)] < RANK[best]:
        instance.facts["graded_too_low"] = None


def _apart(a: Stamp, b: Stamp) -> int:
    """Return by how many seconds a is certainly later than b (negative: earlier), else 0."""
    if a.lo > b.hi:
        return a.lo - b.hi
    return a.hi - b.lo if a.hi < b.lo else 0


def _complete(scene: Scene, instance: Instance) -> bool:
    observed = scene.book.observed.get(instance.case, ())
    return bool(spans_about(observed, (instance.owner,), instance.incident))
