"""How every picture looks: Chinese readable anywhere, colours safe in print and for all eyes.

The style is a context manager; the rcParams of the user's session stay as they are.  All
pictures are `Picture` objects made without pyplot, so none stays open and none is shown
twice in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.report.picture import Picture

FONT_FILE = Path(__file__).parent / "fonts" / "YanlianSansSC.otf"
FAMILIES = (
    "Yanlian Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimHei",
    "DejaVu Sans",
)
"""Font families in the order of choice; only those present are used, glyph by glyph."""

# Okabe & Ito (2008), the palette that people with any colour vision can tell apart.
BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
RED = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#6E6E6E"
PALE = "#F3F5F7"

_DASHES: tuple[Any, ...] = (
    *("-", "--", "-.", ":"),
    *((0, (5, 1, 1, 1, 1, 1)), (0, (1, 1))),
)

_KEEP = {"backend", "backend_fallback", "interactive", "toolbar", "timezone"}


def series(k: int) -> tuple[str, Any, str]:
    """Return colour, dash and marker of the k-th line of a picture, from 0.

    Told apart without their colours: no two of six in a row share a dash or a marker, and no two
    of the first 36 share all.
    """
    colours, markers = (BLUE, RED, GREEN, BLACK, PURPLE, ORANGE), "os^DvP"
    turn = (k + k // 6) % 6
    return colours[k % 6], _DASHES[turn], markers[turn]


@cache
def families() -> tuple[str, ...]:
    """Return the families of `FAMILIES` that this machine has, the bundled one added."""
    from matplotlib.font_manager import fontManager

    if FONT_FILE.exists():
        fontManager.addfont(str(FONT_FILE))
    present = {font.name for font in fontManager.ttflist}
    return tuple(name for name in FAMILIES if name in present) or ("sans-serif",)


def _settings() -> dict[str, Any]:
    return {
        "font.family": list(families()),
        "font.size": 9.0,
        "axes.unicode_minus": False,
        "text.parse_math": False,  # a $ in a name is a $
        "axes.titlesize": 11.0,
        "axes.titlelocation": "left",
        "axes.labelsize": 9.0,
        "axes.edgecolor": "#444444",
        "axes.linewidth": 0.8,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 9.0,
        "legend.fontsize": 8.5,
        "legend.frameon": False,
        "hatch.linewidth": 0.7,
        "figure.dpi": 110,
        "savefig.dpi": 200,
        "savefig.facecolor": "white",
        "figure.facecolor": "white",
        "svg.fonttype": "path",
        "svg.hashsalt": "yanlian",
    }


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw in the style of this package inside a `with` block.

    Starts from matplotlib's defaults, whatever the user's session has set, and gives the
    session's rcParams back unchanged.
    """
    import matplotlib

    settings: Any = {k: v for k, v in matplotlib.rcParamsDefault.items() if k not in _KEEP}
    settings.update(_settings())
    with matplotlib.rc_context(settings):
        yield


def new_picture(width: float, height: float) -> Picture:
    """Return an empty picture, sizes in inches; call it inside `figure_style()`."""
    from sim.report.picture import Picture

    return Picture(figsize=(width, height))
