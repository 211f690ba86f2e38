"""The page as a WSGI application: server-rendered pages, no script needed for anything."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from sim.errors import MissingExtra
from sim.page.settings import MOST_UPLOAD, Settings
from sim.texts import label, t, use_language, vocabulary


def make_app(settings: Settings) -> Any:
    """Return the application (a `flask.Flask`); `app.close()` ends tasks and deletes all files,
    `app.warm()` reads what forms need.

    Raises `MissingExtra` without the extra `page`.
    """
    for package in ("flask", "waitress"):
        if find_spec(package) is None:
            raise MissingExtra(package, "page")
    from flask import Flask, g, render_template
    from jinja2 import StrictUndefined
    from werkzeug.exceptions import HTTPException

    from sim.page import choices
    from sim.page.guard import protect
    from sim.page.sessions import Sessions
    from sim.page.tasks import Runner
    from sim.page.views import files, home, packs, tasks

    app = Flask("sim.page", static_folder="static", template_folder="templates")
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_UPLOAD, MAX_FORM_MEMORY_SIZE=6_000_000, MAX_FORM_PARTS=5000
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(t=t, label=label, vocabulary=vocabulary)
    sessions, runner = Sessions(settings.lang), Runner()
    app.extensions["yanlian"] = (settings, sessions, runner)
    protect(app, settings, sessions)
    for part in (home, files, tasks, packs):
        app.register_blueprint(part.pages)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        use_language(g.session.lang if "session" in g else settings.lang)
        code = error.code or 500
        return render_template("error.html", code=code, words=_words(code)), code

    def close() -> None:
        runner.close()
        sessions.close()

    def warm() -> None:
        runner.prepare()
        choices.warm()

    app.close, app.warm = close, warm  # type: ignore[attr-defined]
    return app


def _words(code: int) -> str:
    words = {
        403: t("The form is out of date: go back, load the page again, and send it once more."),
        404: t("There is no such page or file in this session."),
        413: t("The upload is too large: at most {n} MB.", n=MOST_UPLOAD // 1_000_000),
        421: t("This address is not that of the page: use the one shown when it was started."),
    }
    return words.get(code, t("The request could not be answered."))
