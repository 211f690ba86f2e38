"""A drill as an animation: reports between offices, teams and supplies on a map."""

from sim.report.animation.write import write_animation

__all__ = ["write_animation"]
