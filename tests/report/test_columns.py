"""Plain text in columns with wide characters."""

import pytest

from sim.report.columns import cut, fit, grid, pad, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("河池市", 6), ("R10-II 逾期", 11), ("e\u0301", 1), ("", 0)]
)
def test_width_counts_two_for_wide_and_none_for_combining_signs(text, columns):
    assert width(text) == columns


def test_cut_never_exceeds_its_columns_whatever_the_mixture():
    text = "河池市Hechi人民政府duty值班室"
    for columns in range(2, 40):
        assert width(cut(text, columns)) <= columns
    assert cut(text, 100) == text


def test_padded_cells_are_equally_wide():
    assert {width(pad(text, 12)) for text in ("按时", "late", "", "逾期 -45")} == {12}
    assert pad("7", 3, right=True) == "  7"


def test_wrap_keeps_every_sign_and_leaves_no_single_one_over():
    text = "自治区安全生产监督管理局总值班室第一组"
    lines = wrap(text, 24)
    assert "".join(lines) == text
    assert min(width(line) for line in lines) > 10


def test_wrap_breaks_english_between_words():
    assert wrap("Regional work safety administration", 22) == [
        "Regional work safety",
        "administration",
    ]


def test_no_line_begins_with_a_closing_sign():
    lines = wrap("河池市政府值班室，自治区政府、柳州市政府；南宁市政府。", 12, 6)
    assert not any(line[0] in "，、；。" for line in lines)


def test_grid_columns_start_at_the_same_place_in_every_line():
    rows = [["条款", "值班室", "x"], ["art. 10", "duty office of the city", "y"]]
    lines = grid(rows, [8, 10, 3])
    for line in lines:
        assert width(line) <= 8 + 10 + 3 + 4
    starts = [width(line[: line.index("值")]) for line in lines if "值" in line]
    starts += [width(line[: line.index("duty")]) for line in lines if "duty" in line]
    assert set(starts) == {10}


def test_fit_takes_from_the_widest_column_first_and_respects_the_least():
    rows = [["a" * 40, "b" * 12, "c" * 5]]
    assert fit(rows, [10, 10, 5], 1_000) == [40, 12, 5]
    assert fit(rows, [10, 10, 5], 45) == [24, 12, 5]
    assert fit(rows, [10, 10, 5], 5) == [10, 10, 5]
