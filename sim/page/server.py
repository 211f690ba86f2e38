"""The server: chooses a port, opens the browser, runs until Ctrl-C, leaves nothing behind."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sim.errors import YanlianError
from sim.page.app import make_app
from sim.page.settings import MOST_UPLOAD, Settings
from sim.texts import t

TRIED = 20
"""Ports that are tried, the first included."""


def bound(settings: Settings) -> tuple[socket.socket, Settings]:
    """Return a listening socket and the settings with its port, the next free one if taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    for port in range(settings.port, settings.port + TRIED if settings.port else 1):
        door = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # where it would let two servers share one port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, port))
        except OSError as error:
            door.close()
            trouble = error
            continue
        return door, replace(settings, port=door.getsockname()[1])
    where = f"{settings.host}:{settings.port}"
    raise YanlianError(
        t("{where} is not free: {reason}", where=where, reason=trouble.strerror or str(trouble))
    )


def address(settings: Settings) -> str:
    """Return where a browser on this computer finds the page."""
    host = settings.host if settings.host not in ("0.0.0.0", "::") else "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def serve(settings: Settings, opened: bool, say: Callable[[str], Any]) -> None:
    """Serve the page until Ctrl-C (or SIGTERM); then end its tasks and delete its files.

    `opened`: open the browser.  `say` is told the address, and a warning where others on the
    network can reach it.  Raises `MissingExtra`, `YanlianError` where no port is free.
    """
    door, chosen = bound(settings)
    try:
        app = make_app(chosen)
    except BaseException:
        door.close()
        raise
    from waitress import create_server

    most = MOST_UPLOAD + 1_000_000
    server = create_server(app, sockets=[door], threads=8, ident=None, max_request_body_size=most)
    if not chosen.local:
        say(t("Warning: everybody on the network who can reach {host} can use this page; "
              "it has no passwords and no encryption.", host=chosen.host))  # fmt: skip
    if chosen.port != settings.port and settings.port:
        say(t("Port {old} is taken; using {new}.", old=settings.port, new=chosen.port))
    say(t("The page is at {address}   (Ctrl-C ends it)", address=address(chosen)))
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):  # ended, or its window closed
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    threading.Thread(target=app.warm, daemon=True).start()
    if opened:
        threading.Timer(0.5, webbrowser.open, [address(chosen)]).start()
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        app.close()
        say(t("The page is closed; its files are deleted."))


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
