"""Commands that open or show what is there: page, notebooks, demonstration, packs, schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.lang import LANG
from sim.cli.options import ANY_PATH


@click.command()
@click.option("--out", type=ANY_PATH, default=Path("out/demo"), show_default=True, metavar="DIR")
@LANG
@click.pass_context
def demo(ctx: click.Context, /, **options: Any) -> None:
    """Show it all: one drill and one real case.

    Runs the shipped chemical-leak drill, scores the real Hengxian case, writes both reports.
    """
    from sim.cli.demo import demo_command

    ctx.exit(demo_command(**options))


@click.command()
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


@click.command()
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


@click.command()
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


@click.command()
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


COMMANDS = (demo, page, lab, packs, schema)
