"""The kinds of rules that can be evaluated.

A pack may write every kind of `sim.rules.pack.Kind`; one that is not listed here is refused
when the pack is loaded.  An evaluator takes (duty, scene, place of the incident, whether to
judge by the true grade) and returns the instances of that rule in that incident.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.rules import deadline
from sim.rules.instance import Duty, Instance
from sim.rules.scene import Place, Scene

Judge = Callable[[Duty, Scene, Place, bool], list[Instance]]

KINDS: dict[str, Judge] = {"deadline": deadline.judge}
PER: dict[str, tuple[str, ...]] = {"deadline": ("incident",)}
"""For each kind, what its duties may be counted per."""
