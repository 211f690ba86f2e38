"""The picture itself: what is drawn where, and that it can be read."""

import re
from pathlib import Path

import matplotlib.colors
import pytest
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from sim.log import read_log
from sim.report.acts import read_acts
from sim.report.duties import duties
from sim.report.names import record_names
from sim.report.swimlane import swimlane
from sim.report.window import TAIL, busy_window, choose_window

REAL = sorted((Path(__file__).parents[2] / "scenarios" / "real").glob("*/events.csv"))


def _words(picture):
    """Every text of a picture as (text, x0, y0, x1, y1) in pixels."""
    picture.draw_without_rendering()
    renderer = picture.canvas.get_renderer()
    found = []
    for text in dict.fromkeys(picture.findobj(Text)):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent(renderer)
            found.append((text.get_text(), box.x0, box.y0, box.x1, box.y1))
    return found


def _assert_readable(picture):
    """No text over another one, none beyond the edge (two pixels of grace)."""
    words = _words(picture)
    width, height = picture.bbox.width, picture.bbox.height
    for text, x0, y0, x1, y1 in words:
        assert x0 >= 0, text
        assert y0 >= 0, text
        assert x1 <= width, text
        assert y1 <= height, text
    for k, (one, ax0, ay0, ax1, ay1) in enumerate(words):
        for other, bx0, by0, bx1, by1 in words[k + 1 :]:
            apart = ax1 <= bx0 + 2 or bx1 <= ax0 + 2 or ay1 <= by0 + 2 or by1 <= ay0 + 2
            assert apart, (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_label_covers_another_or_leaves_the_picture(make_drill, verdicts, names, lang, seed):
    log = make_drill(seed)
    title = "河池市某化工厂氯气泄漏事故综合应急演练" if lang == "zh" else "Chlorine leak: drill"
    _assert_readable(swimlane(log, verdicts, lang=lang, names=names[lang], title=title))


@pytest.mark.parametrize("path", REAL, ids=lambda p: p.parent.name)
def test_real_records_are_readable_too(path):
    log = read_log(path)
    _assert_readable(swimlane(log, lang="zh", names=record_names(log.table)))


def test_lost_messages_are_dashed_and_all_arrows_of_the_record_are_drawn(drill, verdicts):
    acts = read_acts(drill)
    picture = swimlane(drill, verdicts, lang="en")
    arrows = picture.axes[0].findobj(FancyArrowPatch)
    window = choose_window(acts, duties(verdicts))
    inside = [a for a in acts.arrows if a.start <= window.end]
    assert len(arrows) == len(inside)
    dashed = [a for a in arrows if a.get_linestyle() not in ("-", "solid")]
    assert len(dashed) == sum(not a.arrived for a in inside) > 0


def test_lateness_is_shaded_from_the_deadline_to_the_end(drill, verdicts):
    found = [d for d in duties(verdicts) if d.verdict == "late" and d.end is not None]
    ax = swimlane(drill, verdicts, lang="en").axes[0]
    late = matplotlib.colors.to_rgba("#F6C9AE")
    shaded = [
        (p.get_x(), p.get_x() + p.get_width()) for p in ax.patches if p.get_facecolor() == late
    ]
    for duty in found:
        assert (duty.deadline, duty.end) in shaded


def test_waiting_is_hatched_and_work_is_not(drill):
    acts = read_acts(drill)
    ax = swimlane(drill, lang="en").axes[0]
    hatched = {(p.get_x(), p.get_width()) for p in ax.patches if getattr(p, "get_hatch", str)()}
    for bar in acts.bars:
        if bar.end - bar.start > 300:  # shorter ones are drawn a little wider
            assert ((bar.start, bar.end - bar.start) in hatched) == (bar.family == "waiting")


def test_deadlines_beyond_the_picture_are_said_at_its_edge(drill, verdicts):
    texts = [text for text, *_ in _words(swimlane(drill, verdicts, lang="en", window=(0, 7_200)))]
    beyond = [d.deadline for d in duties(verdicts) if d.applies and (d.deadline or 0) > 7_500]
    clocks = {f"{(8 * 60 + s // 60) // 60:02d}:{(s // 60) % 60:02d}" for s in beyond}
    assert clocks & set(texts)


def test_a_long_tail_is_cut_and_the_cut_is_stated(make_drill, verdicts):
    log = make_drill()
    found = duties(verdicts)
    acts = read_acts(log)
    late = [d for d in found if d.verdict == "late"]
    core = max(
        [d.end for d in found if d.end] + [d.deadline for d in late] + [a.end for a in acts.arrows]
    )
    whole = choose_window(acts, found)
    assert whole.end >= core
    few = [d for d in found if d.rule == "R10-0"]
    early = type(acts)(
        acts.bars,
        [a for a in acts.arrows if a.end < 3_600],
        [m for m in acts.marks if m.activity == "occur"],
        acts.first,
        acts.last,
    )
    window = choose_window(early, few)
    assert window.end < max(acts.instants())
    assert window.end - window.start <= TAIL * 3_600 * 1.1
    assert window.cut == sum(b.start > window.end for b in acts.bars)
    note = [t for t, *_ in _words(swimlane(log, verdicts, lang="en", window=(0, 5_400)))]
    assert any(
        re.search(r"ends at 09:30; later steps until \d\d:\d\d, not drawn: \d+", text)
        for text in note
    )


def test_the_busy_stretch_is_enlarged_only_where_the_rest_is_long(drill, verdicts):
    acts = read_acts(drill)
    whole = choose_window(acts, duties(verdicts))
    assert busy_window(acts, whole) is None
    long = type(whole)(whole.start, whole.start + 24 * 3_600)
    busy = busy_window(acts, long)
    assert busy is not None
    inside = [s for s in acts.instants() if busy.start <= s <= busy.end]
    assert len(inside) >= 0.75 * len(acts.instants())


def test_without_verdicts_and_with_another_case(drill):
    picture = swimlane(drill, case=drill.cases[0], lang="zh")
    assert "演练" not in "".join(text for text, *_ in _words(picture) if "逾期" in text)
    with pytest.raises(KeyError, match="no case"):
        swimlane(drill, case="other")


def test_an_empty_record_is_refused_with_a_text(drill):
    empty = type(drill)(drill.table.iloc[:0], drill.origins)
    with pytest.raises(ValueError, match="no rows"):
        swimlane(empty, lang="en")


def test_a_record_with_a_directory_alone_and_long_titles_are_drawn(drill, verdicts):
    head = drill.table[drill.table["activity"].isin(["role", "observe"])]
    _assert_readable(swimlane(type(drill)(head, drill.origins), lang="en"))
    _assert_readable(
        swimlane(drill, verdicts, lang="zh", title="化工厂氯气泄漏事故综合应急演练" * 9)
    )


def test_dollar_signs_in_names_are_no_mathematics(drill):
    texts = [t for t, *_ in _words(swimlane(drill, lang="en", names={"city": "a $x^2$ b"}))]
    assert "a $x^2$ b" in texts
