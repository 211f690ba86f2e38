"""The page as it is started by a person, and a browser to use it with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sim.page.app import make_app
from sim.page.settings import Settings
from tests.browser.chrome import chrome
from tests.page.client import PORT, Client

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def started() -> Iterator[str]:
    """The address of a page that runs in a process of its own; it must end cleanly."""
    command = [sys.executable, "-m", "sim", "page", "--no-open", "--port", "0", "--lang", "zh"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env)
    assert server.stderr is not None
    line = server.stderr.readline()
    found = re.search(r"http://\S+/", line)
    assert found, line
    yield found[0]
    server.terminate()
    assert server.wait(20) == 0


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium; tests that need one are skipped where it is not installed."""
    with chrome(tmp_path_factory.mktemp("profile")) as window:
        window.set_page_load_timeout(60)
        yield window


@pytest.fixture
def browser(chromium: Any, started: str) -> Any:
    """The browser, in a new session of the page, in Chinese."""
    chromium.delete_all_cookies()
    chromium.get(started)
    return chromium


@pytest.fixture(scope="session")
def app() -> Iterator[Any]:
    """The application, without a server."""
    pytest.importorskip("flask", reason="Flask is in the extra page")
    made = make_app(Settings(port=PORT))
    made.testing = True
    yield made
    made.close()


@pytest.fixture
def client(app: Any) -> Client:
    """Somebody with a new session, in Chinese."""
    return Client(app)


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody with a new session, in English."""
    client.post("/language", lang="en")
    return client
