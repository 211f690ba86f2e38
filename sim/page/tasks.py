"""Tasks: work in a process of its own, which can be watched, stopped, and ends with the server."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from sim.page.settings import MOST_SECONDS, MOST_TASKS
from sim.page.worker import RESULT, SAID, TASK, work

PROGRESS = "progress"
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
        self.process: Any = None

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
            kill(self.process)

    def run(self, process: Any) -> None:
        """Let a process that was not started yet do the task; wait for its end."""
        process.start()
        self.process = process
        if self._over.is_set():  # stopped meanwhile
            kill(process)
        process.join(MOST_SECONDS)
        if process.exitcode is None:
            self.cancel()
        if self.state == RUNNING:
            done = process.exitcode == 0 and (self.folder / RESULT).is_file()
            self.state = DONE if done else FAILED
        self._over.set()


class Runner:
    """Runs tasks, each in a process of its own, a few at once.

    On Linux the processes are forked from one that has imported everything already; elsewhere
    they start from nothing, which takes some seconds.
    """

    def __init__(self) -> None:
        linux = sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("forkserver" if linux else "spawn")
        if linux:
            self._context.set_forkserver_preload(["sim.page.preload"])
        self._room = threading.Semaphore(MOST_TASKS)
        self._closed = False

    def start(self, task: Task) -> None:
        """Begin a task, or let it wait for its turn."""
        order = {"kind": task.kind, "args": task.args, "lang": task.lang}
        (task.folder / TASK).write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
        threading.Thread(target=self._work, args=(task,), daemon=True).start()

    def _work(self, task: Task) -> None:
        with self._room:
            if task.state == RUNNING and not self._closed:
                task.run(self._context.Process(target=work, args=(str(task.folder),), daemon=True))

    def prepare(self) -> None:
        """Import what tasks need, so that the first one begins at once."""
        process = self._context.Process(target=len, args=("",), daemon=True)
        process.start()
        process.join()

    def close(self) -> None:
        """Begin no further task; those that run end with their sessions."""
        self._closed = True


def kill(process: Any) -> None:
    """End a process with all that it started, and wait for that."""
    if process is None:
        return
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()  # where it has no group of its own yet
    process.join()
