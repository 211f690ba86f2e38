"""The figure style: leaks nothing, needs no font of the system, survives print."""

import subprocess
import sys
import warnings

import matplotlib
import pytest

from sim.report import style
from sim.report.looks import COLOURS
from sim.report.swimlane import swimlane


def _luminance(colour):
    """Relative luminance by WCAG 2.1."""
    channels = matplotlib.colors.to_rgb(colour)
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_rcparams_of_the_session_stay_as_they_are(drill, verdicts):
    with matplotlib.rc_context({"font.size": 21, "axes.unicode_minus": True, "lines.linewidth": 7}):
        before = dict(matplotlib.rcParams)
        swimlane(drill, verdicts, lang="zh").png(dpi=40)
        assert dict(matplotlib.rcParams) == before


def test_rcparams_come_back_after_an_error():
    before = dict(matplotlib.rcParams)
    with pytest.raises(RuntimeError), style.figure_style():
        raise RuntimeError
    assert dict(matplotlib.rcParams) == before


def test_the_users_style_does_not_change_the_picture(drill, verdicts):
    plain = swimlane(drill, verdicts, lang="en").png(dpi=40)
    with matplotlib.rc_context(
        {"font.size": 21, "figure.facecolor": "black", "text.usetex": False}
    ):
        assert swimlane(drill, verdicts, lang="en").png(dpi=40) == plain


def test_bundled_font_is_first_and_all_families_are_present():
    found = style.families()
    present = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
    assert set(found) <= present
    if style.FONT_FILE.exists():
        assert found[0] == "Yanlian Sans SC"


def test_chinese_is_drawn_with_the_bundled_and_default_fonts_alone(
    drill, verdicts, names, monkeypatch
):
    own = ("Yanlian Sans SC", "DejaVu Sans")
    monkeypatch.setattr(style, "families", lambda: own)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*Glyph.*")
        swimlane(drill, verdicts, lang="zh", names=names["zh"]).png(dpi=40)


def test_without_the_font_file_other_families_are_used(monkeypatch, tmp_path):
    monkeypatch.setattr(style, "FONT_FILE", tmp_path / "none.otf")
    style.families.cache_clear()
    try:
        assert style.families()[-1] == "DejaVu Sans"
    finally:
        style.families.cache_clear()


@pytest.mark.parametrize(
    ("one", "other"),
    [("check", "write"), ("move", "work"), ("move", "supply"), ("check", "supply")],
)
def test_bars_of_one_kind_of_lane_differ_in_grey(one, other):
    light, dark = _luminance(COLOURS[one]), _luminance(COLOURS[other])
    assert (max(light, dark) + 0.05) / (min(light, dark) + 0.05) > 1.5


def test_picture_shows_itself_once_in_ipython_with_and_without_inline(drill):
    core = pytest.importorskip("IPython.core.interactiveshell")
    shell = core.InteractiveShell.instance()
    picture = swimlane(drill, lang="en")
    data, _ = shell.display_formatter.format(picture)
    assert data["image/png"][:4] == b"\x89PNG"
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_importing_the_report_loads_neither_matplotlib_nor_scipy_nor_jinja():
    code = (
        "import sys, sim.report.swimlane, sim.report.ecdf, sim.report.html, sim.report.scorecard;"
        "print([m for m in ('matplotlib', 'scipy', 'jinja2') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.filterwarnings("ignore:Glyph")
def test_control_signs_in_names_leave_the_picture_readable(drill):
    """Oracle: the XML parser; matplotlib writes names as they are into comments."""
    from xml.etree import ElementTree

    names = dict.fromkeys(("plant", "county", "city"), "a\x00b\x07c\x1b]\uffff--><x")
    text = swimlane(drill, lang="en", names=names, title="\x0b").svg()
    assert ElementTree.fromstring(text).tag.endswith("svg")


def test_equal_pictures_are_equal_bytes_as_svg(drill, verdicts):
    first, second = (swimlane(drill, verdicts, lang="zh").svg() for _ in range(2))
    assert first == second
    assert "<dc:date>" not in first
