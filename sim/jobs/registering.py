"""A record judged and entered into a register of drills."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.errors import YanlianError
from sim.jobs.inputs import judge_by, must_exist, packs_and_options, read_finding
from sim.texts import t

MOST = 50
"""Cases of one record that are entered at most: the register is for drills that were held."""


def judged_drill(
    log: Path, pack: str | None, by: str | None, plans: Iterable[str], **said: Any
) -> tuple[Any, Any, Any, list[Any]]:
    """Return record, verdicts, what is said of the drill, and packs, as `add_drills` takes them.

    `said` are further fields of `sim.register.Drill`.  Raises `UnusableInput`, `YanlianError`.
    """
    from sim.log import counted, read_log
    from sim.register import Drill

    data = must_exist(log).read_bytes()
    record = counted(read_log(log))
    if len(record.cases) > MOST:
        raise YanlianError(
            t("{n} cases in one record; the register takes at most {most}",
              n=len(record.cases), most=MOST)
        )  # fmt: skip
    named = tuple(dict.fromkeys(plans))
    if any("|" in plan for plan in named):
        raise YanlianError(t("a plan's name has no |"))
    chosen = packs_and_options(pack, read_finding(log))
    verdicts = judge_by(record, chosen)
    digest = hashlib.sha256(data).hexdigest()
    drill = Drill(digest, by or getpass.getuser(), plans=named, **said)
    return record, verdicts, drill, [found for found, _ in chosen]


def entered_text(entry: Any) -> str:
    """Return what became of a case, in one sentence."""
    if entry.added:
        return t("{case}: drill {n}, findings proposed: {k}",
                 case=entry.case, n=entry.number, k=entry.findings)  # fmt: skip
    return t("{case} is drill {n} of the register already; nothing was entered",
             case=entry.case, n=entry.number)  # fmt: skip
