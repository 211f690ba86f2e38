"""The option `--lang`, the same for every command."""

from __future__ import annotations

import click

from sim.texts import use_language


def _speak(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Let everything from here on, mistakes too, be said in the language asked for."""
    if value and not ctx.resilient_parsing:
        use_language(value)
    return value


LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    callback=_speak,
    help="Language of everything written. Default: reports in Chinese, console by locale.",
)

SPEAK = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Language of the console. Default: by locale.",
)
"""The same for commands that write no texts into files."""
