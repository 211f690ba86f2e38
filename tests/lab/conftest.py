"""A small scenario on disk, names that try to be HTML, and studies of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.experiment import Study, make_study
from sim.texts import in_language
from tests.experiment.conftest import SCENARIO

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Study]:
    """`study(**keys)`: a study of the small scenario, keys of a study file winning."""
    (tmp_path / "small.yaml").write_text(SCENARIO, encoding="utf-8")

    def made(**keys: Any) -> Study:
        usual: dict[str, Any] = {
            "name": {"zh": EVIL, "en": EVIL},
            "names": {
                "took": {"zh": EVIL, "en": EVIL},
                "cut": {"zh": EVIL, "en": EVIL},
                "line": {"zh": "电话", "en": "telephone"},
            },
            "scenario": "small.yaml",
            "options": {"start": "occur"},
            "factors": {
                "offices.city.duty": [1, 2],
                "line": {"up": {}, "cut": {"channels.phone.dropped": 0.5}},
            },
            "measures": {"took": {"elapsed": "GX-01"}, "in time": {"met": "GX-01"}},
        }
        return make_study(tmp_path, **(usual | keys))

    return made


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Texts are compared in English; what a test chose itself does not outlive it."""
    with in_language("en"):
        yield
