"""The guide to calibration keeps its word: its commands, its keys and its Python."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from sim import experiment
from sim.cli.commands import cli
from sim.experiment.measures import KINDS
from sim.experiment.nested import Nested
from sim.experiment.twins import RECOGNISERS

GUIDE = (Path(__file__).parents[2] / "docs" / "calibration.md").read_text(encoding="utf-8")


def test_every_option_in_the_guide_exists() -> None:
    for command in ("calibrate", "study"):
        shown = CliRunner().invoke(cli, [command, "--help"]).output
        text = re.findall(rf"yanlian {command}(?:[^`\n]*\\\n)?[^`\n]*", GUIDE)
        options = {word for line in text for word in re.findall(r"--[a-z]+", line)}
        assert options
        assert options <= set(re.findall(r"--[a-z]+", shown))


def test_every_name_and_measure_in_the_guide_exists() -> None:
    for name in re.findall(r"from sim\.experiment import (.+)", GUIDE)[0].split(", "):
        assert name in experiment.__all__
    for name in set(re.findall(r"found\.(\w+)", GUIDE)):
        assert hasattr(Nested, name)
    rows = re.findall(r"^\| (`[^|]+) \|", GUIDE, re.MULTILINE)
    told = {word for row in rows for word in re.findall(r"[a-z]+", row) if word in KINDS}
    assert told == set(RECOGNISERS)
