"""What the guides print works: those blocks that no other test of a guide runs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.commands import cli
from sim.report.picture import Picture
from sim.texts import in_language

ROOT = Path(__file__).parents[2]
ELSEWHERE = {
    "forces": "tests/scenario/test_guide.py",
    "supplies": "tests/scenario/test_guide_supplies.py",
    "studies": "tests/experiment/test_guide.py",
    "record": "tests/log/test_guide_record.py",
    "import": "tests/intake/test_guide_import.py",
    "packs": "tests/rules/test_guide_packs.py",
    "register": "tests/cli/test_register.py",
    "extend": "tests/docs/test_extend.py",
    "against": "tests/experiment/test_against_guide.py",
    "msel": "tests/exercise/test_guide_msel.py",
    "papers": "tests/exercise/papers/test_guide.py",
    "sheets": "tests/intake/test_guide_sheets.py",
    "exports": "tests/intake/test_guide_exports.py",
    "joining": "tests/joining/test_guide_joining.py",
    "page": "tests/page/test_guide.py",
    "pictures": "tests/report/test_guide_pictures.py",
}
"""Guide -> the test that runs its blocks; the rest are run here."""
HERE = ("calibration", "directive", "readings", "report")
PICTURES_ONLY = ("architecture", "index", "reference")


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(name: str) -> list[list[str]]:
    joined = "".join(blocks(name, "sh")).replace("\\\n", " ")
    return [shlex.split(line, comments=True)[1:] for line in joined.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: the scenarios, and the drill of the first command."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    with pytest.MonkeyPatch.context() as patch, in_language("en"):
        patch.chdir(folder)
        run(["run", "scenarios/river-flood.yaml", "--out", "out/flood"])
        case = "scenarios/real/hengxian_2009_fire/events.csv"
        run(["report", case, "--out", "unit.docx"])  # stands for a unit's own template
    return folder


@pytest.fixture(autouse=True)
def there(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    with in_language("en"):
        yield


def run(words: list[str]) -> str:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, f"{words}\n{done.output}"
    return done.output


def test_every_guide_with_blocks_is_run_by_a_test() -> None:
    with_blocks = {
        path.stem for path in (ROOT / "docs").glob("*.md") if "```" in path.read_text("utf-8")
    }
    assert with_blocks == {*ELSEWHERE, *HERE, *PICTURES_ONLY}
    for guide, test in ELSEWHERE.items():
        assert f"{guide}.md" in (ROOT / test).read_text("utf-8")


def test_report(folder: Path) -> None:
    for words in commands("docs/report.md"):
        if words[words.index("--out") + 1].endswith(".pdf"):
            continue  # LibreOffice is tried in tests/report/test_word.py
        run(words)
    assert (folder / "out/flood.docx").read_bytes()[:2] == b"PK"
    assert (folder / "out/hengxian.docx").exists()


def test_directive(folder: Path) -> None:
    for words in commands("docs/directive.md"):
        run(words)
    assert (folder / "out/score.html").exists()


def test_readings(folder: Path) -> None:
    """The clock of the block says +7 min, within 1 min: what it stamped becomes an interval."""
    (text,) = blocks("docs/readings.md", "yaml")
    (folder / "clocks.yaml").write_text(text, encoding="utf-8")
    clocks = sim.load_clocks(folder / "clocks.yaml")
    assert clocks.clocks["hechi-gov"].offset == 420
    scenario = sim.load_scenario("scenarios/chemical-leak.yaml")
    pack = sim.load_pack("guangxi-2012-65")
    sim.write_log(sim.run(scenario, packs=(pack,)), folder / "leak.csv")
    said = run(["score", "leak.csv", "--clocks", "clocks.yaml", "--format", "json"])
    assert "clock_corrected" in said


def test_calibration(folder: Path) -> None:
    (words,) = commands("docs/calibration.md")
    printed = run(words)
    assert printed.count("lognormal:") >= 20
    assert (folder / "fit.png").read_bytes().startswith(b"\x89PNG")
    study = sim.make_study(
        ".",
        scenario="scenarios/chemical-leak.yaml",
        options={"start": "occur"},
        factors={"incidents.leak.noticed.works": ["4 min", "20 min", "40 min"]},
        measures={"time to report": {"elapsed": "GX-01"}},
        replications=4,
    )
    sim.conduct(study, out="out/study")
    (code,) = blocks("docs/calibration.md", "python")
    space: dict = {}
    exec(compile(code, "calibration.md", "exec"), space)
    assert space["found"].mean.estimate > 0


def test_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = blocks("README.md", "python")
    lines = code.rstrip().splitlines()
    space: dict = {}
    exec(compile("\n".join(lines[:-1]), "README.md", "exec"), space)
    assert isinstance(eval(lines[-1], space), Picture)
