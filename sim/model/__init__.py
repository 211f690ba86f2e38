"""What happens in a drill: SimPy processes that act and write rows, nothing else."""

from sim.model.numbers import BLOCK, Sampler, Streams, sampler
from sim.model.plan import Plan
from sim.model.simulate import simulate
from sim.model.steps import ACTS, register

__all__ = ["ACTS", "BLOCK", "Plan", "Sampler", "Streams", "register", "sampler", "simulate"]
