"""Notebooks: the text pair is the notebook, nothing is stored in it, and it runs."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest

# At full length they are run by tests/setup/test_wheel.py (`-m full`).
FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(path: Path) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in jupytext.read(path).cells]


def test_every_script_has_its_notebook() -> None:
    assert [p.stem for p in NOTEBOOKS] == sorted(p.stem for p in FOLDER.glob("*.py"))
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_equals_its_script_and_stores_no_output(path: Path) -> None:
    assert cells(path) == cells(path.with_suffix(".py")), "run: jupytext --to ipynb --update"
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_top_to_bottom(path: Path) -> None:
    from jupyter_client import AsyncKernelManager
    from nbclient import NotebookClient

    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:  # fewer drills than a reader would run
        cell.source = re.sub(r"^DRILLS = \d+$", "DRILLS = 6", cell.source, flags=re.MULTILINE)
    manager = AsyncKernelManager(kernel_name="python3")
    manager.transport_encryption = "auto"
    client = NotebookClient(
        notebook, km=manager, timeout=120, resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    pictures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert pictures
