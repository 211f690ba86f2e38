"""Many runs: replications, their numbers and their record."""

from sim.experiment.run import last_second, replicate, run

__all__ = ["last_second", "replicate", "run"]
