"""Drills of a scenario: run, judged, and written as files."""

from __future__ import annotations

from typing import Any

from sim.jobs import written
from sim.jobs.drill import drill as drilled
from sim.jobs.inputs import reached, rule_texts
from sim.page.work.job import Job
from sim.page.work.shown import rules_of, verdict_part
from sim.page.work.tables import target_table


def drill(job: Job) -> dict[str, Any]:
    """Run and judge drills; the record becomes a file that can be judged further."""
    from sim.report.names import display_names

    args = job.args
    targets = tuple(args.get("targets", ()))
    found = drilled(
        *(job.path, args["seed"], args["drills"], job.out, args.get("pack"), job.lang),
        targets,
        job.progress,
    )
    names = display_names(found.scenario, job.lang)
    texts = rule_texts([found.pack], job.lang)
    record = f"{job.path.stem}-{args['seed']}.csv"
    (job.out / written.EVENTS).rename(job.out / record)
    files = [record if name == written.EVENTS else name for name in found.files]
    part = verdict_part(found.log, found.verdicts, names, texts, job.lang, found.scenario)
    return {
        **part,
        "rules": rules_of(found.verdicts, texts),
        "tables": target_table(reached(found.log, found.standards, job.lang)),
        "files": files,
        "makes": [{"kind": "log", "file": record}],
        "record": record,
    }
