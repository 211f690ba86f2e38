"""The guide to the page: its commands and options are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from sim.cli import cli
from sim.page.settings import MOST_UPLOAD, PORT, Settings

GUIDE = (Path(__file__).parents[2] / "docs/page.md").read_text(encoding="utf-8")


def test_commands_and_options() -> None:
    shown = CliRunner().invoke(cli, ["page", "--help"]).output
    options = set(re.findall(r"--[a-z-]+", shown)) - {"--help", "--open"}
    assert set(re.findall(r"^\| `(--[a-z-]+)`", GUIDE, re.MULTILINE)) == options
    for line in re.findall(r"^\.venv/bin/yanlian (page.*)$", GUIDE, re.MULTILINE):
        assert set(re.findall(r"--[a-z-]+", line)) <= options


def test_the_address_and_the_limit_are_those_of_the_program() -> None:
    assert f"http://127.0.0.1:{PORT}/" in GUIDE
    assert Settings().local
    assert f"{MOST_UPLOAD // 1_000_000} MB" in GUIDE
