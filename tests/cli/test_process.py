"""The command line as a process of its own: encodings, pipes, interruption, imports."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp437"])
def test_chinese_output_never_stops_the_program(shell, hengxian, encoding):
    done = shell("score", hengxian, "--lang", "zh", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert b"GP-county" in done.stdout


def test_plain_c_locale_without_utf8_mode(shell, hengxian):
    done = shell("score", hengxian, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert b"Margins in minutes" in done.stdout


@pytest.mark.parametrize("form", ["json", "csv"])
def test_json_and_csv_are_exact_utf8_whatever_the_console(shell, hengxian, form):
    done = shell("score", hengxian, "--format", form, PYTHONIOENCODING="cp437")
    assert "信息报告" in done.stdout.decode("utf-8")


def test_errors_go_to_standard_error(shell, tmp_path):
    done = shell("run", tmp_path / "none.yaml")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['yanlian', '--help']\n"
        "from sim.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('pandas', 'numpy', 'matplotlib', 'scipy', 'simpy', 'pydantic', 'jinja2')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def _heeding_interrupts() -> None:
    """A shell's background jobs ignore Ctrl-C, and so would their children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interruption_ends_with_130_and_leaves_nothing(scenarios, tmp_path):
    out = tmp_path / "out"
    words = ["run", scenarios / "river-flood.yaml", "--replications", "20000", "--out", out]
    command = [sys.executable, "-m", "sim", *(str(word) for word in words)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heeding_interrupts,
    )
    try:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
