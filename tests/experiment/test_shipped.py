"""Every shipped study loads, and all its points build."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment import load_study
from sim.experiment.design import points
from sim.files.yamlfile import read_yaml

FOLDER = Path(__file__).parents[2] / "scenarios" / "studies"
STUDIES = [file for file in sorted(FOLDER.glob("*.yaml")) if "study" in read_yaml(file).data]


def test_there_are_studies() -> None:
    assert {file.stem for file in STUDIES} >= {"night-duty", "night-duty-factors"}


@pytest.mark.parametrize("file", STUDIES, ids=lambda file: file.stem)
def test_study_loads_and_its_points_build(file: Path) -> None:
    study = load_study(file)
    assert len(points(study)) > 1
    for name in [*study.measures, *study.factors]:
        assert study.names[name].zh != study.names[name].en
