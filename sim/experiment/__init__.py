"""Many runs: replications, studies over points of a design, and the answers they give."""

from sim.experiment.calibrate import fits
from sim.experiment.conduct import conduct
from sim.experiment.delays import delays_between, mark_of
from sim.experiment.engines import engine_named
from sim.experiment.nested import nested_runs
from sim.experiment.progress import Bar
from sim.experiment.results import Results, read_results
from sim.experiment.run import last_second, replicate, run
from sim.experiment.study import Study, load_study, make_study
from sim.experiment.verify import Verification, verify

__all__ = [
    "Bar",
    "Results",
    "Study",
    "Verification",
    "conduct",
    "delays_between",
    "engine_named",
    "fits",
    "last_second",
    "load_study",
    "make_study",
    "mark_of",
    "nested_runs",
    "read_results",
    "replicate",
    "run",
    "verify",
]
