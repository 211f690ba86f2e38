"""What must not change a verdict, and what must not improve or worsen it, on random records.

The records are those of the slow twin: every kind of rule, verdict and reason.  Each relation is
shown to be able to fail: `breaks` names a mistake in the scorer that it catches.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random

import pytest

from tests.oracles.compare import READINGS, pack_of, records, said, scored
from tests.oracles.mutants import mutated
from tests.oracles.random_logs import EMPTY, FULL

SEEDS = (3000, 3300)
NAMES = ("", *READINGS)
PER_CASE = ("A03-1", "A03-2", "A07-1", "A08-1", "A08-2", "A08-3", "A08-4")


def judged(cases) -> dict[tuple, list[dict]]:
    return scored(pack_of("guangxi-2012-65"), {}, cases)


def changed(change) -> tuple[dict, dict]:
    """What is said of the records, and of the records after a change: (rows, random) -> rows."""
    cases = records(*SEEDS)
    after = [change(deepcopy(list(rows)), Random(k)) for k, rows in enumerate(cases)]
    return judged(cases), judged(after)


def pairs(before: dict, after: dict, rules=lambda name: True):
    """Yield (reading, verdict and reason before, the same after); reading "" = what counts."""
    assert set(before) == set(after)
    for key, olds in before.items():
        if not rules(key[1]):
            continue
        assert len(olds) == len(after[key])
        for old, new in zip(olds, after[key], strict=True):
            for name in NAMES:
                names = [f"{name}_{part}".lstrip("_") for part in ("verdict", "reason")]
                if old[names[0]]:
                    yield old, [old[n] for n in names], [new[n] for n in names]


def shuffled(rows, random):
    random.shuffle(rows)
    return rows


def from_a_gazette(rows, random):
    return [{**row, "source": "gazette, page 3"} for row in rows]


def about_other_things(rows, random):
    """Another incident with all that belongs to it, travels, calls that mean nothing here."""
    other = deepcopy(list(records(*SEEDS)[random.randrange(300)]))
    other = [row for row in other if row["incident"] and row["activity"] != "role"]
    for row in other:
        row["message"] = row["message"] and f"other-{row['message']}"
        row["incident"] = "elsewhere"
    occur = {"activity": "occur", "incident": "elsewhere", "time": 0, "hazard": "mine"}
    observe = {"activity": "observe", "incident": "elsewhere", "time": -600, "until": 10**8}
    travel = {"activity": "travel", "phase": "started", "actor": "team-1", "time": 60}
    call = {"activity": "call", "recipient": "hechi", "object": "background/x", "time": 90}
    incident = {"incident": "leak"} if any(r["incident"] == "leak" for r in rows) else {}
    new = [{**EMPTY, **row} for row in (occur, observe, travel | incident, call)] + other
    for k, row in enumerate(new):
        row.update(case=rows[0]["case"], row=f"other-{k}", seq=1000 + k)
    return rows + new


def test_order_and_source_of_rows_change_nothing():
    for change in (shuffled, from_a_gazette):
        before, after = changed(change)
        other = [key for key in before if after.get(key) != before[key]]
        assert not other, other[:3]
        assert set(after) == set(before)


def test_rows_about_other_things_change_nothing():
    before, after = changed(about_other_things)
    occurred = {(r["case"], r["incident"]) for rows in records(*SEEDS) for r in rows if r["hazard"]}
    kept = {k: v for k, v in before.items() if (k[0], k[2]) in occurred}
    assert len(kept) > 10_000
    for key, rows in kept.items():
        assert [said(row) for row in after[key]] == [said(row) for row in rows]


RANK = {"late": 0, "unproven": 0, "open": 0, "excused": 1, "met": 2, "not_applicable": 2}
"""An incomplete record says nothing until a report turns up, even a late one."""


def one_more_full_report(rows, random):
    """A full detailed report that also says why, in writing, by one of those who owe one."""
    sender = random.choice(("hechi", "dept", "works", "county-dept"))
    to = "region" if sender in ("hechi", "dept") else random.choice(("county", "county-dept"))
    incident = random.choice(("leak", "slide"))
    held = {"kind": "detailed", "elements": FULL, "reason": "counting", "channel": "written"}
    row = {**EMPTY, **held, "activity": "reported", "actor": sender, "recipient": to}
    row.update(case=rows[0]["case"], incident=incident, row="more", seq=999)
    row["time"] = 300 * random.randint(0, 100)
    there = any(r["incident"] == incident and r["activity"] == "occur" for r in rows)
    known = {r["actor"] for r in rows if r["activity"] == "role"} >= {sender, to}
    return [*rows, row] if there and known else rows


def owed_by_reports(name: str) -> bool:
    return name.startswith("GX-")


def test_a_further_full_report_never_worsens_a_verdict():
    """Of those who send it: to those who receive it, it is notice, and starts their clocks."""
    before, after = changed(one_more_full_report)
    better = 0
    for row, (old, _), (new, _) in pairs(before, after, owed_by_reports):
        assert RANK[new] >= RANK[old], row
        better += RANK[new] > RANK[old]
    assert better > 30


def a_part_of_an_interval(rows, random):
    """Some rows' intervals become narrower, or one instant inside."""
    wide = [r for r in rows if r["time"] is None and r["time_lo"] is not None]
    for row in wide:
        if random.random() < 0.6:
            a, b = sorted(random.randint(row["time_lo"], row["time_hi"]) for _ in range(2))
            row.update(
                {"time": a, "time_lo": None, "time_hi": None} if random.random() < 0.5 else {}
            )
            row.update({"time_lo": a, "time_hi": b} if row["time"] is None else {})
    return rows


def test_narrowing_an_interval_never_turns_met_or_late_into_anything_else():
    """But where the narrower stamps contradict each other, or a duty that an exception met has
    lapsed: of an exception that was used in time, it is not known whether it was needed."""
    before, after = changed(a_part_of_an_interval)
    decided = settled = 0
    for row, old, new in pairs(before, after):
        if new[1] == "contradictory_stamps" or (row["rule"] == "GX-04" and old[0] == "met"):
            continue
        if old[0] in ("met", "late"):
            decided += 1
            assert new[0] == old[0], (row, new)
        settled += old[0] == "unproven" and new[0] in ("met", "late")
    assert decided > 3000
    assert settled > 15


ORDER = {"late": 0, "excused": 1, "met": 2}


def ends_later(before: dict):
    """Move the rows that end a clock: the receipts and acknowledgements of that report."""

    def change(rows, random):
        ends = [
            one["end_row"]
            for key, ones in before.items()
            for one in ones
            if key[0] == rows[0]["case"] and one["end_row"] and one["margin_s"] != ""
        ]
        if not ends:
            return rows
        chosen = random.choice(ends)
        end = next(row for row in rows if row["row"] == chosen)
        shift = 300 * random.choice((1, 6, 12, 40))
        for row in rows:
            same = end["message"] and row["message"] == end["message"]
            if row is end or (same and row["activity"] in ("receive", "acknowledge")):
                for name in ("time", "time_lo", "time_hi"):
                    row[name] = None if row[name] is None else row[name] + shift
                row["note"] = "moved"
        return rows

    return change


def test_moving_the_end_later_never_improves_a_verdict():
    before = judged(records(*SEEDS))
    cases = [
        ends_later(before)(deepcopy(list(r)), Random(k)) for k, r in enumerate(records(*SEEDS))
    ]
    after = judged(cases)
    moved = {(r["case"], r["row"]) for rows in cases for r in rows if r["note"] == "moved"}
    worse = 0
    for row, (old, _), (new, _) in pairs(before, after, owed_by_reports):
        if (row["case"], row["end_row"]) in moved and {old, new} <= set(ORDER):
            assert ORDER[new] <= ORDER[old], row
            worse += ORDER[new] < ORDER[old]
    assert worse > 5


BREAKS = {
    test_order_and_source_of_rows_change_nothing: [
        ("sheet", "np.lexsort((seq, lo, codes))", "np.lexsort((codes,))"),
        ("casebook", 'at, "actor", "channel", "incident"', 'at, "source", "channel", "incident"'),
    ],
    test_rows_about_other_things_change_nothing: [
        ("spans", 'span.incident in ("", incident)', "True"),
    ],
    test_a_further_full_report_never_worsens_a_verdict: [
        ("readings", "reduce(earlier, stamps)", "stamps[-1]"),
    ],
    test_narrowing_an_interval_never_turns_met_or_late_into_anything_else: [
        ("decide", "lo - end.hi, hi - end.lo", "hi - end.hi, hi - end.lo"),
    ],
    test_moving_the_end_later_never_improves_a_verdict: [
        ("decide", "if least >= needed:", "if least >= needed or most < -3600:"),
    ],
}


@pytest.mark.parametrize(
    ("relation", "mistake"), [(r, m) for r, mistakes in BREAKS.items() for m in mistakes]
)
def test_the_relation_can_fail(relation, mistake):
    with mutated(*mistake), pytest.raises(AssertionError):
        relation()
