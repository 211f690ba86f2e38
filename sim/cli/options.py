"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

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
