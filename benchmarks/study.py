"""Studies: what they cost beside the drills themselves, what more workers bring, memory.

The relay scenario of five levels (`village-landslide`), deadlines of the directive.  Parts of one
process in CPU seconds of one run; workers in wall time, interleaved.  About 15 minutes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.timing import line, memory, spread
from sim.experiment import Study, conduct, make_study, work
from sim.experiment.engines import Dask, Engine, Loky, Serial
from sim.model import Streams

FOLDER = Path(__file__).parents[1] / "scenarios"
BATCH, ROUNDS = 256, 2
REPLICATIONS = 10_000
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
    """Print what 10,000 drills cost beside running, and what scoring them costs.

    Within one run, so that a busy machine disturbs all parts alike; numbers are drawn while the
    drills run and are taken out of their time.
    """
    spent = {"run": 0.0, "draw": 0.0, "score": 0.0}
    with (
        _timed(work, "drills", spent, "run"),
        _timed(work, "score", spent, "score"),
        _timed(Streams, "row", spent, "draw"),
    ):
        whole = _wall(relay(REPLICATIONS), Serial(), process_time)
    run = spent["run"] - spent["draw"]
    line(f"of {REPLICATIONS} drills in batches of {BATCH}", "ratio to model and log")
    line("scoring, one call a batch (at most 1)", f"{spent['score'] / run:.3f}")
    rest = (whole - spent["run"] - spent["score"]) / run
    drawn = spent["draw"] / run
    line("drawing numbers", f"{drawn:.3f}")
    line("plan, scheduling, measuring, writing, reading", f"{rest:.3f}")
    line("both together (at most 0.1)", f"{rest + drawn:.3f}")


@contextmanager
def _timed(place: Any, name: str, spent: dict[str, float], part: str) -> Iterator[None]:
    """Add the CPU seconds of every call of a function to a part."""
    plain = getattr(place, name)

    def timed(*args: Any, **named: Any) -> Any:
        begin = process_time()
        try:
            return plain(*args, **named)
        finally:
            spent[part] += process_time() - begin

    setattr(place, name, timed)
    try:
        yield
    finally:
        setattr(place, name, plain)


def workers() -> None:
    """Print how much faster two workers are than one, and what their start costs."""
    study = relay()
    line(f"{REPLICATIONS} drills", "speed against one worker", "start, s")
    first: dict[str, float] = {}
    found: dict[str, list[float]] = {"loky 2": [], "dask 2": []}
    for _ in range(ROUNDS):
        alone = _wall(study, Serial(), perf_counter)
        for name, kind in (("loky 2", Loky), ("dask 2", Dask)):
            begin = perf_counter()
            engine = kind(workers=2)
            list(engine.each(_nothing, None, range(4)))
            first[name] = perf_counter() - begin
            found[name].append(alone / _wall(study, engine, perf_counter))
            engine.close()
    for name, ratio in found.items():
        line(name, spread(ratio), f"{first[name]:.1f}")


def _nothing(_: object, task: int) -> int:
    return task


def _wall(study: Study, engine: Engine, clock: Callable[[], float]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begin = clock()
        conduct(study, Path(folder) / "out", engine)
        return clock() - begin


def main() -> None:
    """Measure, and print the table."""
    print("studies: village-landslide, five levels, two lines, routine calls")
    shares()
    workers()
    memory(MEMORY)
