"""The map picture: labels never overlap, every sign is there, Chinese is drawn, files shipped."""

from __future__ import annotations

import json
import math
import warnings
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.report.map import map_chart
from sim.report.map_base import Extent, city_names, extent_around, fitted, outlines
from sim.report.map_labels import Label, place_labels
from sim.report.style import figure_style, new_picture
from sim.scenario import Scenario
from sim.scenario.geo import guangxi
from sim.texts import in_language

FOLDER = Path(__file__).parents[2] / "scenarios"
NAMES = ("mine-collapse", "river-flood", "city-bridges")


@pytest.fixture(scope="module", params=[(name, n) for name in NAMES for n in (1, 4)], ids=str)
def drilled(request: pytest.FixtureRequest) -> tuple[sim.EventLog, Scenario]:
    name, drills = request.param
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    return sim.run(scenario, 1, drills, name=name, until=scenario.horizon), scenario


def drawn(picture, kind: str) -> list:
    return [line for line in picture.axes[0].lines if line.get_gid() == kind]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_label_covers_another_or_runs_out_and_all_glyphs_are_there(drilled, lang) -> None:
    log, scenario = drilled
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*Glyph.*")
        picture = map_chart(log, scenario, lang=lang)
        picture.png(dpi=60)
    renderer = picture.canvas.get_renderer()
    frame = picture.axes[0].get_window_extent(renderer)
    boxes = {text: text.get_window_extent(renderer) for text in picture.axes[0].texts}
    names = [text for text in boxes if text.get_gid() != "city"]
    for one, other in combinations(names, 2):
        assert not boxes[one].overlaps(boxes[other]), (one.get_text(), other.get_text())
    for text in boxes:
        assert frame.contains(boxes[text].x0, boxes[text].y0), text.get_text()
        assert frame.contains(boxes[text].x1, boxes[text].y1), text.get_text()
    outside = [*picture.texts, *picture.legends]
    for box in (artist.get_window_extent(renderer) for artist in outside):
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= picture.bbox.x1


def test_bases_incidents_closures_and_drives_are_drawn_where_they_are(drilled) -> None:
    log, scenario = drilled
    picture = map_chart(log, scenario, lang="zh")
    at = {key: place.at for key, place in scenario.places.items()}
    sites = {incident.place for incident in scenario.incidents.values()}
    bases = {team.base for team in scenario.teams.values()} - sites

    def points(kind: str) -> set[tuple[float, float]]:
        return {(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in
                drawn(picture, kind)}  # fmt: skip

    assert points("site") == {at[place] for place in sites}
    assert points("base") == {at[place] for place in bases}
    assert len(drawn(picture, "road")) == len(scenario.links)
    assert bool(drawn(picture, "closed")) == bool(scenario.closures)
    assert drawn(picture, "driven")
    words = " ".join(text.get_text() for text in picture.axes[0].texts)
    for place in bases:
        count = sum(team.base == place for team in scenario.teams.values())
        assert f"{scenario.places[place].title(place, 'zh')} ×{count}" in words


def test_the_widest_line_is_driven_most_and_two_maps_share_a_scale() -> None:
    scenario = sim.load_scenario(FOLDER / "river-flood.yaml")
    log = sim.run(scenario, 1, name="river-flood", until=scenario.horizon)
    own = [line.get_linewidth() for line in drawn(map_chart(log, scenario), "driven")]
    half = [line.get_linewidth() for line in drawn(map_chart(log, scenario, most=60), "driven")]
    assert max(own) == pytest.approx(9)
    assert max(half) < max(own)
    sides = (108.0, 111.0, 23.0, 26.0)
    axes = map_chart(log, scenario, extent=sides).axes[0]
    assert axes.get_xlim()[0] <= 108
    assert axes.get_xlim()[1] >= 111
    assert axes.get_ylim()[0] <= 23
    assert axes.get_ylim()[1] >= 26


def test_equal_input_gives_equal_bytes() -> None:
    scenario = sim.load_scenario(FOLDER / "mine-collapse.yaml")
    log = sim.run(scenario, 1, name="mine", until=scenario.horizon)
    first, second = (map_chart(log, scenario, lang="zh") for _ in range(2))
    assert first.svg() == second.svg()
    assert first.png() == second.png()


def test_without_coordinates_there_is_no_map() -> None:
    raw = {
        "yanlian": 1,
        "start": "2026-06-20T05:00+08:00",
        "horizon": "1 h",
        "places": {"a": {}},
        "offices": {"o": {"role": "county_gov", "place": "a"}},
    }
    scenario = Scenario.model_validate(raw)
    with pytest.raises(ValueError, match=r"coordinates|坐标"):
        map_chart(sim.run(scenario), scenario)


def test_a_label_without_room_is_left_out_and_the_first_ones_choose_first() -> None:
    with figure_style():
        picture = new_picture(2, 2)
        ax = picture.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        crowd = [Label((0.5, 0.5 + k / 1000), f"name {k}") for k in range(20)]
        left = place_labels(ax, crowd)
    shown = [text.get_text() for text in ax.texts]
    assert shown[0] == "name 0"
    assert len(shown) + len(left) == 20
    assert left


@pytest.mark.parametrize("high", [0.5, 1.0, 2.0])
def test_a_fitted_extent_holds_the_given_one_and_has_the_shape_of_the_frame(high: float) -> None:
    """A degree of longitude is cos(latitude) of a degree of latitude."""
    given = extent_around([(108.0, 23.0), (108.4, 23.1), (108.2, 23.5)])
    found = fitted(given, high)
    assert found.west <= given.west < given.east <= found.east
    assert found.south <= given.south < given.north <= found.north
    metres = (found.east - found.west) * math.cos(math.radians(found.middle[1]))
    assert (found.north - found.south) / metres == pytest.approx(high)
    assert isinstance(found, Extent)


def test_outlines_hold_the_fourteen_cities_each_around_its_own_seat() -> None:
    """Oracle: the seats of the cities from the other file of places."""
    from matplotlib.path import Path as Ring

    codes = {code for code, _ in outlines()}
    assert codes == {code for code in guangxi() if code.endswith("00")} == set(city_names())
    for code in codes:
        rings = [Ring(ring) for own, ring in outlines() if own == code]
        assert any(ring.contains_point(guangxi()[code][1]) for ring in rings), code
    with in_language("zh"):
        assert city_names() == {code: guangxi()[code][0] for code in codes}


def test_the_outlines_are_in_the_package_with_their_licence() -> None:
    from importlib.resources import files

    folder = files("sim.report") / "geo"
    assert json.loads((folder / "guangxi_cities.geojson").read_text("utf-8"))["features"]
    notice = (folder / "README.md").read_text("utf-8")
    assert "Apache License, Version 2.0" in notice
    assert np.isfinite([point for _, ring in outlines() for point in ring]).all()
