"""`yanlian msel` and its commands with their options; the work is in `sim.cli.msel`."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.lang import LANG
from sim.cli.options import ANY_PATH, PLUGIN

SCENARIO = click.argument("scenario", type=ANY_PATH)
SEED = click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Root seed."
)
DRILLS = click.option(
    "--drills",
    type=click.IntRange(2, 100_000),
    default=200,
    show_default=True,
    help="How many drills are simulated.",
)


@click.group()
def msel() -> None:
    """Print, fill in, rehearse and tune the inject list (MSEL).

    The injects of a scenario go out as a workbook and come back from it.
    """


def _work(name: str, ctx: click.Context, options: dict[str, Any]) -> None:
    from sim.cli import msel as work
    from sim.cli.plugins import load_plugins

    load_plugins(options.pop("plugins"))
    ctx.exit(getattr(work, name)(**options))


@msel.command("export")
@SCENARIO
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE.xlsx", help="The list to write.")
@PLUGIN
@LANG
@click.pass_context
def export(ctx: click.Context, /, **options: Any) -> None:
    """Write the inject list of a scenario, to be printed or changed."""
    _work("export_command", ctx, options)


@msel.command("import")
@click.argument("file", type=ANY_PATH)
@click.option(
    "--into",
    "scenario",
    type=ANY_PATH,
    required=True,
    metavar="SCENARIO",
    help="The scenario that takes in the list; it stays as it is.",
)
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE.yaml", help="The file to write.")
@click.option(
    "--mapping",
    type=ANY_PATH,
    metavar="FILE",
    help="What the columns and words of a list of your own mean (YAML).",
)
@PLUGIN
@LANG
@click.pass_context
def import_(ctx: click.Context, /, **options: Any) -> None:
    """Write a scenario with the injects of a list.

    Reads .xlsx, .xls, .ods and CSV.  All mistakes are listed by cell, and then nothing is written.
    """
    _work("import_command", ctx, options)


@msel.command("rehearse")
@SCENARIO
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE.xlsx", help="The list to write.")
@DRILLS
@SEED
@click.option("--pack", metavar="NAME|FILE", help="Rule pack, by name or file.")
@PLUGIN
@LANG
@click.pass_context
def rehearse(ctx: click.Context, /, **options: Any) -> None:
    """Write the inject list with the model's forecast.

    When each expected action will happen, how busy everybody is, and which duties nobody can
    meet.
    """
    _work("rehearse_command", ctx, options)


@msel.command("dial")
@SCENARIO
@click.option(
    "--share",
    type=click.FloatRange(0, 100),
    default=60,
    show_default=True,
    metavar="PERCENT",
    help="The share of expected actions that shall be done in time.",
)
@click.option(
    "--out", type=ANY_PATH, metavar="FILE", help="Also write it: FILE.xlsx, or FILE.yaml."
)
@DRILLS
@SEED
@PLUGIN
@LANG
@click.pass_context
def dial(ctx: click.Context, /, **options: Any) -> None:
    """Propose times of the injects at which a given share is done in time.

    All times are multiplied by one factor; nothing is changed unless --out says where.
    """
    _work("dial_command", ctx, options)
