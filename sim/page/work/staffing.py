"""How many people on duty are enough: a small study, with the file to run it again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sim.jobs import staffing as jobs
from sim.jobs.answers import DIFFERENCES, NUMBERS, SHARES
from sim.jobs.inputs import DEFAULT_PACK
from sim.jobs.written import REPORT
from sim.page.work.job import Job


def staffing(job: Job) -> dict[str, Any]:
    """Compare numbers of people at one post; return the answers as words, and the files."""
    from sim.report.selected_text import safe_sentences
    from sim.report.study_text import study_text

    args = job.args
    results = jobs.staffing(
        job.path,
        job.out,
        job.lang,
        args["place"],
        range(args["least"], args["most"] + 1),
        progress=job.progress,
        rule=args["rule"],
        at_least=args["share"] / 100,
        drills=args["drills"],
        seed=args["seed"],
        pack=_pack(job),
    )
    scenario = jobs.scenario_name(job.path)
    usual = (REPORT, jobs.PICTURE, SHARES, NUMBERS, DIFFERENCES, jobs.STUDY, scenario)
    files = [name for name in usual if (job.out / name).is_file()]
    return {
        "title": results.study.name.in_language(job.lang),
        "text": " ".join(safe_sentences(results)),
        "words": study_text(results, 110),
        "files": files,
    }


def _pack(job: Job) -> str:
    """Return the pack's name; an uploaded one is copied beside the study first."""
    chosen = job.args.get("pack") or DEFAULT_PACK
    if not Path(chosen).is_file():
        return str(chosen)
    shutil.copyfile(chosen, job.out / "pack.yaml")
    return "pack.yaml"
