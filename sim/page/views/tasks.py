"""One task: how far it is, what came of it, its files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, send_file, url_for

from sim.page import choices, desk
from sim.page.guard import SHOWN
from sim.page.tasks import DONE, RUNNING, Task

pages = Blueprint("tasks", __name__, url_prefix="/task")
LOOKED_AT = {"html": "text/html; charset=utf-8", "png": "image/png"}
"""Endings of files that can be looked at in the browser, and how they are sent."""
RESULTS = {
    "drill": "verdicts.html",
    "score": "verdicts.html",
    "import": "imported.html",
}
"""Kind of task -> the page that shows what came of it; `result.html` for all others."""


@pages.get("/<int:number>")
def show(number: int) -> Any:
    """Show how far a task is, or what came of it."""
    task = desk.task_or_404(number)
    item = desk.session().items.get(task.args.get("item", 0))
    if task.state != DONE:
        return render_template("task.html", task=task, item=item)
    if task.kind in ("check", "look", "register") and item is not None:
        return redirect(url_for("files.show", number=item.number), 303)
    desk.enter_made(task)
    found = task.result()
    usable = "problems" not in found and "trouble" not in found
    return render_template(
        RESULTS.get(task.kind, "result.html") if usable else "refused.html",
        task=task,
        item=item,
        found=found,
        pack=choices.known(task.args.get("pack") or "", choices.packs()),
        files=_files(task, found),
        made=[desk.session().items.get(n) for n in task.args.get("made", ())],
    )


def _files(task: Task, found: dict[str, Any]) -> list[tuple[int, str, int, bool]]:
    """Return (number, name, bytes, whether it can be looked at) of the files of a task."""
    out = []
    for k, name in enumerate(found.get("files", ())):
        path = task.folder / "out" / name
        if path.is_file():
            out.append((k, name, path.stat().st_size, name.rpartition(".")[2] in LOOKED_AT))
    return out


@pages.get("/<int:number>/state")
def state(number: int) -> Any:
    """Say how far a task is, for the script that moves the bar."""
    task = desk.task_or_404(number)
    done, total = task.progress()
    return jsonify(over=task.state != RUNNING, done=done, total=total)


@pages.post("/<int:number>/stop")
def stop(number: int) -> Any:
    """Stop a task."""
    task = desk.task_or_404(number)
    task.cancel()
    return redirect(url_for("tasks.show", number=number), 303)


@pages.get("/<int:number>/file/<int:k>")
def download(number: int, k: int) -> Any:
    """Send one of the files of a task."""
    path = _file(number, k)
    return send_file(path, as_attachment=True, download_name=path.name)


@pages.get("/<int:number>/view/<int:k>")
def view(number: int, k: int) -> Any:
    """Show a report or a picture in the browser, without any rights."""
    path = _file(number, k)
    kind = LOOKED_AT.get(path.suffix[1:])
    if kind is None:
        abort(404)
    answer = send_file(path, mimetype=kind)
    answer.headers["Content-Security-Policy"] = SHOWN
    return answer


def _file(number: int, k: int) -> Any:
    task = desk.task_or_404(number)
    names = task.result().get("files", ())
    path = task.folder / "out" / names[k] if k < len(names) else None
    if path is None or not path.is_file():
        abort(404)
    return path
