"""Studies: what they cost beside the drills themselves, what more workers bring, memory.

The relay scenario of five levels (`village-landslide`), deadlines of the directive.  Parts of one
process in CPU seconds of the same batch, interleaved; workers in wall time, interleaved.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.timing import line, memory, ratios, rounds, spread
from sim.experiment import Study, conduct, make_study
from sim.experiment.design import Point, points
from sim.experiment.engines import Dask, Engine, Loky, Serial
from sim.experiment.pack_up import pack_up
from sim.experiment.work import Job, Task, drills
from sim.rules import score

FOLDER = Path(__file__).parents[1] / "scenarios"
BATCH, ROUNDS = 256, 5
REPLICATIONS = 2_048
MEMORY = """
import resource, sys, tempfile
from pathlib import Path
from benchmarks.study import relay
from sim.experiment import conduct
from sim.experiment.engines import Loky
for count in (1_000, 4_000, 16_000):
    with tempfile.TemporaryDirectory() as folder:
        conduct(relay(count), Path(folder) / "out", Loky(2))
    now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    import gc
    print(count, now, most, len(gc.get_objects()))
"""


def relay(replications: int = REPLICATIONS) -> Study:
    """Return a study of one point of the relay scenario."""
    return make_study(
        FOLDER,
        scenario="village-landslide.yaml",
        measures={"deadlines": {"met": "deadlines"}, "margin": {"margin": "GX-01"}},
        replications=replications,
        batch=BATCH,
    )


def shares() -> None:
    """Print what a batch costs beside running its drills, and what scoring it costs."""
    study = relay()
    (point,) = points(study)
    job = Job("relay", 1, False, study.rules, {}, study.measures, keep=True)
    task = Task(0, 0, BATCH, point.scenario)
    log = drills(job, task)
    jobs = {
        "run": lambda: drills(job, task),
        "score": lambda: score(log, study.rules),
        "all": lambda: _stored(job, task),
    }
    times = rounds(jobs, ROUNDS)
    line("of a batch of 256 drills", "ratio to running them with their log")
    line("scoring in one call (at most 1)", spread(ratios(times, "score", "run")))
    rest = [
        (whole - run - judged) / run
        for whole, run, judged in zip(times["all"], times["run"], times["score"], strict=True)
    ]
    line("measuring, encoding, writing (at most 0.1)", spread(rest))


def _stored(job: Job, task: Task) -> None:
    from sim.experiment.store import Store

    with tempfile.TemporaryDirectory() as folder:
        Store(folder).add((0, 0), pack_up(job, task).files)


def workers() -> None:
    """Print how much faster two workers are than one, and what their start costs."""
    study = relay()
    (point,) = points(study)
    line(f"{REPLICATIONS} drills", "speed against one worker", "start, s")
    first: dict[str, float] = {}
    found: dict[str, list[float]] = {"loky 2": [], "dask 2": []}
    for _ in range(3):
        alone = _wall(study, point, Serial())[0]
        for name, kind in (("loky 2", Loky), ("dask 2", Dask)):
            begin = perf_counter()
            engine = kind(workers=2)
            list(engine.each(_nothing, None, range(4)))
            first[name] = perf_counter() - begin
            found[name].append(alone / _wall(study, point, engine)[0])
            engine.close()
    for name, ratio in found.items():
        line(name, spread(ratio), f"{first[name]:.1f}")


def _nothing(_: object, task: int) -> int:
    return task


def _wall(study: Study, point: Point, engine: Engine) -> tuple[float, Point]:
    with tempfile.TemporaryDirectory() as folder:
        begin = perf_counter()
        conduct(study, Path(folder) / "out", engine)
        return perf_counter() - begin, point


def main() -> None:
    """Measure, and print the table."""
    print("studies: village-landslide, five levels, two lines, routine calls")
    shares()
    workers()
    memory(MEMORY)
