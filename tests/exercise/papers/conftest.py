"""Papers of one shipped scenario in both languages, written once, and the drill behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.exercise.papers.drill import drilled
from sim.exercise.papers.write import write_papers
from sim.texts import in_language

SCENARIO = Path(__file__).parents[3] / "scenarios" / "market-gathering.yaml"
RUNS = 5


@pytest.fixture(scope="package")
def drill():
    return drilled(SCENARIO, "zh", runs=RUNS)


@pytest.fixture(scope="package")
def folders(tmp_path_factory):
    """Language -> the folder of its papers."""
    pytest.importorskip("docx", reason="python-docx is in the extra word")
    pytest.importorskip("openpyxl", reason="openpyxl is in the extra excel")
    made = {}
    for lang in ("zh", "en"):
        made[lang] = tmp_path_factory.mktemp("papers") / lang
        write_papers(SCENARIO, made[lang], lang=lang, runs=RUNS)
    return made


@pytest.fixture
def zh():
    with in_language("zh"):
        yield
