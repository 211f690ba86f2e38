"""The trainer's papers of a scenario: inject list out and in, rehearsal, difficulty, all papers."""

from __future__ import annotations

import zipfile
from typing import Any

from sim.jobs.inputs import DEFAULT_PACK
from sim.jobs.sheets import write_forms
from sim.page.work.job import Job
from sim.texts import t

DRILLS = 200


def injects(job: Job) -> dict[str, Any]:
    """Write the inject list of a scenario as a workbook."""
    from sim.exercise import export_msel

    name = f"{job.path.stem}-injects.xlsx"
    export_msel(job.path, job.out / name, lang=job.lang)
    return {"files": [name]}


def take_injects(job: Job) -> dict[str, Any]:
    """Write a scenario with the injects of a list; the list's mistakes are named by cell."""
    from sim.exercise import import_msel

    scenario = job.optional("scenario")
    assert scenario is not None
    done = import_msel(job.path, scenario, job.out / scenario.name, mapping=job.optional("mapping"))
    parts = [
        (t("new"), done.added),
        (t("changed"), [f"{key} ({', '.join(what)})" for key, what in done.changed.items()]),
        (t("taken out"), done.removed),
        (t("not in the list, kept"), done.kept),
        (t("text changed, its translation left out"), [f"{k} ({p})" for k, p in done.dropped]),
    ]
    lines = [f"{what}{t(': ')}{t(', ').join(keys)}" for what, keys in parts if keys]
    lines.append(t("unchanged: {n}", n=len(done.unchanged)))
    made = {"kind": "scenario", "file": scenario.name}
    return {"words": "\n".join(lines), "files": [scenario.name], "makes": [made]}


def rehearsal(job: Job) -> dict[str, Any]:
    """Write the inject list with a forecast of many drills."""
    from sim.exercise import export_rehearsal, rehearse
    from sim.exercise.forecast_text import rehearsal_text

    drills, seed = job.args.get("drills", DRILLS), job.args.get("seed", 1)
    pack = job.args.get("pack")
    found = rehearse(job.path, drills=drills, seed=seed, pack=pack, progress=job.progress)
    name = f"{job.path.stem}-rehearsal.xlsx"
    export_rehearsal(found, job.out / name, lang=job.lang)
    return {"words": rehearsal_text(found), "files": [name]}


def dial(job: Job) -> dict[str, Any]:
    """Propose times of injects at which a share of the expected actions is done in time."""
    from sim.exercise import difficulty, write_proposal
    from sim.exercise.forecast_text import proposal_text

    share, drills, seed = job.args["share"] / 100, job.args["drills"], job.args["seed"]
    found = difficulty(job.path, share=share, drills=drills, seed=seed, progress=job.progress)
    names = [f"{job.path.stem}-proposed.xlsx", job.path.name]
    for name in names:
        write_proposal(found, job.out / name, lang=job.lang)
    made = {"kind": "scenario", "file": job.path.name}
    return {"words": proposal_text(found), "files": names, "makes": [made]}


def papers(job: Job) -> dict[str, Any]:
    """Write all papers of a drill, each for itself and all in one archive."""
    from sim.exercise.papers import write_papers

    pack, template = job.args.get("pack") or DEFAULT_PACK, job.optional("template")
    folder = job.out / "papers"
    paths = write_papers(job.path, folder, lang=job.lang, template=template, pack=pack)
    archive = f"{job.path.stem}-papers.zip"
    with zipfile.ZipFile(job.out / archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in paths:
            packed.write(path, path.name)
            path.rename(job.out / path.name)
    return {"files": [archive, *(path.name for path in paths)]}


def forms(job: Job) -> dict[str, Any]:
    """Write the evaluators' form for a scenario or a record."""
    name = f"{job.path.stem}-evaluators.xlsx"
    write_forms(job.path, job.out / name, job.args.get("pack"), job.lang)
    return {"files": [name]}
