"""Pictures and report of a study: what they show is what the values say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.experiment import Results, make_study
from sim.experiment.intervals import share
from sim.report.compliance_chart import compliance_chart
from sim.report.convergence_chart import convergence_chart
from sim.report.difference_chart import KNOWN, UNKNOWN, difference_chart
from sim.report.frontier_chart import frontier_chart, frontier_table
from sim.report.heat_chart import heat_chart
from sim.report.selected_text import safe_sentences
from sim.report.study_page import render_study
from sim.report.study_tables import share_table
from sim.report.study_text import study_text
from sim.report.tornado_chart import tornado_chart
from sim.texts import in_language

SCENARIO = "yanlian: 1\nstart: 2026-07-01T08:00+08:00\nhorizon: 12 h\n"
NAMES = {
    "in time": {"zh": "按时上报", "en": "reported in time"},
    "wait": {"zh": "等候", "en": "waiting"},
    "county": {"zh": "县值班", "en": "county duty"},
    "city": {"zh": "市值班", "en": "city duty"},
}


@pytest.fixture
def made(tmp_path):
    """`made(hits, waits, **keys)`: so many of 100 drills are met at each point, evenly spread."""
    (tmp_path / "small.yaml").write_text(SCENARIO, encoding="utf-8")

    def results(hits, waits=None, drills=100, **keys) -> Results:
        usual = {
            "scenario": "small.yaml",
            "names": NAMES,
            "factors": {"county": {"a": {}, "b": {}}, "city": {"one": {}, "two": {}, "three": {}}},
            "replications": drills,
            "measures": {"in time": {"met": "GX-01"}, "wait": {"waiting": "city/duty"}},
        }
        study = make_study(tmp_path, **(usual | keys))
        from sim.experiment.design import combinations

        points = [{k: str(v) for k, v in one.items()} for one in combinations(study)]
        rows = []
        for point, met in enumerate(hits):
            for n in range(drills if met is not None else 0):
                state = "met" if (n + 1) * met // drills > n * met // drills else "late"
                rows.append((point, n, "in time", state, np.nan))
                wait = waits[point] + 60 * (n % 2) if waits else np.nan
                rows.append((point, n, "wait", "measured" if waits else "none", wait))
        columns = ["point", "replication", "measure", "state", "value"]
        values = pd.DataFrame(rows, columns=columns)
        stops = {k: 0 if met is None else drills for k, met in enumerate(hits)}
        return Results(study, points, values, stops)

    return results


HITS = [10, 50, 60, 20, 80, 95]  # a one, a two, a three, b one, b two, b three
SAFE = {
    "safe": {
        "measure": "in time",
        "at_least": 0.6,
        "cost": {"county": {"a": 1, "b": 2}, "city": {"one": 1, "two": 2, "three": 3}},
    }
}


def words(picture) -> str:
    """All texts of a picture."""
    from matplotlib.text import Text

    return "\n".join(text.get_text() for text in picture.findobj(Text))


def test_compliance_shows_one_line_per_level_with_wilson_intervals(made) -> None:
    picture = compliance_chart(made(HITS), "in time", lang="en")
    (ax,) = picture.axes
    lines = [bars.lines[0].get_ydata().tolist() for bars in ax.containers]
    np.testing.assert_allclose(lines, [[0.1, 0.5, 0.6], [0.2, 0.8, 0.95]])
    first = ax.containers[1].lines[2][0].get_segments()[2]
    np.testing.assert_allclose(first[:, 1], share(95, 100)[1:3])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["one", "two", "three"]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["county duty a", "county duty b"]


def test_the_probability_asked_for_is_a_line_only_where_it_is_asked_for(made) -> None:
    asked = compliance_chart(made(HITS, select=SAFE), "in time", lang="en")
    assert "asked for: 60 %" in words(asked)
    assert "asked for" not in words(compliance_chart(made(HITS), "in time", lang="en"))


def test_a_point_that_was_not_run_is_left_out_of_line_and_cells(made) -> None:
    results = made([10, 50, None, 20, 80, 95])
    lines = [
        bars.lines[0].get_ydata()
        for bars in compliance_chart(results, "in time").axes[0].containers
    ]
    assert [len(line) for line in lines] == [2, 3]
    texts = [text.get_text() for text in heat_chart(results, "in time").axes[0].texts]
    assert texts[2] == "–"
    assert share_table(results).iloc[2, 4] == "–"
    assert "data:image" in render_study(results, "en")


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "按时上报：随市值班变化（每条线一种县值班）"),
        ("en", "reported in time by city duty, a line for each county duty"),
    ],
)
def test_titles_say_what_is_seen_in_both_languages(made, lang, title) -> None:
    assert title in words(compliance_chart(made(HITS), "in time", lang=lang))


def test_heat_map_prints_only_digits_that_the_interval_supports(made) -> None:
    texts = [text.get_text() for text in heat_chart(made(HITS), "in time").axes[0].texts]
    assert texts[1] == "0.50\n0.40–0.60"  # Wilson, 50 of 100: 0.404 to 0.596
    assert len(texts) == 6


def test_differences_are_those_of_the_shares_and_full_where_they_are_known(made) -> None:
    picture = difference_chart(made(HITS), "in time", 1, lang="en")
    ax = picture.axes[0]
    marks = [line for line in ax.lines if len(line.get_xdata()) == 1]
    assert [round(float(line.get_xdata()[0]), 2) for line in marks] == [-0.4, 0.1, -0.3, 0.3, 0.45]
    known = [line.get_marker() == KNOWN["marker"] for line in marks]
    assert known == [True, False, True, True, True]  # 0.1 is less than 1.96 · sqrt(0.5 / 100)
    assert "4 of 5 told apart" in words(picture)


def test_a_tie_is_drawn_as_one(made) -> None:
    picture = difference_chart(made([50, 50, 51, 50, 50, 90]), "in time", lang="en")
    marks = [line for line in picture.axes[0].lines if len(line.get_xdata()) == 1]
    shapes = [line.get_marker() for line in marks]
    assert shapes == [UNKNOWN["marker"]] * 4 + [KNOWN["marker"]]
    assert marks[0].get_markerfacecolor() == "white"
    assert "1 of 5 told apart" in words(picture)


def test_frontier_by_hand(made) -> None:
    # costs 2 3 4 | 3 4 5: cheapest 2 (.10), at 3 the better (.50), at 4 the better (.80), at 5 .95
    results = made(HITS)
    table = frontier_table(results, "in time", SAFE["safe"]["cost"])
    assert list(table.loc[table["frontier"], "point"]) == [0, 1, 4, 5]
    assert list(table.loc[table["frontier"], "cost"]) == [2, 3, 4, 5]
    with pytest.raises(ValueError, match=r"cost|代价"):
        frontier_chart(results, "in time")


def test_frontier_of_a_selection_tells_safe_from_unsafe_by_shape(made) -> None:
    results = made(HITS, select=SAFE, batch=50)
    picture = frontier_chart(results, lang="en")
    shapes = [bars.lines[0].get_marker() for bars in picture.axes[0].containers]
    # in order of cost: .10 not safe; .50 and .20: the first not known, then not safe; …
    assert shapes == ["X", "D", "X", "D", "o", "o"]
    assert "not known to be either" in words(picture)


def test_tornado_bars_are_differences_to_the_base_largest_first(made) -> None:
    results = made(
        [50, 60, 90, 20],
        factors={"county": {"a": {}, "b": {}}, "city": {"one": {}, "two": {}, "three": {}}},
        design={"one_at_a_time": {"county": "a", "city": "one"}},
    )
    picture = tornado_chart(results, "in time", lang="en")
    bars = [round(bar.get_width(), 2) for bar in picture.axes[0].patches]
    assert bars == [0.4, -0.3, 0.1]
    labels = [text.get_text() for text in picture.axes[0].get_yticklabels()]
    assert labels == ["city duty: two", "city duty: three", "county duty: b"]
    assert results.label(0) in ("the base", "基准")
    with pytest.raises(ValueError, match="one_at_a_time"):
        tornado_chart(made(HITS), "in time")


def test_running_estimate_ends_at_the_estimate_of_all(made) -> None:
    waits = [60 * k for k in range(1, 7)]  # and a minute more in every second drill
    picture = convergence_chart(made(HITS, waits), "wait", [2], lang="en")
    curve = picture.axes[0].lines[2]
    assert curve.get_xdata()[-1] == 100
    assert curve.get_ydata()[-1] == pytest.approx(3.5)  # minutes
    assert "how the estimate settles" in words(picture)


def test_nothing_measured_cannot_be_drawn(made) -> None:
    with pytest.raises(ValueError, match=r"measured|测得到"):
        convergence_chart(made(HITS), "wait")


def test_factors_without_levels_are_refused(made) -> None:
    results = made(
        [50, 60],
        factors={"a": {"from": 0, "to": 1}},
        design={"latin_hypercube": {"points": 2}},
        names={},
    )
    with pytest.raises(ValueError, match=r"levels|水平"):
        compliance_chart(results, "in time")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_report_holds_answer_tables_pictures_and_limits(made, lang) -> None:
    results = made(HITS, [60] * 6, select=SAFE, batch=50)
    page = render_study(results, lang)
    with in_language(lang):
        assert safe_sentences(results)[1] in page
    assert page.count("data:image/svg+xml;base64,") >= 6
    assert "http://" not in page.replace("http://www.w3.org", "")
    for text in {
        "zh": ["本研究不能回答的", "按时上报", "0.50 (0.40–0.60)"],
        "en": ["What this study cannot tell", "reported in time", "0.50 (0.40–0.60)"],
    }[lang]:
        assert text in page


def test_names_from_a_file_are_text_on_the_page_and_in_pictures(made) -> None:
    evil = "<script>alert(1)</script> $x^2$ </title>"
    results = made(
        HITS, names={"in time": evil, "county": evil, "a": evil}, name={"zh": evil, "en": evil}
    )
    page = render_study(results, "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "$x^2$" in words(compliance_chart(results, "in time", lang="en"))
    assert "<script>" in study_text(results)


def test_sensitivity_is_a_table_and_drawn_points_are_not_compared_with_the_first(made) -> None:
    results = made(
        [90, 90, 90, 90, 10, 10, 10, 10, 90, 90, 90, 90, 10, 10, 10, 10],
        [60] * 16,
        factors={"a": {"from": 0, "to": 1}, "b": {"from": 0, "to": 1}},
        design={"sobol_indices": {"points": 4}},
        names={},
    )
    page = render_study(results, "en")
    assert "Sobol&#39;s indices of sensitivity: in time" in page
    assert "difference to" not in page
