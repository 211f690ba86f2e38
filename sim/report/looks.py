"""How the things in a swimlane look: colours, hatches, markers."""

from __future__ import annotations

from typing import Any

from matplotlib.patheffects import withStroke

from sim.report.style import BLACK, BLUE, GREEN, ORANGE, RED, SKY

SUPPLY = "#AA3377"  # darker than the palette's purple: differs from travel in grey too
COLOURS = {
    "check": SKY,
    "write": BLUE,
    "move": ORANGE,
    "work": GREEN,
    "supply": SUPPLY,
    "other": "#B8BEC4",
}
WAITING: dict[str, Any] = {"facecolor": "white", "edgecolor": "#555555", "hatch": "//////"}
ROUTINE_KINDS = frozenset({"follow_up", "notice"})
MOST_ROUTINE_WORDS = 8
ORDERS = frozenset({"order", "dispatch", "request"})
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
