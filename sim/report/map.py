"""The map picture: where teams stand, which roads they drove, which were closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.log.record import EventLog
from sim.report.clock import clock
from sim.report.columns import cut
from sim.report.map_base import Extent, draw_base, draw_overview, extent_around, fitted, name_cities
from sim.report.map_data import MapData, Pair, map_data
from sim.report.map_labels import Label, place_labels
from sim.report.map_signs import MARKS, STRAIGHT, WIDEST, kind_of, legend, notes, road
from sim.report.names import display_names, named
from sim.report.style import ORANGE, figure_style, new_picture
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH, HEIGHT = 9.6, 7.4  # inches
BOX = (0.03, 0.10, 0.71, 0.83)
OVERVIEW = (0.765, 0.60, 0.22, 0.30)


def map_chart(
    log: EventLog,
    scenario: Any,
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    extent: tuple[float, float, float, float] | None = None,
    most: float | None = None,
) -> Picture:
    """Return a schematic map of a scenario and of what its drills drove.

    Orange: stretches driven by teams and supplies, the wider the more drives in a drill (both
    ways; the number stands on it; of many drills the mean); dashed where no road of the scenario
    leads, as the crow flies.  Crosses: roads that were closed, triangles: slowed down, with the
    hours in a single drill, else with the share of drills.  Squares: bases with their number of
    teams; diamonds: depots; stars: incidents.  Outlines are those of the cities of Guangxi, for
    orientation only.

    `extent` (west, east, south, north in degrees) and `most` (the drives that the widest line
    stands for) make two maps alike.  `names`: id -> display name.  Raises `ValueError` where no
    base, depot, incident or stretch has coordinates.
    """
    with in_language(lang or language()), figure_style():
        data = map_data(log, scenario)
        if not data.used():
            raise ValueError(t("no place of the scenario has coordinates"))
        called = {k: place.title(k, language()) for k, place in scenario.places.items()}
        called |= dict(names if names is not None else display_names(scenario, language()))
        head = title if title is not None else scenario.title(log.cases[0], language())
        shape = BOX[3] * HEIGHT / (BOX[2] * WIDTH)
        given = Extent(*extent) if extent else extent_around([data.at[p] for p in data.used()])
        return _draw(log, data, called, head, fitted(given, shape), most)


def _draw(
    log: EventLog,
    data: MapData,
    names: Mapping[str, str],
    title: str,
    extent: Extent,
    most: float | None,
) -> Picture:
    from sim.report.looks import HALO

    picture = new_picture(WIDTH, HEIGHT)
    ax = picture.add_axes(BOX)
    draw_base(ax, extent)
    widest = most or max(data.driven.values(), default=1.0)
    for pair, kind in data.roads.items():
        ax.plot(*_ends(data, pair), **road(kind), zorder=2, gid="road")
    for pair, number in data.driven.items():
        style = "-" if pair in data.roads else STRAIGHT
        width = max(WIDEST * number / widest, 0.8)
        look: dict[str, Any] = {"color": ORANGE, "lw": width, "ls": style, "alpha": 0.85}
        ax.plot(*_ends(data, pair), **look, solid_capstyle="round", zorder=3, gid="driven")
    for place in data.used():
        _mark(ax, data.at[place], kind_of(data, place))
    for pair, closings in data.closings.items():
        _mark(ax, _along(data, pair), "slowed" if all(c.slowed for c in closings) else "closed")
    picture.canvas.draw()
    labels = [label for _, label in sorted(_labels(log, data, names), key=lambda entry: entry[0])]
    keep = [data.at[place] for place in data.used()]
    look = {"fontsize": 8.5, "zorder": 9, "path_effects": HALO}
    left = place_labels(ax, labels, keep, **look)
    drives = [_along(data, pair, k / 8) for pair in data.driven for k in range(1, 8)]
    name_cities(ax, extent, keep + drives)
    draw_overview(picture, OVERVIEW, extent)
    legend(picture, data, widest)
    picture.text(0.03, 0.965, cut(title, 80), fontsize=13, va="center")
    missing = [label.text for label in left if not label.on and label.point in keep]
    notes(picture, data, missing, names)
    return picture


def _ends(data: MapData, pair: Pair) -> tuple[tuple[float, float], tuple[float, float]]:
    (x1, y1), (x2, y2) = (data.at[place] for place in pair)
    return (x1, x2), (y1, y2)


def _along(data: MapData, pair: Pair, share: float = 0.5) -> tuple[float, float]:
    """Return the point so far along a stretch."""
    (x1, x2), (y1, y2) = _ends(data, pair)
    return x1 + share * (x2 - x1), y1 + share * (y2 - y1)


def _mark(ax: Axes, point: tuple[float, float], kind: str) -> None:
    ax.plot(*point, ls="", gid=kind, **MARKS[kind])


def _labels(log: EventLog, data: MapData, names: Mapping[str, str]) -> list[tuple[int, Label]]:
    """Return (rank, label): incidents first, then bases and depots, closures, numbers, nodes."""
    ranks = {"site": 0, "base": 1, "depot": 2, "node": 5}
    found = []
    for place in data.used():
        kind, teams = kind_of(data, place), data.bases.get(place, [])
        words = cut(named(names, place), 24) + (f" ×{len(teams)}" if teams else "")
        if kind != "node" or named(names, place) != place:
            found.append((ranks[kind], Label(data.at[place], words)))
    for pair in data.closings:
        words = _closed_words(log, data, pair)
        found.append((3, Label(_along(data, pair), words, style={"fontsize": 8})))
    for pair, number in data.driven.items():
        mean = f"{number:.1f}" if number >= 0.05 else "<0.1"
        words = mean if len(data.cases) > 1 else f"{number:.0f}"
        at = _along(data, pair, 0.3 if pair in data.closings else 0.5)
        found.append((4, Label(at, words, True, {"fontsize": 8, "color": "#5A3E00"})))
    return found


def _closed_words(log: EventLog, data: MapData, pair: Pair) -> str:
    """Return when a road was closed or slowed down; of many drills, in how many of them."""
    if len(data.cases) > 1:
        shares = [round(100 * data.share(pair, slowed)) for slowed in (False, True)]
        texts = (t("closed in {share} % of drills"), t("slowed in {share} % of drills"))
        parts = [text.format(share=n) for text, n in zip(texts, shares, strict=True) if n]
        return "\n".join(parts)
    origin = log.origins[log.cases[0]]
    lines = []
    for _, slowed, begin, end in data.closings[pair][:2]:
        if end is None:
            text = t("slowed from {start}") if slowed else t("closed from {start}")
        else:
            text = t("slowed {start}–{end}") if slowed else t("closed {start}–{end}")
        end_words = "" if end is None else clock(origin, end)
        lines.append(text.format(start=clock(origin, begin), end=end_words))
    return "\n".join(lines + ["…"] * (len(data.closings[pair]) > 2))
