"""The process that does one task: reads its folder's name, works, writes the result, ends."""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from pathlib import Path

from sim.files.atomic import write_text
from sim.page.tasks import RESULT, SAID, TASK


def main() -> int:
    """Wait for the name of a task's folder on standard input; return the exit status."""
    from sim.page.work import Job, do  # imports what tasks need, before there is one

    name = sys.stdin.readline().strip()
    if not name:
        return 0
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    folder = Path(name)
    try:
        order = json.loads((folder / TASK).read_text(encoding="utf-8"))
        (folder / "out").mkdir(exist_ok=True)
        result = do(order["kind"], Job(folder, order["args"], order["lang"]))
        write_text(folder / RESULT, json.dumps(result, ensure_ascii=False))
    except Exception:
        write_text(folder / SAID, traceback.format_exc())
        return 1
    return 0


def _end_with_the_server() -> None:
    while os.read(0, 4096):  # not through sys.stdin, whose lock would be held at the end
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
