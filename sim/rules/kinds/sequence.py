"""Done in this order: the four phases of a plan's ledger, each stamped, none before the last.

Rows that share the columns `same` (a plan) are one sequence; it is the owner's if he did any of
the steps that name him.  Equal instants are in order.  The last steps may still be open; one that
is missing though a later one was done, is missing.
"""

from __future__ import annotations

import itertools

from sim.rules.instance import Duty, Instance
from sim.rules.kinds.common import again, owed, prove, settle, spans, untouched
from sim.rules.scene import Place, Scene
from sim.rules.stamps import Stamp


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and sequence."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        sequences = _sequences(duty, scene, one, place) if open_ else {}
        complete = bool(spans(scene, duty, one))
        if open_ and not sequences:
            untouched(one, complete)
        if not sequences:
            found.append(one)
        for number, steps in enumerate(sequences.values(), start=1):
            made = again(one, duty, number if len(sequences) > 1 else 0)
            found.append(_judge(made, steps, complete))
    return found


def _sequences(
    duty: Duty, scene: Scene, one: Instance, place: Place
) -> dict[tuple[str, ...], list[Stamp | None]]:
    """Return the first row of every step, by the columns that a sequence shares."""
    found: dict[tuple[str, ...], list[Stamp | None]] = {}
    own: set[tuple[str, ...]] = set()
    anybody = not any(rows.relations for rows in duty.steps)
    for k, rows in enumerate(duty.steps):
        for p in rows.positions(one.case, one.incident, (one.owner,), place.directory):
            key = tuple(scene.sheet.text(column)[p] for column in duty.rule.same)
            steps = found.setdefault(key, [None] * len(duty.steps))
            steps[k] = steps[k] or scene.sheet.stamp(p)
            if anybody or rows.relations:
                own.add(key)
    return {key: found[key] for key in sorted(own)}


def _judge(one: Instance, steps: list[Stamp | None], complete: bool) -> Instance:
    done = [stamp for stamp in steps if stamp is not None]
    prove(one, *done)
    one.end = done[-1]
    last = max(k for k, stamp in enumerate(steps) if stamp is not None)
    if len(done) <= last:
        return settle(one, "late" if complete else "unproven", "missing_step", done[0].lo)
    pairs = list(itertools.pairwise(done))
    if any(a.lo > b.hi for a, b in pairs):
        return settle(one, "late", "out_of_order", done[0].lo)
    if any(a.hi > b.lo for a, b in pairs):
        return settle(one, "unproven", "interval_straddles", done[0].lo)
    return settle(one, "met" if len(done) == len(steps) else "open", "", done[0].lo)
