"""Pictures for every eye and for a black-and-white printer.

Red-green blindness by the matrices of Machado, Oliveira and Fernandes (2009, severity 1), distances
in CIELAB (1976); lightness by WCAG 2.1.
"""

from __future__ import annotations

from itertools import combinations

import matplotlib
import numpy as np
import pytest

from sim.report import gantt, knowledge_panel, legend, looks, map_signs, style
from sim.report.animation import legend as film_legend
from sim.report.coverage import SIGNS
from sim.report.coverage_chart import FACES
from sim.report.difference_chart import KNOWN, UNKNOWN
from sim.report.frontier_chart import LOOKS as FRONTIER
from sim.report.heat_chart import COLOURS as HEAT
from sim.report.supply_chart import LOOKS as BANDS

EYES = {
    "usual": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
LEAST = 12.0  # a distance of 2.3 is just seen; lines and small signs need several times that
CONTRAST = 1.5


def linear(colour):
    rgb = np.array(matplotlib.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(colour, eye):
    """CIELAB (D65) of a colour as an eye sees it."""
    xyz = TO_XYZ @ np.clip(EYES[eye] @ linear(colour), 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one, other, eye):
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


def contrast(one, other):
    bright = sorted(0.05 + np.array([0.2126, 0.7152, 0.0722]) @ linear(c) for c in (one, other))
    return bright[1] / bright[0]


def test_distances_against_known_values():
    """Black and white are 100 apart, red and green much nearer to each other for the colour-blind;
    sRGB red is (53.24, 80.09, 67.20) in CIELAB."""
    for eye in EYES:
        assert distance("black", "white", eye) == pytest.approx(100, abs=0.1)
    np.testing.assert_allclose(lab("#FF0000", "usual"), [53.24, 80.09, 67.20], atol=0.05)
    assert distance("#C02020", "#5A7A20", "usual") > 70
    assert distance("#C02020", "#5A7A20", "deuteranopia") < 30


@pytest.mark.parametrize("eye", EYES)
def test_the_palette_keeps_its_distance(eye):
    palette = [style.BLACK, style.ORANGE, style.SKY, style.GREEN, style.YELLOW, style.BLUE]
    for one, other in combinations([*palette, style.RED, style.PURPLE], 2):
        assert distance(one, other, eye) > LEAST, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_colours_that_stand_in_one_picture_keep_their_distance(eye):
    pictures = {
        "lines": [style.series(k)[0] for k in range(6)],
        "bars": list(looks.COLOURS.values()),
        "arrows": ["#222222", looks.ORDER_COLOUR, style.RED],
        "map": [map_signs.MARKS[kind]["color"] for kind in ("site", "base", "depot", "closed")],
        "film": list(film_legend.COLOURS.values()),
        "shades": [knowledge_panel.WRONG["fc"], "#FFFFFF"],
    }
    for name, colours in pictures.items():
        least = 6 if name == "shades" else LEAST
        for one, other in combinations(colours, 2):
            assert distance(one, other, eye) > least, (name, one, other)


def test_lines_differ_by_dash_and_marker_without_any_colour():
    six = [style.series(k) for k in range(6)]
    assert len({str(dash) for _, dash, _ in six}) == len({marker for *_, marker in six}) == 6
    assert len({str(style.series(k)) for k in range(36)}) == 36


def differ(one, other):
    """Whether two fills differ in grey: by hatch, or by lightness."""
    faces = [look.get("fc", look.get("facecolor")) for look in (one, other)]
    return one.get("hatch") != other.get("hatch") or contrast(*faces) > CONTRAST


@pytest.mark.parametrize(
    "fills",
    [
        {family: looks.bar_look(family) for family in (*looks.COLOURS, "waiting")},
        gantt.LOOKS,
        {"wrong": knowledge_panel.WRONG, "untold": knowledge_panel.UNTOLD},
    ],
    ids=["swimlane", "gantt", "knowledge"],
)
def test_fills_differ_in_grey_by_hatch_or_lightness(fills):
    for one, other in combinations(fills, 2):
        assert differ(fills[one], fills[other]), (one, other)


def test_neighbouring_bands_of_supplies_differ_in_grey():
    bands = list(BANDS.values())
    for k, one in enumerate(bands):
        for other in bands[k + 1 : k + 4]:  # bands that may touch where some are absent
            differs = one.get("hatch") != other.get("hatch")
            assert differs or contrast(one["fc"], other["fc"]) > 1.1, (one, other)


@pytest.mark.parametrize(
    "shapes",
    [
        [mark["marker"] for mark in map_signs.MARKS.values()],
        [look["marker"] for name, look in FRONTIER.items() if name != "plain"],
        [str(marker) for marker in looks.MARKERS.values()],
        [KNOWN["marker"], UNKNOWN["marker"]],
        list(film_legend.SIGNS.values()),
        list(film_legend.DASHES.values()),
        list(SIGNS.values()),
        [str(face) + SIGNS[state] for state, face in FACES.items()],
    ],
    ids=["map", "frontier", "swimlane", "difference", "film", "dashes", "coverage", "cells"],
)
def test_every_sign_has_a_shape_of_its_own(shapes):
    assert len(set(shapes)) == len(shapes)


def test_words_in_cells_can_be_read():
    """WCAG asks for 4.5, for what is only told by its absence (untouched) less will do."""
    for state, (ground, ink) in FACES.items():
        assert contrast(ground, ink) > (2.5 if state == "untouched" else 4.5), state


def test_the_heat_map_grows_steadily_lighter_for_every_eye():
    colours = matplotlib.colormaps[HEAT](np.linspace(0, 1, 64))[:, :3]
    for eye in EYES:
        light = np.array([lab(colour, eye)[0] for colour in colours])
        assert (np.diff(light) > 0).all(), eye


def test_the_legend_shows_the_bars_as_they_are_drawn():
    assert legend.bar_look is looks.bar_look
