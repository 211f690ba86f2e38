"""The site: built without a warning, nothing from a network, and found by Chinese words."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.browser.chrome import chrome

ROOT = Path(__file__).parents[2]


def test_the_page_on_architecture_draws_the_layers_that_are_held() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    held = [set(re.findall(r"\w+", layer)) for layer in layers]
    there = {path.stem for path in (ROOT / "sim").iterdir() if not path.name.startswith("_")}
    held = [layer & there for layer in held if layer & there]
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    drawing = re.findall(r"```text\n(.*?)```", text, re.DOTALL)[1]
    drawn = [set(re.findall(r"\w+", line[:40])) for line in drawing.splitlines()]
    assert drawn == held
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set().union(*held)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without running its notebooks; `tasks.py docs` runs them."""
    for package in ("sphinx", "myst_nb", "furo"):
        pytest.importorskip(package, reason="what builds the site is in the extra docs")
    out = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
    words += ["-D", "nb_execution_mode=off", str(ROOT / "docs"), str(out)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    fetched = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']?(?:https?:)?//""")
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert not fetched.search(page.read_text(encoding="utf-8")), page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import).{0,3}https?:", style.read_text("utf-8")), style


def test_every_guide_every_notebook_and_every_public_name_is_there(site: Path) -> None:
    import sim

    for path in (ROOT / "docs").glob("*.md"):
        assert (site / f"{path.stem}.html").exists()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert (site / "_lab/notebooks" / f"{path.stem}.html").exists()
    text = (site / "reference.html").read_text(encoding="utf-8")
    for name in sim.__all__:
        assert f'id="sim.{name}"' in text


def test_line_ends_within_chinese_leave_no_gap(site: Path) -> None:
    text = (site / "architecture.html").read_text(encoding="utf-8")
    assert not re.search("[\u4e00-\u9fff，。、；：]\n[\u4e00-\u9fff]", text)


@pytest.mark.browser
def test_chinese_words_are_found_from_the_disk(site: Path, tmp_path: Path) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    with chrome(tmp_path) as window:
        for asked, page in (("储备库", "supplies"), ("派队规则", "extend")):
            window.get(f"{(site / 'search.html').as_uri()}?q={asked}")
            wanted = f"ul.search a[href*='{page}.html']"
            WebDriverWait(window, 30).until(
                lambda found, wanted=wanted: found.find_elements("css selector", wanted)
            )
