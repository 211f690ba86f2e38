"""A study is conducted: its drills are those of a run, what is there is kept, damage is named."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import UnusableInput
from sim.experiment import conduct, read_results
from sim.experiment.run import run
from sim.experiment.store import Store
from sim.rules import load_pack, score


@pytest.mark.parametrize("keys", [{}, {"antithetic": True}, {"batch": 48}], ids=str)
def test_a_batch_size_or_pairing_never_changes_a_single_drill(study, keys) -> None:
    """Replication k (or pair k) of a study is the drill that `run` gives for number k."""
    made = study(factors={}, **keys)
    results = conduct(made)
    scenario = _scenario(made)
    verdicts = score(run(scenario, 1, 48), load_pack("guangxi-2012-65")).table
    margins = verdicts[verdicts["rule"] == "GX-01"].set_index("case")["margin_s"]
    alone = [margins[f"drill/base/{k}"] for k in range(48)]
    alone = ["running" if margin is pd.NA else margin for margin in alone]
    table = results.of("margin", 0)
    values = table["value"].astype(object).where(table["state"] == "known", "running").tolist()
    if made.antithetic:
        assert values[::2] == alone[:24]
        assert values[1::2] != alone[24:]
    else:
        assert values == alone


def _scenario(made):
    from sim.scenario import load_scenario

    return load_scenario(made.folder / made.scenario)


def test_in_memory_and_from_disk_are_equal(study, tmp_path) -> None:
    made = study()
    kept, memory = conduct(made, tmp_path / "out"), conduct(made)
    assert memory.values.equals(kept.values.astype(memory.values.dtypes))
    again = read_results(tmp_path / "out")
    assert again.values.equals(kept.values)
    assert again.points == kept.points


def test_what_an_interrupt_leaves_is_kept(study, tmp_path) -> None:
    made, batches = study(), []

    def stop(done: int, total: int) -> None:
        batches.append(done)
        if len(batches) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        conduct(made, tmp_path / "out", progress=stop)
    half = read_results(tmp_path / "out")
    assert half.stops == {0: 32, 1: 16}
    whole = conduct(made, tmp_path / "out", resume=True)
    assert whole.stops == {0: 48, 1: 48}


def test_two_writers_are_refused(study, tmp_path) -> None:
    store = Store(tmp_path / "out")
    with store.locked(), pytest.raises(UnusableInput, match="nobody else writes"):
        conduct(study(), tmp_path / "out")


def test_a_folder_with_a_study_needs_resume_and_the_same_study(study, tmp_path) -> None:
    conduct(study(), tmp_path / "out")
    with pytest.raises(UnusableInput, match="--resume"):
        conduct(study(), tmp_path / "out")
    with pytest.raises(UnusableInput, match="another: study changed"):
        conduct(study(seed=2), tmp_path / "out", resume=True)


@pytest.mark.parametrize("damage", ["truncated", "one bit"])
def test_a_damaged_part_is_named_and_the_rest_is_kept(study, digest, tmp_path, damage) -> None:
    made, out = study(), tmp_path / "out"
    conduct(made, out)
    whole = digest(out)
    part = sorted((out / "parts").glob("*-values-*"))[1]
    data = bytearray(part.read_bytes())
    if damage == "truncated":
        data = data[:-40]
    else:
        data[len(data) // 2] ^= 4
    part.write_bytes(data)
    for again in (lambda: read_results(out), lambda: conduct(made, out, resume=True)):
        with pytest.raises(UnusableInput, match=part.name):
            again()
    part.unlink()
    conduct(made, out, resume=True)
    assert digest(out) == whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_named_and_what_is_there_stays(study, tmp_path, monkeypatch) -> None:
    made, out = study(), tmp_path / "out"
    real, written = os.fdopen, []

    def full(handle, mode="r", *args, **kwargs):
        written.append(handle)
        if len(written) == 6:  # the capsule, two batches of two parts, then the disk is full
            os.close(handle)
            return open("/dev/full", "wb", buffering=0)
        return real(handle, mode, *args, **kwargs)

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(UnusableInput, match=os.strerror(errno.ENOSPC)):
        conduct(made, out)
    monkeypatch.undo()
    assert len(list((out / "parts").glob("*"))) == 4
    assert conduct(made, out, resume=True).stops == {0: 48, 1: 48}
