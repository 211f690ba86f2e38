"""`yanlian packs`: what rule packs there are, and what one says."""

from __future__ import annotations

import click

from sim.texts import language


def packs_command(name: str | None, lang: str | None) -> int:
    """Print the shipped packs, or one pack, shipped or of a file, in full; return 0."""
    from sim.report.packs import pack_text, packs_text
    from sim.rules import load_pack, pack_names

    lang = lang or language()
    if name is None:
        click.echo(packs_text([load_pack(each) for each in pack_names()], lang))
    else:
        click.echo(pack_text(load_pack(name), lang))
    return 0
