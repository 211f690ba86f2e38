"""A study that was killed and resumed ends with the bytes of one that was not."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sim.experiment import conduct

FIXED = 176  # of two points, in batches of 16: two parts of each of 22, more than are killed
PRECISE = {"half_width": {"in time": 0.08}, "least": 32, "most": 2000}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a forkserver")
@pytest.mark.parametrize("replications", [FIXED, PRECISE], ids=["fixed", "precision"])
def test_killed_ten_times_and_resumed(study, digest, tmp_path, replications) -> None:
    made, out = study(replications=replications), tmp_path / "killed"
    conduct(made, tmp_path / "whole")
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["sim.experiment.conduct", "sim.experiment.parquet"])
    for kill in [True] * 10 + [False]:
        child = processes.Process(target=conduct, args=(made, out), kwargs={"resume": True})
        child.start()
        if kill:
            assert _another_part(out, child.is_alive)
            child.kill()
        child.join(60)
    assert child.exitcode == 0
    assert digest(out) == digest(tmp_path / "whole")


SCRIPT = """
import sys
from sim.experiment import conduct, load_study
from sim.experiment import engines
if __name__ == "__main__":
    engine = getattr(engines, sys.argv[3])(workers=2)
    conduct(load_study(sys.argv[1]), sys.argv[2], engine, resume=True)
    engine.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills a group of processes")
@pytest.mark.parametrize(
    ("engine", "kills"),
    [
        ("Loky", 1),
        pytest.param("Loky", 10, marks=pytest.mark.full),
        pytest.param("Dask", 10, marks=pytest.mark.full),
    ],
)
def test_processes_killed_and_resumed(study, digest, tmp_path, engine, kills) -> None:
    made = study(replications=FIXED)
    conduct(made, tmp_path / "whole")
    file, out = tmp_path / "s.yaml", tmp_path / "killed"
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(made.file.data, stream)
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    for kill in [True] * kills + [False]:
        process = subprocess.Popen(
            [sys.executable, str(script), str(file), str(out), engine],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            start_new_session=True,
        )
        if kill:
            assert _another_part(out, lambda p=process: p.poll() is None)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == 0
    assert digest(out) == digest(tmp_path / "whole")


def _another_part(out: Path, alive: Callable[[], bool]) -> bool:
    """Return as soon as one more part is there than before; False if nobody writes any."""
    before = len(list((out / "parts").glob("p*")))
    while len(list((out / "parts").glob("p*"))) == before:
        if not alive():
            return False
        time.sleep(0.001)
    return True
