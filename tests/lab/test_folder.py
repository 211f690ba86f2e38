"""The folder of one's own: everything copied, nothing of the user's overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.errors import UnusableInput
from sim.lab import folder as room
from sim.lab.folder import MANIFEST, copy_to
from sim.lab.jupyter import command, write_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that ships two files, for tests of a newer version of it."""
    root = tmp_path / "program"
    for name in ("notebooks/one.ipynb", "scenarios/real/case/events.csv"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("first version", encoding="utf-8")
    monkeypatch.setattr(room, "shipped", lambda part: root / part)
    return root


def test_every_notebook_and_every_scenario_of_the_project_is_copied(tmp_path: Path) -> None:
    copied = copy_to(tmp_path / "a folder 演练")
    for pattern in ("notebooks/*.ipynb", "scenarios/**/*.yaml", "scenarios/**/*.csv"):
        for path in ROOT.glob(pattern):
            name = path.relative_to(ROOT).as_posix()
            assert name in copied.new
            assert (tmp_path / "a folder 演练" / name).read_bytes() == path.read_bytes()


def test_what_the_user_changed_is_kept_and_named(program: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    copy_to(own)
    (own / "notebooks/one.ipynb").write_text("mine", encoding="utf-8")
    (program / "notebooks/one.ipynb").write_text("second version", encoding="utf-8")
    for _ in range(2):
        assert copy_to(own).kept == ["notebooks/one.ipynb"]
    assert (own / "notebooks/one.ipynb").read_text(encoding="utf-8") == "mine"


def test_what_the_user_left_alone_is_brought_up_to_date(program: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    copy_to(own)
    (program / "notebooks/one.ipynb").write_text("second version", encoding="utf-8")
    copied = copy_to(own)
    assert copied.updated == ["notebooks/one.ipynb"]
    assert copied.same == ["scenarios/real/case/events.csv"]
    assert (own / "notebooks/one.ipynb").read_text(encoding="utf-8") == "second version"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"notebooks/one.ipynb": 7}'])
def test_without_a_readable_list_a_differing_file_is_the_users(
    program: Path, tmp_path: Path, text: str
) -> None:
    own = tmp_path / "own"
    copy_to(own)
    (own / MANIFEST).write_text(text, encoding="utf-8")
    (program / "notebooks/one.ipynb").write_text("second version", encoding="utf-8")
    assert copy_to(own).kept == ["notebooks/one.ipynb"]
    assert json.loads((own / MANIFEST).read_text(encoding="utf-8"))


def test_what_stands_in_the_way_is_told_before_anything_is_written(
    program: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "notebooks/one.ipynb").mkdir(parents=True)
    (own / "scenarios").write_text("", encoding="utf-8")
    with pytest.raises(UnusableInput) as caught:
        copy_to(own)
    assert {Path(problem.file).name for problem in caught.value.problems} == {
        "one.ipynb",
        "scenarios",
    }
    assert not (own / MANIFEST).exists()


def test_jupyterlab_listens_to_this_computer_only_and_keeps_its_token(tmp_path: Path) -> None:
    words = command(tmp_path, "notebooks/one.ipynb", ["--no-browser"])
    assert "--ServerApp.ip=127.0.0.1" in words
    assert words[-1] == "--no-browser"
    assert not any("token" in word or "password" in word for word in words)


def test_the_menus_language_follows_a_wish_else_stays_as_the_user_left_it(tmp_path: Path) -> None:
    root = write_settings(tmp_path, "zh", anew=False)
    file = root / "@jupyterlab/translation-extension/plugin.jupyterlab-settings"
    assert json.loads(file.read_text(encoding="utf-8")) == {"locale": "zh_CN"}
    write_settings(tmp_path, "en", anew=False)
    assert json.loads(file.read_text(encoding="utf-8")) == {"locale": "zh_CN"}
    write_settings(tmp_path, "en", anew=True)
    assert json.loads(file.read_text(encoding="utf-8")) == {"locale": "default"}
    news = root / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    assert json.loads(news.read_text(encoding="utf-8"))["fetchNews"] == "false"
