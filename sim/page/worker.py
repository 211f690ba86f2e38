"""What the process of a task does: read its folder, work, write the result, end."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from multiprocessing.connection import wait
from pathlib import Path

TASK, RESULT, SAID = "task.json", "result.json", "said.txt"


def work(name: str) -> None:
    """Do the task of a folder; ends the process with status 1 where it fails.

    What is said on the way, and why it failed, goes to `said.txt`.
    """
    folder = Path(name)
    if os.name != "nt":
        os.setsid()  # a group of its own: Ctrl-C is for the server alone
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    with (folder / SAID).open("w", encoding="utf-8") as said:
        sys.stdout = sys.stderr = said
        try:
            _do(folder)
        except Exception:
            traceback.print_exc()
            said.flush()
            os._exit(1)


def _do(folder: Path) -> None:
    from sim.files.atomic import write_text
    from sim.page.work import Job, do

    order = json.loads((folder / TASK).read_text(encoding="utf-8"))
    (folder / "out").mkdir(exist_ok=True)
    result = do(order["kind"], Job(folder, order["args"], order["lang"]))
    write_text(folder / RESULT, json.dumps(result, ensure_ascii=False))


def _end_with_the_server() -> None:
    """End this process, and all that it started, when the server is gone."""
    server = multiprocessing.parent_process()
    if server is None:
        return
    wait([server.sentinel])
    if os.name == "nt":
        os._exit(1)
    os.killpg(0, signal.SIGKILL)
