"""Records that contradict themselves: one second or minute more, and they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.run import run
from sim.jobs.inputs import kind_of_file
from sim.log import contradictions, read_log
from sim.scenario import load_scenario
from sim.texts import in_language

ROOT = Path(__file__).parents[2] / "scenarios"
HEAD = [
    *("row", "time", "time_lo", "time_hi", "activity", "phase", "actor", "recipient", "object"),
    *("incident", "kind", "message", "order", "item", "quantity", "grade"),
]
DAY = "2026-07-01T"


def record(folder: Path, *rows: dict[str, str]) -> Path:
    """A record of these rows; `time: "09:00"` is that minute of one day, "" none."""
    lines = [",".join(HEAD)]
    for k, row in enumerate(rows):
        full = {"row": f"r{k}", "incident": "i"} | row
        for name in ("time", "time_lo", "time_hi"):
            if full.get(name):
                full[name] = f"{DAY}{full[name]}+08:00"
        lines.append(",".join(full.get(name, "") for name in HEAD))
    path = folder / "events.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kinds(folder: Path, *rows: dict[str, str]) -> list[tuple[str, int, int]]:
    return [doubt[:3] for doubt in contradictions(read_log(record(folder, *rows)))]


def row(time: str, activity: str, actor: str = "a", **more: str) -> dict[str, str]:
    return {"time": time, "activity": activity, "actor": actor} | more


M = {"message": "m"}
O = {"object": "o"}  # noqa: E741
PAIRS = [
    (row("", "send", recipient="b", phase="ended", **M), row("", "receive", "b", **M)),
    (row("", "send", recipient="b", **M), row("", "acknowledge", "b", recipient="a", **M)),
    (row("", "receive", "b", **M), row("", "acknowledge", "b", **M)),
    (row("", "order", "a", recipient="t", **O), row("", "depart", "t", **O)),
    (row("", "order", "a", phase="asked", **O), row("", "arrive", "t", **O)),
    (row("", "depart", "t", **O), row("", "arrive", "t", **O)),
    (row("", "travel", "t", phase="started", **O), row("", "arrive", "t", **O)),
    (row("", "activate", **O), row("", "terminate", **O)),
    (row("", "notice"), row("", "confirm", grade="II")),
    (row("", "answer", phase="ended"), row("", "confirm", grade="II")),
    (row("", "reported", "b", recipient="a", kind="initial"), row("", "confirm", grade="II")),
    (row("", "inject", "", recipient="a"), row("", "confirm", grade="II")),
    (row("", "shift_begin", object="a/duty"), row("", "shift_end", object="a/duty")),
    (
        row("", "supply_order", "a", recipient="s", order="n", item="bed", quantity="5"),
        row("", "hand_over", "d", recipient="s", order="n", item="bed", quantity="5"),
    ),
]
NAMES = [
    "received_before_sent",
    "received_before_sent",
    "acknowledged_before_received",
    "left_before_ordered",
    "left_before_ordered",
    "arrived_before_it_left",
    "arrived_before_it_left",
    "terminated_before_activated",
    *["confirmed_before_noticed"] * 4,
    "ended_before_begun",
    "handed_over_before_ordered",
]
CASES = list(zip(PAIRS, NAMES, strict=True))


@pytest.mark.parametrize(("pair", "kind"), CASES)
def test_the_wrong_order_is_told_and_the_same_minute_or_the_right_order_is_not(
    pair: tuple[dict, dict], kind: str, tmp_path: Path
) -> None:
    first, then = pair
    assert kinds(tmp_path, first | {"time": "09:01"}, then | {"time": "09:00"}) == [(kind, 1, 0)]
    assert kinds(tmp_path, first | {"time": "09:00"}, then | {"time": "09:00"}) == []
    assert kinds(tmp_path, first | {"time": "09:00"}, then | {"time": "09:01"}) == []


@pytest.mark.parametrize(("pair", "kind"), CASES)
def test_of_intervals_only_the_certain_counts(
    pair: tuple[dict, dict], kind: str, tmp_path: Path
) -> None:
    """Between 9:00 and 9:10, and after 9:10:01: certain; from 9:10:00 on, they may be at once."""
    first, then = pair
    then = then | {"time_lo": "09:00:00", "time_hi": "09:10:00"}
    late = {"time_lo": "09:10:01", "time_hi": "09:30:00"}
    assert kinds(tmp_path, first | late, then) == [(kind, 1, 0)]
    assert kinds(tmp_path, first | late | {"time_lo": "09:10:00"}, then) == []
    assert kinds(tmp_path, first | late | {"time_lo": ""}, then) == []  # not known since when


def test_a_stamp_to_the_minute_may_be_any_second_of_it(tmp_path: Path) -> None:
    """Sent at 9:00:59, received at 9:00: no contradiction; sent at 9:01:00: one."""
    sent, received = PAIRS[0]
    late = received | {"time": "09:00"}
    assert kinds(tmp_path, sent | {"time": "09:00:59"}, late) == []
    assert len(kinds(tmp_path, sent | {"time": "09:01:00"}, late)) == 1


def test_what_belongs_to_something_else_contradicts_nothing(tmp_path: Path) -> None:
    other = {"message": "other", "object": "other", "order": "other", "actor": "other"}
    for first, then in PAIRS:
        early = then | {"time": "09:00"} | {k: v for k, v in other.items() if k in then}
        assert kinds(tmp_path, first | {"time": "09:01"}, early) == []


def test_the_first_of_several_counts(tmp_path: Path) -> None:
    """Sent twice, received in between; two shifts, the first of which is not seen to begin."""
    sent, received = PAIRS[0]
    times = (sent | {"time": "09:00"}, received | {"time": "09:05"}, sent | {"time": "09:10"})
    assert kinds(tmp_path, *times) == []
    begin, end = PAIRS[12]
    duty = [end | {"time": "08:00"}, begin | {"time": "08:00"}, end | {"time": "18:00"}]
    assert kinds(tmp_path, *duty) == []


def test_a_forecast_is_no_notice(tmp_path: Path) -> None:
    """Whoever was warned at 8:00 and noticed at 10:00 cannot confirm at 9:00."""
    warned = row("08:00", "receive", kind="warning")
    rows = [warned, row("09:00", "confirm", grade="II"), row("10:00", "notice")]
    assert kinds(tmp_path, *rows) == [("confirmed_before_noticed", 1, 2)]
    assert kinds(tmp_path, warned | {"kind": "initial"}, *rows[1:]) == []
    assert kinds(tmp_path, *rows[:2]) == []  # no notice on record at all


def test_more_than_was_asked_for(tmp_path: Path) -> None:
    """Two lots of an order: 3 + 2 of 5 are right, 3 + 3 are one too many."""
    asked = row("09:00", "supply_order", order="n", item="bed", quantity="5")
    lots = [
        row(f"1{k}:00", "hand_over", "d", order="n", item="bed", quantity=n)
        for k, n in enumerate("32")
    ]
    assert kinds(tmp_path, asked, *lots) == []
    lots[1]["quantity"] = "3"
    (doubt,) = contradictions(read_log(record(tmp_path, asked, *lots)))
    assert doubt[:3] == ("more_accepted_than_asked", 2, -1)
    assert doubt.text == "6 of bed were handed over for the order n, which asks for 5"
    lots[1]["item"] = "quilt"
    assert kinds(tmp_path, asked, *lots) == []
    assert kinds(tmp_path, *lots) == []  # no order on record


def test_both_stamps_are_told_in_both_languages(tmp_path: Path) -> None:
    sent, received = PAIRS[0]
    path = record(tmp_path, sent | {"time": "09:05"}, received | {"time": "09:00:30"})
    (doubt,) = contradictions(read_log(path))
    assert doubt.text == (
        "b received 2026-07-01T09:00:30+08:00 comes before a send 2026-07-01T09:05+08:00 (row r0)"
    )
    with in_language("zh"):
        (doubt,) = contradictions(read_log(path))
    assert doubt.text.endswith("2026-07-01T09:05+08:00（行 r0）")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("real/*/events.csv")), ids=lambda p: p.parent.name
)
def test_the_real_cases_do_not_contradict_themselves(path: Path) -> None:
    assert contradictions(read_log(path)) == []


FILES = [path for path in sorted(ROOT.rglob("*.yaml")) if path.name != "finding.yaml"]
SCENARIOS = [path for path in FILES if kind_of_file(path) == "scenario"]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_simulated_records_do_not_contradict_themselves(path: Path) -> None:
    assert contradictions(run(load_scenario(path), replications=2)) == []
