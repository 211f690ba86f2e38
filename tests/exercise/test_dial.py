"""The dial against a queue whose every wait is known: one officer, equal gaps, equal times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.exercise import difficulty, import_msel, write_proposal
from sim.scenario import load_scenario

NUMBER, GAP, WORK, ALLOWED = 5, 20, 10, 13


def queue(gap: int = GAP, within: int = ALLOWED) -> str:
    """Injects at 0, 20, 40, … min, each about an incident of its own, 10 min of work each."""
    lines = ["injects:"]
    for k in range(NUMBER):
        lines.append(
            f"  i{k}: {{at: {k * gap} min, incident: f{k}, to: county, kind: notice, "
            f"expect: {{does: record, within: {within} min}}}}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture
def busy(drill: Callable[..., Path]) -> Callable[..., Path]:
    """The scenario with an incident for each inject, so that no record counts for another."""

    def write(injects: str) -> Path:
        path = drill(injects)
        feared = "".join(
            f"  f{k}: {{hazard: fire, place: site, occurs: false}}\n" for k in range(NUMBER)
        )
        text = path.read_text("utf-8").replace("incidents:\n", "incidents:\n" + feared)
        path.write_text(text.replace("noticed: {county: 5 min}", "noticed: {}"), encoding="utf-8")
        return path

    return write


def in_time(factor: float) -> float:
    """The share by hand: the k-th is done WORK after it, or after the one before (whole min)."""
    free, hits = 0, 0
    for k in range(NUMBER):
        at = round(k * GAP * factor)
        free = max(free, at) + WORK
        hits += free - at <= ALLOWED
    return hits / NUMBER


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_shares_are_those_of_the_queue_and_the_one_asked_for_is_found(
    busy: Callable[..., Path], share: float
) -> None:
    found = difficulty(busy(queue()), share=share, drills=2)
    for factor, estimate in found.tried:
        assert estimate == pytest.approx(in_time(factor)), factor
    assert found.before.estimate == 1.0
    if share in {round(in_time(f / 1000), 6) for f in range(250, 4000)}:
        assert found.reached
        assert found.after.estimate == pytest.approx(share)
    assert found.factor < 1
    for key, (now, then) in found.times.items():
        assert now == int(key[1:]) * GAP * 60
        assert then == round(int(key[1:]) * GAP * found.factor) * 60


def test_a_share_that_no_factor_brings_is_said_to_be_out_of_reach(busy: Callable) -> None:
    """With 9 min allowed for 10 min of work nothing is ever done in time."""
    found = difficulty(busy(queue(within=9)), share=0.6, drills=2)
    assert not found.reached
    assert found.after.estimate == 0.0
    assert found.factor == 1.0
    assert all(now == then for now, then in found.times.values())


def test_nothing_is_written_but_where_asked_and_only_times_change(
    busy: Callable[..., Path], tmp_path: Path
) -> None:
    path = busy(queue())
    before = path.read_bytes()
    found = difficulty(path, share=0.6, drills=2)
    assert path.read_bytes() == before
    write_proposal(found, tmp_path / "new.yaml")
    injects = load_scenario(tmp_path / "new.yaml").injects
    assert {k: i.at.least() for k, i in injects.items() if i.at} == {
        key: then for key, (_, then) in found.times.items()
    }
    old, new = before.decode().splitlines(), (tmp_path / "new.yaml").read_text("utf-8").splitlines()
    assert len(old) == len(new)
    assert all(a == b or "at:" in a for a, b in zip(old, new, strict=True))
    write_proposal(found, tmp_path / "new.xlsx", lang="en")
    done = import_msel(tmp_path / "new.xlsx", path, tmp_path / "same.yaml")
    assert set(done.changed) == {k for k, (now, then) in found.times.items() if now != then}
    assert load_scenario(tmp_path / "same.yaml").injects == injects


@pytest.mark.parametrize(
    ("injects", "told"),
    [
        ("", "an inject with expect: and in it does: and within:"),
        (
            "injects: {a: {on: {event: confirmed}, to: county, incident: fire, "
            "expect: {does: send, within: 5 min}}}\n",
            "an inject with a time of its own",
        ),
    ],
)
def test_without_anything_to_measure_or_to_move_it_says_so(
    drill: Callable[..., Path], injects: str, told: str
) -> None:
    with pytest.raises(UnusableInput, match=told) as caught:
        difficulty(drill(injects), drills=2)
    assert caught.value.problems[0].path == "injects"
