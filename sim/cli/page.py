"""`yanlian page`: the jobs in a browser, for people who use no terminal."""

from __future__ import annotations

import click

from sim.texts import language


def page_command(host: str, port: int, opened: bool, lang: str | None) -> int:
    """Serve the page until Ctrl-C; its language is Chinese unless another one is asked for."""
    from sim.page.server import serve
    from sim.page.settings import Settings
    from sim.texts import in_language

    with in_language(lang or language()):
        serve(Settings(host, port, lang or "zh"), opened, lambda text: click.echo(text, err=True))
    return 0
