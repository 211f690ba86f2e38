"""Targets: how fast teams and supplies should be.  Never the directive, never a verdict.

score_targets(log, [load_targets("fire-china")])
"""

from sim.targets.pack import TargetPack, load_targets, target_names
from sim.targets.score import score_targets

__all__ = ["TargetPack", "load_targets", "score_targets", "target_names"]
