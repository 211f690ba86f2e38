"""The guide to joining, as it is printed: its files, commands, figures and words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from sim.joining import join_logs
from sim.joining.findings import CONFLICTS, COPIES, MATCHES, OTHERS
from sim.joining.inputs import read_inputs
from sim.rules import load_pack

from .conftest import rows

GUIDE = (Path(__file__).parents[2] / "docs" / "joining.md").read_text(encoding="utf-8")
FILES = dict(
    re.findall(r"^`([\w.-]+)`[^\n]*:\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
)
(CHANGED,) = re.findall(r"```yaml\n(constants: .*?)```", GUIDE, re.DOTALL)
(CLOCKS,) = re.findall(r"```yaml\n(clocks:.*?)```", GUIDE, re.DOTALL)
(CODE,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = [
    line.split()[1:]
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert set(FILES) == {"county.csv", "county.yaml", "city.csv", "city.yaml", "corrections.csv"}
    assert FILES["city.yaml"] == CHANGED
    rest = FILES["county.yaml"].split("constants:")
    words = rest[1].split("  kind:")
    files = {
        **FILES,
        "clocks.yaml": CLOCKS,
        "city.yaml": rest[0] + CHANGED + "  kind:" + words[1],
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_command_works(folder: Path, call) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(COMMANDS) == 6
    for words in COMMANDS:
        done = call(*words)
        assert done.exit_code == 0, (words, done.output)
    for name in ("events.joined.csv", "events.unread.csv", "report.html"):
        assert (folder / name).exists()
    assert before == {name: (folder / name).read_bytes() for name in before}
    shown = (folder / "report.html").read_text("utf-8")
    assert "死亡 4 → 5" in shown


def test_the_program_works(folder: Path, call, capsys) -> None:
    for words in COMMANDS[2:4]:
        call(*words)
    exec(CODE, {})
    assert "county:r9" in capsys.readouterr().out


def margin(log: sim.EventLog) -> str:
    table = sim.score(log, load_pack("guangxi-2012-65")).table.set_index("rule")
    row = table.loc["GX-02-city"]
    if row["occur_verdict"] == "unproven":
        return "unproven"
    return f"{row['occur_verdict']}, {row['occur_margin_s'] // 60:+d}"


def test_the_table_of_clocks(folder: Path) -> None:
    """Occurred 8:20, 2 h: due 10:20; the city's clock shows 10:12, in truth it is 10:19."""
    logs = {o.name: o.log for o in read_inputs([folder / "county.csv", folder / "city.csv"])}
    lines = re.findall(r"^\| .* \| (10:[\d:–]+) \| (.*) \|$", GUIDE, re.MULTILINE)
    found = [
        join_logs(logs),
        join_logs(logs, reference="county"),
        join_logs(logs, sim.load_clocks(folder / "clocks.yaml")),
    ]
    assert [words for _, words in lines] == [margin(one.log) for one in found]
    shown = []
    for one in found:
        (ends,) = [
            [word[11:].removesuffix("+08:00") for word in row[1:] if word]
            for row in rows(one.log, "recipient", "time", "time_lo", "time_hi")
            if row[0] == "region"
        ]
        shown.append("–".join(ends))
    assert [clock for clock, _ in lines] == shown


def test_every_word_of_the_list_is_explained() -> None:
    (section,) = re.findall(r"^## 4\..*?(?=^## 5\.)", GUIDE, re.DOTALL | re.MULTILINE)
    words = [
        w for row in section.splitlines() if row.startswith("| `") for w in row.split("|")[1:2]
    ]
    explained = {name for cell in words for name in re.findall(r"`(\w+)`", cell)} - {"finding"}
    assert explained == {*MATCHES, *COPIES, *CONFLICTS, *OTHERS}
