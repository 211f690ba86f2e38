"""Every .csv and .xlsx that the commands write, walked cell by cell: none starts a formula.

What goes in is full of them: names in the scenario, notes and actors of foreign files, ids of
cases, texts of persons.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from sim.cli import cli

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).parents[2]
EVIL = "=HYPERLINK(1)"
FOREIGN = f"""\
case;when;what;who;note
{EVIL};2026-03-19 08:00;notice;@SUM(A1);+1+2|x
{EVIL};2026-03-19 08:10;send;-2+3|x;"\t=1"
../up;2026-03-19 08:20;notice;{EVIL};＝1
{EVIL};never;{EVIL};{EVIL};{EVIL}
"""
MAPPING = """\
mapping: 1
case: case
columns: {when: time, what: activity, who: [actor, recipient, object], note: note}
organisations: {'~=.*': {role: city_gov}, '~@.*': {role: team, team_kind: medical}}
others: keep
time: {zone: Asia/Shanghai}
complete: {until: last}
"""
STUDY = """
study: 1
scenario: leak.yaml
factors:
  "=crew":
    "=seven": {teams.yizhou-fire-1.strength: 7}
    "@eight": {teams.yizhou-fire-1.strength: 8}
replications: 2
measures:
  "=first": {arrival: first}
"""
NUMBER = re.compile(r"[-+]?[\d.,:\s]*(e[-+]?\d+)?|-inf|\+inf", re.IGNORECASE)
WRITERS = {
    "sim/exercise/papers/write.py": "papers",
    "sim/exercise/workbook.py": "msel export",
    "sim/files/harmless.py": "run, study, targets, score and coverage --format csv",
    "sim/files/sheetwriter.py": "checklist, register",
    "sim/intake/ratings/write.py": "sheets export",
    "sim/intake/report.py": "import",
    "sim/joining/listing.py": "join",
    "sim/log/csvfile.py": "run, import",
    "sim/page/work/edit.py": "a user's own file with cells he corrected: see tests/page",
    "sim/register/sheet.py": "register actions",
    "sim/report/coverage.py": "coverage --format csv",
    "sim/rules/checklist.py": "checklist",
}
"""Files that write cells, and by which command below they are walked."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "scenarios/chemical-leak.yaml").read_text("utf-8")
    names = r"\{zh: ([^,{}\n\"']+), en: ([^,{}\n\"']+)\}"
    text, number = re.subn(names, r'{zh: "=\1", en: "=\2"}', text)
    assert number > 20
    (tmp_path / "leak.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "foreign.csv").write_text(FOREIGN, encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def risky(text: str) -> bool:
    return text.lstrip("\n ")[:1] in tuple("=+-@\t\r＝＋－＠") and not NUMBER.fullmatch(text)


def cells_of_csv(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell]


def formulas(path: Path) -> list[str]:
    """Return the cells of a file that a spreadsheet would compute."""
    if path.suffix == ".csv":
        return [cell for cell in cells_of_csv(path.read_text("utf-8-sig")) if risky(cell)]
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert cells, path
    return [str(c.value) for c in cells if c.data_type == "f" or risky(str(c.value))]


def walk(folder: Path, inputs: set[Path]) -> dict[str, list[str]]:
    """Return file -> its formulas, of all tables in a folder but those that went in."""
    made = [p for p in sorted(folder.rglob("*")) if p.suffix in (".csv", ".xlsx", ".tsv", ".ods")]
    return {str(p.relative_to(folder)): formulas(p) for p in made if p not in inputs}


def test_nothing_written_by_a_drill_and_its_papers_is_a_formula(folder: Path, call) -> None:
    inputs = set(folder.iterdir())
    commands = [
        ("run", "leak.yaml", "--out", "drill", "--targets", "fire-china"),
        ("sheets", "export", "leak.yaml", "--out", "forms.xlsx"),
        ("sheets", "export", "drill/events.csv", "--out", "forms-en.xlsx", "--lang", "en"),
        ("checklist", "export", "--out", "ticks.xlsx"),
        ("checklist", "export", "--out", "ticks.csv", "--lang", "en"),
        ("targets", "drill/events.csv", "--targets", "fire-china", "--out", "targets.csv"),
        ("msel", "export", "leak.yaml", "--out", "msel.xlsx"),
        ("papers", "leak.yaml", "--out", "papers"),
    ]
    for words in commands:
        if words[0] in cli.commands:
            done = call(*words)
            assert done.exit_code == 0, (words, done.output)
    found = walk(folder, inputs)
    assert {"drill/events.csv", "drill/verdicts.csv", "drill/teams.csv", "forms.xlsx"} <= set(found)
    assert {"drill/supplies.csv", "drill/targets.csv", "ticks.xlsx", "ticks.csv"} <= set(found)
    assert not {name: cells for name, cells in found.items() if cells}
    assert "'=" in (folder / "drill/events.csv").read_text("utf-8-sig")


def test_nothing_written_of_a_foreign_file_is_a_formula(folder: Path, call) -> None:
    inputs = set(folder.iterdir())
    done = call("import", "foreign.csv", "--mapping", "m.yaml", "--out", "events.csv")
    assert done.exit_code == 0, done.output
    for form in ("score", "coverage"):
        done = call(form, "events.csv", "--format", "csv")
        assert done.exit_code == 0, done.output
        cells = cells_of_csv(done.stdout)
        assert any(cell.startswith("'=") for cell in cells) or form == "coverage"
        assert not [cell for cell in cells if risky(cell)]
    record = ROOT / "scenarios/real/hengxian_2009_fire/events.csv"
    who = ("--by", EVIL)
    commands = [
        ("register", "add", record, "--plan", EVIL, *who),
        ("register", "confirm", "1", "--text", EVIL, *who),
        ("register", "assign", "1", "--what", "@x", "--owner", "+1+x", "--due", "2027-01-01", *who),
        ("register", "export", "--out", "actions.xlsx"),
    ]
    for words in commands:
        done = call(*words)
        assert done.exit_code == 0, (words, done.output)
    if "join" in cli.commands:
        call("join", "events.csv", "--out", "joined.csv")
    found = walk(folder, inputs)
    assert {"events.csv", "events.unread.csv", "actions.xlsx"} <= set(found)
    assert not {name: cells for name, cells in found.items() if cells}
    made = {path.name for path in folder.parent.iterdir()}
    assert "up" not in made  # the id of a case is no path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_written_by_a_study_is_a_formula(folder: Path, call, lang: str) -> None:
    pytest.importorskip("duckdb")
    (folder / "s.yaml").write_text(STUDY, encoding="utf-8")
    inputs = set(folder.iterdir())
    done = call("study", "s.yaml", "--engine", "serial", "--lang", lang)
    assert done.exit_code == 0, done.output
    found = walk(folder, inputs)
    assert {"out/s/numbers.csv", "out/s/shares.csv"} & set(found)
    assert not {name: cells for name, cells in found.items() if cells}


def test_every_file_that_writes_cells_is_walked_here() -> None:
    """A new writer of tables takes its place in WRITERS and in one of the tests above."""
    sign = re.compile(r"\.to_csv\(|csv\.writer\(|\bWorkbook\(|write_list\(|\.to_excel\(")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "sim").rglob("*.py")
        if sign.search(path.read_text("utf-8"))
    }
    assert found <= set(WRITERS)
