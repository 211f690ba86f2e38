"""A study gives the same bytes however it is run: engines, workers, kills, resumed or whole."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML

from sim.errors import UnusableInput
from sim.experiment import conduct, read_results
from sim.experiment.engines import Dask, Loky, Serial
from sim.experiment.run import run
from sim.experiment.store import Store
from sim.rules import load_pack, score


@pytest.mark.parametrize("keys", [{}, {"antithetic": True}, {"batch": 48}], ids=str)
def test_a_batch_size_or_pairing_never_changes_a_single_drill(study, keys) -> None:
    """Replication k (or pair k) of a study is the drill that `run` gives for number k."""
    made = study(factors={}, **keys)
    results = conduct(made)
    scenario = _scenario(made)
    verdicts = score(run(scenario, 1, 48), load_pack("guangxi-2012-65")).table
    margins = verdicts[verdicts["rule"] == "GX-01"].set_index("case")["margin_s"]
    alone = [margins[f"drill/base/{k}"] for k in range(48)]
    alone = ["running" if margin is pd.NA else margin for margin in alone]
    table = results.of("margin", 0)
    values = table["value"].astype(object).where(table["state"] == "known", "running").tolist()
    if made.antithetic:
        assert values[::2] == alone[:24]
        assert values[1::2] != alone[24:]
    else:
        assert values == alone


def _scenario(made):
    from sim.scenario import load_scenario

    return load_scenario(made.folder / made.scenario)


def test_engines_and_workers_give_the_same_bytes(study, digest, tmp_path) -> None:
    made = study(logs=[0, 17])
    conduct(made, tmp_path / "serial", Serial())
    whole = digest(tmp_path / "serial")
    assert sum("-log-" in name for name in whole) == 4
    for workers in (1, 2, 4):
        for name, kind in (("loky", Loky), ("dask", Dask)):
            engine = kind(workers=workers)
            try:
                conduct(made, tmp_path / f"{name}{workers}", engine)
            finally:
                engine.close()
            assert digest(tmp_path / f"{name}{workers}") == whole


def test_in_memory_and_from_disk_are_equal(study, tmp_path) -> None:
    made = study()
    kept, memory = conduct(made, tmp_path / "out"), conduct(made)
    assert memory.values.equals(kept.values.astype(memory.values.dtypes))
    again = read_results(tmp_path / "out")
    assert again.values.equals(kept.values)
    assert again.points == kept.points


FIXED = 320
PRECISE = {"half_width": {"in time": 0.06}, "least": 32, "most": 2000}


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
        ("Loky", 3),
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


def test_what_an_interrupt_leaves_is_kept(study, tmp_path) -> None:
    made, batches = study(), []

    def stop(done: int, total: int) -> None:
        batches.append(done)
        if len(batches) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        conduct(made, tmp_path / "out", progress=stop)
    half = read_results(tmp_path / "out")
    assert half.stops == {0: 32, 1: 16}
    whole = conduct(made, tmp_path / "out", resume=True)
    assert whole.stops == {0: 48, 1: 48}


def test_two_writers_are_refused(study, tmp_path) -> None:
    store = Store(tmp_path / "out")
    with store.locked(), pytest.raises(UnusableInput, match="nobody else writes"):
        conduct(study(), tmp_path / "out")


def test_a_folder_with_a_study_needs_resume_and_the_same_study(study, tmp_path) -> None:
    conduct(study(), tmp_path / "out")
    with pytest.raises(UnusableInput, match="--resume"):
        conduct(study(), tmp_path / "out")
    with pytest.raises(UnusableInput, match="another: study changed"):
        conduct(study(seed=2), tmp_path / "out", resume=True)


@pytest.mark.parametrize("damage", ["truncated", "one bit"])
def test_a_damaged_part_is_named_and_the_rest_is_kept(study, digest, tmp_path, damage) -> None:
    made, out = study(), tmp_path / "out"
    conduct(made, out)
    whole = digest(out)
    part = sorted((out / "parts").glob("*-values-*"))[1]
    data = bytearray(part.read_bytes())
    if damage == "truncated":
        data = data[:-40]
    else:
        data[len(data) // 2] ^= 4
    part.write_bytes(data)
    for again in (lambda: read_results(out), lambda: conduct(made, out, resume=True)):
        with pytest.raises(UnusableInput, match=part.name):
            again()
    part.unlink()
    conduct(made, out, resume=True)
    assert digest(out) == whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_named_and_what_is_there_stays(study, tmp_path, monkeypatch) -> None:
    made, out = study(), tmp_path / "out"
    real, written = os.fdopen, []

    def full(handle, mode="r", *args, **kwargs):
        written.append(handle)
        if len(written) == 6:  # the capsule, two batches of two parts, then the disk is full
            os.close(handle)
            return open("/dev/full", "wb", buffering=0)
        return real(handle, mode, *args, **kwargs)

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(UnusableInput, match=os.strerror(errno.ENOSPC)):
        conduct(made, out)
    monkeypatch.undo()
    assert len(list((out / "parts").glob("*"))) == 4
    assert conduct(made, out, resume=True).stops == {0: 48, 1: 48}
