"""The stage of an animation: what does not move, drawn once, and where everything stands on it.

All positions are pixels of a stage of `WIDTH` × `HEIGHT`, counted from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Any

from sim.report.animation.board import CARD, Board, Box, lay_board
from sim.report.animation.film import Film
from sim.report.animation.legend import draw_legend
from sim.report.animation.ways import stretches
from sim.report.columns import cut, wrap
from sim.report.map_base import Extent, draw_base, extent_around, fitted, name_cities, outlines
from sim.report.map_labels import Label, place_labels
from sim.report.map_signs import MARKS, road
from sim.report.names import named
from sim.report.style import BLACK, GREY, ORANGE, PALE, new_picture
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH, HEIGHT, DPI = 1280, 720, 100
BOARD: Box = (12, 54, 492, 632)
WIDE_BOARD: Box = (12, 54, 1256, 500)
SCENE: Box = (514, 54, 754, 400)
OVERVIEW: Box = (514, 464, 300, 222)
WORDS: Box = (830, 464, 438, 222)
WIDE_WORDS: Box = (12, 566, 1256, 120)
NEAR = 0.6
"""The scene holds at least this part of where journeys begin and end."""
Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A map on the stage: its frame in pixels and its sides in degrees."""

    box: Box
    extent: Extent

    def place(self, point: Point) -> Point:
        """Return where (longitude, latitude) stands, in pixels; it may lie outside the frame."""
        left, top, width, height = self.box
        west, east, south, north = self.extent
        x = left + width * (point[0] - west) / (east - west)
        return round(x, 1), round(top + height * (north - point[1]) / (north - south), 1)

    def holds(self, point: Point) -> bool:
        """Return whether a point lies inside the frame."""
        west, east, south, north = self.extent
        return west <= point[0] <= east and south <= point[1] <= north


@dataclass(frozen=True)
class Stage:
    """The picture of what stands still, the cards, the maps by name, and the box for words."""

    picture: Picture
    board: Board
    views: dict[str, View]
    words: Box
    lines: int


def set_stage(film: Film, role: Mapping[str, str], roads: Mapping[Any, str], names: Mapping[str, str],
              title: str) -> Stage:  # fmt: skip
    """Return the stage of a film; call it inside `figure_style()`, in the language in force.

    `roads`: two places -> kind of link.  Without any coordinates there is no map, and the board
    takes its room.
    """
    views = _views(film)
    board = lay_board(film.actors, role, BOARD if views else WIDE_BOARD)
    picture = new_picture(WIDTH / DPI, HEIGHT / DPI)
    picture.set_dpi(DPI)
    sheet = _sheet(picture)
    sheet.text(14, 27, cut(title, 70), fontsize=12.5, va="center")
    _cards(sheet, board, names)
    for name in views:
        _map(picture, name, views, film, roads, names)
    words = WORDS if views else WIDE_WORDS
    used = draw_legend(sheet, film, words, bool(views))
    sheet.text(14, HEIGHT - 15, _notes(film, board, names, bool(views)), fontsize=7, color=GREY,
               va="center")  # fmt: skip
    rest = (words[0], words[1] + used, words[2], words[3] - used)
    return Stage(picture, board, views, rest, 2 if views else 3)


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


def draw_number(ax: Axes, at: Point, number: int, moving: bool = False) -> None:
    """Draw a team's sign: its number in a circle, filled where it is on the way."""
    fill = ORANGE if moving else "white"
    ax.plot(*at, "o", ms=10.5, mfc=fill, mec=BLACK, mew=0.9, zorder=9)
    style: dict[str, Any] = {"fontsize": 6.5, "ha": "center", "va": "center_baseline"}
    ax.text(*at, str(number), zorder=10, **style)


def _views(film: Film) -> dict[str, View]:
    """Return the maps: the scene, where most journeys begin or end, and the whole region."""
    at = film.seats.at
    drawn = [at[p] for m in film.movers for p in m.places() if p in at]
    drawn += [at[p] for pair in film.closings for p in pair if p in at]
    seats = [point for a in film.actors if (point := film.seats.point(a)) is not None]
    if not drawn and not seats:
        return {}
    sites = [at[place] for _, place, _ in film.sites if place in at]
    near = _near(sites, drawn) if drawn else [*seats, *sites]
    shape = SCENE[3] / SCENE[2]
    scene = fitted(extent_around(near), shape)
    region = [point for _, ring in outlines() for point in ring] + drawn + seats + sites
    lons, lats = zip(*region, strict=True)
    whole = Extent(min(lons), max(lons), min(lats), max(lats))
    overview = fitted(whole, OVERVIEW[3] / OVERVIEW[2])
    return {"scene": View(SCENE, scene), "overview": View(OVERVIEW, overview)}


def _near(sites: Sequence[Point], drawn: Sequence[Point]) -> list[Point]:
    """Return the points nearest to the first incident that make up `NEAR` of all."""
    middle = sites[0] if sites else max(drawn, key=drawn.count)
    shrink = cos(radians(middle[1]))

    def away(point: Point) -> float:
        return hypot((point[0] - middle[0]) * shrink, point[1] - middle[1])

    ordered = sorted(drawn, key=away)
    reach = away(ordered[min(int(NEAR * len(ordered)), len(ordered) - 1)])
    return [middle, *(point for point in ordered if away(point) <= 1.5 * reach)]


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
            look = road(roads[pair]) if pair in roads else {"color": "#C3C8CD", "lw": 0.8, "ls": ":"}
            ax.plot(*zip(*(at[place] for place in pair), strict=True), **look, zorder=2)
    used = _used(film)
    for place in used:
        small: dict[str, Any] = {**MARKS["node"], "ms": 4 if name == "scene" else 2.5}
        ax.plot(*at[place], ls="", **small)
    keep = [at[place] for place in used]
    if name == "scene":
        picture.canvas.draw()
        labels = [Label(at[p], cut(named(names, p), 24)) for p in used if view.holds(at[p])]
        place_labels(ax, labels, keep, fontsize=8, zorder=8, path_effects=HALO)
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


def _notes(film: Film, board: Board, names: Mapping[str, str], mapped: bool) -> str:
    """Say what is assumed and what is not shown."""
    words = [t("The clock runs faster where little happens; journeys are drawn at an even pace.")]
    if mapped and film.unknown:
        missing = t(", ").join(named(names, key) for key in film.unknown)
        words.append(t("Not on the map, place unknown: {names}.", names=missing))
    if film.seats.by_name:
        found = t(", ").join(named(names, p) for p in sorted(film.seats.by_name))
        words.append(t("Placed by name: {names}.", names=found))
    if not mapped:
        words.append(t("No place is known; actors stand by level."))
    if board.left_out:
        words.append(t("Without room: {n} actors.", n=len(board.left_out)))
    return cut(" ".join(words), 230)
