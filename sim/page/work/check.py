"""Whether a file can be used; a table that holds mistakes is shown with its wrong cells."""

from __future__ import annotations

from typing import Any

from sim.errors import UnusableInput
from sim.jobs.checking import checked
from sim.page.work.cells import with_cells
from sim.page.work.job import Job
from sim.page.work.problems import problem_lines


def check(job: Job) -> dict[str, Any]:
    """Return kind, text and doubts of a file, or its problems with the cells they stand in."""
    try:
        found = checked(job.path, job.args.get("pack") or None)
    except UnusableInput as error:
        return {"problems": with_cells(job.path, problem_lines(error.problems, job))}
    doubts = [job.plain(doubt) for doubt in found.doubts]
    result: dict[str, Any] = {"kind": found.kind, "text": job.plain(found.text), "doubts": doubts}
    if found.kind == "scenario":
        result["about"] = _about(job)
    return result


def _about(job: Job) -> dict[str, Any]:
    """Return name, remark and numbers of a scenario."""
    from sim.jobs.inputs import DEFAULT_PACK, rule_texts
    from sim.jobs.staffing import staffed, timed_rules
    from sim.rules import load_pack
    from sim.scenario import load_scenario, numbers_with_sources

    found = load_scenario(job.path)
    sources = list(numbers_with_sources(job.path))
    pack = load_pack(DEFAULT_PACK)
    texts = rule_texts([pack], job.lang)
    assumed = sum(source in ("", "assumed") for _, _, source in sources)
    return {
        "title": found.title(job.path.stem, job.lang),
        "note": found.note.in_language(job.lang) if found.note else "",
        "start": f"{found.start:%Y-%m-%d %H:%M}",
        "offices": len(found.offices),
        "teams": len(found.teams),
        "depots": len(found.depots),
        "numbers": len(sources),
        "assumed": assumed,
        "staffed": [[one.path, one.name, one.now] for one in staffed(job.path, job.lang)],
        "timed": [[name, texts.get(name, "")] for name in timed_rules(pack)],
    }
