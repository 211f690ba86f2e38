"""What the commands write and print."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sim.cli.console import refuse, whole_utf8
from sim.jobs.written import verdicts_csv
from sim.texts import in_language, language, t


def folder_to_write(out: Path) -> Path:
    """Return the folder to write in, or refuse where a file stands in the way."""
    for part in (out, *out.parents):
        if part.exists():
            if not part.is_dir():
                refuse(t("{path} is a file, not a folder; choose another --out", path=part))
            break
    return out


def file_to_write(path: Path) -> Path:
    """Return the file to write, or refuse where a folder stands in the way or none is there."""
    if path.is_dir():
        refuse(t("{path} is a folder; name a file", path=path))
    if not path.parent.is_dir():
        refuse(t("the folder {path} does not exist", path=path.parent))
    return path


def print_verdicts(verdicts: Any, form: str, names: Mapping[str, str], lang: str) -> None:
    """Print the verdicts as a scorecard, JSON or CSV."""
    if form == "json":
        whole_utf8()
        click.echo(json.dumps(verdicts.records(), ensure_ascii=False, indent=2))
    elif form == "csv":
        whole_utf8()
        click.echo(verdicts_csv(verdicts), nl=False)
    else:
        from sim.report.scorecard import scorecard

        click.echo(scorecard(verdicts, names, lang))


def print_readings(readings: list[Any], form: str, names: Mapping[str, str], lang: str) -> None:
    """Print the verdicts under every reading as text, JSON or CSV."""
    if form == "json":
        whole_utf8()
        records = [record for one in readings for record in one.records()]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    elif form == "csv":
        import pandas as pd

        from sim.files.harmless import table_csv

        whole_utf8()
        table = pd.concat([one.table for one in readings], ignore_index=True)
        click.echo(table_csv(table), nl=False)
    else:
        from sim.report.readings import readings_text

        click.echo("\n" + readings_text(readings, names, lang))


def columns() -> int:
    """Return how wide the console is, 100 where nobody knows."""
    return shutil.get_terminal_size((100, 24)).columns


def print_finding(finding: Any, names: Mapping[str, str], lang: str) -> None:
    """Print the official finding, as its source gives it."""
    from sim.report.findings import finding_lines

    with in_language(lang):
        lines = finding_lines(finding, names, lang)
        click.echo("\n" + t("Official finding (as its source gives it; not the program's):"))
        for head, words in lines:
            click.echo(f"  {head}{t(': ')}{words}")


def print_agreed(agreed: Any, names: Mapping[str, str], lang: str) -> None:
    """Print which readings agree with the official finding."""
    from sim.report.agreement import agreement_lines

    with in_language(lang):
        lines = agreement_lines(agreed, names)
        if lines:
            click.echo("\n" + t("Which reading the finding agrees with (computed):"))
        for head, words in lines:
            click.echo(f"  {head}{t(': ')}{words}")


def print_targets(table: Any, lang: str) -> None:
    """Print what teams reached of the targets that were asked for."""
    from sim.report.targets import target_text

    with in_language(lang):
        click.echo("\n" + target_text(table))


def print_ticks(ticks: Any, lang: str) -> None:
    """Print what a person ticked, beside the verdicts."""
    from sim.report.checklist import tick_text

    with in_language(lang):
        click.echo("\n" + tick_text(ticks))


def print_ratings(ratings: Any, lang: str) -> None:
    """Print what evaluators judged, beside the verdicts."""
    from sim.report.judgements import ratings_text

    with in_language(lang):
        click.echo("\n" + ratings_text(ratings))


def print_marks(found: Any, names: Mapping[str, str], lang: str) -> None:
    """Print the marks by the schemes that were asked for."""
    import shutil

    from sim.report.marks import marks_text

    columns = shutil.get_terminal_size((130, 24)).columns
    click.echo(marks_text(found, names, lang, columns))


def status(verdicts: Any, fail_on: str | None) -> int:
    """Return 1 where `--fail-on late` was given and a verdict is late and a failure, else 0."""
    return int(fail_on == "late" and bool(verdicts.failed.any()))


def languages(lang: str | None) -> tuple[str, str]:
    """Return (language of files, language of the console) for the option `--lang`."""
    return lang or "zh", lang or language()
