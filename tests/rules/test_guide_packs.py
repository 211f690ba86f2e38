"""The guide to rule packs: its blocks make a pack that judges the record as the guide says."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.rules import doubts, load_pack
from sim.rules.kinds import PER

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "packs.md").read_text(encoding="utf-8")
RECORD = re.search(r"```csv\n(.*?)```", (DOCS / "record.md").read_text("utf-8"), re.DOTALL)[1]
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_text("".join(BLOCKS), encoding="utf-8")
    assert doubts(path) == []
    return load_pack(path)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "drill.csv"
    path.write_text(RECORD, encoding="utf-8")
    return sim.read_log(path)


def printed() -> list[tuple[str, str, str, str]]:
    """Rule, recurrence, verdict and margin of every line of the guide's last table."""
    rows = re.findall(r"^\| `(L-[\w-]+)`(?: #(\d))? \| (\w+) \| (-?\d*) ?\|", GUIDE, re.MULTILINE)
    assert len(rows) == 11
    return rows


def test_the_record_comes_out_as_printed(pack, log):
    table = sim.score(log, pack).table
    found = []
    for row in table.to_dict("records"):
        margin = row["margin_s"]
        words = "" if margin is None or margin is pd.NA else str(margin // 60)
        found.append((row["rule"], str(row["recurrence"] or ""), row["verdict"], words))
    assert found == printed()


def test_the_option_of_the_guide(pack, log):
    table = sim.score(log, pack, {"county_limit": "hour"}).table.set_index("rule")
    assert (table.at["L-3", "verdict"], table.at["L-3", "margin_s"]) == ("met", 20 * 60)


def test_every_step_of_the_guide_that_ends_a_rule_is_a_pack_already(tmp_path):
    """From the third block on, what has been copied so far is valid (options name later rules)."""
    for count in range(3, len(BLOCKS) + 1):
        path = tmp_path / f"{count}.yaml"
        path.write_text("".join(BLOCKS[:count]), encoding="utf-8")
        assert load_pack(path).rules


def test_the_table_of_kinds_is_that_of_the_program():
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\| ([\w, ]+) \|$", GUIDE, re.MULTILINE)
    assert {kind: tuple(per.split(", ")) for kind, per in rows} == PER


def test_files_that_the_guide_names_are_there():
    for name in re.findall(r"\]\(([\w./-]+)\)", GUIDE):
        assert (DOCS / name).is_file()
    assert (DOCS.parent / "scenarios" / "pack.schema.json").is_file()
