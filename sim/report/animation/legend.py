"""What the signs of an animation mean: only those that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.animation.board import Box
from sim.report.animation.film import Film
from sim.report.looks import ORDER_COLOUR
from sim.report.map_signs import MARKS
from sim.report.style import BLACK, ORANGE, RED
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REPORT, SUPPLY = "#222222", "#6B4A00"
DASHES = {"report": "", "order": "6 3", "failed": "2 3"}
COLOURS = {"report": REPORT, "order": ORDER_COLOUR, "failed": RED}
"""Messages by colour, dash and sign: a dot, a diamond, a cross."""
SIGNS = {"report": "o", "order": "D", "failed": "x"}
STRAIGHT: dict[str, Any] = {"color": "#8A939B", "lw": 0.9, "ls": ":"}
ROW = 17.0


def draw_legend(sheet: Axes, film: Film, box: Box, mapped: bool, straight: bool) -> float:
    """Draw the legend at the top of a box; return the height that it took, in pixels.

    `straight`: somebody drove where no road is known.
    """
    keys = _keys(film, mapped)
    if straight:
        keys.append((t("as the crow flies"), STRAIGHT, {}))
    left, top, width, _ = box
    columns = 2 if mapped else 4
    wide = width / columns
    for k, (words, line, sign) in enumerate(keys):
        x, y = left + (k % columns) * wide, top + 9 + (k // columns) * ROW
        if line:
            sheet.plot([x, x + 26], [y, y], **line)
        if sign:
            sheet.plot(x + 13, y, ls="", **sign)
        sheet.text(x + 34, y, words, fontsize=7.5, va="center")
    return -(-len(keys) // columns) * ROW + 8


def _keys(film: Film, mapped: bool) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    looks = {passing.look for passing in film.passings}
    words = {
        "report": t("report or message"),
        "order": t("order or request"),
        "failed": t("lost or failed try"),
    }
    keys: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for look in (look for look in words if look in looks):
        line = {"color": COLOURS[look], "lw": 1.4, "ls": dashes(look)}
        sign = {"marker": SIGNS[look], "color": COLOURS[look], "ms": 5, "mew": 1.6}
        keys.append((words[look], line, sign))
    if not mapped:
        return keys
    kinds = {mover.supply for mover in film.movers if mover.legs}
    if False in kinds:
        circle = {"marker": "o", "mec": BLACK, "ms": 9}
        keys.append((t("team on the way"), {}, circle | {"mfc": ORANGE}))
        keys.append((t("team at a place"), {}, circle | {"mfc": "white"}))
    if any(m.legs and not m.supply and m.actor not in film.actors for m in film.movers):
        small = {"marker": "o", "mfc": "white", "mec": SUPPLY, "ms": 4.5}
        keys.append((t("team on another call"), {}, small))
    if True in kinds:
        keys.append((t("vehicle with supplies"), {}, {"marker": "s", "color": SUPPLY, "ms": 6}))
    slowed = {one.slowed for found in film.closings.values() for one in found}
    if False in slowed:
        keys.append((t("road closed"), {"color": RED, "lw": 3}, MARKS["closed"] | {"ms": 7}))
    if True in slowed:
        keys.append((t("road slowed down"), {}, MARKS["slowed"] | {"ms": 6}))
    if any(place in film.seats.at for _, place, _ in film.sites):
        keys.append((t("incident"), {}, MARKS["site"] | {"ms": 10}))
    return keys


def dashes(look: str) -> Any:
    """Return the dash pattern of a kind of message as matplotlib wants it."""
    return (0, tuple(float(n) for n in DASHES[look].split())) if DASHES[look] else "-"
