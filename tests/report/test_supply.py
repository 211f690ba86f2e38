"""Supplies in pictures and on the page: what they show is what the tables say."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection

from sim.log import EventLog, read_log, to_log
from sim.report.html import render_report
from sim.report.supply import supply_part
from sim.report.supply_chart import LOOKS, stage_words, supply_chart
from sim.report.supply_ecdf import supply_ecdf, supply_times
from sim.texts import in_language

ORIGIN = datetime.fromisoformat("2026-06-20T05:00:00+08:00")


@pytest.fixture(scope="module")
def log() -> EventLog:
    """The drill whose tables are worked out by hand in the tests of the record."""
    return read_log(Path(__file__).parents[1] / "log/supply_drill.csv")


def row(time, what, actor, object="", to="", **more):
    return (time, what, "", actor, to, object, "f", None, None, "", more or None)


def orders(*full, end=50_000):
    """One case for each: a flood at 0, 5 beds asked for at 600 s, accepted then, or never."""
    cases = []
    for k, after in enumerate(full):
        beds = {"order": "o", "item": "bed", "quantity": 5}
        rows = [
            row(0, "observe", ""),  # the record is complete: what it does not tell did not happen
            row(0, "occur", "", hazard="flood"),
            row(600, "supply_order", "c", "o", "s", **beds),
        ]
        if after is not None:
            rows.append(row(after, "hand_over", "d", "o/1", "s", **beds))
        cases.append((f"drill/{k}", [*rows, row(end, "clock", "")]))
    return to_log(cases, ORIGIN)


def heights(ax, time):
    """Return the upper edges of the bands at a time, from below."""
    found = []
    for band in ax.collections:
        if isinstance(band, FillBetweenPolyCollection):
            corners = band.get_paths()[0].vertices
            at = corners[(corners[:, 0] <= time)]
            later = corners[(corners[:, 0] > time)]
            shared = set(at[:, 1].tolist()) & set(later[:, 1].tolist())
            found.append(max(shared, default=0.0))
    return found


def test_bands_are_as_high_as_the_stages_of_the_record(log) -> None:
    """At 6150 s 38 are given out, 2 not accepted, 30 on the way, 20 picked, 30 approved."""
    ax = supply_chart(log, lang="en").axes[0]
    (asked, needed) = (line for line in ax.lines if line.get_gid() != "occur")
    assert max(asked.get_ydata()) == max(needed.get_ydata()) == 120
    tops = sorted(h for h in heights(ax, 6150) if h)
    assert {38.0, 40.0, 70.0, 90.0, 120.0} <= set(tops)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_legend_explains_what_is_there_and_only_that(log, lang) -> None:
    def legend(record):
        return [x.get_text() for x in supply_chart(record, lang=lang).legends[0].get_texts()]

    with in_language(lang):
        words = stage_words()
    assert legend(log)[:8] == list(words.values())
    assert legend(orders(9000))[:2] == [words["requested"], words["accepted"]]
    assert len(legend(orders(9000))) == 4  # asked for in all, occurrence


def test_items_stand_in_panels_under_their_names_and_the_rest_is_told() -> None:
    rows = [row(k, "supply_order", "c", "o", order="o", item=f"i{k}", quantity=9) for k in range(8)]
    log = to_log([("drill", rows)], ORIGIN)
    picture = supply_chart(log, lang="en", names={"i0": "beds"})
    titles = [ax.get_title("left") for ax in picture.axes]
    assert titles == ["beds", "i1", "i2", "i3", "i4", "i5"]
    assert any("2 more items" in text.get_text() for text in picture.texts)
    two = supply_chart(log, items=["i7", "i2"])
    assert [ax.get_title("left") for ax in two.axes] == ["i7", "i2"]


def test_stages_that_lie_on_each_other_differ_in_grey_or_hatch() -> None:
    def looks(stage):
        red, green, blue = matplotlib.colors.to_rgb(LOOKS[stage]["fc"])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue, LOOKS[stage].get("hatch", "")[:1]

    for one, other in pairwise(LOOKS):
        (light, hatch), (dark, hatch_too) = looks(one), looks(other)
        assert abs(light - dark) > 0.08 or hatch != hatch_too, (one, other)
    grey = [looks(stage)[0] for stage in LOOKS if stage != "delivered"]
    assert grey == sorted(grey)  # the further they have come, the darker


def test_no_text_runs_out_of_the_picture(log) -> None:
    for lang in ("zh", "en"):
        picture = supply_chart(log, lang=lang, names={"water": "瓶装饮用水（五百五十毫升）" * 3})
        renderer = picture.canvas.get_renderer()
        boxes = [x.get_window_extent(renderer) for x in [*picture.texts, *picture.legends]]
        boxes += [ax.title.get_window_extent(renderer) for ax in picture.axes]
        assert min(box.x0 for box in boxes) >= 0
        assert max(box.x1 for box in boxes) <= picture.bbox.x1
        assert min(box.y0 for box in boxes) >= 0


def test_orders_never_filled_count_as_longer() -> None:
    log = orders(7200, 36_000, 36_001, None)
    (beds,) = supply_times(log, "", 36_000)
    assert sorted(beds.known) == [7200, 36_000, 36_001]
    assert beds.longer.tolist() == [50_000]
    assert (beds.met, beds.late, beds.undecided, beds.unknown) == (2, 2, 0, 0)
    (early,) = supply_times(orders(None, end=30_000), "orders", 36_000)
    assert (early.met, early.late, early.undecided) == (0, 0, 1)
    picture = supply_ecdf(log, lang="en")
    assert any("2 of 4: 50 %" in text.get_text() for text in picture.axes[0].get_legend().texts)
    assert np.isclose(picture.axes[0].lines[-1].get_xdata()[0], 600)  # the target, in minutes
    assert not supply_times(log, "shelters", 36_000)


def test_people_in_shelters_are_one_curve_and_their_items_others() -> None:
    cases = []
    for k, later in enumerate((3000, 40_000)):
        rows = [row(0, "occur", "", hazard="flood")]
        for item, time in (("bed", 2000), ("water", later)):
            rows.append(row(600, "need", "s", item=item, quantity=5, persons=5))
            rows.append(row(time, "distribute", "s", item=item, quantity=5))
        cases.append((f"drill/{k}", sorted(rows, key=lambda r: r[0])))
    found = supply_times(to_log(cases, ORIGIN), "", 36_000)
    assert [sorted(entry.known) for entry in found] == [
        [3000, 40_000],
        [2000, 2000],
        [3000, 40_000],
    ]
    assert [(entry.met, entry.late) for entry in found] == [(1, 1), (2, 0), (1, 1)]
    for lang, words in (("zh", "安置群众所需全部物资"), ("en", "everything")):
        legend = supply_ecdf(to_log(cases, ORIGIN), lang=lang).axes[0].get_legend().texts
        assert words in legend[0].get_text()


def test_a_record_without_orders_is_no_picture_and_no_section() -> None:
    log = to_log([("drill", [row(0, "occur", "")])], ORIGIN)
    for draw in (supply_chart, supply_ecdf):
        with pytest.raises(ValueError, match=r"no supplies|没有物资"):
            draw(log)
    with pytest.raises(ValueError, match="shelters"):
        supply_ecdf(log, of="depots")
    assert supply_part(log, {}, "", "en") is None


def test_the_section_tells_the_line_by_line_numbers(log) -> None:
    with in_language("en"):
        part = supply_part(log, {"water": "bottles", "s": "school"}, "drill", "en")
    lines, need, costs = part.tables
    assert lines.rows == [
        ["05:15 county o1 → school"],
        ["bottles", "120", "120", "90", "70", "60", "58", "62", "48.3 %", "1:25", "—"],
    ]
    # 120 pieces for 5500 s, 82 for 2900 s, 62 for 1000 s, three a person: 88.9 person-hours.
    assert need.rows == [["school", "bottles", "120", "58", "0", "62", "89"]]
    assert costs.rows[-1] == ["in all", "40", "200", "48", "4", "292"]
    assert "0 of 1 order lines filled; mean fill rate 48.3 %." in part.result
    assert any("Stock-outs: 2" in line for line in part.result)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_the_section_with_long_tables_folded(log, lang, drill, verdicts) -> None:
    page = render_report(log, verdicts, lang=lang)
    section = page[page.index('<section class="wide supply">') :]
    section = section[: section.index("</section>")]
    assert ("物资保障" if lang == "zh" else "Supplies") in section
    assert section.count("<details open>") == 3
    assert '<section class="wide supply">' not in render_report(drill, verdicts, lang=lang)
    many = [
        row(9, "supply_order", "c", f"o{k}", "s", order=f"o{k}", item="bed", quantity=1)
        for k in range(13)
    ]
    page = render_report(to_log([("drill", many)], ORIGIN), verdicts, lang=lang)
    assert "<details><summary>" in page


def test_many_cases_add_their_spread_and_a_curve() -> None:
    with in_language("en"):
        part = supply_part(orders(7200, 14_400, None), {}, "drill", "en")
    assert len(part.pictures) == 2
    # Filled after 6600 and 13,800 s; the median of three is the longer one, one in ten never.
    assert part.tables[0].rows == [["bed", "3", "100 (20–100)", "2/3", "3:50", "—", "—"]]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "05:10 县 第 3 单 → s"), ("en", "05:10 县 order 3 → s")]
)
def test_orders_are_called_by_office_number_and_recipient(lang, words) -> None:
    beds = {"order": "incident/f/s/need-3", "item": "bed", "quantity": 5}
    log = to_log([("drill", [row(600, "supply_order", "c", "", "s", **beds)])], ORIGIN)
    with in_language(lang):
        part = supply_part(log, {"c": "县"}, "drill", lang)
    assert part.tables[0].rows[0] == [words]


def sentences(rows, lang="en"):
    with in_language(lang):
        return supply_part(to_log([("drill", rows)], ORIGIN), {"water": "bottles"}, "", lang).result


NEED = [
    row(0, "need", "s", item="water", quantity=10, persons=5),
    row(0, "need", "s", item="bed", quantity=5, persons=5),
]
END = row(7200, "clock", "")


def test_hours_in_want_stand_item_by_item_without_a_sum() -> None:
    """Five persons lack both for two hours: ten person-hours each, and never twenty."""
    words = " ".join(sentences([row(0, "observe", ""), *NEED, END]))
    assert "bottles 10, bed 10" in words
    assert "20" not in words


@pytest.mark.parametrize(
    ("lang", "left", "none"),
    [
        ("en", "No room in any shelter: 9 persons", "9 persons at first; they waited 9 person"),
        (
            "zh",
            "未能入住 9 人（转送不计；计至 07:00）",
            "曾无处安置 9 人（转送不计），等候共 9 人·小时",
        ),
    ],
)
def test_people_whom_no_shelter_had_room_for_are_told(lang, left, none) -> None:
    away = row(0, "turn_away", "s", persons=9)
    assert any(left in line for line in sentences([away, END], lang))
    admitted = row(3600, "admit", "s", persons=9)
    later = (*admitted[:9], "waiting_room", admitted[10])
    assert any(none in line for line in sentences([away, later, END], lang))


def test_what_nobody_recorded_is_not_told_as_known() -> None:
    handed = row(3600, "hand_over", "d", to="s", item="water", quantity=10)
    log = to_log([("drill", [*NEED, handed, END])], ORIGIN)
    with in_language("zh"):
        part = supply_part(log, {}, "", "zh")
    (need,) = (table for table in part.tables if "安置点需求" in table.title)
    assert need.title.endswith("计至 07:00）")
    assert need.rows[0] == ["s", "water", "10", "10（按交接）", "0", "0", "5"]
    assert need.rows[1] == ["s", "bed", "5", "—", "0", "—", "—"]
    assert any("按交接数计为已发放" in line for line in part.result)
    assert any("缺供情况不详" in line for line in part.result)


def test_books_are_told_by_count_by_the_drills_truth_or_as_not_counted() -> None:
    def stock(what, quantity, actor="d", to="", time=0):
        return row(time, what, actor, to=to, item="water", quantity=quantity)

    books = stock("stock_recorded", 10)
    assert "账面库存 1 项，未盘点。" in sentences([*NEED, books, END], "zh")
    true = [*NEED, books, stock("stock_true", 10, "", "d"), END]
    words = sentences(true, "zh")
    assert "账面库存 1 项，未盘点。" in words
    assert "与情景设定的实有数相比：账实相符 1 项，共 1 项；平均误差 0%。" in words
    counted = sentences([*NEED, books, stock("stock_counted", 8, time=9), END], "zh")
    assert "盘点 1 项，账实相符 0 项；平均误差 20%。" in counted
    assert "账面库存 1 项，已盘点 1 项。" in counted


def test_stock_outs_to_the_end_of_the_record_say_so() -> None:
    out = row(3600, "refused", "d", item="water", quantity=3, reason="no_stock")
    assert "缺货 1 次，累计 1 小时。其中 1 起至记录结束仍未补足。" in sentences(
        [*NEED, out, END], "zh"
    )


def moved():
    """20 beds go to depot e beforehand, 5 of them on to the school."""
    beds = {"item": "bed"}
    return to_log(
        [
            (
                "drill",
                [
                    row(0, "role", "e", actor_role="depot"),
                    row(0, "supply_order", "c", "o1", "e", order="o1", quantity=20, **beds),
                    row(60, "hand_over", "d", "o1/1", "e", order="o1", quantity=20, **beds),
                    row(90, "supply_order", "c", "o2", "s", order="o2", quantity=5, **beds),
                    row(99, "hand_over", "e", "o2/1", "s", order="o2", quantity=5, **beds),
                ],
            )
        ],
        ORIGIN,
    )


def test_what_goes_to_depots_is_in_a_note_and_in_no_band() -> None:
    ax = supply_chart(moved(), lang="en").axes[0]
    assert max(ax.lines[0].get_ydata()) == 5
    assert ax.get_title("right") == "moved to depots besides: 20"
    with in_language("zh"):
        part = supply_part(moved(), {"bed": "床"}, "", "zh")
    assert "另调往储备库（补货、预置）：床 20。" in part.result
    (beds,) = supply_times(moved(), "orders", None)
    assert len(beds.known) + len(beds.longer) + beds.unknown == 1


def test_where_all_goes_to_depots_that_is_what_the_bands_show() -> None:
    log = moved()
    only = EventLog(log.table[~log.table["order"].eq("o2")].reset_index(drop=True), log.origins)
    ax = supply_chart(only, lang="en").axes[0]
    assert max(ax.lines[0].get_ydata()) == 20
    assert ax.get_title("right") == ""
