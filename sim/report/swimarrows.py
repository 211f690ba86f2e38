"""The arrows of a swimlane, and the words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import FancyArrowPatch
from matplotlib.patheffects import withStroke

from sim.report.arrows import ORDERS, Arrow
from sim.report.looks import HALO, MOST_ROUTINE_WORDS, ORDER_COLOUR, ROUTINE_KINDS
from sim.report.place import Labels
from sim.report.style import RED
from sim.texts import label

if TYPE_CHECKING:
    from sim.report.sheet import Sheet


def draw_arrows(sheet: Sheet, labels: Labels) -> None:
    """Draw routine messages below the bars, reports above them, those that decide on top."""
    proofs = {row for duty in sheet.duties for row in duty.evidence}
    routine = sum(arrow.kind in ROUTINE_KINDS for arrow in sheet.acts.arrows)
    drawn = []
    for arrow in sheet.acts.arrows:
        ends = (arrow.sender in sheet.plan.lanes, arrow.recipient in sheet.plan.lanes)
        if all(ends) and arrow.sender != arrow.recipient and sheet.seen(arrow.start):
            rank = 0 if arrow.rows & proofs else 2 if arrow.kind in ROUTINE_KINDS else 1
            _arrow(sheet, arrow, rank)
            drawn.append((rank, arrow))
    for rank, arrow in sorted(drawn, key=lambda pair: pair[0]):
        if rank < 2 or routine <= MOST_ROUTINE_WORDS:
            _arrow_words(sheet, labels, arrow)


def _arrow(sheet: Sheet, arrow: Arrow, rank: int) -> None:
    """Draw one arrow; `rank` 0 decides a duty, 1 is a report or an order, 2 is routine."""
    start, end = _ends(sheet, arrow)
    width = (2.0, 1.0, 0.7)[rank]
    colour = "#222222" if rank < 2 else "#8A9096"
    if arrow.activity in ORDERS:
        colour = ORDER_COLOUR
    if not arrow.arrived:
        colour = RED
    patch = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=(9, 7, 5)[rank],
        lw=width,
        color=colour,
        ls="-" if arrow.arrived else (0, (3, 2)),
        shrinkA=0,
        shrinkB=0,
        zorder=(5, 4, 2.2)[rank],
    )
    if rank < 2:
        patch.set_path_effects([withStroke(linewidth=width + 1.4, foreground="white")])
    sheet.ax.add_patch(patch)
    if not arrow.arrived:
        sheet.ax.plot(*end, "x", color=RED, ms=5, mew=1.5, zorder=6)


def _ends(sheet: Sheet, arrow: Arrow) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where an arrow leaves and where it arrives: at the near edge of the bars."""
    sender, recipient = sheet.plan.lanes[arrow.sender], sheet.plan.lanes[arrow.recipient]
    down = recipient.top > sender.top
    y0 = sender.bars_bottom if down else sender.bars_top
    y1 = recipient.bars_top if down else recipient.bars_bottom
    end = min(arrow.end, sheet.window.end)
    return (arrow.start, y0), (end, y1)


def _arrow_words(sheet: Sheet, labels: Labels, arrow: Arrow) -> None:
    """Write the kind of report, or the level of a warning, beside an arrow with room for it."""
    if not arrow.kind:
        return
    (x0, y0), (x1, y1) = _ends(sheet, arrow)
    gap = sheet.inch(0.05)
    places = []
    for part in (0.5, 0.3, 0.7, 0.15, 0.85):
        x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
        places += [(x + gap, y, "left", "center"), (x - gap, y, "right", "center")]
    text = label("warning", arrow.warning) if arrow.warning else label("report", arrow.kind)
    labels.put(text, places, fontsize=7.5, zorder=7, color="#222222", path_effects=HALO)
