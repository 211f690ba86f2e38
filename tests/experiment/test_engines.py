"""A study gives the same bytes whoever runs it: here, in processes, on a Dask cluster."""

from __future__ import annotations

import pytest

from sim.experiment import conduct
from sim.experiment.engines import Dask, Loky, Serial


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("kind", [Loky, Dask])
def test_engines_and_workers_give_the_same_bytes(study, digest, tmp_path, kind, workers) -> None:
    made = study(logs=[0, 17])
    conduct(made, tmp_path / "serial", Serial())
    whole = digest(tmp_path / "serial")
    assert sum("-log-" in name for name in whole) == 4
    engine = kind(workers=workers)
    try:
        conduct(made, tmp_path / "engine", engine)
    finally:
        engine.close()
    assert digest(tmp_path / "engine") == whole
