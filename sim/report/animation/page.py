"""The animation as one HTML file: the stage as a picture, and a small script that moves on it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from sim.report.animation.film import Film
from sim.report.animation.gif import DOING, FADE
from sim.report.animation.legend import COLOURS, DASHES, SUPPLY
from sim.report.animation.moves import moves
from sim.report.animation.stage import HEIGHT, WIDTH, Stage
from sim.report.clock import at
from sim.report.html import TEMPLATES, page_template
from sim.report.style import ORANGE, RED
from sim.texts import language, t

SECONDS = 60
"""How long the film runs at its usual speed."""


def page(film: Film, stage: Stage, title: str) -> str:
    """Return the film as a page that needs nothing else and loads nothing.

    Names and texts stand in it as escaped text, as JSON that holds no `<`, or as drawn glyphs;
    only the page's own script may run (its hash stands in the page's policy).
    """
    script = (TEMPLATES / "animation.js").read_text(encoding="utf-8")
    style = (TEMPLATES / "animation.css").read_text(encoding="utf-8")
    data = moves(film, stage) | _looks() | {"words": _script_words(), "box": stage.words}
    data["clock"] = at(film.origin, 0).strftime("%Y-%m-%dT%H:%M:%SZ")  # local time, as if UTC
    from markupsafe import Markup

    text: str = page_template("animation.html").render(
        title=title,
        lang_tag="zh-CN" if language() == "zh" else "en",
        policy=_policy(script, style),
        style=Markup(style),
        script=Markup(script),
        data=Markup(safe_json(data)),
        still=stage.picture.data_uri(),
        width=WIDTH,
        height=HEIGHT,
        views=data["views"],
        captions=film.captions,
        notes=stage.notes,
    )
    return text


def _looks() -> dict[str, Any]:
    colours = {**COLOURS, "doing": DOING, "supply": SUPPLY, "moving": ORANGE, "closed": RED}
    return {"colours": colours, "dashes": DASHES, "fade": FADE, "seconds": SECONDS}


def _script_words() -> dict[str, str]:
    return {"play": t("Play"), "pause": t("Pause")}


def _policy(script: str, style: str) -> str:
    """Return a content security policy: this script, this style, embedded pictures, no more."""
    parts = [f"{name}-src 'sha256-{_hash(text)}'" for name, text in
             (("script", script), ("style", style))]  # fmt: skip
    return "; ".join(["default-src 'none'", "img-src data:", *parts, "base-uri 'none'"])


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def safe_json(data: Any) -> str:
    """Return data as JSON that may stand inside a script element: without `<`, `>` and `&`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
