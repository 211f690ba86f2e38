"""Random records: what must not change a verdict, what must not worsen it, and slow twins."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.log.record import EventLog, typed
from sim.rules import load_pack, score, scoring
from sim.rules.decide import Clock, decide
from sim.rules.stamps import INF, Stamp

ORIGIN = datetime(2024, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"
ACTORS = ("hechi", "dept", "region", "dahua")
HEAD = [
    {"activity": "role", "actor": "hechi", "actor_role": "city_gov", "superior": "region"},
    {"activity": "role", "actor": "dept", "actor_role": "region_dept", "supervises": "flood"},
    {"activity": "role", "actor": "region", "actor_role": "region_gov"},
    {"activity": "role", "actor": "dahua", "actor_role": "county_gov", "superior": "hechi"},
]
NUMBERS = {"time", "time_lo", "time_hi", "until", "seq", "dead"}
SEARCH = settings(max_examples=40, deadline=None, derandomize=True)


def log_of(rows: list[dict], case: str = "drill") -> EventLog:
    rows = [{"row": f"r{k}", "case": case, "seq": k} | row for k, row in enumerate(rows)]
    names = {name for row in rows for name in row}
    absent = {name: None if name in NUMBERS else "" for name in names}
    columns = {name: [row.get(name, absent[name]) for row in rows] for name in names}
    return EventLog(typed(columns, len(rows)), {case: ORIGIN})


minutes = st.integers(0, 500).map(lambda m: m * 60)


@st.composite
def instants(draw):
    if draw(st.booleans()):
        return {"time": draw(minutes)}
    lo = draw(minutes)
    return {"time_lo": lo, "time_hi": lo + 60 * draw(st.integers(1, 40))}


def message(number: int, sender: str, time: dict, kind: str, elements: str, stages: int):
    common = {"incident": "i", "message": f"m{number}", "kind": kind, "elements": elements} | time
    rows = [{"activity": "send", "phase": "ended", "actor": sender, "recipient": "region"}]
    rows += [{"activity": "receive", "actor": "region"}]
    rows += [{"activity": "acknowledge", "actor": "region", "recipient": sender}]
    return [row | common for row in rows[:stages]]


@st.composite
def records(draw):
    """Rows of one case: some confirmations, notices, reports, truths and complete spans."""
    rows = [dict(row) for row in HEAD]
    rows += [{"activity": "occur", "incident": "i", "hazard": "flood"} | draw(instants())]
    for _ in range(draw(st.integers(0, 6))):
        actor, when = draw(st.sampled_from(ACTORS)), draw(instants())
        kind = draw(st.sampled_from(["confirm", "notice", "truth"]))
        row = {"activity": kind, "actor": actor, "incident": "i"} | when
        if kind == "confirm":
            row["grade"] = draw(st.sampled_from(["I", "II", "III", "IV"]))
        if kind == "truth":
            row |= {"actor": "", "dead": draw(st.integers(0, 40))}
        rows.append(row)
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["initial", "situation", "detailed", "explanation", ""]))
        elements = draw(st.sampled_from(["", "time|place|nature", "measures", TEN]))
        part = message(
            number,
            draw(st.sampled_from(["hechi", "dept"])),
            draw(instants()),
            kind,
            elements,
            draw(st.integers(1, 3)),
        )
        if draw(st.booleans()):
            part[0]["reason"] = "bridge gone"
        rows += part
    for _ in range(draw(st.integers(0, 2))):
        since = draw(minutes)
        rows.append({"activity": "observe", "time": since, "until": since + draw(minutes)})
    return rows


def verdicts(log: EventLog) -> pd.DataFrame:
    return score(log, load_pack("guangxi-2012-65")).table


def columns_but_rows(table: pd.DataFrame) -> list[dict]:
    return table.drop(columns="evidence").astype(object).fillna("").to_dict("records")


@SEARCH
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    log = log_of(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = EventLog(log.table.iloc[order].reset_index(drop=True), log.origins)
    pd.testing.assert_frame_equal(verdicts(log), verdicts(shuffled))


@SEARCH
@given(records())
def test_the_source_changes_nothing(rows):
    real = log_of([row | {"source": "gazette, page 3"} for row in rows])
    simulated = log_of([row | {"source": "simulated"} for row in rows])
    pd.testing.assert_frame_equal(verdicts(real), verdicts(simulated))


@SEARCH
@given(records(), records())
def test_rows_about_other_things_change_nothing(rows, others):
    unrelated = [
        {"activity": "travel", "phase": "started", "actor": "team-1", "incident": "i", "time": 60},
        {"activity": "call", "recipient": "hechi", "object": "background/x", "time": 90},
        {"activity": "answer", "phase": "ended", "actor": "hechi", "time": 95},
        {"activity": "send", "phase": "ended", "actor": "team-1", "recipient": "hechi", "time": 99},
    ]
    about_else = [
        row | {"incident": "j", "message": f"j{row['message']}" if row.get("message") else ""}
        for row in others
        if row["activity"] not in ("role", "observe")
    ]
    before = columns_but_rows(verdicts(log_of(rows)))
    mixed = verdicts(log_of(rows + unrelated + about_else))
    assert columns_but_rows(mixed[mixed["incident"] != "j"]) == before


@SEARCH
@given(records(), records())
def test_other_cases_change_nothing(rows, others):
    first, second = log_of(rows, "a"), log_of(others, "b")
    both = EventLog(
        pd.concat([second.table, first.table], ignore_index=True), second.origins | first.origins
    )
    together = verdicts(both)
    alone = verdicts(first)
    kept = together[together["case"] == "a"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone)


RANK = {"late": 0, "unproven": 0, "open": 0, "excused": 1, "met": 2, "not_applicable": 2}
"""An incomplete record says nothing until a report turns up, even a late one."""


def discharged(table: pd.DataFrame) -> pd.DataFrame:
    """The duties that a report can discharge; A08-5 and A10-5 judge each report by itself."""
    return table[~table["rule"].isin(["A08-5", "A10-5"])].reset_index(drop=True)


@SEARCH
@given(records(), instants(), st.sampled_from(["hechi", "dept"]))
def test_a_further_full_report_never_worsens_a_verdict(rows, when, sender):
    more = message(99, sender, when, "detailed", TEN, 3)
    names = ["verdict", *(f"{r}_verdict" for r in ("occur", "receive", "confirm"))]
    before, after = (discharged(verdicts(log_of(part))) for part in (rows, rows + more))
    assert len(before) == len(after)
    for name in names:
        for old, new in zip(before[name], after[name], strict=True):
            lapsed = old == "not_applicable"  # by a fall of the grade; was it done before that?
            if old and not (lapsed and new == "unproven"):
                assert RANK[new] >= RANK[old]
    late = (before["verdict"] == "late") & (after["verdict"] == "late")
    margins = before["margin_s"][late], after["margin_s"][late]
    assert (margins[1] >= margins[0]).fillna(True).all()


@SEARCH
@given(
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(0, 500),
    st.booleans(),
)
def test_plain_records_agree_with_arithmetic_by_hand(a, b, c, acked, complete):
    """Slow twin: start + 2 h against the end, nothing else."""
    occur, receive, confirm = sorted([a, b, c])
    rows = [dict(row) for row in HEAD]
    rows += [{"activity": "occur", "incident": "i", "hazard": "flood", "time": occur * 60}]
    rows += [{"activity": "notice", "actor": "hechi", "incident": "i", "time": receive * 60}]
    rows += [
        {
            "activity": "confirm",
            "actor": "hechi",
            "incident": "i",
            "time": confirm * 60,
            "grade": "I",
        }
    ]
    rows += message(1, "hechi", {"time": acked * 60}, "initial", "", 3)
    if complete:
        rows += [{"activity": "observe", "time": 0, "until": 10**6}]
    table = verdicts(log_of(rows))
    row = table[table["rule"] == "GX-02-city"].to_dict("records")[0]
    starts = {"occur": occur, "receive": receive, "confirm": confirm}
    for name, start in starts.items():
        assert row[f"{name}_margin_s"] == (start + 120 - acked) * 60
        assert row[f"{name}_verdict"] == ("met" if acked <= start + 120 else "late")


small = st.tuples(st.integers(0, 8), st.integers(0, 5))


@SEARCH
@given(small, small, st.integers(0, 6), st.booleans())
def test_intervals_agree_with_trying_every_value(start, end, limit, strict):
    """Slow twin: every pair of possible values is judged by itself."""
    begins = range(start[0], start[0] + start[1] + 1)
    ends = range(end[0], end[0] + end[1] + 1)
    in_time = {(e < s + limit) if strict else (e <= s + limit) for s, e in product(begins, ends)}
    expected = {frozenset({True}): "met", frozenset({False}): "late"}
    clock = Clock(Stamp(begins[0], begins[-1]), True, limit, 0, strict)
    result = decide(clock, Stamp(ends[0], ends[-1]), -INF)
    assert result.verdict == expected.get(frozenset(in_time), "unproven")
    if result.verdict != "unproven":
        margins = [s + limit - e for s, e in product(begins, ends)]
        assert result.margin == (min(margins) if result.verdict == "met" else max(margins))


@SEARCH
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), max_size=5), st.integers(0, 30))
def test_complete_spans_agree_with_ticking_off_seconds(spans, start):
    """Slow twin: a set of observed seconds."""
    from sim.rules.spans import complete_until, merged

    seconds = {second for lo, n in spans for second in range(lo, lo + n + 1)}
    last = start
    while last in seconds:
        last += 1
    expected = last - 1 if start in seconds else -INF
    assert complete_until(merged((lo, lo + n) for lo, n in spans), start) == expected


@pytest.mark.parametrize("block", [1, 50, scoring.BLOCK])
def test_a_large_record_gives_the_same_as_its_cases_one_by_one(block, monkeypatch):
    monkeypatch.setattr(scoring, "BLOCK", block)
    random = np.random.default_rng(7)
    rows, origins = [], {}
    for number in range(40):
        case = f"base/{number}"
        origins[case] = ORIGIN
        part = [dict(row) for row in HEAD]
        part += [{"activity": "occur", "incident": "i", "hazard": "flood", "time": 0}]
        part += [{"activity": "notice", "actor": "hechi", "incident": "i", "time": 600}]
        grade = random.choice(["II", "III"]).item()
        part += [
            {"activity": "confirm", "actor": "hechi", "incident": "i", "time": 900, "grade": grade}
        ]
        acked = int(random.integers(1, 30_000))
        part += message(1, "hechi", {"time": acked}, "detailed", TEN, 3)
        table = log_of(part, case).table
        rows.append(table)
    log = EventLog(pd.concat(rows, ignore_index=True), origins)
    together = verdicts(log)
    one_by_one = pd.concat([verdicts(part) for part in log.split()], ignore_index=True)
    one_by_one = one_by_one.sort_values("case", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(together, one_by_one)
