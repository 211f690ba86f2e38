"""The commands and their options; the work is done in the modules beside this one.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.console import Console
from sim.cli.lang import LANG
from sim.cli.msel_group import msel
from sim.cli.register_group import register
from sim.jobs.inputs import DEFAULT_PACK

ANY_PATH = click.Path(path_type=Path)
PACK = click.option(
    "--pack", metavar="NAME|FILE", help=f"Rule pack, by name or file. Default: {DEFAULT_PACK}."
)
MAPPING = click.option(
    "--mapping",
    type=ANY_PATH,
    metavar="FILE",
    help="Mapping file: how a foreign file becomes a record.",
)
PLUGIN = click.option(
    "--plugin",
    "plugins",
    type=ANY_PATH,
    multiple=True,
    metavar="FILE",
    help="Python file to run first: it registers your own policies. May be repeated.",
)
TARGETS = click.option(
    "--targets",
    multiple=True,
    metavar="NAME|FILE",
    help="Targets of a standard to compare with, by name or file. May be repeated.",
)
CLOCKS = click.option(
    "--clocks",
    type=ANY_PATH,
    metavar="FILE",
    help="Clocks of organisations that were off (YAML); their stamps are corrected for scoring.",
)
STAMPS = click.option(
    "--stamps",
    type=click.Choice(["uniform", "triangular"]),
    help="How instants known as intervals are spread in them: shows the chance of an unproven "
    "duty beside its verdict.",
)
READING = click.option(
    "--reading",
    type=click.Choice(["occur", "receive", "confirm"]),
    help="Start of the clocks. Default: the one that the pack scores by.",
)
READINGS = click.option(
    "--readings",
    type=click.Choice(["all"]),
    help="Also judge under every combination of the pack's options; score in json or csv then "
    "prints the lines of these.",
)
CHECKLIST = click.option(
    "--checklist", type=ANY_PATH, metavar="FILE", help="A filled-in checklist, to show beside."
)
RATINGS = click.option(
    "--ratings",
    type=ANY_PATH,
    multiple=True,
    metavar="FILE",
    help="An evaluator's filled-in form (sheets export), to show beside. May be repeated.",
)
SCHEME = click.option(
    "--scheme",
    "schemes",
    multiple=True,
    metavar="NAME|FILE",
    help="Marks by a published scheme, after the verdicts. May be repeated. Default: none.",
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["late"]),
    help="Exit with status 1 if a verdict is late or not fulfilled (for scripts).",
)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from sim.report.html import program

        click.echo(program())
        ctx.exit()


@click.group(
    cls=Console,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, also when deadlines were missed; 1 with --fail-on late "
    "or --strict; 2 unusable input, nothing written; 130 interrupted.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Simulate emergency drills, and judge drills, real and simulated, by one rule book.

    演练：模拟应急演练，并用同一套规则评判真实的与模拟的演练。
    """


@cli.command()
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


@cli.command("import")
@click.argument("files", type=ANY_PATH, nargs=-1, required=True, metavar="FILE…")
@MAPPING
@click.option("--out", type=ANY_PATH, metavar="FILE", help="The file to write.")
@click.option("--guess", is_flag=True, help="Propose a mapping, for a person to correct.")
@click.pass_context
def import_(ctx: click.Context, /, **options: Any) -> None:
    """Turn foreign files into a record, by a mapping.

    Reads CSV, .xlsx, .xls, .ods, XES and lines of text.  Rows that could not be read are listed
    and written beside the record; the files themselves stay as they are.
    """
    from sim.cli.imports import import_command

    ctx.exit(import_command(**options))


@cli.command()
@click.argument("files", type=ANY_PATH, nargs=-1, required=True, metavar="FILE…")
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE", help="The record to write.")
@MAPPING
@click.option(
    "--clocks",
    type=ANY_PATH,
    metavar="FILE",
    help="Clocks that were off (YAML). Without it, what the messages prove is corrected.",
)
@click.option("--reference", default="", metavar="ACTOR", help="Whose clock is taken to be right.")
@click.option(
    "--window",
    default="30 min",
    show_default=True,
    help="How far apart two ends of a message, or two accounts of one thing, may lie.",
)
@LANG
@click.pass_context
def join(ctx: click.Context, /, **options: Any) -> None:
    """Join the records of several organisations into one.

    Takes records, and foreign files by the mapping of the same name beside them or by --mapping.
    Beside the record it writes what was matched, what was there twice, and what cannot both be
    true; that stays as it is. The files themselves stay too.
    """
    from sim.cli.join import join_command

    ctx.exit(join_command(**options))


@cli.command()
@click.argument("log", type=ANY_PATH)
@click.argument("sheet", type=ANY_PATH)
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE", help="The record to write.")
@LANG
@click.pass_context
def correct(ctx: click.Context, /, **options: Any) -> None:
    """Enter corrections into a record by a sheet.

    One line a value: row, column, value, who, when, why. The old row stays on record and no
    longer counts.
    """
    from sim.cli.correct import correct_command

    ctx.exit(correct_command(**options))


@cli.command()
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


@cli.command()
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


@cli.command()
@click.argument("folder", type=ANY_PATH, required=False)
@LANG
@click.pass_context
def scenarios(ctx: click.Context, /, **options: Any) -> None:
    """List the scenarios: class, grade, time of day, and what each trains.

    FOLDER is a folder of scenario files; without it the shipped ones are listed.
    """
    from sim.cli.scenarios import scenarios_command

    ctx.exit(scenarios_command(**options))


@cli.command()
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


@cli.command()
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


@cli.group()
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


@cli.group()
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


@cli.command()
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


@cli.command()
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


@cli.command()
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


@cli.command()
@click.argument("log", type=ANY_PATH)
@click.option("--out", type=ANY_PATH, metavar="FILE", help="Also write the clocks file (YAML).")
@click.option("--reference", default="", metavar="ACTOR", help="Whose clock is taken to be right.")
@LANG
@click.pass_context
def clocks(ctx: click.Context, /, **options: Any) -> None:
    """Estimate how far clocks were apart.

    From messages whose sending and receipt are both on record: nobody receives a message before
    it was sent. The clocks file is read by score --clocks.
    """
    from sim.cli.clocks import clocks_command

    ctx.exit(clocks_command(**options))


@cli.command()
@click.argument("file", type=ANY_PATH)
@click.option("--resolved", is_flag=True, help="Print a scenario with all that it uses.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if there are warnings.")
@PACK
@PLUGIN
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


@cli.command()
@click.argument("file", type=ANY_PATH)
@click.option(
    "--out", type=ANY_PATH, metavar="DIR", help="Folder to keep it in. Default: out/NAME."
)
@click.option("--resume", is_flag=True, help="Go on with what is in the folder.")
@click.option(
    "--engine",
    type=click.Choice(["serial", "loky", "dask"]),
    default="loky",
    show_default=True,
    help="Where drills run: here, on all cores, or on a Dask cluster.",
)
@click.option("--workers", type=click.IntRange(1), help="How many at once. Default: all cores.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, with --engine dask.")
@click.option("--twin", is_flag=True, help="Print formulas beside the answers, where any hold.")
@PLUGIN
@LANG
@click.pass_context
def study(ctx: click.Context, /, **options: Any) -> None:
    """Run a study: many drills of many variants, compared.

    Keeps every drill's verdicts and measures in a folder and prints the answers with their
    intervals. An interrupted study goes on with --resume, and ends with the same results.
    """
    from sim.cli.plugins import load_plugins
    from sim.cli.study import study_command

    load_plugins(options["plugins"])
    ctx.exit(study_command(**options))


@cli.command()
@click.argument("folder", type=ANY_PATH)
@click.option(
    "--sample", type=click.IntRange(1), default=20, show_default=True, help="How many drills."
)
@LANG
@click.pass_context
def verify(ctx: click.Context, /, **options: Any) -> None:
    """Run some drills of a study again and compare.

    FOLDER is a study's folder. Exits with status 1 if anything comes out otherwise.
    """
    from sim.cli.study import verify_command

    ctx.exit(verify_command(**options))


@cli.command()
@click.argument("log", type=ANY_PATH)
@click.option(
    "--from", "begin", metavar="MARK", required=True, help="What begins a delay: `verify started`."
)
@click.option(
    "--to", "end", metavar="MARK", required=True, help="What ends a delay: `verify ended`."
)
@click.option("--actor", metavar="ID", help="Only delays of this actor.")
@click.option("--picture", type=ANY_PATH, metavar="FILE", help="Also draw it, as PNG or SVG.")
@click.option(
    "--levels",
    type=click.IntRange(0, 1000),
    default=0,
    help="Also print so many draws of the parameters, as a factor of a study.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Root seed.")
@LANG
@click.pass_context
def calibrate(ctx: click.Context, /, **options: Any) -> None:
    """Fit times of a scenario to delays on record.

    From each row of one kind to the next of another, of one actor and incident; what was still
    running counts as such. Prints how well each distribution fits, and YAML to paste.
    """
    from sim.cli.calibrate import calibrate_command

    ctx.exit(calibrate_command(**options))


@cli.command()
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


@cli.command()
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


@cli.command()
@click.option("--out", type=ANY_PATH, default=Path("out/demo"), show_default=True, metavar="DIR")
@LANG
@click.pass_context
def demo(ctx: click.Context, /, **options: Any) -> None:
    """Show it all: one drill and one real case.

    Runs the shipped chemical-leak drill, scores the real Hengxian case, writes both reports.
    """
    from sim.cli.demo import demo_command

    ctx.exit(demo_command(**options))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8065,
    show_default=True,
    help="Port; the next free one if it is taken.",
)
@click.option("--open/--no-open", "opened", default=True, help="Open the browser, or do not.")
@LANG
@click.pass_context
def page(ctx: click.Context, /, **options: Any) -> None:
    """Open the page for people who use no terminal.

    Everything in the browser of this computer: scenarios, spreadsheets, verdicts, reports.
    Works without a network; Ctrl-C ends it and deletes its files.
    """
    from sim.cli.page import page_command

    ctx.exit(page_command(**options))


@cli.command()
@click.argument("folder", type=ANY_PATH, default=Path("yanlian-lab"))
@click.argument("further", nargs=-1, type=click.UNPROCESSED, metavar="[-- JUPYTER OPTIONS]")
@click.option(
    "--copy-only",
    "start",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Copy the files and stop.",
)
@LANG
@click.pass_context
def lab(ctx: click.Context, /, **options: Any) -> None:
    """Open the notebooks in JupyterLab, in a folder of your own.

    Copies the notebooks and the scenarios that they use to FOLDER (default: yanlian-lab). What you
    have changed there is kept. Works without a network, for this computer only. Needs the extra
    lab.
    """
    from sim.cli.lab import lab_command

    ctx.exit(lab_command(**options))


@cli.command()
@click.argument("name", metavar="[NAME|FILE]", required=False)
@LANG
@click.pass_context
def packs(ctx: click.Context, /, **options: Any) -> None:
    """List the rule packs, or show one.

    Shows its rules (who owes what to whom, from when, until when), the options with their
    choices, the sources and how sure they are, and its checklist.
    """
    from sim.cli.packs import packs_command

    ctx.exit(packs_command(**options))


@cli.command()
@click.option(
    "--of",
    "what",
    type=click.Choice(["scenario", "pack"]),
    default="scenario",
    show_default=True,
    help="Of which kind of file.",
)
def schema(what: str) -> None:
    """Print the JSON schema of scenarios or of rule packs."""
    import json

    from sim.cli.console import whole_utf8
    from sim.rules import pack_schema
    from sim.scenario import scenario_schema

    whole_utf8()
    found = {"scenario": scenario_schema, "pack": pack_schema}[what]()
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


cli.add_command(register)
cli.add_command(msel)


def main() -> None:
    """Run the command line; ends the process with its status."""
    cli(prog_name="yanlian")
