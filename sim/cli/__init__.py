"""The command line: `yanlian run`, `score`, `check`, `packs` and others, one thin command a job."""

from sim.cli.commands import cli, main

__all__ = ["cli", "main"]
