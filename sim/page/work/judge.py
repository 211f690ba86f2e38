"""A record judged: verdicts, reports, one duty explained, clocks, the list for persons to tick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.errors import YanlianError
from sim.jobs import written
from sim.jobs.inputs import DEFAULT_PACK, judge_by, packs_and_options, read_finding, rule_texts
from sim.jobs.judging import Asked, judge
from sim.log.csvfile import default_case
from sim.page.work.job import Job
from sim.page.work.shown import rules_of, verdict_part
from sim.page.work.tables import agreed_table, mark_tables, reading_table, target_table, tick_table
from sim.texts import t


def _asked(job: Job) -> Asked:
    args = job.args
    return Asked(
        pack=args.get("pack") or None,
        targets=tuple(args.get("targets", ())),
        checklist=job.optional("checklist"),
        schemes=tuple(args.get("schemes", ())),
        readings="all" if args.get("readings") else None,
        stamps=args.get("stamps") or None,
        clocks=job.optional("clocks"),
        ratings=tuple(Path(path) for path in args.get("ratings", ())),
    )


def score(job: Job) -> dict[str, Any]:
    """Judge a record; return its verdicts and what was asked for beside them."""
    from sim.log import read_log
    from sim.report.findings import finding_title

    found = judge(job.path, _asked(job), None, job.lang, job.lang)
    log = read_log(job.path)
    if not len(log):
        raise YanlianError(t("the record holds no rows"))
    chosen = packs_and_options(job.args.get("pack") or None, found.finding)
    texts = rule_texts([pack for pack, _ in chosen], job.lang)
    written.write_verdicts(found.verdicts, job.out / written.VERDICTS)
    names = found.names if job.lang == "zh" else {}
    title = finding_title(found.finding, job.lang)
    part = verdict_part(log, found.verdicts, names, texts, job.lang, None, found.finding, title)
    return {
        **part,
        "rules": rules_of(found.verdicts, texts),
        "tables": [
            *agreed_table(found.agreed, names),
            *reading_table(found.readings, names, log.cases[0]),
            *target_table(found.targets),
            *mark_tables(found.marks, names),
            *tick_table(found.ticks),
        ],
        "files": [written.VERDICTS],
    }


def report(job: Job) -> dict[str, Any]:
    """Write the report of a record as .docx, .html or .pdf; return its name."""
    from sim.report.names import display_names
    from sim.scenario import load_scenario, numbers_with_sources

    form = job.args["form"]
    own: dict[str, Any] = {}
    if form != "html":
        own = {"unit": job.args.get("unit", ""), "persons": bool(job.args.get("persons"))}
        own["template"] = job.optional("template")
    drilled = job.optional("scenario")
    called: dict[str, str] = {}
    if drilled is not None:
        own["scenario"], own["sources"] = load_scenario(drilled), numbers_with_sources(drilled)
        called = display_names(own["scenario"], job.lang)

    def write(*args: Any, **given: Any) -> Path:
        names = {**given.pop("names"), **called}
        return _writer(form)(*args, **given, **own, names=names)

    out = job.out / f"{default_case(job.path)}.{form}"
    judge(job.path, _asked(job), out, job.lang, job.lang, write)
    return {"files": [out.name]}


def _writer(form: str) -> Callable[..., Path]:
    from sim.report.html import write_report
    from sim.report.word import write_pdf, write_word

    return {"docx": write_word, "pdf": write_pdf, "html": write_report}[form]


def explain(job: Job) -> dict[str, Any]:
    """Explain the verdicts by one rule: clocks, rows that prove them, where the minutes went."""
    from sim.log import read_log
    from sim.report.explain import explain as explained
    from sim.report.names import record_names

    chosen = packs_and_options(job.args.get("pack") or None, read_finding(job.path))
    rule = job.args["rule"]
    record = read_log(job.path)
    names = record_names(record.table) if job.lang == "zh" else {}
    for pack, options in chosen:
        if rule in pack.rules:
            verdicts = judge_by(record, [(pack, options)], job.args.get("stamps") or None)
            text = explained(record, verdicts, rule, pack, names)
            return {"title": f"{rule} {getattr(pack.rules[rule].text, job.lang)}", "words": text}
    raise YanlianError(t("no rule {rule} in the packs that are judged by", rule=rule))


def clocks(job: Job) -> dict[str, Any]:
    """Estimate how far the clocks of organisations were apart; write the clocks file."""
    from sim.files.atomic import write_text
    from sim.log import read_log
    from sim.report.clock_words import clocks_text, clocks_yaml
    from sim.report.names import record_names
    from sim.rules import clock_offsets

    record = read_log(job.path)
    found: Any = clock_offsets(record, "")
    words = clocks_text(found, record_names(record.table) if job.lang == "zh" else {})
    name = f"{job.path.stem}-clocks.yaml"
    source = t("estimated from the messages of {log}", log=job.path.name)
    write_text(job.out / name, clocks_yaml(found.clocks(source)))
    return {"words": words, "files": [name], "makes": [{"kind": "clocks", "file": name}]}


def checklist(job: Job) -> dict[str, Any]:
    """Write the checklist of a pack as a workbook to be filled in."""
    from sim.rules import load_pack, write_checklist

    pack = load_pack(job.args.get("pack") or DEFAULT_PACK)
    if not pack.checklist:
        raise YanlianError(t("the pack {id} has no checklist", id=pack.id))
    name = f"checklist-{pack.id}.xlsx"
    number = write_checklist(job.out / name, pack, job.lang)
    return {"files": [name], "text": t("items to be ticked: {n}", n=number)}
