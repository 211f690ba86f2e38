"""The animation as a GIF: the stage once, and on it frame by frame what moves."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.report.animation.film import Film
from sim.report.animation.legend import COLOURS, SIGNS, SUPPLY, dashes
from sim.report.animation.moves import moves, position
from sim.report.animation.stage import HEIGHT, WIDTH, Stage, draw_number
from sim.report.clock import stamp
from sim.report.columns import cut, wrap
from sim.report.map_signs import MARKS
from sim.report.style import BLACK, GREY, ORANGE, RED, figure_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from PIL.Image import Image

FRAMES, STEP, LAST = 110, 160, 3000
"""Frames of a GIF, milliseconds of each, and of the last one."""
MOST = 4_800_000
"""Bytes that a GIF may have."""
FADE = 0.02
"""How long the way of a message stays after it came, as a part of the film."""
DOING = "#9A4A00"


def gif(film: Film, stage: Stage, frames: int = FRAMES, most: int = MOST) -> bytes:
    """Return the film as a GIF of `WIDTH` × `HEIGHT` pixels that runs again and again.

    Where it would be larger than `most` bytes, every second frame is left out, and the others stay
    twice as long.
    """
    from PIL.Image import Dither

    palette, step = _palette(), STEP
    shown = [p.quantize(palette=palette, dither=Dither.NONE) for p in _frames(film, stage, frames)]
    while len(data := _joined(shown, step)) > most and len(shown) > 2:
        shown, step = [*shown[:-1:2], shown[-1]], 2 * step
    return data


def _joined(shown: Sequence[Image], step: int) -> bytes:
    buffer = io.BytesIO()
    times = [step] * (len(shown) - 1) + [LAST]
    look: dict[str, Any] = {"save_all": True, "append_images": shown[1:], "loop": 0}
    shown[0].save(buffer, format="GIF", duration=times, optimize=False, **look)
    return buffer.getvalue()


def _palette() -> Image:
    """Return the colours of a GIF: greys, and every sign's colour in four strengths."""
    from matplotlib.colors import to_rgb
    from PIL import Image

    greys = [(k, k, k) for k in range(0, 256, 15)]
    signs = [to_rgb(colour) for colour in dict.fromkeys((*COLOURS.values(), SUPPLY, DOING, ORANGE))]
    mixed = [
        tuple(round(255 * (1 - part + part * channel)) for channel in sign)
        for sign in signs
        for part in (1, 0.75, 0.5, 0.25)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([channel for colour in (*greys, *mixed) for channel in colour])
    return image


def _frames(film: Film, stage: Stage, frames: int) -> Iterator[Image]:
    """Yield the frames, the last one at the end of the film."""
    from PIL import Image

    data, picture = moves(film, stage), stage.picture
    canvas: Any = picture.canvas
    with figure_style():
        canvas.draw()
        still = canvas.copy_from_bbox(picture.bbox)
        live = picture.add_axes((0, 0, 1, 1))
        live.set_axis_off()
        live.set_xlim(0, WIDTH)
        live.set_ylim(HEIGHT, 0)
        for k in range(frames):
            part = k / (frames - 1)
            for artist in (*live.lines, *live.texts, *live.patches):
                artist.remove()
            _draw(live, film, stage, data, part)
            canvas.restore_region(still)
            live.draw(canvas.get_renderer())
            yield Image.frombuffer("RGBA", (WIDTH, HEIGHT), bytes(canvas.buffer_rgba())).convert(
                "RGB"
            )
        live.remove()


def _draw(ax: Axes, film: Film, stage: Stage, data: dict[str, Any], part: float) -> None:
    second = film.second(part)
    _words(ax, film, stage, data, second)
    for start, end, words, x, y, width in data["doing"]:
        if start <= second < end:
            text = cut(words, int(width / 5.2))
            ax.text(x, y, text, fontsize=6.5, color=DOING, va="baseline", zorder=6)
    for begin, end, slowed, line in data["closings"]:
        if begin <= second and (end is None or second < end):
            _closed(ax, slowed, line)
    for time, x, y, view in data["sites"]:
        if time <= second and _inside(data["views"][view], (x, y)):
            ax.plot(x, y, ls="", **MARKS["site"] | {"ms": 11 if view == "scene" else 7})
    gone = film.second(part - FADE)
    for start, end, look, ways in data["messages"]:
        if start <= second and gone <= max(end, start):
            for way in ways:
                _message(ax, look, way, (second - start) / max(end - start, 1))
    for view, box in data["views"].items():
        _movers(ax, data["movers"], view, box, second)


def _words(ax: Axes, film: Film, stage: Stage, data: dict[str, Any], second: float) -> None:
    """Write the clock, and the last sentences that fit, the newest first."""
    ax.text(WIDTH - 14, 27, stamp(film.origin, round(second) // 60 * 60), fontsize=15, ha="right",
            va="center")  # fmt: skip
    left, top, width, height = stage.words
    y = top + 10
    for _, clock, words in reversed([c for c in data["captions"] if c[0] <= second]):
        lines = wrap(words, int((width - 84) / 5.4), 3)
        if y + 14 * len(lines) > top + height:
            break
        dark = BLACK if y == top + 10 else GREY
        ax.text(left, y, clock, fontsize=7.5, color=dark, va="top")
        ax.text(left + 80, y, "\n".join(lines), fontsize=7.5, color=dark, va="top", linespacing=1.2)
        y += 14 * len(lines) + 5


def _closed(ax: Axes, slowed: bool, line: Sequence[float]) -> None:
    x0, y0, x1, y1 = line
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    if not slowed:
        ax.plot([x0, x1], [y0, y1], color=RED, lw=3, solid_capstyle="butt", zorder=5)
    mark = MARKS["slowed" if slowed else "closed"]
    ax.plot(*middle, ls="", **mark | {"ms": 8})


def _message(ax: Axes, look: str, way: Sequence[float], done: float) -> None:
    """Draw the way of a message, and its sign where it is."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    colour, done = COLOURS[look], min(max(done, 0.0), 1.0)
    a, bend, b = way[:2], way[2:4], way[4:]
    curve = Path([a, bend, b], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    ax.add_patch(PathPatch(curve, fill=False, ec=colour, lw=1.4, ls=dashes(look), zorder=7))
    x, y = (
        (1 - done) ** 2 * p + 2 * done * (1 - done) * q + done**2 * r
        for p, q, r in zip(a, bend, b, strict=True)
    )
    ax.plot(x, y, SIGNS[look], color=colour, ms=6, mew=1.8, zorder=8)


def _movers(ax: Axes, movers: Any, view: str, box: Sequence[float], second: float) -> None:
    """Draw teams and vehicles; those at one place stand in a row below it."""
    there: dict[tuple[int, int], int] = {}
    for mover in movers:
        found = position(mover, view, second)
        if found is None or not _inside(box, found[0]):
            continue
        (x, y), moving = found
        if view != "scene" or not mover["number"]:
            shape = "s" if mover["supply"] else "o"
            style = {"mfc": "white" if not moving else SUPPLY, "mec": SUPPLY, "ms": 4.5}
            ax.plot(x, y, shape, **style, zorder=9)  # type: ignore[arg-type]
            continue
        spot = (round(x / 9), round(y / 9))
        k = there[spot] = there.get(spot, -1) + 1
        y += 15 * (k // 4) + (0 if moving else 13)
        draw_number(ax, (x + 15 * (k % 4), y), mover["number"], moving)


def _inside(box: Sequence[float], point: Sequence[float]) -> bool:
    left, top, width, height = box
    return left <= point[0] <= left + width and top <= point[1] <= top + height
