"""The command line: the group of all commands.

A command's options stand in the module of those who use it; what it does, in one of its name.
Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import click

from sim.cli import comparing, designing, evaluating, opening, recording
from sim.cli.console import Console
from sim.cli.msel_group import msel
from sim.cli.register_group import register


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


for _room in (designing, recording, evaluating, comparing, opening):
    for _command in _room.COMMANDS:
        cli.add_command(_command)
cli.add_command(register)
cli.add_command(msel)


def main() -> None:
    """Run the command line; ends the process with its status."""
    cli(prog_name="yanlian")
