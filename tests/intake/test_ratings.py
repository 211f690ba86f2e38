"""Evaluators' forms: written, filled in as people do, and read back with every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import MissingExtra, UnusableInput
from sim.intake.ratings import Drill, form, read_ratings, write_sheets
from sim.texts import in_language

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

DRILL = Drill(
    *("化学品泄漏", "leak", "2026-07-01", "", ["市值班室", "=cmd()"], ["第十条"]),
    [("T1", "疏散群众"), ("T2", "+堵漏")],
)
SHEETS = {
    "zh": ("封面", "评估维度", "六个方面", "目标评定", "观察记录"),
    "en": ("Cover", "AQT 9009", "Six heads", "HSEEP objectives", "Remarks"),
}
WORDS = {
    "zh": ("优", "P 顺利完成", "做法成效", "待改进", "未观察"),
    "en": (
        *("excellent", "P performed without challenges", "strength", "to improve"),
        "not observed",
    ),
}


def written(path: Path, lang: str = "zh", drill: Drill = DRILL) -> Path:
    write_sheets(path, drill, lang)
    return path


def fill(path: Path, *cells: tuple[int, str, object]) -> Path:
    """Write into cells: (number of the sheet, address, value)."""
    book = openpyxl.load_workbook(path)
    for sheet, address, value in cells:
        book.worksheets[sheet][address] = value
    book.save(path)
    return path


def mistakes(path: Path, cases=()) -> list[str]:
    with in_language("en"), pytest.raises(UnusableInput) as error:
        read_ratings([path], cases)
    return [
        f"{str(one.file).split('.xlsx:')[-1]} {one.expected} | {one.received} | {one.hint}"
        for one in error.value.problems
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_filled_in_comes_back(tmp_path: Path, lang: str) -> None:
    good, p, strength, improve, unseen = WORDS[lang]
    path = fill(
        written(tmp_path / "a.xlsx", lang),
        *((0, "B6", "甲"), (0, "B7", "市值班室")),
        *((1, "D4", good), (1, "E4", "三分钟内接报"), (1, "D5", unseen)),
        *((2, "E9", "预案应写明替代号码"), (3, "D4", p), (3, "D5", "s")),
        *((3, "B6", "自拟目标"), (3, "D6", "U")),
        *((4, "C4", "9:35"), (4, "D4", "三次重拨"), (4, "E4", improve), (4, "F4", "第十条")),
        *((4, "A5", "乙"), (4, "D5", "交接清楚"), (4, "E5", strength)),
    )
    found = read_ratings([path], ["leak", "flood"])
    got = [(one.framework, one.number, one.word, one.seen) for one in found.ratings]
    assert got == [
        ("aqt9009", "1", "excellent", "三分钟内接报"),
        ("aqt9009", "2", "unobserved", ""),
        ("sixheads", "6", "", "预案应写明替代号码"),
        ("hseep", "T1", "P", ""),
        ("hseep", "T2", "S", ""),
        ("hseep", "", "U", ""),
    ]
    assert found.ratings[-1].item == "自拟目标"
    assert found.ratings[4].item == "+堵漏"
    assert {one.by.evaluator for one in found.ratings} == {"甲"}
    assert found.ratings[0].place == f"{path}:{SHEETS[lang][1]}!D4"
    remarks = [(r.kind, r.seen, r.clause, r.time, r.by.evaluator, r.by.post) for r in found.remarks]
    assert remarks == [
        ("improve", "三次重拨", "第十条", "9:35", "甲", "市值班室"),
        ("strength", "交接清楚", "", "", "乙", "市值班室"),
    ]
    assert found.of("leak") == found
    assert not found.of("other")


def test_a_form_that_nobody_filled_in_says_nothing(tmp_path: Path) -> None:
    assert not read_ratings([written(tmp_path / "a.xlsx")], ["leak"])


def test_every_mistake_is_named_by_its_cell(tmp_path: Path) -> None:
    path = fill(
        written(tmp_path / "a.xlsx"),
        *((0, "B4", "leek"), (1, "D4", "优秀"), (1, "A5", "22"), (1, "B6", "换了题目")),
        *((2, "D9", "优"), (3, "D8", "P"), (4, "C4", "昨天"), (4, "D4", "x"), (4, "E4", "好")),
        *((4, "E5", "待改进"), (5, "A1", "ignored")),
    )
    found = mistakes(path, ["leak", "flood"])
    assert found == [
        "封面!B4 one of leak, flood | 'leek' | leak",
        "封面!B6 the evaluator's pseudonym | nothing | ",
        "评估维度!D4 one of 优, 良, 中, 差, 未观察 | '优秀' | 优",
        "评估维度!A5 one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 | '22' | 2",
        "评估维度!B6 事故监测与研判 | '换了题目' | ",
        "六个方面!D9 nothing; this item takes a text only | '优' | ",
        "目标评定!B8 what is rated | nothing | ",
        "观察记录!C4 a time such as 9:35 | '昨天' | ",
        "观察记录!E4 one of 做法成效, 待改进 | '好' | ",
        "观察记录!D5 what was seen | nothing | ",
    ]


def test_of_several_cases_a_form_must_name_one(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", drill=Drill())
    assert read_ratings([path], ["leak"]).ratings == ()
    assert mistakes(path, ["leak", "flood"]) == ["封面!B4 one of leak, flood | nothing | "]


def test_one_item_once_per_evaluator_over_all_files(tmp_path: Path) -> None:
    paths = [
        fill(written(tmp_path / name), (0, "B6", who), (1, "D4", "良"))
        for name, who in (("a.xlsx", "甲"), ("b.xlsx", "乙"), ("c.xlsx", "甲"))
    ]
    assert len(read_ratings(paths[:2]).ratings) == 2
    with pytest.raises(UnusableInput) as error:
        read_ratings(paths)
    (one,) = error.value.problems
    assert one.file == f"{paths[2]}:评估维度!D4"
    assert f"{paths[0]}:评估维度!D4" in str(one)


def test_sheets_may_be_missing_but_not_all_and_other_files_are_no_form(tmp_path: Path) -> None:
    path = fill(written(tmp_path / "a.xlsx"), (0, "B6", "甲"), (4, "D4", "x"), (4, "E4", "待改进"))
    book = openpyxl.load_workbook(path)
    for name in SHEETS["zh"][1:4]:
        del book[name]
    book.save(path)
    assert len(read_ratings([path]).remarks) == 1
    del book[SHEETS["zh"][4]]
    book.save(path)
    with pytest.raises(UnusableInput, match=r"观察记录|Remarks"):
        read_ratings([path])
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"t\.csv"):
        read_ratings([tmp_path / "t.csv"])


def test_times_that_the_spreadsheet_made_of_what_was_typed_are_read(tmp_path: Path) -> None:
    from datetime import time

    path = fill(
        written(tmp_path / "a.xlsx"),
        *((0, "B6", "甲"), (4, "C4", time(9, 5)), (4, "D4", "x"), (4, "E4", "待改进")),
    )
    assert read_ratings([path]).remarks[0].time == "09:05"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_is_set_up_for_printing_and_choosing(tmp_path: Path, lang: str) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx", lang))
    assert tuple(book.sheetnames[:5]) == SHEETS[lang]
    assert book.worksheets[5].sheet_state == "hidden"
    for sheet in book.worksheets[1:5]:
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToWidth == 1
        (first, *_) = sheet.data_validations.dataValidation
        assert first.type == "list"
    scale = {
        key: [str(book.worksheets[5][f"{letter}{k}"].value) for k in range(1, 6)]
        for key, letter in (("quality", "B"), ("hseep", "C"))
    }
    for key, words in scale.items():
        assert words == [getattr(word, lang) for word in form().scales[key].values()]


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx"))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value]
    assert {str(cell.value) for cell in cells} >= {"'+堵漏", "'=cmd()"}
    assert not [c for c in cells if c.data_type == "f" or str(c.value)[0] in "=+-@\t\r"]


def test_the_frameworks_are_those_of_their_sources() -> None:
    """Counted by hand: 12 dimensions and `other`; six heads, the last one advice; P, S, M, U."""
    frameworks = form().frameworks
    assert [str(k) for k in frameworks["aqt9009"].items] == [str(k) for k in range(1, 14)]
    heads = frameworks["sixheads"].items
    assert [one.rated for one in heads.values()] == [True] * 5 + [False]
    assert list(form().scales["hseep"])[:4] == list("PSMU")
    for one in (*frameworks.values(), form().remarks, form().cover):
        assert 0 < len(one.sheet.zh) <= 31
        assert 0 < len(one.sheet.en) <= 31


def test_without_the_extra_the_error_says_which(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sim.intake.ratings.write.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"yanlian\[excel\]"):
        write_sheets(tmp_path / "a.xlsx")
