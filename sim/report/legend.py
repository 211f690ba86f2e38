"""The legend of a swimlane: what this picture shows, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.arrows import ORDERS
from sim.report.looks import LATE, MARKERS, ORDER_COLOUR, bar_look
from sim.report.sheet import WIDTH, Sheet
from sim.report.style import BLACK, RED
from sim.report.tracks import other_deadlines
from sim.texts import label, t

if TYPE_CHECKING:
    from sim.report.picture import Picture


def legend(sheet: Sheet, picture: Picture, height: float) -> None:
    """Explain what this picture shows, and only that."""
    handles = [*_bar_keys(sheet), *_arrow_keys(sheet), *_mark_keys(sheet)]
    for rows in (2, 3) if handles else ():
        made = picture.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0.1 / WIDTH, 0.8 / height),
            ncols=-(-len(handles) // rows),
            fontsize=8,
            handlelength=1.8,
            columnspacing=1.1,
            handletextpad=0.5,
            borderpad=0,
            labelspacing=0.35,
        )
        box = made.get_window_extent(picture.canvas.get_renderer())  # type: ignore[attr-defined]
        if box.x1 <= picture.bbox.x1:
            return
        made.remove()


def _bar_keys(sheet: Sheet) -> list[Any]:
    words = {
        "check": t("receive, verify, decide"),
        "write": t("draft, sign off"),
        "move": t("muster, travel"),
        "work": t("work on site"),
        "supply": t("pick, load, hand over"),
        "other": t("other work"),
    }
    used = {bar.family for bar in sheet.acts.bars}
    keys: list[Any] = [Patch(**bar_look(f), lw=0.5, label=words[f]) for f in words if f in used]
    if "waiting" in used:
        keys.append(Patch(**bar_look("waiting"), lw=0.5, label=t("waiting (hatched)")))
    return keys


def _arrow_keys(sheet: Sheet) -> list[Any]:
    arrows = sheet.acts.arrows
    keys: list[Any] = []
    proofs = {row for duty in sheet.duties for row in duty.evidence}
    if any(a.arrived and a.activity not in ORDERS for a in arrows):
        keys.append(Line2D([], [], color="#222222", lw=1.0, label=t("message")))
    if any(a.rows & proofs for a in arrows):
        keys.append(Line2D([], [], color="#222222", lw=2.2, label=t("message that decides a duty")))
    if any(a.activity in ORDERS for a in arrows):
        keys.append(Line2D([], [], color=ORDER_COLOUR, lw=1.2, label=t("order or request")))
    if any(not a.arrived for a in arrows):
        failed = {"color": RED, "lw": 1.2, "ls": (0, (3, 2)), "marker": "x", "ms": 4}
        keys.append(Line2D([], [], **failed, label=t("lost or failed try")))  # type: ignore[arg-type]
    return keys


def _mark_keys(sheet: Sheet) -> list[Any]:
    used = {mark.activity for mark in sheet.acts.marks if mark.actor in sheet.plan.lanes}
    keys: list[Any] = []
    for activity, (shape, face) in MARKERS.items():
        if activity in used:
            style = {"marker": shape, "mfc": face, "mec": BLACK, "mew": 0.8, "ms": 5.5, "ls": ""}
            keys.append(Line2D([], [], **style, label=label("activity", activity)))  # type: ignore[arg-type]
    if any(duty.applies and duty.deadline is not None for duty in sheet.duties):
        keys.append(
            Line2D([], [], marker="|", color=BLACK, ms=10, mew=2, ls="", label=t("deadline"))
        )
    if any(duty.verdict == "late" for duty in sheet.duties):
        keys.append(Patch(**LATE, label=t("past the deadline")))
    if any(other_deadlines(duty) for duty in sheet.duties):
        words = t("deadline by another reading, decided otherwise")
        keys.append(Line2D([], [], marker="|", color=RED, ms=8, mew=1.1, ls="", label=words))
    return keys
