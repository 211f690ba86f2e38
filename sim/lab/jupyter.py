"""JupyterLab for this computer alone: 127.0.0.1, nothing fetched, menus in the user's language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from sim.errors import MissingExtra
from sim.files.atomic import write_text

SETTINGS = Path(".jupyter", "lab-settings")
_LOCALE = Path("@jupyterlab", "translation-extension", "plugin.jupyterlab-settings")
_NEWS = Path("@jupyterlab", "apputils-extension", "notification.jupyterlab-settings")


def need_jupyterlab() -> None:
    """Raise `MissingExtra` where JupyterLab or the widgets are not installed."""
    for package in ("jupyterlab", "ipywidgets"):
        if find_spec(package) is None:
            raise MissingExtra(package, "lab")


def command(folder: Path, first: str, further: Sequence[str] = ()) -> list[str]:
    """Return the words that start JupyterLab on `folder`, opened at the notebook `first`."""
    return [
        *(sys.executable, "-m", "jupyterlab"),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{first}",
        "--LabApp.extension_manager=readonly",  # the other one asks an index of packages
        "--ServerApp.answer_yes=True",  # Ctrl+C ends it without a question
        *further,
    ]


def write_settings(folder: Path, lang: str, anew: bool) -> Path:
    """Write the menus' language and `no news from outside`, unless they are there already.

    Returns the folder of settings, below `folder`, so that the user's own stay as they are.
    `anew`: the language was asked for, so it replaces what is there.
    """
    root = folder / SETTINGS
    _write(root / _LOCALE, {"locale": "zh_CN" if lang == "zh" else "default"}, anew)
    _write(root / _NEWS, {"fetchNews": "false", "checkForUpdates": False}, False)
    return root


def _write(path: Path, values: dict[str, object], anew: bool) -> None:
    if anew or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(values, indent=1) + "\n")


def start(words: Sequence[str], settings: Path) -> int:
    """Run JupyterLab until it ends; Ctrl+C is left to it.  Return its exit status."""
    env = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(settings.resolve())}
    with subprocess.Popen(list(words), env=env) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
