"""Deadlines judged by whole columns against the judges that go case by case (the slow twin)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import numpy as np
import pandas as pd
import pytest

from sim.log.record import EventLog, typed
from sim.log.schema import TEXTS
from sim.rules import bulk, load_pack, score

HEAD = """\
format: 1
id: own
version: "1"
title: {zh: 自定规定, en: own rules}
valid: {from: 2020-01-01}
jurisdiction: somewhere
score_anchor: occur
sources:
  text: {title: 某文件, confidence: high}
rules:
"""
RULE = """\
  {name}:
    clause: 第一条
    text: {{zh: 义务, en: duty}}
    modality: 应
    kind: deadline
    per: case
    owner: case
    start: {{activity: other, object: a}}
    end: {{activity: other, object: {end}}}
    limit: {limit}
    strict: {strict}
{more}"""
EACH = ("", "    each: start\n", "    each: start\n    same: [place]\n")


def pack_text() -> str:
    """One rule for every combination of limit, end, strictness and way of starting."""
    rules = []
    for k, (limit, end, strict, more) in enumerate(
        product(("5 min", "due", "allowed"), ("b", "a"), ("true", "false"), EACH)
    ):
        rules.append(RULE.format(name=f"R{k}", limit=limit, end=end, strict=strict, more=more))
    return HEAD + "".join(rules)


ORIGIN = datetime(2024, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))


def as_log(rows: list[dict], origins: dict) -> EventLog:
    columns = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        absent = "" if name in TEXTS else None
        columns[name] = [row.get(name, absent) for row in rows]
    return EventLog(typed(columns, len(rows)), origins)


def random_log(seed: int) -> EventLog:
    """Forty cases of up to nine rows: ties, gaps, intervals, limits that differ or are missing."""
    rng = np.random.default_rng(seed)
    rows, origins = [], {}
    for case in range(40):
        name = f"c{case}"
        origins[name] = ORIGIN
        intervals, due = case % 5 == 4, case % 4
        for k in range(int(rng.integers(1, 10))):
            second = 60 * int(rng.integers(0, 20))
            row = {"row": f"r{k}", "case": name, "seq": k, "activity": "other"}
            row |= {"object": str(rng.choice(["a", "b", "c"])), "place": str(rng.choice(["", "p"]))}
            row |= {"time": second, "resolution": int(rng.choice([1, 60]))}
            if intervals and rng.random() < 0.4:
                row |= {"time": None, "time_lo": second, "time_hi": second + 300}
            if due == 1 or (due == 2 and rng.random() < 0.5):
                row |= {"due": 60 * (10 if due == 1 else int(rng.integers(0, 20))), "allowed": 120}
            rows.append(row)
        for k in range(int(rng.integers(0, 3))):
            span = {"row": f"o{k}", "case": name, "seq": 20 + k, "activity": "observe"}
            since = None if rng.random() < 0.4 else 60 * int(rng.integers(0, 5))
            until = 60 * int(rng.integers(6, 30))
            actor = str(rng.choice(["", "", "x"]))
            rows.append({**span, "time": since, "until": until, "actor": actor})
        if case % 9 == 8:
            rows.append({"row": "n", "case": name, "seq": 30, "activity": "notice", "actor": "x"})
            rows[-1]["time"] = 0
    names = ("time_lo", "time_hi", "until", "due", "allowed")
    rows = [{**dict.fromkeys(names), "resolution": 1, **row} for row in rows]
    return as_log(rows, origins)


@pytest.mark.parametrize("seed", range(4))
def test_columns_at_once_and_case_by_case_give_the_same_table(
    seed: int, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(pack_text(), encoding="utf-8")
    pack, log = load_pack(path), random_log(seed)
    fast = score(log, pack).table
    monkeypatch.setattr(bulk, "plain", lambda duties: {})
    slow = score(log, pack).table
    pd.testing.assert_frame_equal(fast, slow)
    assert {"met", "late", "open", "unproven", "not_applicable"} <= set(fast["verdict"])
    assert {"no_limit", "no_start", "never_reported", "not_observed"} <= set(fast["reason"])


def test_most_cases_are_judged_by_whole_columns(tmp_path) -> None:
    """Else the comparison above would compare the slow way with itself."""
    from sim.rules.scene import Scene
    from sim.rules.scoring import _duties
    from sim.rules.sheet import Sheet

    path = tmp_path / "own.yaml"
    path.write_text(pack_text(), encoding="utf-8")
    scene = Scene(Sheet(random_log(0)))
    pack = load_pack(path)
    found = bulk.Bulk(_duties(pack, scene), scene)
    assert len(found.judged) == len(pack.rules)
    assert all(len(left) < 25 for left in found.left.values())
