"""The rule packs: what each says, and the list of what only paper shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from sim.page import choices, desk, forms
from sim.texts import language

pages = Blueprint("packs", __name__, url_prefix="/packs")


@pages.get("")
def show() -> Any:
    """List the rule packs."""
    return render_template("packs.html", packs=choices.packs())


@pages.get("/<name>")
def one(name: str) -> Any:
    """Show one pack in full."""
    from sim.report.packs import pack_text
    from sim.rules import load_pack

    chosen = choices.known(name, choices.packs())
    if not chosen:
        abort(404)
    pack = load_pack(chosen)
    return render_template("pack.html", pack=pack, words=pack_text(pack, language(), 120))


@pages.post("/checklist")
def checklist() -> Any:
    """Write the checklist of a pack."""
    return desk.to_task("checklist", forms.READ["check"](request.form, desk.session().items))
