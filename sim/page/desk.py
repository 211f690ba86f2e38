"""What the views do with a session: take files in, begin tasks, enter what tasks made."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from flask import abort, current_app, g, redirect, url_for
from werkzeug.datastructures import FileStorage

from sim.errors import UnusableInput
from sim.jobs.inputs import kind_of_file
from sim.page.names import KNOWN, TEXTS, ending_of, tidy_name
from sim.page.sessions import Item, Session
from sim.page.tasks import DONE, Task

EXAMINED = {"sheet": "look", "paper": "", "register": "register", "clocks": ""}
"""Kind of item -> kind of the task that looks at it first; `check` for all others."""
SHORT = 2.0
"""Seconds that an answer waits for a task, before it shows how far the task is."""


def session() -> Session:
    """Return the session of the request."""
    found: Session = g.session
    return found


def item_or_404(number: int) -> Item:
    """Return an item of the session."""
    found = session().items.get(number)
    if found is None:
        abort(404)
    return found


def task_or_404(number: int) -> Task:
    """Return a task of the session."""
    found = session().tasks.get(number)
    if found is None:
        abort(404)
    return found


def begin(kind: str, args: dict[str, Any], wait: float = SHORT) -> Task:
    """Begin a task and wait a moment for its end."""
    own = session()
    number, folder = own.next_folder()
    task = Task(number, kind, args, own.lang, folder)
    with own.lock:
        own.tasks[number] = task
    current_app.extensions["yanlian"][2].start(task)
    task.wait(wait)
    return task


def to_task(kind: str, args: dict[str, Any]) -> Any:
    """Begin a task and lead to its page."""
    return redirect(url_for("tasks.show", number=begin(kind, args).number), 303)


def examine(item: Item) -> Task | None:
    """Return the task that looked at an item in the language in force; begins it if needed."""
    kind = EXAMINED.get(item.kind, "check")
    if not kind:
        return None
    own = session()
    for task in reversed(own.tasks.values()):
        same = task.kind == kind and task.args.get("item") == item.number
        if same and task.lang == own.lang and task.state != "stopped":
            return task
    return begin(kind, {"item": item.number, "path": str(item.path)})


def take_in(files: list[FileStorage]) -> list[Item]:
    """Keep uploaded files together in a new folder; return those that the page has a use for."""
    own = session()
    named = [(tidy_name(file.filename or ""), file) for file in files if file.filename]
    if own.full() or not named:
        return []
    number, folder = own.next_folder()
    paths = []
    for name, file in named:
        path = folder / name
        while path.exists():
            path = path.with_name(f"{path.stem}-2{path.suffix}")
        file.save(path)
        paths.append(path)
    items = []
    for path in paths:
        if ending_of(path.name) in KNOWN:
            items.append(own.add(number, kind_of(path), path, path.name, "upload"))
            number = own.next_folder()[0]
    return items


def refused(files: list[FileStorage]) -> list[str]:
    """Return the names of uploaded files that the page has no use for."""
    names = [tidy_name(file.filename) for file in files if file.filename]
    return [name for name in names if ending_of(name) not in KNOWN]


def copy_in(source: Path, kind: str, title: str) -> Item:
    """Keep a copy of a shipped file, with what lies beside it under the same name."""
    number, folder = session().next_folder()
    home = folder / source.parent.name if kind == "log" else folder
    home.mkdir(exist_ok=True)
    shutil.copyfile(source, home / source.name)
    finding = source.with_name("finding.yaml")
    if kind == "log" and finding.is_file():
        shutil.copyfile(finding, home / finding.name)
    return session().add(number, kind, home / source.name, title, "library")


def enter_made(task: Task) -> None:
    """Make the files that a finished task made for further use items of the session, once."""
    own = session()
    with own.lock:
        if task.state != DONE or task.entered:
            return
        task.entered = True
        for made in task.result().get("makes", ()):
            path = task.folder / "out" / made["file"]
            parent = own.items.get(task.args.get("item", 0))
            if task.kind == "correct" and parent is not None:
                path = beside(path, parent)
            number, _ = own.next_folder()
            origin = "edit" if task.kind == "correct" else "made"
            item = own.add(
                number, made["kind"], path, made["file"], origin, parent.number if parent else 0
            )
            task.args.setdefault("made", []).append(item.number)


def beside(path: Path, parent: Item) -> Path:
    """Put a corrected file into a folder with all that lay beside the file it came from."""
    home = path.parent / "whole" / parent.path.parent.name
    shutil.copytree(parent.path.parent, home, ignore=shutil.ignore_patterns("out", "whole"))
    (home / parent.path.name).unlink(missing_ok=True)
    return Path(shutil.move(path, home / path.name))


_RECORD = re.compile(r"(^|[,;\t\"])activity([\",;\t]|$)")


def kind_of(path: Path) -> str:
    """Return what an uploaded file is, told from its ending and its first line."""
    ending = ending_of(path.name)
    if ending in (".docx",):
        return "paper"
    if ending == ".sqlite":
        return "register"
    if ending in TEXTS:
        text = path.read_bytes()[:200_000].decode("utf-8", "replace")
        if re.search(r"^clocks\s*:", text, re.MULTILINE):
            return "clocks"
        try:
            kind = kind_of_file(path)
            return "mapping" if kind == "msel" else kind
        except UnusableInput:
            return "scenario"
    if ending == ".csv":
        first = path.read_bytes()[:20_000].lstrip(b"\xef\xbb\xbf").split(b"\n")[0]
        if _RECORD.search(first.decode("utf-8", "replace").strip()):
            return "log"
    return "sheet"
