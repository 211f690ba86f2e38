"""`yanlian msel`: what it prints, what it writes, and what it does with unusable input."""

import openpyxl
import pytest


@pytest.fixture
def exported(call, scenarios, tmp_path):
    out = tmp_path / "msel.xlsx"
    found = call("msel", "export", scenarios / "mine-collapse.yaml", "--out", out, "--lang", "en")
    assert (found.exit_code, found.stdout) == (0, f"written: {out}\n")
    return out


def change(path, heading, value):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[3] if cell.value == heading)
    key = next(cell.column for cell in sheet[3] if cell.value == "Key")
    own = [k for k in range(4, sheet.max_row + 1) if sheet.cell(k, key).value == "relative-calls"]
    sheet.cell(own[0], column, value)
    book.save(path)
    return sheet.cell(own[0], column).coordinate


def test_a_changed_list_is_told_part_by_part(call, scenarios, exported, tmp_path):
    change(exported, "Within", "45 min")
    change(exported, "Controller", "C1")
    out = tmp_path / "new.yaml"
    source = scenarios / "mine-collapse.yaml"
    found = call("msel", "import", exported, "--into", source, "--out", out, "--lang", "en")
    assert found.exit_code == 0
    assert "changed: relative-calls (expect.within, controller)" in found.stdout
    assert "unchanged: 0" in found.stdout
    text = out.read_text("utf-8")
    assert "      within: 45 min\n" in text
    assert "    controller: C1\n" in text
    assert len(text.splitlines()) == len(source.read_text("utf-8").splitlines()) + 1


def test_mistakes_by_cell_exit_with_2_and_write_nothing(call, scenarios, exported, tmp_path):
    cell = change(exported, "To", "somebody")
    out = tmp_path / "new.yaml"
    source = scenarios / "mine-collapse.yaml"
    found = call("msel", "import", exported, "--into", source, "--out", out, "--lang", "en")
    assert found.exit_code == 2
    assert found.stderr.startswith(f"msel.xlsx:Injects!{cell}: To: expected one of ")
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "S", "--out", "x.csv"), "must end in .xlsx"),
        (("import", "S", "--into", "S", "--out", "x.xlsx"), "must end in .yaml or .yml"),
        (("dial", "S", "--out", "x.docx"), "must end in .xlsx or .yaml or .yml"),
        (("rehearse", "S", "--out", "none/x.xlsx"), "the folder none does not exist"),
        (("export", "none.yaml", "--out", "x.xlsx"), "expected a file that exists"),
    ],
)
def test_what_cannot_be_done_is_refused(call, scenarios, words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = scenarios / "chemical-leak.yaml"
    found = call("msel", *(source if word == "S" else word for word in words))
    assert found.exit_code == 2
    assert told in found.stderr
    assert not list(tmp_path.iterdir())


def test_a_scenario_without_expected_actions_has_no_dial(call, scenarios):
    found = call("msel", "dial", scenarios / "river-flood.yaml", "--drills", "2")
    assert found.exit_code == 2
    assert "injects: expected an inject with expect: and in it does: and within:" in found.stderr


def test_check_knows_a_mapping_for_lists(call, tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("msel: 1\ncolumns: {事件: text}\n", encoding="utf-8")
    assert call("check", path).stdout == f"{path}: valid mapping\n"
    path.write_text("msel: 1\ncolumns: {事件: texts}\n", encoding="utf-8")
    found = call("check", path)
    assert found.exit_code == 2
    assert found.stderr.startswith(f"{path}:2: columns.事件: expected one of the columns number, ")
