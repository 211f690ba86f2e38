"""What the person who starts the page decides, and the limits that hold for everybody."""

from __future__ import annotations

from dataclasses import dataclass

PORT = 8065
MOST_UPLOAD = 50_000_000
"""Most bytes of one upload, all its files together."""
MOST_STORED = 1_000_000_000
"""Most bytes that one session keeps."""
MOST_SESSIONS = 50
"""Sessions at once; the one that was idle longest gives way."""
MOST_TASKS = 2
"""Tasks that run at once; further ones wait."""
MOST_SECONDS = 3600
"""After which a task is stopped."""


@dataclass(frozen=True)
class Settings:
    """Where the page listens, and in which language it begins."""

    host: str = "127.0.0.1"
    port: int = PORT
    lang: str = "zh"

    @property
    def local(self) -> bool:
        """Whether only this computer reaches the page."""
        return self.host in ("127.0.0.1", "localhost", "::1")
