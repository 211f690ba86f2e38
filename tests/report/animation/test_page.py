"""The animation as a page: nothing foreign runs or loads; Chromium and Python agree."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import warnings
from html import unescape

import pytest

from sim.report.animation import write_animation
from sim.report.animation.film import make_film
from sim.report.animation.moves import moves, position
from sim.report.animation.page import safe_json
from sim.report.animation.stage import set_stage
from sim.report.names import roles
from sim.report.style import figure_style
from sim.texts import in_language

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
RUN = "document.documentElement.dataset.ran='1'"
EVIL = f'</script><script>{RUN}</script><img src=x onerror="{RUN}">]]>-->'
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")


def shown(path, *options: str, fragment: str = "") -> str:
    """Return the page as Chromium has it after its script ran."""
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", *options,
               "--virtual-time-budget=3000", f"file://{path}{fragment}"]  # fmt: skip
    found = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return found.stdout.decode()


@pytest.fixture
def page(tmp_path, small_log, towns):
    return write_animation(tmp_path / "map.html", small_log, towns, lang="zh", title="某次演练")


def test_the_page_is_whole_and_asks_for_nothing(page) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r'(?:src|href)="(?!#|data:)', text) == []
    assert "http" not in re.sub(r"http://www\.w3\.org/\S+|http-equiv", "", text)
    assert '<html lang="zh-CN">' in text
    assert text.count("<script") == 2


def test_only_the_pages_own_script_and_style_may_run(page) -> None:
    text = page.read_text("utf-8")
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)', text)[1])
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        code = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{code}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_json_in_the_page_cannot_end_its_element_and_says_the_same() -> None:
    data = {"a": [EVIL, "\u2028<!--", "&lt;"], "b": None}
    assert not set("<>&\u2028") & set(safe_json(data))
    assert json.loads(safe_json(data)) == data


def test_no_chinese_page_holds_english_words_of_ours(page) -> None:
    text = re.sub(r"<(script|style|head)\b.*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
    words = re.findall(r'aria-label="([^"]*)"', text) + re.findall(r">([^<>]+)<", text)
    assert words
    ours = [w for w in words if re.search(r"[A-Za-z]{4}", w) and "t1" not in w]
    names = {"JavaScript", "Home", "county", "city", "nowhere"}
    assert not [w for w in ours if not names & set(re.findall("[A-Za-z]+", w))]


def test_every_sign_can_be_drawn(small_log, towns, tmp_path) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*Glyph.*")
        write_animation(tmp_path / "x.html", small_log, towns, lang="zh", title="融江洪涝与转移")


@needs_browser
def test_no_name_title_or_remark_runs_as_script(tmp_path, make_small) -> None:
    small, make_towns = make_small
    log, towns = small(EVIL), make_towns(EVIL)
    names = dict.fromkeys(("city", "county", "t1", "a", "b", "c", "fire"), EVIL)
    page = write_animation(tmp_path / "evil.html", log, towns, lang="zh", names=names, title=EVIL)
    dom = shown(page, fragment="#e2")
    assert "data-ran" not in re.search("<html[^>]*>", dom)[0]
    assert dom.count("<script") == 2
    assert "<img" not in dom
    assert 'class="now"' in dom, "the page's own script ran"
    assert "&lt;/script&gt;" in dom, "the name is shown as text"


@needs_browser
@pytest.mark.parametrize("event", [3, 5])
def test_the_script_puts_teams_where_python_puts_them(page, small_log, towns, event: int) -> None:
    dom = shown(page, fragment=f"#e{event}")
    with in_language("zh"), figure_style():
        film = make_film(small_log, towns, {})
        stage = set_stage(film, roles(small_log.table), {}, "")
    data, second = moves(film, stage), film.captions[event - 1].time
    circles = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="7.5" fill="([^"]+)"', dom)
    found = [position(mover, "scene", second) for mover in data["movers"]]
    expected = [(x, y, moving) for (x, y), moving in filter(None, found)]
    assert len(circles) == len(expected) == 2
    for (cx, cy, fill), (x, y, moving) in zip(circles, expected, strict=True):
        below = 0 if moving else 13
        assert (float(cx), float(cy)) == (pytest.approx(x, abs=1), pytest.approx(y + below, abs=1))
        assert (fill != "#fff") == moving
    assert f">2026-06-20 05:0{second // 60}</output>" in dom


@needs_browser
def test_who_asks_for_less_motion_is_told(page) -> None:
    still = shown(page, "--force-prefers-reduced-motion", fragment="#e2")
    moving = shown(page, fragment="#e2")
    hidden = r'<p[^>]*id="still-note"[^>]*hidden'
    assert re.search(hidden, moving)
    assert not re.search(hidden, still)
