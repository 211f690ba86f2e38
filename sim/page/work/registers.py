"""A register of drills over the years: shown, and changed in a copy that the person downloads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sim.errors import YanlianError
from sim.jobs.registering import entered_text, judged_drill
from sim.page.work.job import Job
from sim.texts import t

COLUMNS = 110
NAME = "register.sqlite"


@contextmanager
def _opened(job: Job, source: Path | None) -> Iterator[Any]:
    """Give a copy of a register in the task's folder, a new one without a source."""
    from sim.register import open_register

    if source is not None:
        shutil.copyfile(source, job.out / NAME)
    with open_register(job.out / NAME, make=source is None) as db:
        yield db


def show(job: Job) -> dict[str, Any]:
    """Return what stands in a register, and what a person can decide in it."""
    with _opened(job, job.path) as db:
        return _shown(db, job.lang)


def _shown(db: Any, lang: str) -> dict[str, Any]:
    from sim.register import actions, body_names, drills, findings, trend
    from sim.report.register import (
        actions_text,
        drills_text,
        finding_words,
        findings_text,
        trend_text,
    )

    names = body_names(db) if lang == "zh" else {}
    found, open_actions = findings(db), actions(db)
    return {
        "parts": [
            (t("Drills"), drills_text(drills(db), names, COLUMNS)),
            (t("Findings"), findings_text(found, names, COLUMNS)),
            (t("Improvement actions"), actions_text(open_actions, names, COLUMNS)),
            (t("Over the years"), trend_text(trend(db), names, COLUMNS)),
        ],
        "findings": [(one["number"], one["state"], finding_words(one)) for one in found],
        "actions": [(one["number"], one["what"]) for one in open_actions if one["state"] == "open"],
    }


def enter(job: Job) -> dict[str, Any]:
    """Judge a record and enter it into a register, a new one if none was chosen."""
    from sim.register import add_drills

    args = job.args
    held = _day(args["held"]) if args.get("held") else None
    record, verdicts, drill, packs = judged_drill(
        job.path, args.get("pack"), args["by"], args["plans"], kind=args["kind"], held=held
    )
    with _opened(job, job.optional("register")) as db:
        told = [entered_text(one) for one in add_drills(db, record, verdicts, drill, packs, None)]
    return _made(told)


def change(job: Job) -> dict[str, Any]:
    """Let a person decide on a finding, assign an action, close one; or take a list in."""
    from sim.register import assign, close, decide, read_actions

    args = job.args
    by, number, text = args["by"], args["number"], args["text"]
    acts: dict[str, Callable[[Any], Any]] = {
        "confirmed": lambda db: decide(db, number, "confirmed", by, text or None),
        "rejected": lambda db: decide(db, number, "rejected", by, text or None),
        "assign": lambda db: assign(db, number, text, args["owner"], _day(args["due"]), by),
        "done": lambda db: close(db, args["action"], by, "done", text),
        "dropped": lambda db: close(db, args["action"], by, "dropped", text),
        "list": lambda db: read_actions(args["list"], db),
    }
    with _opened(job, job.path) as db:
        acts[args["act"]](db)
    return _made([t("Entered; the register that you had stays as it was.")])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise YanlianError(t("a date is missing")) from None


def action_list(job: Job) -> dict[str, Any]:
    """Write the confirmed findings and actions as a workbook to be filled in."""
    from sim.register import write_actions
    from sim.report.register import finding_words

    with _opened(job, job.path) as db:
        write_actions(job.out / "actions.xlsx", db, finding_words, job.lang)
    return {"files": ["actions.xlsx"]}


def _made(told: list[str]) -> dict[str, Any]:
    made = {"kind": "register", "file": NAME}
    return {"words": "\n".join(told), "files": [NAME], "makes": [made]}
