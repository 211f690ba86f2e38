"""What the tests of experiments share: a small scenario on disk, and studies of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.experiment import Study, make_study
from sim.texts import in_language

from .one_office import ONE, PACK_OF_ONE

SCENARIO = """\
yanlian: 1
start: 2026-07-01T08:00+08:00
horizon: 12 h
places: {town: {adcode: "451200"}}
channels: {phone: {kind: phone, time: {exponential: {mean: 3 min}}}}
procedures:
  tell:
    on: noticed
    steps:
      - verify: {time: {lognormal: {median: 40 min, p90: 3 h}}}
      - grade: {time: {exponential: {mean: 30 min}}}
      - draft:
          report: situation
          time: {lognormal: {median: 60 min, p90: 4 h}}
          elements: [measures, time, place, nature]
      - send: {to: superior, channel: phone}
  take:
    on: arrived
    steps: [{answer: {time: 2 min}}]
  routine:
    on: called
    steps: [{serve: {time: {exponential: {mean: 20 min}}}}]
background:
  calls: {to: city, gap: {exponential: {mean: 25 min}}, procedure: routine}
offices:
  city:
    role: city_gov
    place: town
    jurisdiction: [town]
    superior: region
    duty: 1
    procedures: [tell, routine]
  region: {role: region_gov, duty: 2, procedures: [take]}
incidents:
  collapse:
    {hazard: mine, place: town, jurisdiction: [town], course: [{dead: 4}], noticed: {city: 5 min}}
"""
MEASURES = {
    "in time": {"met": "GX-01"},
    "margin": {"margin": "GX-01"},
    "took": {"elapsed": "GX-01"},
    "wait": {"waiting": "city/duty"},
    "hours": {"officer_hours": "rostered"},
}


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Study]:
    """`study(**keys)`: a study of the small scenario, keys of a study file winning."""
    (tmp_path / "small.yaml").write_text(SCENARIO, encoding="utf-8")

    def made(**keys: Any) -> Study:
        usual: dict[str, Any] = {
            "scenario": "small.yaml",
            "factors": {"offices.city.duty": [1, 2]},
            "replications": 48,
            "batch": 16,
            "measures": MEASURES,
        }
        return make_study(tmp_path, **(usual | keys))

    return made


@pytest.fixture
def digest() -> Callable[[Path], dict[str, str]]:
    """`digest(folder)`: name and hash of every file in it."""

    def made(folder: Path) -> dict[str, str]:
        return {
            file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    return made


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English; what a test chose itself does not outlive it."""
    with in_language("en"):
        yield


@pytest.fixture
def one(tmp_path):
    """Return a scenario of one office, busy for 3 h with a call from 11:00 on, and its pack."""
    (tmp_path / "one.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "pack.yaml").write_text(PACK_OF_ONE, encoding="utf-8")
    return tmp_path / "one.yaml", sim.load_pack(tmp_path / "pack.yaml")
