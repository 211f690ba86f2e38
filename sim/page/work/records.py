"""Records among others: joined, corrected by a sheet, beside simulated drills, as a film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.files.atomic import write_text
from sim.jobs.inputs import DEFAULT_PACK, read_clocks
from sim.page.work.job import Job
from sim.texts import t


def join(job: Job) -> dict[str, Any]:
    """Join records of several organisations; what does not fit is listed, never settled."""
    from sim.joining.inputs import read_inputs
    from sim.joining.join import join_logs
    from sim.joining.listing import conflict_lines, joined_csv, summary
    from sim.log import write_log
    from sim.report.names import record_names

    inputs = read_inputs([Path(path) for path in job.args["paths"]])
    logs = {one.name: one.log for one in inputs}
    found = join_logs(logs, read_clocks(job.optional("clocks")))
    lines = conflict_lines(found, record_names(found.log.table) if job.lang == "zh" else {})
    write_log(found.log, job.out / "joined-events.csv")
    write_text(job.out / "joined-list.csv", joined_csv(found), encoding="utf-8-sig")
    return {
        "text": summary(found, sum(len(log) for log in logs.values())),
        "words": "\n".join(lines) or t("Nothing contradicts itself."),
        "files": ["joined-events.csv", "joined-list.csv"],
        "makes": [{"kind": "log", "file": "joined-events.csv"}],
    }


def amend(job: Job) -> dict[str, Any]:
    """Correct a record by a sheet of corrections; the old rows stay in it and no longer count."""
    from sim.intake.corrections import correct_log
    from sim.log import corrections, read_log, write_log
    from sim.report.correction_words import correction_lines
    from sim.report.names import record_names

    sheet = job.optional("sheet")
    assert sheet is not None
    found = correct_log(read_log(job.path), sheet)
    names = record_names(found.log.table) if job.lang == "zh" else {}
    name = f"{job.path.stem}-corrected.csv"
    write_log(found.log, job.out / name)
    return {
        "text": t("corrections: {new} new, {old} there already", new=found.new, old=found.already),
        "words": "\n".join(correction_lines(corrections(found.log), names)),
        "files": [name],
        "makes": [{"kind": "log", "file": name}],
    }


def against(job: Job) -> dict[str, Any]:
    """Place the times of a record among those of simulated drills of its scenario."""
    from sim.experiment.against import against as placed
    from sim.log import read_log
    from sim.report.against_text import against_text
    from sim.report.names import display_names
    from sim.rules import load_pack
    from sim.scenario import load_scenario

    path = job.optional("scenario")
    assert path is not None
    scenario, pack = load_scenario(path), load_pack(job.args.get("pack") or DEFAULT_PACK)
    drills, seed = job.args["drills"], job.args["seed"]
    found = placed(read_log(job.path), scenario, pack, drills, seed, "", job.progress)
    return {"words": against_text(found, display_names(scenario, job.lang), 110)}


def film(job: Job) -> dict[str, Any]:
    """Write the course of a record as an animated map, to be opened in a browser."""
    from sim.log import read_log
    from sim.report.animation.write import write_animation
    from sim.scenario import load_scenario

    path = job.optional("scenario")
    name = f"{job.path.stem}-film.html"
    scenario = load_scenario(path) if path else None
    write_animation(job.out / name, read_log(job.path), scenario, lang=job.lang)
    return {"files": [name]}
