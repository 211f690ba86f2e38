"""Actions out to a list and back: what people fill in, and every mistake by its cell."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import UnusableInput
from sim.register import actions, assign, close, decide, findings, read_actions, write_actions
from tests.register.conftest import enter

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is in the extra excel")


@pytest.fixture
def listed(db, tmp_path):
    """Two confirmed findings, the first with an action; one that nobody confirmed."""
    for k, case in enumerate("abc", start=1):
        enter(db, case, "3:30")
        if k < 3:
            decide(db, k, "confirmed", "evaluator")
    assign(db, 1, "second line", "duty office", date(2024, 9, 1), "evaluator")
    path = tmp_path / "actions.xlsx"
    assert write_actions(path, db, lambda finding: f"late {finding['late_s']} s", "zh") == 2
    return path


def change(path, **cells):
    """Fill in cells, `K3="text"`."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        book.active[name] = value
    book.save(path)


def test_the_list_says_what_there_is(listed):
    head, first, second = (
        [cell.value for cell in row] for row in openpyxl.load_workbook(listed).active.iter_rows()
    )
    assert head[:6] == ["问题编号", "演练日期", "条款", "规则", "责任主体", "问题"]
    assert head[6:] == [
        "措施编号",
        "版本",
        "整改措施",
        "整改责任人",
        "完成时限",
        "状态",
        "备注",
        "填报人",
    ]
    assert first[:6] == ["1", "2024-07-01", "第十条", "GX-02-city", "hechi市政府", "late 1200 s"]
    assert first[6:12] == ["1", "1", "second line", "duty office", "2024-09-01", "整改中"]
    assert second[0] == "2"
    assert second[6:] == [None] * 8


def test_a_list_in_which_nothing_was_filled_in_enters_nothing(db, listed):
    assert read_actions(listed, db) == (0, 0)
    assert len(db.rows("SELECT id FROM action")) == 1


def test_what_was_filled_in_is_entered_as_new_rows(db, listed):
    change(
        listed, L2="已完成", N2="head", I3="一键转接", J3="值班室", K3="2024年10月1日", N3="head"
    )
    assert read_actions(listed, db) == (1, 1)
    first, second = actions(db)
    assert (first["number"], first["state"], first["entered_by"]) == (1, "done", "head")
    assert (second["finding"], second["what"], second["due"]) == (2, "一键转接", "2024-10-01")
    assert (second["state"], second["owner"]) == ("open", "值班室")
    old = db.rows("SELECT state, entered_by FROM action WHERE id = 1")
    assert old == [{"state": "open", "entered_by": "evaluator"}]
    with pytest.raises(UnusableInput, match="changed since"):
        read_actions(listed, db)  # the same list again: its version of action 1 is old


def test_every_mistake_by_its_cell_and_nothing_entered(db, listed):
    change(listed, K2="soon", L2="finished", I3="call", K3=45566, A3="3")
    with pytest.raises(UnusableInput) as told:
        read_actions(listed, db)
    lines = [str(problem) for problem in told.value.problems]
    assert [line.partition("!")[2].partition(":")[0] for line in lines] == [
        "K2", "L2", "N2", "A3", "J3", "K3", "N3",
    ]  # fmt: skip
    assert "2024-10-01" in lines[5]  # the day number is told as the day that it means
    assert len(db.rows("SELECT id FROM action")) == 1


def test_an_action_that_changed_since_is_not_overwritten(db, listed):
    close(db, 1, "somebody else")
    change(listed, I2="third line")
    with pytest.raises(UnusableInput, match=r"!H2.*changed since this list was written"):
        read_actions(listed, db)


def test_whoever_changes_a_row_says_so_the_name_before_is_not_taken_over(db, listed):
    change(listed, L2="已完成")
    with pytest.raises(UnusableInput, match=r"!N2.*who enters it"):
        read_actions(listed, db)


def test_an_action_stands_once_and_with_its_finding(db, listed):
    change(listed, A3="2", G3="1", H3="1", I3="x", J3="y", K3="2024-10-01", N3="e")
    with pytest.raises(UnusableInput, match=r"!G3.*each action once"):
        read_actions(listed, db)
    change(listed, A2="2", **{f"{c}3": None for c in "GHIJKN"})
    with pytest.raises(UnusableInput, match=r"!A2.*finding 1, to which"):
        read_actions(listed, db)


def test_as_csv_in_english(db, listed, tmp_path):
    path = tmp_path / "actions.csv"
    write_actions(path, db, lambda _: "=late", "en")
    text = path.read_text(encoding="utf-8-sig")
    assert text.startswith("finding,held,clause,rule,body,text,action,version,what,")
    assert "'=late" in text  # no spreadsheet takes it for a formula
    text = text.replace("2024-09-01,open,,", "2024-09-15,open,,head")
    path.write_text(text, encoding="utf-8")
    assert read_actions(path, db) == (0, 1)
    assert actions(db)[0]["due"] == "2024-09-15"


def test_a_list_without_its_columns_is_told_which(db, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("finding,what\n1,x\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match="a column version"):
        read_actions(path, db)
    assert findings(db) == []
