"""`yanlian register`: drills, findings and improvement actions over the years."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.jobs.inputs import marks_by, must_exist, packs_and_options
from sim.jobs.registering import entered_text, judged_drill
from sim.texts import in_language, t


@contextmanager
def opened(
    where: str, lang: str | None, make: bool = False
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Give the register and the names of its bodies, in the console's language."""
    from sim.register import body_names, open_register

    of_console = outputs.languages(lang)[1]
    with in_language(of_console), open_register(where, make) as db:
        yield db, body_names(db) if of_console == "zh" else {}


def add_command(
    log: Path, db: str, lang: str | None, pack: str | None, by: str | None, **said: Any
) -> int:
    """Judge a record and enter it; return the exit status."""
    from sim.register import add_drills

    corrects, held = said.pop("corrects"), _day(said.pop("held"))
    with in_language(outputs.languages(lang)[1]):
        drilled = judged_drill(log, pack, by, said.pop("plans"), held=held, **said)
    record, verdicts, drill, packs = drilled
    with opened(db, lang, make=True) as (register, _):
        for one in add_drills(register, record, verdicts, drill, packs, corrects):
            click.echo(entered_text(one))
    return 0


def list_command(db: str, lang: str | None) -> int:
    """Print the drills."""
    from sim.register import drills
    from sim.report.register import drills_text

    with opened(db, lang) as (register, names):
        click.echo(drills_text(drills(register), names, _columns()))
    return 0


def findings_command(db: str, lang: str | None, state: str | None) -> int:
    """Print the findings."""
    from sim.register import findings
    from sim.report.register import findings_text

    with opened(db, lang) as (register, names):
        click.echo(findings_text(findings(register, state), names, _columns()))
    return 0


def decide_command(
    db: str, lang: str | None, number: int, by: str, text: str | None, state: str
) -> int:
    """Confirm or reject a finding."""
    from sim.register import decide

    with opened(db, lang) as (register, _):
        decide(register, number, state, by, text)
        click.echo(t("entered: finding {n}", n=number))
    return 0


def assign_command(
    db: str, lang: str | None, finding: int, what: str, owner: str, due: datetime, by: str
) -> int:
    """Add an action."""
    from sim.register import assign

    with opened(db, lang) as (register, _):
        number = assign(register, finding, what, owner, due.date(), by)
        click.echo(t("entered: action {n}", n=number))
    return 0


def actions_command(db: str, lang: str | None, overdue: bool, on: datetime | None) -> int:
    """Print the actions, or those that are overdue."""
    from sim.register import actions
    from sim.report.register import actions_text

    day = (_day(on) or date.today()) if overdue else None
    with opened(db, lang) as (register, names):
        if on is not None and not overdue:
            refuse(t("--on goes with --overdue"))
        click.echo(actions_text(actions(register, day), names, _columns()))
    return 0


def close_command(db: str, lang: str | None, number: int, by: str, state: str, note: str) -> int:
    """Close an action."""
    from sim.register import close

    with opened(db, lang) as (register, _):
        close(register, number, by, state, note)
        click.echo(t("entered: action {n}", n=number))
    return 0


def trend_command(db: str, lang: str | None, clause: bool, owner: bool) -> int:
    """Print how clauses and bodies fared over the drills."""
    from sim.register import trend
    from sim.report.register import trend_text

    asked = [name for name, flag in (("clause", clause), ("owner", owner)) if flag]
    with opened(db, lang) as (register, names):
        click.echo(trend_text(trend(register, asked or ("clause", "owner")), names, _columns()))
    return 0


def frequency_command(
    db: str, lang: str | None, pack: str | None, on: datetime | None, since: datetime | None
) -> int:
    """Print whether plans and cities were drilled often enough."""
    from sim.register import frequency
    from sim.report.register import frequency_text

    with opened(db, lang) as (register, names):
        ((found, _),) = packs_and_options(pack, None)
        judged = frequency(register, found, _day(on) or date.today(), _day(since))
        click.echo(frequency_text(judged, names, _columns()))
    return 0


def appraisal_command(db: str, lang: str | None, year: int, schemes: tuple[str, ...]) -> int:
    """Print a year's facts per body, and marks where a scheme was asked for."""
    from sim.register import appraisal, kept_verdicts
    from sim.report.register import appraisal_text

    with opened(db, lang) as (register, names):
        marks = marks_by(kept_verdicts(register, year), schemes)
        click.echo(appraisal_text(appraisal(register, year), year, names, _columns()))
        if marks:
            outputs.print_marks(marks, names, outputs.languages(lang)[1])
    return 0


def export_command(db: str, lang: str | None, out: Path) -> int:
    """Write the list of confirmed findings and actions."""
    from sim.register import write_actions
    from sim.report.register import finding_words

    with opened(db, lang) as (register, _):
        if out.suffix.lower() not in (".xlsx", ".csv"):
            refuse(t("{path}: the name of the list ends in .xlsx or .csv", path=out))
        outputs.file_to_write(out)
        number = write_actions(out, register, finding_words, outputs.languages(lang)[0])
        click.echo(t("written: {files}", files=f"{out} ({number})"))
    return 0


def import_command(db: str, lang: str | None, file: Path) -> int:
    """Enter the actions of a list that people filled in."""
    from sim.register import read_actions

    with opened(db, lang) as (register, _):
        new, changed = read_actions(must_exist(file), register)
        click.echo(t("actions entered: {new} new, {changed} changed", new=new, changed=changed))
    return 0


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _columns() -> int:
    return shutil.get_terminal_size((130, 24)).columns
