"""tasks.py, as far as it can be tried without making an environment."""

import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tasks(tmp_path, monkeypatch):
    """The module, working in an empty project whose path holds a space."""
    spec = importlib.util.spec_from_file_location("tasks_under_test", ROOT / "tasks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "a folder 演练"
    root.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (root / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "VENV", root / ".venv")
    monkeypatch.setattr(module, "STAMP", root / ".venv" / "stamp.json")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    return module


@pytest.fixture
def ran(tasks, monkeypatch):
    """Commands that tasks.py would have run; `status` is what they answer."""

    class Ran(list):
        status = 0

    calls = Ran()

    def run(command, **env):
        calls.append([str(part) for part in command])
        return calls.status

    monkeypatch.setattr(tasks, "run", run)
    monkeypatch.setattr(tasks, "venv_version", lambda uv: "3.11" if tasks.VENV.exists() else None)
    return calls


def installs(calls):
    return [call for call in calls if "install" in call]


@pytest.mark.parametrize("words", [[], ["tset"], ["--version"]])
def test_unknown_task_shows_usage_and_exits_2(words):
    done = subprocess.run(
        [sys.executable, ROOT / "tasks.py", *words], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "tasks.py demo" in done.stdout


def test_usage_names_every_task(tasks):
    for task in tasks.TASKS:
        assert f"tasks.py {task} " in tasks.__doc__


def test_every_task_is_explained_in_chinese_too(tasks):
    lines = tasks.__doc__.splitlines()
    for line, below in itertools.pairwise(lines):
        if "tasks.py " in line and line.startswith(" "):
            assert re.search("[一-鿿]", below), line


def test_a_console_without_chinese_signs_stops_nothing():
    done = subprocess.run(
        [sys.executable, ROOT / "tasks.py", "--help"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"tasks.py demo" in done.stdout


def test_every_extra_exists_in_pyproject(tasks):
    import tomllib

    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)["project"]["optional-dependencies"]
    for extras, _ in tasks.TASKS.values():
        assert set(extras) <= set(known)


def test_first_run_makes_and_installs_second_only_runs(tasks, ran):
    assert tasks.main(["test", "-k", "x y"]) == 0
    assert ran[0][1:] == ["-m", "venv", str(tasks.VENV)]
    assert len(installs(ran)) == 1
    assert ran[-1][:3] == [str(tasks.script(tasks.VENV, "python")), "-m", "pytest"]
    assert ran[-1][-2:] == ["-k", "x y"]
    ran.clear()
    assert tasks.main(["test"]) == 0
    assert len(ran) == 1


def test_another_task_adds_to_what_is_there(tasks, ran):
    tasks.main(["test"])
    tasks.main(["lint"])
    assert set(json.loads(tasks.STAMP.read_text(encoding="utf-8"))["extras"]) >= {
        "dev",
        "docs",
        "test",
    }
    ran.clear()
    tasks.main(["test"])
    assert installs(ran) == []


def test_the_demo_installs_what_reads_workbooks_and_writes_reports(tasks, ran):
    tasks.main(["demo"])
    (install,) = installs(ran)
    assert ".[excel,word]" in install


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_install_again(tasks, ran, name):
    tasks.main(["demo"])
    (tasks.ROOT / name).write_text("changed", encoding="utf-8")
    ran.clear()
    tasks.main(["demo"])
    assert len(installs(ran)) == 1


def test_fingerprint_knows_the_python_version(tasks):
    assert tasks.fingerprint(tasks.ROOT, "3.11") != tasks.fingerprint(tasks.ROOT, "3.12")


def test_stamp_of_another_layout_installs_again(tasks):
    assert tasks.to_install({"print": "x", "extras": ["dev"]}, "x", []) == ["dev"]


def test_failed_installation_leaves_no_stamp_and_runs_nothing(tasks, ran, capsys):
    tasks.VENV.mkdir()
    ran.status = 1
    assert tasks.main(["test"]) == 1
    assert not tasks.STAMP.exists()
    assert not any("pytest" in call for call in ran)
    said = capsys.readouterr().out
    assert "network" in said
    assert "请检查网络" in said


def test_interrupted_installation_is_made_afresh(tasks, ran, monkeypatch):
    def cut_off(command, **env):
        raise KeyboardInterrupt

    tasks.VENV.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "run", cut_off)
        assert tasks.main(["demo"]) == 130
    (tasks.VENV / "half").touch()
    assert tasks.main(["demo"]) == 0
    assert not (tasks.VENV / "half").exists()
    assert ran[0][1:3] == ["-m", "venv"]


def test_a_working_environment_without_stamp_is_kept(tasks, ran):
    tasks.VENV.mkdir()
    (tasks.VENV / "mine").touch()
    tasks.main(["demo"])
    assert (tasks.VENV / "mine").exists()


@pytest.mark.parametrize("uv", [None, "/opt/with space/uv"])
def test_install_command_keeps_paths_with_spaces_whole(tasks, uv):
    python = tasks.script("/a folder/.venv", "python")
    command = tasks.install_command(uv, python, ["dev", "test"])
    assert python in command
    assert command[command.index("-e") + 1] == ".[dev,test]"
    assert command[command.index("-c") + 1] == "constraints.txt"
    assert command[0] == (uv or python)


def test_lint_runs_every_check_and_reports_the_failure(tasks, ran):
    tasks.main(["lint"])
    ran.clear()
    ran.status = 3
    assert tasks.main(["lint"]) == 3
    assert [Path(call[0]).stem if len(call) == 1 else call[2] for call in ran] == [
        "ruff",
        "ruff",
        "mypy",
        "lint-imports",
    ]


@pytest.mark.parametrize("task", ["docs", "bench", "lab"])
def test_a_task_without_its_folder_fails_before_installing(tasks, ran, capsys, task):
    assert tasks.main([task]) == 1
    assert ran == []
    assert tasks.NEEDED[task] in capsys.readouterr().out


def test_without_ensurepip_it_says_what_to_install(tasks, ran, monkeypatch, capsys):
    monkeypatch.setattr(tasks.importlib.util, "find_spec", lambda name: None)
    assert tasks.main(["demo"]) == 1
    assert "python3-venv" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="no executable bit on Windows")
def test_ci_runs_two_commands_and_no_others():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ||")[0] for line in lines if "tasks.py" in line] == [
        "python3 tasks.py test",
        "python3 tasks.py lint",
    ]
