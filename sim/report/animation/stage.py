"""The stage of an animation: what does not move, drawn once, and where everything stands on it.

All positions are pixels of a stage of `WIDTH` × `HEIGHT`, counted from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.animation.board import CARD, Board, Box, lay_board
from sim.report.animation.film import Film
from sim.report.animation.legend import STRAIGHT, draw_legend
from sim.report.animation.views import View, find_views
from sim.report.animation.ways import stretches
from sim.report.clock import clock
from sim.report.columns import cut, wrap
from sim.report.map_base import draw_base, name_cities
from sim.report.map_labels import Label, place_labels
from sim.report.map_signs import MARKS, road
from sim.report.names import named
from sim.report.style import BLACK, GREY, ORANGE, PALE, new_picture
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH, HEIGHT, DPI = 1280, 720, 100
ROOM = 9.0
"""Points from a place to its name: a star stands there."""
BOARD: Box = (12, 54, 492, 632)
WIDE_BOARD: Box = (12, 54, 1256, 500)
WORDS: Box = (830, 464, 438, 222)
WIDE_WORDS: Box = (12, 566, 1256, 120)


@dataclass(frozen=True)
class Stage:
    """The picture of what stands still, cards, maps by name, the box for words, and the notes."""

    picture: Picture
    board: Board
    views: dict[str, View]
    words: Box
    notes: list[str]


def set_stage(film: Film, role: Mapping[str, str], roads: Mapping[Any, str], title: str) -> Stage:
    """Return the stage of a film; call it inside `figure_style()`, in the language in force.

    `roads`: two places -> kind of link.  Without any coordinates there is no map, and the board
    takes its room.
    """
    views, names = find_views(film), film.names
    board = lay_board(film.actors, role, BOARD if views else WIDE_BOARD)
    picture = new_picture(WIDTH / DPI, HEIGHT / DPI)
    picture.set_dpi(DPI)
    sheet = _sheet(picture)
    sheet.text(14, 27, cut(" ".join(title.split()), 70), fontsize=12.5, va="center")
    _cards(sheet, board, names)
    for name in views:
        _map(picture, name, views, film, roads, names)
    words = WORDS if views else WIDE_WORDS
    drawn = {pair for pair in stretches(film.movers) if all(p in film.seats.at for p in pair)}
    used = draw_legend(sheet, film, words, bool(views), bool(views) and not drawn <= set(roads))
    notes = _notes(film, board, bool(views))
    shown = [cut(note, 225) for note in (notes[0], " ".join(notes[1:])) if note]
    sheet.text(14, HEIGHT - 16, "\n".join(shown), fontsize=7, color=GREY, va="center")
    rest = (words[0], words[1] + used, words[2], words[3] - used)
    return Stage(picture, board, views, rest, notes)


def _sheet(picture: Picture) -> Axes:
    """Return the axes of the whole stage, in pixels, y downwards."""
    ax = picture.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(HEIGHT, 0)
    ax.set_axis_off()
    return ax


def _cards(sheet: Axes, board: Board, names: Mapping[str, str]) -> None:
    from matplotlib.patches import Rectangle

    for words, y in board.levels:
        sheet.text(14, y, cut(words, 8), fontsize=7.5, color=GREY, va="center")
    for card in board.cards.values():
        look: dict[str, Any] = {"fc": "white", "ec": "#8A939B", "lw": 0.8}
        sheet.add_patch(Rectangle((card.x, card.y), card.width, CARD, **look))
        room = card.width - (24 if card.number else 8)
        text = "\n".join(wrap(named(names, card.actor), int(room / 5.3)))
        x = card.x + (20 if card.number else 4)
        sheet.text(x, card.y + 15, text, fontsize=7, va="center", linespacing=1.1)
        if card.number:
            draw_number(sheet, (card.x + 10, card.y + 14), card.number)


def draw_number(ax: Axes, at: tuple[float, float], number: int, moving: bool = False) -> None:
    """Draw a team's sign: its number in a circle, filled where it is on the way."""
    fill = ORANGE if moving else "white"
    ax.plot(*at, "o", ms=10.5, mfc=fill, mec=BLACK, mew=0.9, zorder=9)
    style: dict[str, Any] = {"fontsize": 6.5, "ha": "center", "va": "center_baseline"}
    ax.text(*at, str(number), zorder=10, **style)


def _map(picture: Picture, name: str, views: Mapping[str, View], film: Film,
         roads: Mapping[Any, str], names: Mapping[str, str]) -> None:  # fmt: skip
    from sim.report.looks import HALO

    view = views[name]
    left, top, width, height = view.box
    box = (left / WIDTH, 1 - (top + height) / HEIGHT, width / WIDTH, height / HEIGHT)
    ax = picture.add_axes(box)
    draw_base(ax, view.extent, scale=name == "scene")
    at = film.seats.at
    for pair in sorted({*roads, *stretches(film.movers)}):
        if all(place in at for place in pair):
            look = road(roads[pair]) if pair in roads else STRAIGHT
            ax.plot(*zip(*(at[place] for place in pair), strict=True), **look, zorder=2)
    used = _used(film)
    for place in used:
        small: dict[str, Any] = {**MARKS["node"], "ms": 4 if name == "scene" else 2.5}
        ax.plot(*at[place], ls="", **small)
    keep = [at[place] for place in used]
    if name == "scene":
        picture.canvas.draw()
        labels = [Label(at[p], cut(named(names, p), 36)) for p in used if view.holds(at[p])]
        style: dict[str, Any] = {"fontsize": 8, "zorder": 8, "path_effects": HALO}
        crowded = place_labels(ax, labels, keep, ROOM, **style)
        place_labels(ax, [Label(x.point, cut(x.text, 20)) for x in crowded], keep, ROOM, **style)
        name_cities(ax, view.extent, keep)
    else:
        frame: dict[str, Any] = {"color": BLACK, "lw": 0.9, "zorder": 6}
        west, east, south, north = views["scene"].extent
        ax.plot([west, east, east, west, west], [south, south, north, north, south], **frame)
        ax.set_facecolor(PALE)


def _used(film: Film) -> list[str]:
    """Return the places that something happens at, in the order of the record."""
    wanted = [place for _, place, _ in film.sites]
    wanted += [place for mover in film.movers for place in mover.places()]
    wanted += [place for pair in film.closings for place in pair]
    wanted += [film.seats.of.get(actor, "") for actor in film.actors]
    return [place for place in dict.fromkeys(wanted) if place in film.seats.at]


def _notes(film: Film, board: Board, mapped: bool) -> list[str]:
    """Return what is assumed and what is not shown, in sentences."""
    names = film.names
    words = [t("The clock runs faster where little happens; journeys are drawn at an even pace.")]
    if film.window.cut:
        end = clock(film.origin, film.window.end)
        words[0] += " " + t(
            "Shown until {end}; {n} later steps are not.", end=end, n=film.window.cut
        )
    if not mapped:
        words.append(t("No place is known; actors stand by level."))
    elif film.unknown:
        missing = t(", ").join(dict.fromkeys(named(names, key) for key in film.unknown))
        words.append(t("Not on the map, place unknown: {names}.", names=missing))
    if any(place in film.seats.by_name for place in _used(film)):
        found = t(", ").join(
            dict.fromkeys(named(names, p) for p in _used(film) if p in film.seats.by_name)
        )
        words.append(t("Placed by name: {names}.", names=found))
    if board.left_out:
        missing = t(", ").join(named(names, actor) for actor in board.left_out)
        words.append(t("Without room: {names}.", names=missing))
    return words
