"""Which obligations some drills put to the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.jobs.coverage import judged, suggested
from sim.jobs.inputs import rule_texts
from sim.page.work.job import Job


def coverage(job: Job) -> dict[str, Any]:
    """Write page and picture of the coverage; return the articles' lines."""
    from sim.files.atomic import write_bytes
    from sim.report.coverage import articles, coverage_text
    from sim.report.coverage_chart import coverage_chart
    from sim.report.coverage_page import write_coverage

    logs = [Path(path) for path in job.args["paths"]]
    found, packs, last = judged(logs, job.args.get("pack") or None)
    files = ["coverage.html"]
    ideas = suggested(last, packs, found, job.optional("scenario"), job.lang)
    write_coverage(job.out / "coverage.html", found, ideas, job.lang, rule_texts(packs, job.lang))
    try:
        write_bytes(job.out / "coverage.png", coverage_chart(found, job.lang).png())
        files.append("coverage.png")
    except ValueError:  # nothing to draw
        pass
    words = coverage_text(found, None, job.lang, 110)
    return {"words": words, "files": files, "articles": len(articles(found)), "drills": len(logs)}
