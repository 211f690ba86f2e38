"""A task as its function sees it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import sim
from sim.files.atomic import write_text
from sim.page.tasks import PROGRESS


class Job:
    """`args` is what the task works on, `lang` the language of all that it says and writes."""

    def __init__(self, folder: Path, args: dict[str, Any], lang: str) -> None:
        self.folder, self.args, self.lang = folder, args, lang
        self.out = folder / "out"

    @property
    def path(self) -> Path:
        """The file that the task is about."""
        return Path(self.args["path"])

    def optional(self, name: str) -> Path | None:
        """Return a further file, `None` where none was chosen."""
        found = self.args.get(name)
        return Path(found) if found else None

    def progress(self, done: int, total: int) -> None:
        """Say how far the task is."""
        write_text(self.folder / PROGRESS, f"{done} {total}")

    def plain(self, text: str) -> str:
        """Return a text without the folders in which files happen to lie here."""
        for folder in self._folders:
            text = text.replace(f"{folder}/", "").replace(f"{folder}\\", "")
        return text

    @cached_property
    def _folders(self) -> list[str]:
        """Folders of this session and of the program, inner ones first."""
        home = str(Path(sim.__file__).resolve().parent)
        session = self.folder.parent
        found = {str(path.parent) for path in session.rglob("*") if path.is_file()}
        return [*sorted(found, key=len, reverse=True), str(session), home]
