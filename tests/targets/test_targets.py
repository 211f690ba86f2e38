"""Targets: counted by hand, against beta quantiles, and against a slow reading of the rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import ceil, comb
from pathlib import Path

import pandas as pd
import pytest
from scipy import stats

from sim.errors import UnusableInput
from sim.log import EventLog, read_log
from sim.targets import load_targets, score_targets, target_names

HEAD = (
    "case,row,incident,time,activity,phase,actor,recipient,object,actor_role,team_kind,hazard,until"
)
PACK = """
format: 1
id: mine
version: "1"
title: {{zh: 目标, en: targets}}
jurisdiction: here
sources: {{own: {{title: house rule, confidence: low}}}}
targets:
  out:
    {{text: {{zh: 出动, en: out}}, kinds: [medical], from: ordered, to: departed, source: own, {}}}
"""


def record(folder: Path, rows: Sequence[str], complete: bool = True) -> EventLog:
    """Return the record of rows `case,row,incident,second,activity,phase,actor,…`, complete."""
    path = folder / "log.csv"
    begin, end = "2026-03-01T08:00:00+08:00", "2026-03-02T08:00:00+08:00"
    cases = dict.fromkeys(row.split(",")[0] for row in rows)
    lines = [f"{case},w,,{begin},observe,,,,,,,,{end}" for case in cases] if complete else []
    for row in rows:
        cells = row.split(",")
        if cells[3]:
            hours, rest = divmod(int(cells[3]), 3600)
            cells[3] = f"2026-03-01T{8 + hours:02}:{rest // 60:02}:{rest % 60:02}+08:00"
        lines.append(",".join(cells + [""] * (13 - len(cells))))
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return read_log(path)


def pack(folder: Path, keys: str) -> Path:
    path = folder / "pack.yaml"
    path.write_text(PACK.format(keys), encoding="utf-8")
    return path


def orders(seconds: Sequence[int | None], end: int = 3600, case: str = "c") -> list[str]:
    """Rows of one order a team, given at 0; it leaves after so many seconds, or never."""
    rows = [f"{case},begin,,0,occur,,,,,,,fire", f"{case},end,,{end},open,,x,,,,,"]
    for k, second in enumerate(seconds):
        rows.append(f"{case},r{k},,,role,,t{k},,,team,medical,")
        rows.append(f"{case},o{k},,0,order,ended,desk,t{k},order-{k},,,")
        if second is not None:
            rows.append(f"{case},d{k},,{second},depart,,t{k},,order-{k},,,")
    return rows


def test_shares_by_hand_with_the_interval_of_beta_quantiles(tmp_path: Path) -> None:
    """Of ten, eight within 180 s (one exactly); nine in ten came within 200 s."""
    log = record(tmp_path, orders([30, 60, 90, 100, 120, 150, 170, 180, 200, 400]))
    targets = load_targets(pack(tmp_path, "within: 3 min, share: 0.9"))
    (row,) = score_targets(log, [targets]).to_dict("records")
    assert (row["n"], row["within"], row["share"], row["unknown"]) == (10, 8, 0.8, 0)
    assert row["low"] == pytest.approx(stats.beta.ppf(0.025, 8, 3))
    assert row["high"] == pytest.approx(stats.beta.ppf(0.975, 9, 2))
    assert (row["reached_s"], row["result"], row["certain"]) == (200, "not_met", False)


def test_every_single_time_counts_where_the_standard_names_no_share(tmp_path: Path) -> None:
    targets = load_targets(pack(tmp_path, "within: 3 min"))
    (one,) = score_targets(record(tmp_path, orders([30] * 40)), [targets]).to_dict("records")
    assert (one["asked"], one["result"], one["certain"]) == (1.0, "met", False)
    # One of forty late: at most 99.94 % by the interval, 1 - 0.025 ** (1 / 40) apart from beta.
    (two,) = score_targets(record(tmp_path, orders([30] * 39 + [181])), [targets]).to_dict(
        "records"
    )
    assert two["high"] == pytest.approx(1 - stats.beta.ppf(0.025, 1, 40))
    assert (two["result"], two["certain"], two["reached_s"]) == ("not_met", True, 181)


def test_who_never_left_is_late_once_the_time_is_over_and_unknown_before(tmp_path: Path) -> None:
    targets = load_targets(pack(tmp_path, "within: 3 min, share: 0.5"))
    (over,) = score_targets(record(tmp_path, orders([30, None], end=181)), [targets]).to_dict(
        "records"
    )
    assert (over["n"], over["within"], over["unknown"]) == (2, 1, 0)
    (running,) = score_targets(record(tmp_path, orders([30, None], end=180)), [targets]).to_dict(
        "records"
    )
    assert (running["n"], running["within"], running["unknown"]) == (1, 1, 1)


def test_who_never_left_is_unknown_where_the_record_is_not_complete(tmp_path: Path) -> None:
    targets = load_targets(pack(tmp_path, "within: 3 min, share: 0.5"))
    log = record(tmp_path, orders([30, None], end=600), complete=False)
    (row,) = score_targets(log, [targets]).to_dict("records")
    assert (row["n"], row["within"], row["unknown"]) == (1, 1, 1)


def test_a_stamp_that_is_missing_before_a_later_one_is_unknown_not_late(tmp_path: Path) -> None:
    rows = [*orders([30, None], end=600), "c,a,,400,arrive,,t1,,order-1,,,"]
    targets = load_targets(pack(tmp_path, "within: 3 min, share: 0.5"))
    (row,) = score_targets(record(tmp_path, rows), [targets]).to_dict("records")
    assert (row["n"], row["within"], row["unknown"], row["contradictory"]) == (1, 1, 1, 0)


def test_stamps_out_of_order_are_named_and_in_no_share_nor_mean(tmp_path: Path) -> None:
    """t0 left 60 s after its order, t1 60 s before it: the mean is 60, not 0."""
    rows = [*orders([60, None]), "c,d1,,940,depart,,t1,,order-1,,,"]
    rows = [row.replace("c,o1,,0,", "c,o1,,1000,") for row in rows]
    log = record(tmp_path, rows)
    (row,) = score_targets(log, [load_targets(pack(tmp_path, "mean: 2 min"))]).to_dict("records")
    assert (row["n"], row["mean_s"]) == (1, 60)
    assert (row["contradictory"], row["out_of_order"], row["unknown"]) == (1, "c/t1", 0)


@pytest.mark.parametrize(("n", "share"), [(12, 0.5), (40, 0.9), (29, 0.9), (60, 0.8)])
def test_percentiles_have_the_closest_order_statistics_that_hold(
    tmp_path: Path, n: int, share: float
) -> None:
    """Slow twin: the binomial sums by `comb`; 12 at the median is the sign test's 3rd and 10th."""
    log = record(tmp_path, orders([k + 1 for k in range(n)]))
    targets = load_targets(pack(tmp_path, f"within: 3 min, share: {share}"))
    (row,) = score_targets(log, [targets]).to_dict("records")

    def below(rank: int) -> float:
        """P(fewer than `rank` times lie at or below the percentile)."""
        return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(rank))

    low = max(r for r in range(n + 1) if below(r) <= 0.025)
    highs = [s for s in range(1, n + 1) if below(s) >= 0.975]
    assert row["reached_s"] == ceil(share * n)  # the k-th time is k seconds
    assert row["reached_low_s"] == low
    assert pd.isna(row["reached_high_s"]) if not highs else row["reached_high_s"] == min(highs)
    if n == 12:
        assert (row["reached_low_s"], row["reached_high_s"]) == (3, 10)


def test_a_target_may_count_from_the_first_notice_of_the_incident(tmp_path: Path) -> None:
    rows = [row.replace(",,0,order", ",,100,order") for row in orders([160])]
    rows += ["c,n1,,40,notice,,desk,,,,,", "c,n2,,70,notice,,desk,,,,,"]
    path = pack(tmp_path, "within: 2 min, share: 0.5")
    path.write_text(path.read_text().replace("from: ordered", "from: noticed"))
    (row,) = score_targets(record(tmp_path, rows), [load_targets(path)]).to_dict("records")
    assert (row["within"], row["reached_s"]) == (1, 120)


def test_orders_refused_or_taken_back_are_left_out(tmp_path: Path) -> None:
    rows = orders([30, None, None])
    rows += ["c,x1,,60,refused,,t1,,order-1,,,", "c,x2,,70,order,interrupted,desk,t2,order-2,,,"]
    targets = load_targets(pack(tmp_path, "within: 3 min"))
    (row,) = score_targets(record(tmp_path, rows), [targets]).to_dict("records")
    assert (row["n"], row["unknown"]) == (1, 0)


def test_a_mean_with_students_interval_by_hand(tmp_path: Path) -> None:
    """60, 120, 180 s: mean 120, standard error 60 / √3, t(0.975, 2) = 4.302653 from tables."""
    targets = load_targets(pack(tmp_path, "mean: 2 min"))
    (row,) = score_targets(record(tmp_path, orders([60, 120, 180])), [targets]).to_dict("records")
    half = 4.302653 * 60 / 3**0.5
    assert (row["mean_s"], row["result"], row["certain"]) == (120, "met", False)
    assert row["mean_high_s"] == pytest.approx(120 + half, rel=1e-6)
    assert row["mean_low_s"] == pytest.approx(120 - half, rel=1e-6)
    assert pd.isna(row["share"])


def test_only_the_first_team_at_each_incident_or_call_counts(tmp_path: Path) -> None:
    rows = ["c,a,i,0,occur,,,,,,,fire", "c,b,j,0,occur,,,,,,,mine", "c,e,,9000,open,,x,,,,,"]
    arrivals = [
        ("i", "t0", 300),
        ("i", "t1", 100),
        ("j", "t0", 500),
        ("", "t1", 700),
        ("", "t2", 0),
    ]
    rows += [f"c,r{k},,,role,,t{k},,,team,medical," for k in range(3)]
    for k, (incident, team, second) in enumerate(arrivals):
        order = f"{incident}-order-{k}" if incident else f"background/calls/order-{k}"
        start = 1000 * k
        rows.append(f"c,o{k},{incident},{start},order,ended,desk,{team},{order},,,")
        if second:
            rows.append(f"c,t{k},{incident},{start + second},arrive,,{team},,{order},,,")
            rows.append(f"c,z{k},{incident},{start + second + 9},return,ended,{team},,{order},,,")
    keys = "within: 2 min, of: first"
    path = pack(tmp_path, keys)
    path.write_text(path.read_text().replace("to: departed", "to: arrived"))
    (row,) = score_targets(record(tmp_path, rows), [load_targets(path)]).to_dict("records")
    # First at i: t0 at 300 s of the record (t1 was ordered at 1000); j: 500; of the calls, which
    # share one line, t1 after 700; all later than 120 s after their orders.
    assert (row["n"], row["within"], row["unknown"]) == (3, 0, 0)
    path.write_text(path.read_text().replace("of: first", "of: first, hazards: [mine]"))
    (mine,) = score_targets(record(tmp_path, rows), [load_targets(path)]).to_dict("records")
    assert mine["n"] == 1


def test_no_team_of_the_kinds_gives_no_case_of_the_first_team(tmp_path: Path) -> None:
    rows = [row.replace(",medical,", ",militia,") for row in orders([60])]
    first = load_targets(pack(tmp_path, "within: 2 min, of: first"))
    (row,) = score_targets(record(tmp_path, rows), [first]).to_dict("records")
    assert (row["n"], row["unknown"], row["result"]) == (0, 0, "")


def test_random_records_against_a_slow_reading_of_the_rows(tmp_path: Path) -> None:
    numbers = random.Random(5)
    targets = load_targets(pack(tmp_path, "within: 3 min, share: 0.8"))
    for trial in range(40):
        cases = {
            f"c{k}": (
                [numbers.choice([None, *range(60, 300, 20)]) for _ in range(numbers.randint(1, 6))],
                numbers.choice([150, 180, 181, 600]),
            )
            for k in range(numbers.randint(1, 5))
        }
        rows = [row for case, (times, end) in cases.items() for row in orders(times, end, case)]
        (found,) = score_targets(record(tmp_path, rows), [targets]).to_dict("records")
        within = late = unknown = 0
        for times, end in cases.values():
            last = max([end, *[t for t in times if t is not None]])
            for second in times:
                if second is None:
                    late, unknown = late + (last > 180), unknown + (last <= 180)
                else:
                    within, late = within + (second <= 180), late + (second > 180)
        counted = (0 if pd.isna(found["within"]) else found["within"], found["n"], found["unknown"])
        assert counted == (within, within + late, unknown), trial


def test_shipped_packs_are_whole_and_say_where_every_number_comes_from() -> None:
    names = target_names()
    assert {"fire-china", "mine-rescue-china", "ambulance-china", "nfpa-1710"} <= set(names)
    for name in names:
        found = load_targets(name)
        assert found.id == name
        assert {target.source for target in found.targets.values()} <= set(found.sources)
        assert "directive" not in found.title.en


def test_every_mistake_of_a_pack_is_told_with_its_line(tmp_path: Path) -> None:
    path = pack(tmp_path, "within: 3 min, mean: 2 min, share: 1.2, colour: red")
    with pytest.raises(UnusableInput) as caught:
        load_targets(path)
    told = {(problem.path, problem.line) for problem in caught.value.problems}
    assert {path for path, _ in told} >= {"targets.out.share", "targets.out.colour"}
    assert all(line == 10 for _, line in told)
    path.write_text(
        path.read_text()
        .replace("mean: 2 min, share: 1.2, colour: red", "hazards: [fires]")
        .replace("medical", "medics")
        .replace("source: own", "source: mine")
    )
    with pytest.raises(UnusableInput) as caught:
        load_targets(path)
    assert {problem.path for problem in caught.value.problems} == {
        "targets.out.kinds",
        "targets.out.hazards",
        "targets.out.source",
    }


def test_an_unknown_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(UnusableInput, match="fire-china"):
        load_targets("fire-chinaa")


SUPPLY = "case,row,incident,time,activity,actor,recipient,order,item,quantity,persons,hazard,until"
RELIEF = """
format: 1
id: mine
version: "1"
title: {{zh: 目标, en: targets}}
jurisdiction: here
sources: {{own: {{title: house rule, confidence: low}}}}
targets:
  out: {{text: {{zh: 救助, en: relief}}, source: own, {}}}
"""


def relief_log(folder: Path, cases: dict[str, list[str]]) -> EventLog:
    """Rows `second,activity,actor,recipient,order,item,quantity,persons`; a flood at 0 s."""
    lines = [SUPPLY]
    begin, end = "2026-03-01T00:00:00+08:00", "2026-03-09T00:00:00+08:00"
    for case, rows in cases.items():
        lines.append(f"{case},w,,{begin},observe,,,,,,,,{end}")
        for k, row in enumerate(["0,occur,,,,,,", *rows]):
            second, *rest = row.split(",")
            time = f"2026-03-{1 + int(second) // 86400:02}T{int(second) % 86400 // 3600:02}"
            time += f":{int(second) % 3600 // 60:02}:{int(second) % 60:02}+08:00"
            hazard = "flood" if rest[0] == "occur" else ""
            lines.append(",".join([case, f"r{k}", "f", time, *rest, hazard, ""]))
    path = folder / "supply.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_log(path)


def relief_pack(folder: Path, keys: str) -> Path:
    path = folder / "relief.yaml"
    path.write_text(RELIEF.format(keys), encoding="utf-8")
    return path


def test_relief_counts_from_the_occurrence_to_the_first_time_that_nobody_lacks_anything(
    tmp_path: Path,
) -> None:
    """Relieved at 36,000 s, at 36,001 s, never by 40,000 s, and not yet by 30,000 s."""
    need = ["600,need,s,,,water,30,10", "900,need,z,,,bed,5,5"]
    given = ["7200,distribute,s,,,water,30,"]
    cases = {
        "in-time": [*need, *given, "36000,distribute,z,,,bed,5,"],
        "late": [*need, *given, "36001,distribute,z,,,bed,5,"],
        "never": [*need, *given, "40000,clock,,,,,,"],
        "open": [*need, *given, "30000,clock,,,,,,"],
    }
    log = relief_log(tmp_path, cases)
    (row,) = score_targets(log, [load_targets("relief-china")]).head(1).to_dict("records")
    assert row["target"] == "shelters-10h"
    assert (row["n"], row["within"], row["unknown"], row["limit_s"]) == (3, 1, 1, 36_000)
    assert row["low"] == pytest.approx(1 - (1 - 0.025) ** (1 / 3))  # one of three, by hand
    assert row["high"] == pytest.approx(stats.beta.ppf(0.975, 2, 2))
    assert (row["result"], row["certain"]) == ("not_met", True)
    keys = "measures: shelters, from: needed, to: supplied, within: 2 h"
    (each,) = score_targets(log, [load_targets(relief_pack(tmp_path, keys))]).to_dict("records")
    assert (each["n"], each["within"]) == (8, 4)  # every s after 6600 s, no z
    keys = "measures: shelters, from: occurred, to: supplied, within: 2 h, items: [water], of: all"
    (water,) = score_targets(log, [load_targets(relief_pack(tmp_path, keys))]).to_dict("records")
    assert (water["n"], water["within"], water["result"]) == (4, 4, "met")


def test_order_lines_count_when_all_that_was_asked_for_is_accepted(tmp_path: Path) -> None:
    rows = [
        "600,supply_order,city,s,o1,water,30,",
        "600,supply_order,city,s,o1,bed,5,",
        "700,replenish,depot,,o2,water,99,",
        "3600,hand_over,depot,s,o1,water,20,",
        "7200,hand_over,depot,s,o1,water,10,",
        "9000,hand_over,depot,s,o1,bed,4,",
    ]
    log = relief_log(tmp_path, {"c": rows})
    keys = "measures: order_lines, from: {}, to: {}, within: {}"

    def scored(since: str, to: str, within: str) -> tuple[int, int]:
        path = relief_pack(tmp_path, keys.format(since, to, within))
        (row,) = score_targets(log, [load_targets(path)]).to_dict("records")
        return row["n"], row["within"]

    assert scored("occurred", "full", "2 h") == (2, 1)  # water just so; one bed never came
    assert scored("asked", "full", "6600 s") == (2, 1)
    assert scored("asked", "full", "6599 s") == (2, 0)
    assert scored("asked", "first", "8400 s") == (2, 2)


@pytest.mark.parametrize(
    "keys",
    [
        "measures: shelters, from: ordered, to: supplied, within: 2 h",
        "measures: order_lines, from: asked, to: supplied, within: 2 h",
        "measures: shelters, kinds: [medical], from: occurred, to: supplied, within: 2 h",
        "measures: order_lines, from: asked, to: full, of: first, within: 2 h",
        "from: ordered, to: arrived, within: 2 h",
        "kinds: [medical], items: [water], from: ordered, to: arrived, within: 2 h",
    ],
)
def test_a_target_names_only_what_it_can_measure(tmp_path: Path, keys: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        load_targets(relief_pack(tmp_path, keys))
    assert [(p.path, p.line) for p in caught.value.problems] == [("targets.out", 9)]
