"""Names, remarks and titles never run as script: tried in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import sim
from sim.report.coverage_page import render_coverage
from sim.report.html import render_report
from sim.rules.coverage import coverage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
RUN = "document.documentElement.setAttribute('ran','1')"
EVIL = (
    f'--></text></script><script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}">]]>'
)
FOLDER = Path(__file__).parents[2] / "scenarios"

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")


def ran(path: Path, text: str) -> bool:
    """Write a page or picture, open it, and return whether foreign script ran in it."""
    path.write_text(text, encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
               "--virtual-time-budget=2000", path.as_uri()]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode()
    assert len(shown) > 100
    return 'ran="1"' in shown.split(">", 2)[0] + shown.split(">", 2)[1]


@pytest.fixture(scope="module")
def evil():
    """A drill in which every name is hostile; a scenario's names too, for the map."""
    pack = sim.load_pack("guangxi-2012-65")
    scenario = sim.load_scenario(FOLDER / "city-bridges.yaml")
    log = sim.run(scenario, 1, packs=(pack,), name="city-bridges")
    table = log.table.copy()
    table["note"] = table["note"].where(table["note"] == "", EVIL)
    names = dict.fromkeys([*scenario.places, *scenario.offices, *scenario.teams], EVIL)
    return sim.EventLog(table, log.origins), sim.score(log, pack), scenario, names


def test_the_trial_notices_script_that_runs(tmp_path) -> None:
    page = f"<!DOCTYPE html><html><head><title>{'x' * 100}</title></head><body>{EVIL}</body></html>"
    assert ran(tmp_path / "open.html", page)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg"><script>{RUN}</script>{"<g/>" * 30}</svg>'
    assert ran(tmp_path / "open.svg", picture)


def test_pages_show_hostile_names_as_text(evil, tmp_path) -> None:
    log, verdicts, scenario, names = evil
    texts = dict.fromkeys(verdicts.rules, EVIL)
    page = render_report(log, verdicts, scenario, names=names, texts=texts, title=EVIL)
    assert not ran(tmp_path / "report.html", page)
    matrix = render_coverage(coverage(verdicts), texts=texts, title=EVIL)
    assert not ran(tmp_path / "coverage.html", matrix)


def test_pictures_hold_hostile_names_as_drawn_signs(evil, tmp_path) -> None:
    """One opened by itself, as XML, and all of them inside a page."""
    log, verdicts, scenario, names = evil
    pictures = [
        sim.swimlane(log, verdicts, names=names, title=EVIL),
        sim.team_chart(log, names=names, title=EVIL),
        sim.supply_chart(log, names=names, title=EVIL),
        sim.map_chart(log, scenario, names=names, title=EVIL),
    ]
    drawn = [picture.svg() for picture in pictures]
    assert not any("<script" in text for text in drawn)
    assert not ran(tmp_path / "alone.svg", drawn[0])
    page = f"<!DOCTYPE html><html><head></head><body>{''.join(drawn)}</body></html>"
    assert not ran(tmp_path / "inline.html", page)
