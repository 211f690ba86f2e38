"""Tasks run in processes of their own: done, failed, stopped, and gone with the server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.page.tasks import DONE, FAILED, STOPPED, Runner, Task

ROOT = Path(__file__).parents[2]
LONG = {"path": str(ROOT / "scenarios/river-flood.yaml"), "seed": 1, "drills": 1000, "pack": None}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    found = Runner()
    found.prepare()
    yield found
    found.close()


def task(folder: Path, kind: str, **args: object) -> Task:
    folder.mkdir()
    return Task(1, kind, dict(args), "en", folder)


def test_a_task_gives_its_result(runner: Runner, tmp_path: Path) -> None:
    one = task(
        tmp_path / "1", "check", path=str(ROOT / "scenarios/real/hengxian_2009_fire/events.csv")
    )
    runner.start(one)
    assert one.wait(60)
    assert (one.state, one.result()["kind"]) == (DONE, "log")


def test_unusable_input_is_a_result_and_an_unforeseen_error_a_failure(
    runner: Runner, tmp_path: Path
) -> None:
    missing, broken = task(tmp_path / "1", "check", path="no.csv"), task(tmp_path / "2", "check")
    for one in (missing, broken):
        runner.start(one)
        assert one.wait(60)
    assert missing.state == DONE
    assert "problems" in missing.result()
    assert (broken.state, broken.result()) == (FAILED, {})
    assert broken.said() == "KeyError: 'path'"


def test_a_stopped_task_is_over_at_once_and_its_process_gone(
    runner: Runner, tmp_path: Path
) -> None:
    one = task(tmp_path / "1", "drill", **LONG)
    runner.start(one)
    while one.progress() == (0, 0) and not one.wait(0.1):
        pass
    assert one.progress()[1] == 1000
    one.cancel()
    assert one.wait(0)
    assert one.state == STOPPED
    assert not one.process.is_alive()


@pytest.mark.skipif(os.name == "nt", reason="looks for processes as POSIX systems list them")
def test_a_worker_ends_when_its_server_is_killed(tmp_path: Path) -> None:
    task(tmp_path / "1", "drill", **LONG)
    code = (
        "import sys, time; from pathlib import Path; from sim.page.tasks import Runner, Task\n"
        f"args = {LONG!r}\n"
        f"one = Task(1, 'drill', args, 'en', Path({str(tmp_path / '1')!r}))\n"
        "Runner().start(one)\n"
        "while one.process is None: time.sleep(0.1)\n"
        "print(one.process.pid, flush=True); time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env
    )
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    server.kill()
    server.wait()
    for _ in range(300):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            break
        if Path(f"/proc/{pid}/stat").exists() and " Z " in Path(f"/proc/{pid}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the worker is still there")
