"""The animation as a GIF: small, in time, with its colours; and what cannot be written."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

import sim
from sim.report.animation import write_animation
from sim.report.animation.film import make_film
from sim.report.animation.gif import FRAMES, LAST, STEP, gif
from sim.report.animation.stage import HEIGHT, WIDTH, set_stage
from sim.report.map_data import pair_of
from sim.report.names import display_names, roles
from sim.report.style import ORANGE, figure_style
from sim.texts import in_language

FOLDER = Path(__file__).parents[3] / "scenarios"
FEW = 12


@pytest.fixture(scope="module")
def frames() -> tuple[bytes, list[Image.Image]]:
    """A few frames of the busiest shipped drill."""
    scenario = sim.load_scenario(FOLDER / "river-flood.yaml")
    log = sim.run(scenario, 1, name="river-flood")
    with in_language("zh"), figure_style():
        film = make_film(log, scenario, display_names(scenario, "zh"))
        roads = {pair_of(x.from_, x.to): x.kind for x in scenario.links.values()}
        data = gif(film, set_stage(film, roles(log.table), roads, "融江洪涝"), FEW)
    return data, [x.convert("RGB") for x in ImageSequence.Iterator(Image.open(io.BytesIO(data)))]


def test_frames_are_as_many_as_asked_for_and_differ(frames) -> None:
    _, shown = frames
    assert len(shown) == FEW
    assert all(x.size == (WIDTH, HEIGHT) for x in shown)
    assert all(a.tobytes() != b.tobytes() for a, b in pairwise(shown))


def test_a_whole_gif_stays_under_five_million_bytes(frames) -> None:
    """The first frame once, each further one like the dearest found here: an upper bound, as
    frames of a whole film are nearer to each other than these."""
    data, shown = frames
    buffer = io.BytesIO()
    shown[0].quantize(64).save(buffer, "GIF")
    each = (len(data) - len(buffer.getvalue())) / (FEW - 1)
    assert len(buffer.getvalue()) + each * (FRAMES - 1) < 5_000_000


def test_what_is_too_large_loses_frames_and_keeps_its_length(small_log, towns) -> None:
    with in_language("en"), figure_style():
        film = make_film(small_log, towns, {})
        stage = set_stage(film, roles(small_log.table), {}, "")
        whole = gif(film, stage, 9)
        less = gif(film, stage, 9, len(whole) - 1)
    times = [
        [x.info["duration"] for x in ImageSequence.Iterator(Image.open(io.BytesIO(data)))]
        for data in (whole, less)
    ]
    assert len(less) < len(whole)
    assert len(times[1]) == 5
    assert sum(times[0]) == sum(times[1])


def test_it_runs_for_some_seconds_again_and_again(frames) -> None:
    image = Image.open(io.BytesIO(frames[0]))
    assert image.info["loop"] == 0
    times = [x.info["duration"] for x in ImageSequence.Iterator(image)]
    assert times == [STEP] * (FEW - 1) + [LAST]


def test_the_signs_keep_their_colours(frames) -> None:
    wanted = tuple(int(ORANGE[k : k + 2], 16) for k in (1, 3, 5))
    assert any(wanted in {colour for _, colour in x.getcolors(100_000)} for x in frames[1])


def test_another_ending_an_empty_record_and_an_unknown_case_are_refused(
    tmp_path, small_log, make_record
) -> None:
    record, row = make_record
    with in_language("en"):
        with pytest.raises(ValueError, match=r"\.html, \.gif"):
            write_animation(tmp_path / "map.mp4", small_log)
        with pytest.raises(ValueError, match="no rows"):
            write_animation(tmp_path / "map.gif", sim.EventLog(small_log.table[:0], {}))
        with pytest.raises(KeyError):
            write_animation(tmp_path / "map.gif", small_log, case="other")
        with pytest.raises(ValueError, match="has a time"):
            write_animation(tmp_path / "map.html", record([row(0, "role", "x")]))
    assert list(tmp_path.iterdir()) == []
