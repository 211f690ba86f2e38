"""What every request must pass, and what every answer carries."""

from __future__ import annotations

import hmac
import ipaddress
import socket
from typing import Any

from flask import Flask, Response, abort, g, request

from sim.page.sessions import Sessions
from sim.page.settings import Settings
from sim.texts import LANGUAGES, use_language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No script, style or picture from elsewhere, none written into the page itself."""
SHOWN = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""For reports that are looked at in the browser: they have no scripts and get no rights."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def protect(app: Flask, settings: Settings, sessions: Sessions) -> None:
    """Let a page answer only requests that name this server, with a session and its key."""
    cookie = f"yanlian-{settings.port}"

    @app.before_request
    def check() -> None:
        if not host_known(request.host, settings):
            abort(421)
        found = sessions.find(request.cookies.get(cookie))
        if request.method not in ("GET", "HEAD", "POST"):
            abort(405)
        g.token = ""
        if found is None:
            if request.method == "POST":
                abort(403)
            if request.endpoint == "static":
                return
            g.token, found = sessions.begin()
        g.session = found
        use_language(found.lang)
        if request.method == "POST":
            given = request.form.get("csrf", "")
            if not hmac.compare_digest(given.encode(), found.csrf.encode()):
                abort(403)

    @app.after_request
    def seal(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        if g.get("token"):
            answer.set_cookie(cookie, g.token, httponly=True, samesite="Strict", path="/")
        if request.endpoint == "static" and answer.status_code == 200:
            answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    @app.teardown_request
    def forget(_: Any) -> None:
        use_language("")


def host_known(host: str, settings: Settings) -> bool:
    """Return whether a Host header names this server.

    A foreign name that leads here is somebody else's page (DNS rebinding).  Started for this
    computer only: its own names; started for others: addresses in digits, its own name, and
    the name that it was started with.
    """
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name or not port.isdigit():
        name, port = host, "80"
    if int(port) != settings.port:
        return False
    name = name.strip("[]").lower()
    own = {"localhost", "127.0.0.1", "::1"}
    if settings.local:
        return name in own
    return name in own | {settings.host.lower(), socket.gethostname().lower()} or _digits(name)


def _digits(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def other_language() -> str:
    """Return the language that the page is not in."""
    return LANGUAGES[1 - LANGUAGES.index(g.session.lang)]
