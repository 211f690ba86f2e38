"""The parts of a swimlane: lanes' names, bars, arrows, marks, tracks of duties, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch, Rectangle
from matplotlib.patheffects import withStroke

from sim.report.acts import Arrow, Bar, Mark
from sim.report.clock import clock
from sim.report.lanes import HEADER, LINE
from sim.report.place import Labels
from sim.report.style import BLACK, BLUE, GREEN, ORANGE, RED, SKY
from sim.report.tracks import LATE, draw_tracks, other_deadlines
from sim.texts import label, t

if TYPE_CHECKING:
    from sim.report.picture import Picture
    from sim.report.swimlane import Sheet

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
    "inject": ("v", ORANGE),
}
HALO = [withStroke(linewidth=2.2, foreground="white")]


def draw(sheet: Sheet) -> None:
    """Draw everything inside the axes, and the words in the gutters beside it."""
    _names(sheet)
    labels = Labels(sheet.ax)
    for bar in sheet.acts.bars:
        if bar.actor in sheet.plan.lanes:
            _bar(sheet, bar, labels)
    draw_tracks(sheet, labels)
    _header(sheet, labels)
    _marks(sheet, labels)
    _arrows(sheet, labels)


def _names(sheet: Sheet) -> None:
    from sim.report.swimlane import lane_name

    blend = sheet.ax.get_yaxis_transform()
    for lane in sheet.plan.lanes.values():
        y = (lane.top + lane.bottom) / 2
        text = lane_name(sheet.names, lane.actor)
        sheet.ax.text(
            -0.012, y, text, transform=blend, ha="right", va="center", fontsize=9, linespacing=1.15
        )


def _bar(sheet: Sheet, bar: Bar, labels: Labels) -> None:
    window = sheet.window
    start, end = max(bar.start, window.start), min(bar.end, window.end)
    if end <= window.start or start >= window.end:
        return
    style = WAITING if bar.family == "waiting" else {"facecolor": COLOURS[bar.family]}
    top = sheet.plan.bar_top(bar) + 0.02
    width = max(end - start, sheet.inch(0.02))
    patch = Rectangle((start, top), width, LINE - 0.04, lw=0.5, zorder=3, **style)
    if bar.family != "waiting":
        patch.set_edgecolor("white")
    if bar.open:
        patch.set_alpha(0.45)
    sheet.ax.add_patch(patch)
    labels.avoid(start, top, start + width, top + LINE - 0.04)


def _header(sheet: Sheet, labels: Labels) -> None:
    """Occurrences as lines through all lanes, named in the strip above."""
    marks = [m for m in sheet.acts.marks if m.activity == "occur" and _seen(sheet, m.time)]
    for mark in marks:
        _occurrence(sheet, mark)
        gap = sheet.inch(0.06)
        labels.block(mark.time - gap, 0, mark.latest + gap, HEADER)
    kept = ""
    for mark in marks:  # what finds no room is said with the next one
        word = t("declared occurrence") if mark.actor else label("activity", "occur")
        text = kept + t("{what} {clock}", what=word, clock=_at(sheet, mark))
        gap = sheet.inch(0.09)
        places = [(mark.latest + gap, HEADER / 2, "left", "center")]
        places.append((mark.time - gap, HEADER / 2, "right", "center"))
        put = labels.put(text, places, fontsize=8.5, zorder=7)
        kept = text + t("; ") if put is None else ""


def _occurrence(sheet: Sheet, mark: Mark) -> None:
    """Draw one occurrence; as a band where only an interval is known, hollow where declared."""
    sheet.ax.axvline(mark.time, color=BLACK, lw=1.1, ls=(0, (4, 2)), zorder=2)
    if mark.latest > mark.time:
        sheet.ax.axvspan(mark.time, mark.latest, color="#D5D9DD", lw=0, zorder=0.7)
        sheet.ax.axvline(mark.latest, color=BLACK, lw=0.8, ls=(0, (1, 2)), zorder=2)
    face = "white" if mark.actor else BLACK
    sheet.ax.plot(
        mark.time, HEADER / 2, "*", mfc=face, mec=BLACK, mew=0.8, ms=9, zorder=6, clip_on=False
    )


def _marks(sheet: Sheet, labels: Labels) -> None:
    for mark in sheet.acts.marks:
        lane = sheet.plan.lanes.get(mark.actor)
        if lane is None or mark.activity not in MARKERS or not _seen(sheet, mark.time):
            continue
        shape, face = MARKERS[mark.activity]
        y = lane.mark_y
        sheet.ax.plot(
            mark.time, y, shape, mfc=face, mec=BLACK, mew=0.8, ms=5.5, zorder=6, clip_on=False
        )
        labels.block(mark.time - sheet.inch(0.04), y - 0.04, mark.time + sheet.inch(0.04), y + 0.04)
    for mark in sheet.acts.marks:
        if mark.actor in sheet.plan.lanes and _seen(sheet, mark.time):
            _mark_words(sheet, labels, mark)


def _mark_words(sheet: Sheet, labels: Labels, mark: Mark) -> None:
    """Name the marks that carry a grade or a level; the others the legend explains."""
    if mark.activity not in ("confirm", "activate") or not mark.grade:
        return
    grade = label("grade", mark.grade)
    text = grade if mark.activity == "confirm" else t("response {level}", level=mark.grade)
    gap, y = sheet.inch(0.06), sheet.plan.lanes[mark.actor].mark_y
    places = [(mark.time + gap, y, "left", "center"), (mark.time - gap, y, "right", "center")]
    labels.put(text, places, fontsize=7.5, zorder=7, path_effects=HALO)


def _arrows(sheet: Sheet, labels: Labels) -> None:
    """Draw routine messages below the bars, reports above them, those that decide on top."""
    proofs = {row for duty in sheet.duties for row in duty.evidence}
    routine = sum(arrow.kind in ROUTINE_KINDS for arrow in sheet.acts.arrows)
    drawn = []
    for arrow in sheet.acts.arrows:
        ends = (arrow.sender in sheet.plan.lanes, arrow.recipient in sheet.plan.lanes)
        if all(ends) and arrow.sender != arrow.recipient and _seen(sheet, arrow.start):
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
        colour = "#A8508A"
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
    """Write the kind of report beside an arrow, where there is room."""
    if not arrow.kind:
        return
    (x0, y0), (x1, y1) = _ends(sheet, arrow)
    gap = sheet.inch(0.05)
    places = []
    for part in (0.5, 0.3, 0.7, 0.15, 0.85):
        x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
        places += [(x + gap, y, "left", "center"), (x - gap, y, "right", "center")]
    text = label("report", arrow.kind)
    labels.put(text, places, fontsize=7.5, zorder=7, color="#222222", path_effects=HALO)


def _seen(sheet: Sheet, time: int) -> bool:
    low, high = sheet.ax.get_xlim()
    return low <= time <= high


def _at(sheet: Sheet, mark: Mark) -> str:
    """Return the clock time of a mark, both ends of an interval."""
    text = clock(sheet.origin, mark.time)
    return text if mark.latest == mark.time else f"{text}–{clock(sheet.origin, mark.latest)}"


def legend(sheet: Sheet, picture: Picture, height: float) -> None:
    """Explain what this picture shows, and only that."""
    from sim.report.swimlane import WIDTH

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
    keys: list[Any] = [Patch(fc=COLOURS[f], label=words[f]) for f in words if f in used]
    if "waiting" in used:
        keys.append(Patch(**WAITING, lw=0.5, label=t("waiting (hatched)")))
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
        keys.append(Line2D([], [], color="#A8508A", lw=1.2, label=t("order or request")))
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
