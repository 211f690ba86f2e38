"""`yanlian lab` in a real browser: run a notebook, move a slider, see new numbers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chrome import chrome

pytest.importorskip("jupyterlab", reason="JupyterLab is in the extra lab")
pytestmark = [pytest.mark.browser, pytest.mark.notebook]

ROOT = Path(__file__).parents[2]
EVIL = "<img src=x onerror=alert(1)>"
EVIL_NOTEBOOK = f"""
import sim
sim.use_language("en")
study = sim.make_study(
    "../scenarios",
    name={{"zh": {EVIL!r}, "en": {EVIL!r}}},
    names={{"duty": {{"zh": {EVIL!r}, "en": {EVIL!r}}}, "two": {{"zh": {EVIL!r}, "en": {EVIL!r}}}}},
    scenario="chemical-leak.yaml",
    factors={{"duty": {{"one": {{}}, "two": {{"offices.hechi-gov.duty": 2}}}}}},
    measures={{"in time": {{"met": "GX-01"}}}},
)
panel = sim.study_panel(study, drills=2)
panel.set(duty="two")
panel
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def notebook(source: str) -> str:
    cell = {"cell_type": "code", "id": "0", "metadata": {}, "source": source, "outputs": []}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [cell | {"execution_count": None}]
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def wait(until: Callable[[], Any], what: str, seconds: float = 90) -> Any:
    """Return what `until` answers as soon as it is true."""
    from selenium.common.exceptions import WebDriverException

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := until():
                return found
        except (OSError, WebDriverException):
            pass
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab as the command starts it, on a folder of one's own; its address."""
    folder = tmp_path_factory.mktemp("own")
    port, token = free_port(), os.urandom(8).hex()
    words = [sys.executable, "-m", "sim", "lab", str(folder), "--lang", "zh", "--"]
    words += ["--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    words += [f"--IdentityProvider.token={token}"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path, "JUPYTER_CONFIG_DIR": str(folder / "no-config")}
    said = (folder / "server.txt").open("wb")
    process = subprocess.Popen(words, env=env, stdout=said, stderr=said, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(
            lambda: urllib.request.urlopen(f"{address}/api?token={token}", timeout=5).status == 200,
            "JupyterLab: " + (folder / "server.txt").read_text("utf-8"),
        )
        (folder / "notebooks/evil.ipynb").write_text(notebook(EVIL_NOTEBOOK), encoding="utf-8")
        yield f"{address}/lab/tree/notebooks/{{}}?token={token}&reset"
    finally:
        os.killpg(process.pid, 15)
        process.wait(timeout=30)
        said.close()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chrome(tmp_path_factory.mktemp("profile")) as found:
        yield found


def css(window: Any, words: str) -> list[Any]:
    return list(window.find_elements("css selector", words))


def run_all(window: Any, address: str) -> None:
    """Open a notebook and run all its cells, as a person does by the menu."""
    window.get(address)
    ready = "return [...document.querySelectorAll('#jp-main-statusbar *')].some(one => "
    ready += "/[|] (Idle|空闲)/.test(one.textContent))"
    wait(lambda: window.execute_script(ready), "an idle kernel")
    wait(lambda: css(window, ".jp-NotebookPanel .jp-CodeCell"), "cells")
    menu = "//*[contains(@class,'lm-MenuBar-itemLabel')][.='运行' or .='Run']"
    wait(lambda: [one.click() or True for one in window.find_elements("xpath", menu)], "the menu")
    item = ".lm-Menu-item[data-command='runmenu:run-all']"
    wait(lambda: [one.click() or True for one in css(window, item)], "its item")


def text_of(window: Any, number: int) -> str:
    found = css(window, ".jp-OutputArea-output .yanlian table")
    return str(found[number].text) if len(found) > number else ""


def test_a_moved_slider_shows_new_numbers(server: str, window: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    run_all(window, server.format("07-what-if.ipynb"))
    wait(lambda: len(css(window, ".jp-OutputArea-output .yanlian table")) > 4, "all panels")
    first = text_of(window, 0)  # the notebook has set it to four bridges closed, three crews south
    handles = css(window, ".jp-OutputArea-output .widget-slider .noUi-handle")
    assert len(handles) >= 4
    window.execute_script("arguments[0].scrollIntoView({block: 'center'})", handles[0])
    handles[0].send_keys(Keys.ARROW_LEFT)  # two officers become one
    wait(lambda: "市政府值班室人数 1 人" in text_of(window, 1), "the list of what was tried")
    row = next(line for line in text_of(window, 0).splitlines() if "上报" in line)
    assert "±" in row
    assert row not in first


def test_names_with_markup_run_nothing(server: str, window: Any) -> None:
    run_all(window, server.format("evil.ipynb"))
    wait(lambda: "told apart" in text_of(window, 0), "the panel")
    script = "return [...document.querySelectorAll('.jp-OutputArea-output img')].map(i => i.src)"
    pictures = window.execute_script(script)
    assert all(source.startswith("blob:") for source in pictures)  # the panel's own picture
    shown = css(window, ".jp-OutputArea-output")
    assert any(EVIL in one.text for one in shown)
    from selenium.common.exceptions import NoAlertPresentException

    with pytest.raises(NoAlertPresentException):
        _ = window.switch_to.alert
