"""README.zh-CN.md and README.md: every command works, every file is there, the two are in step."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = {f"{name}.csv" for name in ("events", "verdicts", "teams", "supplies")}
OWN = {"map.png", "report.html", "stock.xlsx", "scenarios/my-drill.yaml", *WRITTEN}
"""What the reader makes, or a drill writes; so is all of the folder `out`."""
GROUPS = ("checklist", "msel", "register", "sheets")
"""Commands that have commands of their own."""
START = re.compile(r"(\.venv|py|python3|copy|cp|start)[ /\\]")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name):
    """Every command line in blocks and code spans, in the form of its system."""
    blocks = re.findall(r"```(?:bat|sh)\n(.*?)```", text(name), re.DOTALL)
    indented = re.findall(r"^    (.+)$", text(name), re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(name), flags=re.DOTALL))
    lines = [line for block in blocks for line in block.splitlines()] + indented + spans
    return [line for line in lines if START.match(line) and " " in line]


def on_others(line):
    """A command as it is typed where there is no Windows."""
    line = re.sub(r"^py ", "python3 ", line.replace(".venv\\Scripts\\", ".venv/bin/"))
    return re.sub(r"^copy ", "cp ", line).replace("\\", "/")


@cache
def options(*command):
    shown = CliRunner().invoke(cli, [*command, "--help"])
    assert shown.exit_code == 0, shown.output
    return set(re.findall(r"--[a-z-]+", shown.output))


def is_windows(line):
    return "\\" in line or line.startswith(("py ", "copy "))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_works(name):
    spec = importlib.util.spec_from_file_location("tasks_named", ROOT / "tasks.py")
    tasks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tasks)
    found = [on_others(line) for line in commands(name)]
    assert len(found) > 10
    for line in found:
        program, *words = line.split()
        if program == "python3":
            assert words[0] == "tasks.py"
            assert words[1] in tasks.TASKS, line
        elif program == ".venv/bin/yanlian":
            asked = {word for word in words[1:] if word.startswith("--")}
            named = words[:2] if words[0] in GROUPS else words[:1]
            assert asked <= options(*named), line
        elif program == ".venv/bin/python":
            assert words[:2] in (["-m", "sim"], ["-m", "pip"]), line
        else:
            assert program in ("cp", "start"), line


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_commands_are_typed_with_the_folder_they_lie_in(name):
    bare = re.findall(r"`((?:yanlian|python3?) [^`]+)`", text(name))
    assert {line for line in bare if "tasks.py" not in line} <= {"yanlian check"}


def test_windows_and_the_others_get_the_same_commands_windows_first():
    lines = [line for line in commands("README.zh-CN.md") if not line.startswith("start ")]
    windows = [on_others(line) for line in lines if is_windows(line)]
    others = [line for line in lines if not is_windows(line)]
    assert windows == [line for line in others if line in windows]
    assert len(windows) == len(others)
    blocks = re.findall(r"```(bat|sh)\n", text("README.zh-CN.md"))
    assert blocks[0] == "bat"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_file_named_exists(name):
    spans = re.findall(r"`([^`\n]+)`|\]\(([^)]+)\)", text(name).replace("```", ""))
    words = [word for span in spans for word in (span[0] or span[1]).split()]
    words += [word for line in commands(name) for word in on_others(line).split()]
    named = {w.replace("\\", "/") for w in words if re.fullmatch(r"[\w./\\-]+\.[a-z]{2,5}", w)}
    there = {word for word in named - OWN if not word.startswith("out/")}
    assert len(there) >= 5
    missing = {word for word in there if not (ROOT / word).exists()}
    assert not missing


def test_rules_and_packs_named_exist():
    from sim.rules import load_pack, pack_names

    for name in ("README.md", "README.zh-CN.md"):
        rules = re.findall(r"--rule ([\w-]+)", text(name))
        assert set(rules) <= set(load_pack("guangxi-2012-65").rules)
        assert rules
        assert set(re.findall(r"--pack ([\w-]+)`? ", text(name))) <= set(pack_names())


def test_each_names_the_other_in_its_first_lines_and_both_name_the_guides():
    for name, other in (("README.md", "README.zh-CN.md"), ("README.zh-CN.md", "README.md")):
        assert f"({other})" in "\n".join(text(name).splitlines()[:4])
        for guide in ("forces", "supplies", "record", "packs"):
            assert f"docs/{guide}.md" in text(name)


def test_the_kinds_of_verdict_are_those_of_the_program():
    from sim.texts import vocabulary

    rows = re.findall(r"^\| (\w+) \|", text("README.zh-CN.md"), re.MULTILINE)
    labels = {zh for word, (zh, _) in vocabulary("verdict").items() if word != "depends"}
    assert labels <= set(rows)
