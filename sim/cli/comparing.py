"""Commands of who compares many drills."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.lang import LANG
from sim.cli.options import ANY_PATH, PLUGIN


@click.command()
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


@click.command()
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


@click.command()
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


COMMANDS = (study, verify, calibrate)
