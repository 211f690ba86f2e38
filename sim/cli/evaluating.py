"""Commands of who evaluates a drill: verdicts, reasons, reports."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.lang import LANG
from sim.cli.options import (
    ANY_PATH,
    CHECKLIST,
    CLOCKS,
    FAIL_ON,
    MAPPING,
    PACK,
    RATINGS,
    READING,
    READINGS,
    SCHEME,
    STAMPS,
    TARGETS,
)


@click.command()
@click.argument("log", type=ANY_PATH)
@MAPPING
@PACK
@TARGETS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print the verdicts.",
)
@click.option("--report", type=ANY_PATH, metavar="FILE", help="Also write an HTML report.")
@READINGS
@STAMPS
@CLOCKS
@CHECKLIST
@RATINGS
@SCHEME
@click.option(
    "--judged",
    type=ANY_PATH,
    metavar="FILE",
    help="Sheet of what a person judged: case, rule, owner, mark, by, why.",
)
@LANG
@FAIL_ON
@click.pass_context
def score(ctx: click.Context, /, **options: Any) -> None:
    """Score a record by a rule pack.

    The record is that of a drill or of a real event.  If a finding.yaml lies beside it, its
    pack is the default, and the official finding is shown beside the verdicts.
    """
    from sim.cli.score import score_command

    ctx.exit(score_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.option(
    "--out",
    type=ANY_PATH,
    required=True,
    metavar="FILE",
    help="FILE.docx, FILE.pdf (needs LibreOffice) or FILE.html.",
)
@click.option("--template", type=ANY_PATH, metavar="FILE.docx", help="Your unit's own template.")
@click.option("--scenario", type=ANY_PATH, metavar="FILE", help="The scenario that was drilled.")
@click.option("--case", metavar="NAME", help="Of several cases, report this one alone, in full.")
@click.option(
    "--against",
    type=ANY_PATH,
    metavar="SCENARIO",
    help="Also show where the times stand among simulated drills of this scenario, in a part of "
    "its own.",
)
@click.option(
    "--drills",
    type=click.IntRange(2, 100_000),
    default=200,
    show_default=True,
    help="How many drills to simulate, with --against.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Root seed, with --against.",
)
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="With --against: also replay the drill with this changed. May be repeated.",
)
@READING
@click.option("--unit", default="", metavar="TEXT", help="The unit that reports.")
@click.option("--persons", is_flag=True, help="Name persons; by default only roles are named.")
@READINGS
@STAMPS
@CLOCKS
@CHECKLIST
@RATINGS
@SCHEME
@MAPPING
@PACK
@TARGETS
@LANG
@click.pass_context
def report(ctx: click.Context, /, **options: Any) -> None:
    """Write the after-action report, to be completed and signed.

    After article 15 of the directive: course, verdicts clause by clause, causes of lateness, how
    true the information was, teams and supplies, what to improve, and the rows that prove it.
    """
    from sim.cli.report import report_command

    ctx.exit(report_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.option("--rule", metavar="ID", required=True, help="The rule to be explained.")
@PACK
@STAMPS
@CLOCKS
@LANG
@click.pass_context
def explain(ctx: click.Context, /, **options: Any) -> None:
    """Explain the verdicts by one rule.

    Prints clause, clocks, the rows that prove it, and where the minutes went.
    """
    from sim.cli.explain import explain_command

    ctx.exit(explain_command(**options))


@click.group()
def checklist() -> None:
    """What only paper shows: a list for a person to tick."""


@checklist.command()
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE", help="FILE.xlsx or FILE.csv.")
@PACK
@LANG
@click.pass_context
def export(ctx: click.Context, /, **options: Any) -> None:
    """Write a pack's checklist, to be filled in and read back by score --checklist."""
    from sim.cli.checklist import export_command

    ctx.exit(export_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.option(
    "--targets",
    multiple=True,
    required=True,
    metavar="NAME|FILE",
    help="Targets of a standard, by name or file. May be repeated.",
)
@MAPPING
@click.option("--out", type=ANY_PATH, metavar="FILE.csv", help="Also write the table.")
@LANG
@click.pass_context
def targets(ctx: click.Context, /, **options: Any) -> None:
    """Show how often teams and supplies were in time.

    Shares and percentiles with exact intervals, of a drill, an incident or a year's calls; what
    is unknown or contradicts itself is told apart and in no share.  No verdict follows.
    """
    from sim.cli.targets import targets_command

    ctx.exit(targets_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.argument("scenario", type=ANY_PATH)
@click.option(
    "--drills",
    type=click.IntRange(2, 100_000),
    default=200,
    show_default=True,
    help="How many drills to simulate.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Root seed.")
@PACK
@READING
@click.option("--rule", metavar="ID", help="The duty for --factor and --picture.")
@click.option("--owner", metavar="ID", help="Who owes it, if several do.")
@click.option(
    "--factor",
    is_flag=True,
    help="How many times as long the steps on its way would have to take for the time on record "
    "to be the median.",
)
@click.option("--each", is_flag=True, help="With --factor: also for each step alone.")
@click.option("--picture", type=ANY_PATH, metavar="FILE", help="Draw its times, as PNG or SVG.")
@click.option("--out", type=ANY_PATH, metavar="FILE", help="Also write the tables, as CSV.")
@MAPPING
@CLOCKS
@LANG
@click.pass_context
def against(ctx: click.Context, /, **options: Any) -> None:
    """Place a drill on record among simulated ones.

    LOG is the record of one drill, SCENARIO the same drill with the same staffing. For every duty
    and every piece of work: in how many simulated drills the same took less time.
    """
    from sim.cli.against import against_command

    ctx.exit(against_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.argument("scenario", type=ANY_PATH)
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="What is changed: offices.x.duty.night=2. May be repeated; empty VALUE takes it away.",
)
@click.option(
    "--drills",
    type=click.IntRange(1, 2_000),
    default=100,
    show_default=True,
    help="How many drills to simulate.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Root seed.")
@PACK
@READING
@click.option("--out", type=ANY_PATH, metavar="FILE", help="Also write the table, as CSV.")
@MAPPING
@CLOCKS
@LANG
@click.pass_context
def replay(ctx: click.Context, /, **options: Any) -> None:
    """Replay a drill on record with one thing changed.

    What the record tells of times is held, everything else is drawn: how often would which duty
    have been met, as the drill was, and with the change? A result of the model, not a fact.
    """
    from sim.cli.replay import replay_command

    ctx.exit(replay_command(**options))


COMMANDS = (score, report, explain, checklist, targets, against, replay)
