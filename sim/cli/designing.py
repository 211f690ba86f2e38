"""Commands of who designs a drill: scenarios, runs, papers."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.lang import LANG, SPEAK
from sim.cli.options import ANY_PATH, FAIL_ON, PACK, PLUGIN, TARGETS


@click.command()
@click.argument("folder", type=ANY_PATH, required=False)
@LANG
@click.pass_context
def scenarios(ctx: click.Context, /, **options: Any) -> None:
    """List the scenarios: class, grade, time of day, and what each trains.

    FOLDER is a folder of scenario files; without it the shipped ones are listed.
    """
    from sim.cli.scenarios import scenarios_command

    ctx.exit(scenarios_command(**options))


@click.command()
@click.argument("file", type=ANY_PATH)
@click.option("--resolved", is_flag=True, help="Print a scenario with all that it uses.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if there are warnings.")
@PACK
@PLUGIN
@SPEAK
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> None:
    """Check a scenario, rule pack or record.

    Says that it is valid, or lists all its mistakes; warns of scenarios that will hardly work as
    meant or leave too little time for a limit of the pack, and of records that contradict
    themselves.
    """
    from sim.cli.check import check_command
    from sim.cli.plugins import load_plugins

    load_plugins(options.pop("plugins"))
    ctx.exit(check_command(**options))


@click.command()
@click.argument("scenario", type=ANY_PATH)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Root seed.")
@click.option(
    "--replications",
    type=click.IntRange(1, 100_000),
    default=1,
    show_default=True,
    help="How many drills.",
)
@click.option("--out", type=ANY_PATH, metavar="DIR", help="Folder to write. Default: out/NAME.")
@click.option(
    "--animate", is_flag=True, help="Also write animation.html: the first drill as an animated map."
)
@PACK
@TARGETS
@PLUGIN
@LANG
@FAIL_ON
@click.pass_context
def run(ctx: click.Context, /, **options: Any) -> None:
    """Run a drill: record, verdicts, report.

    Writes events.csv, verdicts.csv, report.html and map.png, all or nothing, and prints the
    scorecard.
    """
    from sim.cli.plugins import load_plugins
    from sim.cli.run import run_command

    load_plugins(options.pop("plugins"))
    ctx.exit(run_command(**options))


@click.command()
@click.argument("log", type=ANY_PATH)
@click.option(
    "--out", type=ANY_PATH, required=True, metavar="FILE", help="FILE.html (plays) or FILE.gif."
)
@click.option(
    "--scenario",
    type=ANY_PATH,
    metavar="FILE",
    help="The scenario that was drilled: where places and roads are.",
)
@LANG
@click.pass_context
def animate(ctx: click.Context, /, **options: Any) -> None:
    """Write an animated map of a drill.

    Reports between offices, teams and supplies on the roads, roads that close, with a clock.
    Without a scenario places in Guangxi are known by name; what is not known is named.
    """
    from sim.cli.animate import animate_command

    ctx.exit(animate_command(**options))


@click.command()
@click.argument("scenario", type=ANY_PATH)
@click.option("--out", type=ANY_PATH, metavar="DIR", help="Folder. Default: out/NAME-papers.")
@click.option("--template", type=ANY_PATH, metavar="FILE.docx", help="Your unit's own template.")
@PACK
@LANG
@click.pass_context
def papers(ctx: click.Context, /, **options: Any) -> None:
    """Write the papers of a drill from its scenario.

    Drill plan and script, inject list, a sheet for the evaluator at every post and the form for
    ratings, forms for calls and reports, roster, contacts, and the checklist of articles 4, 6 and
    13. Expected times come from simulated drills and are marked.
    """
    from sim.cli.papers import papers_command

    ctx.exit(papers_command(**options))


@click.command()
@click.argument("logs", type=ANY_PATH, nargs=-1, required=True, metavar="LOG...")
@PACK
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv"]),
    default="table",
    show_default=True,
    help="How to print the matrix.",
)
@click.option("--suggest", is_flag=True, help="Print what would test each untouched obligation.")
@click.option(
    "--scenario",
    type=ANY_PATH,
    metavar="FILE",
    help="The drill's scenario: every fragment is pasted into it and tried in two runs.",
)
@click.option("--report", type=ANY_PATH, metavar="FILE", help="Also write an HTML page.")
@click.option("--picture", type=ANY_PATH, metavar="FILE", help="Also write the matrix as a PNG.")
@LANG
@click.pass_context
def coverage(ctx: click.Context, /, **options: Any) -> None:
    """Show which obligations drills put to the test.

    One record is one drill, or a year's drills are given in any order.  Rows are the obligations
    by article, columns the drills by date; what no drill touched can be suggested as injects.
    """
    from sim.cli.coverage import coverage_command

    ctx.exit(coverage_command(**options))


@click.group()
def sheets() -> None:
    """Evaluators' forms: printed beforehand, filled in by persons, read back by report."""


@sheets.command("export")
@click.argument("source", type=ANY_PATH, required=False, metavar="[LOG|SCENARIO]")
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE.xlsx", help="The file to write.")
@PACK
@LANG
@click.pass_context
def export_sheets(ctx: click.Context, /, **options: Any) -> None:
    """Write the form for one evaluator: dimensions, six heads, objectives, free remarks.

    A scenario or record gives posts and tasks beforehand.  Filled-in forms are read back by
    report --ratings and score --ratings, and stand beside the verdicts.
    """
    from sim.cli.sheets import export_command

    ctx.exit(export_command(**options))


COMMANDS = (scenarios, check, run, animate, papers, coverage, sheets)
