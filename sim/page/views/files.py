"""One file of the session: what it is, its mistakes, and what can be done with it."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for

from sim.files.text import NoText, decoded
from sim.page import choices, desk, forms
from sim.page.sessions import Item
from sim.page.tasks import RUNNING
from sim.page.words import column_words
from sim.texts import t

pages = Blueprint("files", __name__, url_prefix="/file")
_CELL = re.compile(r"cell-(\d+)-(\d+)")
MOST_TEXT = 2_000_000
"""Most bytes of a text that the page offers for editing."""


@pages.get("/<int:number>")
def show(number: int) -> Any:
    """Show a file; it is looked at first, and the page waits for that."""
    item = desk.item_or_404(number)
    task = desk.examine(item)
    if task is not None and task.state == RUNNING:
        return redirect(url_for("tasks.show", number=task.number), 303)
    own = desk.session()
    found = task.result() if task is not None else {}
    template = {"scenario": "scenario.html", "log": "record.html", "sheet": "sheet.html"}
    template["register"] = "register.html"
    return render_template(
        template.get(item.kind, "other.html"),
        item=item,
        task=task,
        found=found,
        text=_text(item),
        of=lambda *kinds: [one for one in own.items.values() if one.kind in kinds],
        choices=choices,
        forms=forms,
        columns=column_words() if item.kind == "sheet" else {},
    )


def _text(item: Item) -> str | None:
    """Return the text of a file that can be edited as text, `None` of any other."""
    if item.path.suffix.lower() not in (".yaml", ".yml") or item.path.stat().st_size > MOST_TEXT:
        return None
    try:
        return decoded(item.path.read_bytes())
    except NoText:
        return None


@pages.get("/<int:number>/download")
def download(number: int) -> Any:
    """Send the file as it is."""
    item = desk.item_or_404(number)
    return send_file(item.path, as_attachment=True, download_name=item.path.name)


@pages.post("/<int:number>/text")
def text(number: int) -> Any:
    """Keep an edited text as a new file, and lead to it."""
    item = desk.item_or_404(number)
    if _text(item) is None:
        abort(404)
    args = {"item": number, "path": str(item.path), "kind": item.kind}
    return _corrected(item, {**args, "text": request.form.get("text", "")})


@pages.post("/<int:number>/correct")
def correct(number: int) -> Any:
    """Keep the file with the typed cells changed as a new file, and lead to it."""
    item = desk.item_or_404(number)
    cells = []
    for name, value in request.form.items():
        match = _CELL.fullmatch(name)
        if match and value != request.form.get(f"was-{match[1]}-{match[2]}", ""):
            cells.append([int(match[1]), int(match[2]), value[:10_000]])
    if not cells:
        return redirect(url_for("files.show", number=number), 303)
    args = {"item": number, "path": str(item.path), "kind": item.kind, "cells": cells}
    args["sheet"] = request.form.get("sheet", "")
    return _corrected(item, args, request.form.get("mapping", ""))


def _corrected(item: Item, args: dict[str, Any], mapping: str = "") -> Any:
    """Let a task write the corrected file; lead to it, or import it again by the same mapping."""
    task = desk.begin("correct", args, 30)
    desk.enter_made(task)
    made = task.args.get("made")
    if not made:
        return redirect(url_for("tasks.show", number=task.number), 303)
    by = desk.session().items.get(int(mapping)) if mapping.isdigit() else None
    if by is not None and by.kind == "mapping":
        new = desk.item_or_404(made[0])
        again = {
            "item": new.number,
            "path": str(new.path),
            "mapping": str(by.path),
            "by": by.number,
        }
        return desk.to_task("import", again)
    return redirect(url_for("files.show", number=made[0]), 303)


@pages.post("/<int:number>/do/<kind>")
def do(number: int, kind: str) -> Any:
    """Begin a task with the file and lead to its page."""
    item = desk.item_or_404(number)
    read = forms.READ.get(kind)
    if read is None or item.kind not in forms.FOR[kind]:
        abort(404)
    args = read(request.form, desk.session().items)
    if not args.get(forms.NEEDS.get(kind, ""), True):
        words = t("Choose the file that this needs first; upload it if it is not there yet.")
        return render_template("error.html", code=400, words=words), 400
    return desk.to_task(kind, {"item": number, "path": str(item.path), **args})


@pages.post("/<int:number>/remove")
def remove(number: int) -> Any:
    """Take a file out of the list; its folder goes with the session."""
    desk.item_or_404(number)
    desk.session().items.pop(number, None)
    return redirect(url_for("home.show"), 303)
