"""Tasks: work in a process of its own, which can be watched, stopped, and ends with the server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import sim
from sim.page.settings import MOST_SECONDS, MOST_TASKS

TASK, RESULT, PROGRESS, SAID = "task.json", "result.json", "progress", "said.txt"
RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"


class Task:
    """One piece of work: `kind` names it, `args` (plain data) is what it works on.

    Its folder holds `task.json` for the worker, `progress` and `result.json` from it, and the
    files it made in `out`.
    """

    def __init__(self, number: int, kind: str, args: dict[str, Any], lang: str, folder: Path):
        self.number, self.kind, self.args, self.lang, self.folder = number, kind, args, lang, folder
        self.state = RUNNING
        self.entered = False  # whether the files it made are among the session's items
        self._over = threading.Event()
        self._worker: subprocess.Popen[str] | None = None

    def wait(self, seconds: float) -> bool:
        """Return whether the task is over, at the latest after some seconds."""
        return self._over.wait(seconds)

    def result(self) -> dict[str, Any]:
        """Return what came of it; empty before it is done."""
        if self.state != DONE:
            return {}
        found: dict[str, Any] = json.loads((self.folder / RESULT).read_text(encoding="utf-8"))
        return found

    def progress(self) -> tuple[int, int]:
        """Return how many steps of how many are done; (0, 0) where nobody knows."""
        try:
            done, total = (self.folder / PROGRESS).read_text(encoding="utf-8").split()
            return int(done), int(total)
        except (OSError, ValueError):
            return 0, 0

    def said(self) -> str:
        """Return the last words of a worker that failed."""
        try:
            text = (self.folder / SAID).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return text.strip().rpartition("\n")[2]

    def cancel(self) -> None:
        """Stop it, if it is not over."""
        if not self._over.is_set():
            self.state = STOPPED
            self._over.set()
            if self._worker is not None:
                kill(self._worker)

    def run(self, worker: subprocess.Popen[str]) -> None:
        """Give the task to a worker and wait for its end."""
        self._worker = worker
        if self._over.is_set():
            kill(worker)
        try:
            assert worker.stdin is not None
            worker.stdin.write(f"{self.folder}\n")
            worker.stdin.flush()
            status = worker.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            self.cancel()
            return
        except OSError:
            status = -1
        if self.state == RUNNING:
            self.state = DONE if status == 0 and (self.folder / RESULT).is_file() else FAILED
        self._over.set()


class Runner:
    """Runs tasks, a few at once; one worker stands ready with everything imported."""

    def __init__(self) -> None:
        self._room = threading.Semaphore(MOST_TASKS)
        self._lock = threading.Lock()
        self._spare: subprocess.Popen[str] | None = None
        self._closed = False

    def start(self, task: Task) -> None:
        """Begin a task, or let it wait for its turn."""
        order = {"kind": task.kind, "args": task.args, "lang": task.lang}
        (task.folder / TASK).write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
        threading.Thread(target=self._work, args=(task,), daemon=True).start()

    def _work(self, task: Task) -> None:
        with self._room:
            if task.state == RUNNING and not self._closed:
                worker = self._take()
                task.run(worker)
                if worker.stdin is not None:
                    worker.stdin.close()

    def prepare(self) -> None:
        """Let a worker stand ready."""
        with self._lock:
            if self._spare is None and not self._closed:
                self._spare = _worker()

    def _take(self) -> subprocess.Popen[str]:
        with self._lock:
            ready, self._spare = self._spare, None
        self.prepare()
        return ready or _worker()

    def close(self) -> None:
        """End the worker that stands ready; those of tasks end with their tasks."""
        with self._lock:
            self._closed = True
            if self._spare is not None:
                kill(self._spare)


def kill(worker: subprocess.Popen[str]) -> None:
    """End a worker with all that it started, and wait for that."""
    if os.name == "nt":
        worker.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _worker() -> subprocess.Popen[str]:
    """Return a new worker; it ends by itself when this process does."""
    home = str(Path(sim.__file__).resolve().parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", "MPLBACKEND": "Agg"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "sim.page.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, **ours},
        start_new_session=os.name != "nt",  # Ctrl-C is for the server alone
    )
