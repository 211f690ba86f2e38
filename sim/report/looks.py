"""How the things in a swimlane look: colours, hatches, markers."""

from __future__ import annotations

from typing import Any

from matplotlib.patheffects import withStroke

from sim.report.style import BLACK, ORANGE, RED

COLOURS = {
    "check": "#88CAF2",
    "write": "#00529A",
    "move": "#CC8400",
    "work": "#007F5C",
    "supply": "#5E1440",
    "other": "#F0F2F4",
}
"""Bars of work: hues of the palette, each half as light again as the next darker one, so that they
differ in grey too; hatched is only what waits."""
WAITING: dict[str, Any] = {"facecolor": "white", "edgecolor": "#555555", "hatch": "//////"}
ROUTINE_KINDS = frozenset({"follow_up", "notice"})
MOST_ROUTINE_WORDS = 8


def bar_look(family: str) -> dict[str, Any]:
    """Return how the bars of a family are filled and edged."""
    if family == "waiting":
        return WAITING
    edge = "#7D848A" if family == "other" else "white"
    return {"facecolor": COLOURS[family], "edgecolor": edge}


MARKERS = {
    "notice": ("o", "white"),
    "confirm": ("D", BLACK),
    "activate": ("^", BLACK),
    "terminate": ("v", "white"),
    "arrive": (">", "white"),
    "stand_up": ("p", "white"),
    "publish": ("s", "white"),
    "command": ("P", BLACK),
    "inject": ("v", ORANGE),
}
HALO = [withStroke(linewidth=2.2, foreground="white")]
LATE: dict[str, Any] = {"fc": "#F6C9AE", "ec": RED, "hatch": "xxxx", "lw": 0.6}
ORDER_COLOUR = "#A8508A"
