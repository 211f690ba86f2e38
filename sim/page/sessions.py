"""Sessions: what one browser uploaded and had made, in a folder of its own, gone at the end."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from sim.page.settings import MOST_SESSIONS, MOST_STORED
from sim.page.tasks import Task


@dataclass(frozen=True)
class Item:
    """A file of a session; `kind` is scenario, log, mapping, pack, study, sheet, paper or register.

    `path` is where it lies, `title` what the person calls it, `origin` how it came: `library`,
    `upload`, `edit` or `made`; `parent` is the number of the item it was made from, or 0.
    """

    number: int
    kind: str
    path: Path
    title: str
    origin: str
    parent: int = 0


@dataclass
class Session:
    """All that belongs to one browser."""

    csrf: str
    lang: str
    folder: Path
    items: dict[int, Item] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    used: float = 0.0
    lock: threading.RLock = field(default_factory=threading.RLock)
    _last: int = 0

    def next_folder(self) -> tuple[int, Path]:
        """Return a new number and its folder, which exists."""
        with self.lock:
            self._last += 1
            folder = self.folder / str(self._last)
            folder.mkdir(parents=True)
            return self._last, folder

    def add(self, number: int, kind: str, path: Path, title: str, origin: str, of: int = 0) -> Item:
        """Enter a file that lies in the session's folder."""
        item = Item(number, kind, path, title, origin, of)
        with self.lock:
            self.items[number] = item
        return item

    def full(self) -> bool:
        """Whether the session keeps as much as it may."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files) > MOST_STORED

    def close(self) -> None:
        """End its tasks and delete its files."""
        for task in self.tasks.values():
            task.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sessions:
    """All sessions of a server, below one temporary folder."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.folder = Path(tempfile.mkdtemp(prefix="yanlian-page-"))
        self._all: dict[str, Session] = {}
        self._lock = threading.Lock()

    def find(self, token: str | None) -> Session | None:
        """Return the session of a cookie, if there is one."""
        with self._lock:
            found = self._all.get(token or "")
            if found is not None:
                found.used = time.monotonic()
            return found

    def begin(self) -> tuple[str, Session]:
        """Return the cookie of a new session, and the session."""
        token, name = secrets.token_urlsafe(32), secrets.token_hex(8)
        session = Session(secrets.token_urlsafe(32), self.lang, self.folder / name)
        session.used = time.monotonic()
        with self._lock:
            oldest = sorted(self._all, key=lambda key: self._all[key].used)
            over = max(len(oldest) + 1 - MOST_SESSIONS, 0)
            gone = [self._all.pop(key) for key in oldest[:over]]
            self._all[token] = session
        for old in gone:
            old.close()
        return token, session

    def close(self) -> None:
        """End everything and delete every file."""
        with self._lock:
            everyone = list(self._all.values())
            self._all.clear()
        for session in everyone:
            session.close()
        shutil.rmtree(self.folder, ignore_errors=True)
