"""The Gantt picture of teams: what it draws is what the record says; readable in grey."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import pairwise

import matplotlib
import numpy as np
import pytest
from matplotlib.image import imread

from sim.log.rows import to_log
from sim.log.teams import team_times
from sim.report.gantt import LOOKS, team_chart
from sim.report.gantt_bars import Bar, read_bars

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


def row(minute, what, actor, object="", to="", **more):
    activity, _, phase = what.partition(" ")
    return (minute * 60, activity, phase, actor, to, object, "f", None, None, "", more or None)


@pytest.fixture
def log():
    rows = [
        row(0, "role", "a", actor_role="team", persons=10, team_kind="militia"),
        row(0, "occur", ""),
        row(1, "order ended", "county", "o1", "a"),
        row(2, "alert ended", "a", "a"),
        row(12, "muster ended", "a", "a", persons=6),
        row(12, "depart", "a", "o1", persons=6),
        row(20, "order ended", "county", "o2", "b"),
        row(30, "refused", "b", "o2", persons=1),
        row(32, "arrive", "a", "o1"),
        row(32, "work started", "a", "a"),
        row(40, "follow started", "a", "o1", persons=2),
        row(60, "follow ended", "a", "o1", persons=2),
        row(100, "work ended", "a", "a"),
        row(120, "return ended", "a", "o1"),
        row(120, "rest started", "a", "a"),
        row(180, "rest ended", "a", "a"),
        row(200, "order ended", "county", "o3", "a"),
        row(201, "alert ended", "a", "a"),
        row(205, "open", "a", "o3"),
    ]
    return to_log([("drill", rows)], ORIGIN)


def test_bars_are_the_stretches_between_the_stamps(log):
    bars = {
        (b.team, b.stage, b.start // 60, b.end // 60, b.open)
        for b in read_bars(log, team_times(log))
    }
    assert bars == {
        ("a", "alert", 1, 2, False),
        ("a", "muster", 2, 12, False),
        ("a", "travel", 12, 32, False),
        ("a", "work", 32, 100, False),
        ("a", "return", 100, 120, False),
        ("a", "rest", 120, 180, False),
        ("a", "follow", 40, 60, False),
        ("b", "muster", 20, 30, False),
        ("b", "refused", 30, 30, False),
        ("a", "alert", 200, 201, False),
        ("a", "muster", 201, 201, True),
    }


def test_what_lies_between_stamps_that_do_not_follow_is_not_called_travel():
    rows = [row(0, "order ended", "county", "o", "a"), row(50, "arrive", "a", "o")]
    log = to_log([("drill", rows)], ORIGIN)
    assert read_bars(log, team_times(log)) == [Bar("a", "unknown", 0, 3000)]


def test_the_way_home_is_known_where_there_was_nothing_to_do():
    rows = [
        row(0, "order ended", "county", "o", "a"),
        row(0, "depart", "a", "o"),
        row(50, "arrive", "a", "o"),
        row(50, "cancelled", "a", "a", reason="not_needed"),
        row(60, "return started", "a", "o"),
        row(90, "return ended", "a", "o"),
    ]
    log = to_log([("drill", rows)], ORIGIN)
    assert read_bars(log, team_times(log)) == [
        Bar("a", "travel", 0, 3000),
        Bar("a", "unknown", 3000, 3600),
        Bar("a", "return", 3600, 5400),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_names_teams_and_says_who_went(log, lang):
    picture = team_chart(log, lang=lang, names={"a": "甲队", "b": "乙队"})
    texts = [text.get_text() for text in picture.axes[0].texts]
    assert "甲队" in texts
    assert any(text.startswith("8/10") for text in texts)
    assert ("民兵应急分队" if lang == "zh" else "militia unit") in texts
    legend = [text.get_text() for text in picture.legends[0].get_texts()]
    assert len(legend) == 10  # six stages, what goes on, who followed, the refusal, the occurrence


def test_no_text_runs_out_of_the_picture(log):
    for lang in ("zh", "en"):
        picture = team_chart(log, lang=lang, names={"a": "河池市金城江区综合性消防救援大队"})
        renderer = picture.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in picture.axes[0].texts]
        boxes += [legend.get_window_extent(renderer) for legend in picture.legends]
        assert min(box.x0 for box in boxes) >= 0
        assert max(box.x1 for box in boxes) <= picture.bbox.x1


def test_stages_that_follow_each_other_differ_in_grey_or_hatch():
    def looks(stage):
        red, green, blue = matplotlib.colors.to_rgb(LOOKS[stage]["fc"])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue, LOOKS[stage].get("hatch", "")[:1]

    order = ["alert", "muster", "travel", "work", "return", "rest"]
    for one, other in pairwise(order):
        (light, hatch), (dark, hatch_too) = looks(one), looks(other)
        assert abs(light - dark) > 0.15 or hatch != hatch_too, (one, other)


def test_hatches_are_drawn(log):
    """In grey the work is one shade, the return at least two."""
    picture = team_chart(log, lang="en", window=(0, 7200))
    pixels = imread(io.BytesIO(picture.png(dpi=100)))[..., :3].mean(axis=2)
    axes = picture.axes[0].get_window_extent()

    def shades(start, end):
        scale = 100 / picture.dpi
        left, right = (
            int((axes.x0 + x / 7200 * axes.width) * scale) for x in (start + 120, end - 120)
        )
        y = len(pixels) - int((axes.y1 - 0.29 * picture.dpi) * scale)
        return np.ptp(pixels[y - 3 : y + 3, left:right])

    assert shades(32 * 60, 100 * 60) < 0.05
    assert shades(100 * 60, 120 * 60) > 0.2


def test_a_record_without_teams_is_no_picture():
    empty = to_log([("drill", [row(0, "occur", "")])], ORIGIN)
    with pytest.raises(ValueError, match=r"no team|没有队伍"):
        team_chart(empty)
