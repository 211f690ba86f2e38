"""All or nothing: a file or a folder is there whole, or as it was."""

import pytest

from sim.files.atomic import whole_folder, write_bytes, write_text
from sim.files.inside import inside


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is(tmp_path):
    write_text(tmp_path / "a.txt", "河池\r\n\n", encoding="gb18030")
    assert (tmp_path / "a.txt").read_bytes() == "河池\r\n\n".encode("gb18030")


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path):
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(TypeError):
        write_bytes(tmp_path / "a.txt", "no bytes")  # type: ignore[arg-type]
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_appears_with_all_its_files(tmp_path):
    with whole_folder(tmp_path / "out") as work:
        write_text(work / "a.txt", "1")
        (work / "sub").mkdir()
        write_text(work / "sub" / "b.txt", "2")
        assert not (tmp_path / "out").exists()
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "sub" / "b.txt").read_text() == "2"


def test_a_failure_leaves_the_folder_as_it_was(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("old")

    def write_then_fail():
        with whole_folder(tmp_path / "out") as work:
            write_text(work / "a.txt", "new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_then_fail()
    assert (tmp_path / "out" / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_files_of_other_names_stay(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")
    with whole_folder(tmp_path / "out") as work:
        write_text(work / "a.txt", "new")
    assert names(tmp_path / "out") == ["a.txt", "mine.txt"]


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/../../x", "C:\\x", "..\\x", "", ".", "x\0"]
)
def test_paths_that_leave_a_folder_are_refused(tmp_path, name):
    assert inside(tmp_path, name) is None


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "home" / "link").symlink_to(tmp_path / "secret")
    assert inside(tmp_path / "home", "link") is None
    assert inside(tmp_path / "home", "sub/file") == (tmp_path / "home" / "sub" / "file").resolve()
