"""`yanlian register` and its commands with their options; the work is in `sim.cli.register`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sim.cli.lang import LANG
from sim.cli.options import ANY_PATH

DEFAULT_DB = "out/register.sqlite"
DAY = click.DateTime(["%Y-%m-%d"])
DB = click.option(
    "--db",
    metavar="FILE|URL",
    default=DEFAULT_DB,
    show_default=True,
    help="The register: a file, or postgresql://… for a server.",
)
PACK = click.option("--pack", metavar="NAME|FILE", help="Rule pack, by name or file.")
BY = click.option("--by", metavar="NAME", required=True, help="Who enters it.")
NUMBER = click.argument("number", type=click.IntRange(1), metavar="NUMBER")
ON = click.option("--on", type=DAY, metavar="DATE", help="The day to look from. Default: today.")


@click.group()
def register() -> None:
    """Keep drills, findings and improvement actions over the years.

    Nothing is overwritten: a correction is a new row, with who and when.
    """


def _command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator: a command of the group, with --db and --lang."""

    def made(function: Callable[..., Any]) -> click.Command:
        return register.command(name)(DB(LANG(click.pass_context(function))))

    return made


def _work(name: str, ctx: click.Context, options: dict[str, Any]) -> None:
    from sim.cli import register as work

    ctx.exit(getattr(work, name)(**options))


@_command("add")
@click.argument("log", type=ANY_PATH)
@PACK
@click.option("--by", metavar="NAME", help="Who enters it. Default: the user of this computer.")
@click.option(
    "--kind",
    type=click.Choice(["comprehensive", "special"]),
    default="special",
    show_default=True,
    help="Kind of drill.",
)
@click.option("--plan", "plans", multiple=True, metavar="NAME", help="A plan that was drilled.")
@click.option("--unit", default="", metavar="ID", help="Who held it. Default: the one city.")
@click.option("--date", "held", type=DAY, metavar="DATE", help="Default: the record's first day.")
@click.option("--scenario", default="", metavar="NAME", help="Default: from the case's name.")
@click.option(
    "--corrects", type=click.IntRange(1), metavar="NUMBER", help="The drill that this one replaces."
)
def add(ctx: click.Context, /, **options: Any) -> None:
    """Judge a record and enter it as a drill, with its verdicts.

    A finding is proposed for every rule that a body failed; a person confirms or rejects it.
    The same record is entered once.
    """
    _work("add_command", ctx, options)


@_command("list")
def list_(ctx: click.Context, /, **options: Any) -> None:
    """List the drills by date."""
    _work("list_command", ctx, options)


@_command("findings")
@click.option(
    "--state",
    type=click.Choice(["proposed", "confirmed", "rejected"]),
    help="Only those in this state.",
)
def findings(ctx: click.Context, /, **options: Any) -> None:
    """List the findings, with the rows that prove them."""
    _work("findings_command", ctx, options)


@_command("confirm")
@NUMBER
@BY
@click.option("--text", metavar="TEXT", help="The finding in that person's words.")
def confirm(ctx: click.Context, /, **options: Any) -> None:
    """Confirm a finding that the program proposed."""
    _work("decide_command", ctx, options | {"state": "confirmed"})


@_command("reject")
@NUMBER
@BY
@click.option("--text", metavar="TEXT", help="Why, in that person's words.")
def reject(ctx: click.Context, /, **options: Any) -> None:
    """Reject a finding that the program proposed."""
    _work("decide_command", ctx, options | {"state": "rejected"})


@_command("assign")
@click.argument("finding", type=click.IntRange(1), metavar="FINDING")
@click.option("--what", metavar="TEXT", required=True, help="What is to be done.")
@click.option("--owner", metavar="NAME", required=True, help="Who does it.")
@click.option("--due", type=DAY, metavar="DATE", required=True, help="Until when.")
@BY
def assign(ctx: click.Context, /, **options: Any) -> None:
    """Add an improvement action for a confirmed finding."""
    _work("assign_command", ctx, options)


@_command("actions")
@click.option("--overdue", is_flag=True, help="Only those open after their due date.")
@ON
def actions(ctx: click.Context, /, **options: Any) -> None:
    """List the improvement actions by due date."""
    _work("actions_command", ctx, options)


@_command("close")
@NUMBER
@BY
@click.option(
    "--state",
    type=click.Choice(["done", "dropped", "open"]),
    default="done",
    show_default=True,
    help="What became of it; open takes a closing back.",
)
@click.option("--note", default="", metavar="TEXT", help="A remark.")
def close(ctx: click.Context, /, **options: Any) -> None:
    """Close an improvement action."""
    _work("close_command", ctx, options)


@_command("trend")
@click.option("--clause", is_flag=True, help="By clause, all bodies together.")
@click.option("--owner", is_flag=True, help="By body, all clauses together.")
def trend(ctx: click.Context, /, **options: Any) -> None:
    """Show how clauses and bodies fared over the drills.

    Per clause and body and year, with exact intervals.
    """
    _work("trend_command", ctx, options)


@_command("frequency")
@PACK
@ON
@click.option(
    "--since",
    type=DAY,
    metavar="DATE",
    help="From when the register is complete. Default: its first drill.",
)
def frequency(ctx: click.Context, /, **options: Any) -> None:
    """Judge by the pack's rules whether drills were held often enough.

    By article 3 every plan within 24 months, and a comprehensive drill of every city each year.
    """
    _work("frequency_command", ctx, options)


@_command("appraisal")
@click.argument("year", type=click.IntRange(1900, 2999))
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    metavar="NAME|FILE",
    help="Marks by a published scheme. May be repeated. Default: none.",
)
def appraisal(ctx: click.Context, /, **options: Any) -> None:
    """Show a year's facts per body, for the appraisal of article 13."""
    _work("appraisal_command", ctx, options)


@_command("export")
@click.option("--out", type=ANY_PATH, required=True, metavar="FILE", help="FILE.xlsx or FILE.csv.")
def export(ctx: click.Context, /, **options: Any) -> None:
    """Write confirmed findings and actions as a list to be filled in."""
    _work("export_command", ctx, options)


@_command("import")
@click.argument("file", type=ANY_PATH)
def import_(ctx: click.Context, /, **options: Any) -> None:
    """Enter what people filled in in such a list, all of it or nothing."""
    _work("import_command", ctx, options)
