"""Starting and ending the page: ports, warnings, Ctrl-C, a killed window, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim.page.app
from sim.cli import cli
from sim.page.server import address, bound
from sim.page.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """A function that starts a page whose temporary files lie in `tmp_path`."""
    running = []

    def started(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sim", "page", "--no-open", "--lang", "en", *words]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": str(tmp_path)}
        one = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env)
        running.append(one)
        return one

    yield started
    for one in running:
        one.kill()
        one.wait()


def said_until(server: subprocess.Popen[str], word: str) -> str:
    """What a server says, up to the line with a word."""
    assert server.stderr is not None
    lines = []
    for line in server.stderr:
        lines.append(line)
        if word in line:
            break
    return "".join(lines)


def sent(url: str) -> int:
    """The status of a page."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.status)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_and_leaves_nothing(start, tmp_path: Path, end: signal.Signals) -> None:
    server = start("--port", "0")
    url = said_until(server, "http://").split("at ")[1].split()[0]
    assert sent(url) == 200
    assert list(tmp_path.glob("yanlian-page-*"))
    server.send_signal(end)
    assert server.wait(20) == 0
    assert "its files are deleted" in server.stderr.read()
    assert not list(tmp_path.glob("yanlian-page-*"))


def test_the_next_port_is_used_where_one_is_taken() -> None:
    first, settings = bound(Settings(port=0))
    first.listen()
    second, other = bound(settings)
    assert other.port > settings.port
    assert address(other) == f"http://127.0.0.1:{other.port}/"
    first.close()
    second.close()


def test_who_opens_it_to_the_network_is_warned(start) -> None:
    server = start("--port", "0", "--host", "0.0.0.0")
    said = said_until(server, "The page is at")
    assert "Warning: everybody on the network" in said
    assert "http://127.0.0.1:" in said


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.page.app, "find_spec", lambda name: None)
    done = CliRunner().invoke(cli, ["page", "--no-open", "--lang", "en"])
    assert done.exit_code == 2
    assert "yanlian[page]" in done.output
