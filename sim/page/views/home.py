"""The first page: what can be done, what is there, and taking files in."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for

from sim.page import choices, desk
from sim.texts import LANGUAGES, t

pages = Blueprint("home", __name__)


@pages.get("/")
def show() -> Any:
    """Show the ways to begin, and the session's files."""
    own = desk.session()
    return render_template(
        "home.html",
        scenarios=choices.scenarios(),
        shelf=choices.shelf(),
        cases=choices.incidents(),
        items=list(reversed(own.items.values())),
    )


@pages.get("/font.otf")
def font() -> Any:
    """Send the bundled font, for computers without a Chinese one."""
    from sim.report.style import FONT_FILE

    return send_file(FONT_FILE, mimetype="font/otf", max_age=86_400)


@pages.post("/upload")
def upload() -> Any:
    """Take files in and lead to the first one's page."""
    files = request.files.getlist("files")
    refused = desk.refused(files)
    items = desk.take_in(files)
    if not items:
        if refused:
            words = t("This page has no use for {files}.", files=t(", ").join(refused))
        elif desk.session().full():
            words = t("The session is full: remove files, or start again.")
        else:
            words = t("Choose a file first.")
        return render_template("error.html", code=400, words=words), 400
    return redirect(url_for("files.show", number=items[0].number), 303)


@pages.post("/open")
def take() -> Any:
    """Open a scenario of the library or a real case."""
    name = request.form.get("scenario", "")
    if name in choices.library():
        item = desk.copy_in(choices.library()[name], "scenario", _title(name, choices.scenarios()))
    elif (name := request.form.get("case", "")) in choices.real_cases():
        item = desk.copy_in(choices.real_cases()[name], "log", _title(name, choices.incidents()))
    else:
        return redirect(url_for("home.show"), 303)
    return redirect(url_for("files.show", number=item.number), 303)


def _title(name: str, among: list[choices.Choice]) -> str:
    return next(one.title for one in among if one.id == name)


@pages.post("/language")
def language() -> Any:
    """Change the language of the session."""
    wanted = request.form.get("lang", "")
    if wanted in LANGUAGES:
        desk.session().lang = wanted
    back = request.form.get("back", "/")
    return redirect(back if re.fullmatch(r"/[\w/-]*", back, re.ASCII) else "/", 303)
