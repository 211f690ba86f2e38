"""Commands that make one record of what organisations kept."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.lang import LANG, SPEAK
from sim.cli.options import ANY_PATH, MAPPING


@click.command("import")
@click.argument("files", type=ANY_PATH, nargs=-1, required=True, metavar="FILE…")
@MAPPING
@click.option("--out", type=ANY_PATH, metavar="FILE", help="The file to write.")
@click.option("--guess", is_flag=True, help="Propose a mapping, for a person to correct.")
@SPEAK
@click.pass_context
def import_(ctx: click.Context, /, **options: Any) -> None:
    """Turn foreign files into a record, by a mapping.

    Reads CSV, .xlsx, .xls, .ods, XES and lines of text.  Rows that could not be read are listed
    and written beside the record; the files themselves stay as they are.
    """
    from sim.cli.imports import import_command

    ctx.exit(import_command(**options))


@click.command()
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


@click.command()
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


@click.command()
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


COMMANDS = (import_, join, correct, clocks)
