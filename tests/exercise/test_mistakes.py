"""Every mistake of a list is told by its cell, all at once, and then nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.exercise import import_msel
from sim.texts import in_language

HEAD = (
    "序号",
    "时间",
    "注入内容",
    "类型",
    "接收方",
    "所报数字",
    "时限",
    "行动类别",
    "出现条件",
    "其他参数",
)
GOOD = (1, "14:30", "来电", "通报", "县值班室", "被困 3", "30 分钟", "登记", None, None)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with in_language("en"):
        yield


def row(**cells: object) -> list[object]:
    """A good row with other cells, by the letter of their column."""
    return [cells.get(chr(65 + k), value) for k, value in enumerate(GOOD)]


@pytest.fixture
def mistakes(
    drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> Callable[..., list[str]]:
    """`mistakes(rows)`: what is said of a list with these rows below its header."""

    def tell(*rows: list[object], mapping: str = "", injects: str = "") -> list[str]:
        path, how = sheet([HEAD, *rows]), None
        if mapping:
            how = tmp_path / "mapping.yaml"
            how.write_text(mapping, encoding="utf-8")
        with pytest.raises(UnusableInput) as caught:
            import_msel(path, drill(injects), tmp_path / "new.yaml", mapping=how)
        assert not (tmp_path / "new.yaml").exists()
        assert not list(tmp_path.glob(".*"))
        return [str(problem).replace(str(tmp_path) + "/", "") for problem in caught.value.problems]

    return tell


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("B", "25:00", "时间: expected a time such as 08:20 or 2026-07-01 08:20, received '25:00'"),
        ("B", "2026-04-15 13:00", "时间: expected a time at or after the start of the drill"),
        ("B", "+soon", "时间: expected a time from the start such as T+1:30"),
        ("D", "通抱", "类型: expected one of 初报, 处置情况"),
        (
            "E",
            "县值班",
            "接收方: expected one of 市值班室, 县值班室, received '县值班', did you mean 县值",
        ),
        (
            "F",
            "被困 三",
            "所报数字: expected figures such as trapped 13; dead 1, received '被困 三'",
        ),
        ("G", "尽快", "时限: expected a duration such as 30 min, received '尽快'"),
        ("H", "汇报", "行动类别: expected one of"),
        ("I", "第3条之后", "出现条件: expected a condition such as not done in time: 3"),
        ("J", "limits: 5 min", "其他参数: expected keys of an inject: name, source"),
        ("J", "[1", "其他参数: expected keys and values such as {limit: 10 min, tries: 2}"),
        ("J", "warning: purple", "其他参数: expected one of red, orange, yellow, blue, lifted"),
        ("J", "elements: [spot]", "其他参数: expected one of receipt_time"),
        ("J", "kind: order", "其他参数: expected the same as in the other columns: kind"),
    ],
)
def test_a_wrong_cell_is_told_by_its_address(
    mistakes: Callable[..., list[str]], cell: str, value: str, told: str
) -> None:
    (found,) = mistakes(row(), row(A=2, **{cell: value}))
    assert found.startswith(f"list.xlsx:清单!{cell}3: {told}")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_cells(
    mistakes: Callable[..., list[str]],
) -> None:
    found = mistakes(row(B="x", E="y"), row(A=2, F="z 1"), row(A=2))
    assert [line.partition(": ")[0].rpartition("!")[2] for line in found] == [
        "B2",
        "E2",
        "F3",
        "A4",
    ]
    assert "expected each inject once; it stands in line 3 too, received '2'" in found[3]


def test_what_hangs_on_an_inject_needs_its_activity_and_its_limit(
    mistakes: Callable[..., list[str]],
) -> None:
    (found,) = mistakes(row(G=None), row(A=2, B=None, I="未按时完成：1"))
    assert found.startswith("list.xlsx:清单!I3: 出现条件: expected an inject with expect:")
    (found,) = mistakes(row(), row(A=2, B=None, I="未按时完成：7"))
    assert found.startswith("list.xlsx:清单!I3: 出现条件: expected a key under injects")
    (found,) = mistakes(row(), row(A=2, I="未按时完成：1"))
    assert found.startswith("list.xlsx:清单!B3: 时间: expected nothing: this inject hangs")


def test_a_row_without_a_time_or_a_recipient_is_told(mistakes: Callable[..., list[str]]) -> None:
    found = mistakes(row(B=None), row(A=2, E=None))
    assert len(found) == 2
    assert found[0].startswith("list.xlsx:清单!A2: ")
    assert "a time (at) or an event (on)" in found[0]
    assert "the key to" in found[1]


def test_two_times_that_differ_are_told_where_none_is_the_former_one(
    drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> None:
    path = sheet(
        [("相对时间", "时钟时间", "类型", "接收方"), ("T+0:30", "14:31", "通报", "县值班室")]
    )
    with pytest.raises(UnusableInput) as caught:
        import_msel(path, drill(), tmp_path / "new.yaml")
    (problem,) = caught.value.problems
    assert problem.file == "list.xlsx:清单!B2"
    assert problem.expected == "the same time as T+0:30, or one of the two empty"


def test_mistakes_of_a_mapping_have_their_lines(mistakes: Callable[..., list[str]]) -> None:
    found = mistakes(row(), mapping="msel: 1\ncolumns: {时间: when}\nwords: {too: {a: b}}\n")
    assert found[0].startswith("mapping.yaml:2: columns.时间: expected one of the columns number")
    assert found[1].startswith("mapping.yaml:3: words.too: ")
    (found,) = mistakes(row(), mapping="msel: 1\ncolumns: {时刻: time}\n")
    assert found.startswith("list.xlsx:清单: expected a column 时刻 in list.xlsx:清单, received")


def test_an_unusable_scenario_or_sheet_is_told(
    drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> None:
    path = sheet([("甲", "乙"), (1, 2)])
    with pytest.raises(UnusableInput, match="a column 时间 / Time"):
        import_msel(path, drill(), tmp_path / "new.yaml")
    with pytest.raises(UnusableInput, match=r"drill\.yaml:"):
        import_msel(path, drill("injects: {a: {}}\n"), tmp_path / "new.yaml")
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04no workbook")
    with pytest.raises(UnusableInput, match="a workbook that can be opened"):
        import_msel(tmp_path / "list.xlsx", drill(), tmp_path / "new.yaml")


def test_a_formula_and_a_script_are_texts_like_any_other(
    drill: Callable[..., Path], sheet: Callable[..., Path], tmp_path: Path
) -> None:
    text = "<script>alert(1)</script>: {a: *b}"
    import_msel(sheet([HEAD, row(C=text)]), drill(), tmp_path / "new.yaml")
    from sim.scenario import load_scenario

    (inject,) = load_scenario(tmp_path / "new.yaml").injects.values()
    assert inject.text is not None
    assert inject.text.zh == text
