"""`yanlian demo`: one simulated drill and one real case, from files to reports."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

from sim.cli import outputs
from sim.cli.console import refuse
from sim.cli.score import print_official
from sim.files.shipped import shipped
from sim.jobs import written
from sim.jobs.drill import drill
from sim.jobs.judging import Asked, judge
from sim.texts import in_language, t

SCENARIO, CASE = "chemical-leak.yaml", "*hengxian*"


def demo_command(out: Path, lang: str | None) -> int:
    """Run and score both, write both reports, say what was written and what to do next."""
    from sim.report.names import display_names

    of_files, of_console = outputs.languages(lang)
    with in_language(of_console):
        scenario, record = _shipped()
        folder = outputs.folder_to_write(out)
        click.echo(t("1. A simulated drill: {path}", path=scenario) + "\n")
        drilled = folder / scenario.stem
        done = drill(scenario, 1, 1, drilled, None, of_files)
        names = display_names(done.scenario, of_console)
        outputs.print_verdicts(done.verdicts, "table", names, of_console)
        click.echo("\n" + t("2. A real case: {path}", path=record) + "\n")
        report = folder / f"{record.parent.name}.html"
        found = judge(record, Asked(), report, of_files, of_console)
        outputs.print_verdicts(found.verdicts, "table", found.names, of_console)
        print_official(found, of_console)
        click.echo(_next(drilled / written.REPORT, report, scenario))
    return 0


def _shipped() -> tuple[Path, Path]:
    """Return the shipped scenario and real record, or refuse where they are not there."""
    folder = shipped("scenarios")
    records = sorted(folder.glob(f"real/{CASE}/events.csv")) if folder else []
    if folder is None or not (folder / SCENARIO).is_file() or not records:
        refuse(
            t("the folder {part} is missing from this installation", part="scenarios")
            + t("; ")
            + t("a scenario of your own: {command}", command="yanlian run FILE")
        )
    assert folder is not None
    return folder / SCENARIO, records[0]


def _near(path: Path) -> str:
    """Return a path as a person would type it here: relative where it lies below, quoted."""
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return f'"{path}"' if " " in str(path) else str(path)


def _program() -> str:
    """Return how the command is called here: by name where it is on the path."""
    here = Path(sys.executable).parent / "yanlian"
    return "yanlian" if shutil.which("yanlian") or not _exists(here) else _near(here)


def _exists(program: Path) -> bool:
    return program.is_file() or program.with_suffix(".exe").is_file()


def _next(drilled: Path, judged: Path, scenario: Path) -> str:
    yanlian, file = _program(), _near(scenario)
    lines = [
        t("Reports written:"),
        f"  {drilled}",
        f"  {judged}",
        t("Next:"),
        "  " + t("open the reports in a browser;"),
        "  " + t("many drills: {command}", command=f"{yanlian} run {file} --replications 200"),
        "  " + t("your own: copy {path}, change it, check it and run it;", path=file),
        "  " + t("your own record: {command}", command=f"{yanlian} score RECORD.csv"),
    ]
    return "\n".join(["", *lines])
