"""A progress bar with the time that is left, in a console and in a notebook.

with Bar() as bar:
    results = conduct(study, "out/mine", progress=bar.show)
"""

from __future__ import annotations

import sys
from typing import Any

from sim.texts import t


class Bar:
    """Shown on a console and in a notebook; nothing where nobody looks (a file, a pipe)."""

    def __enter__(self) -> Bar:
        from tqdm.auto import tqdm

        seen = sys.stderr.isatty() or "ipykernel" in sys.modules
        self._bar: Any = tqdm(unit=" " + t("drills"), leave=False, disable=not seen)
        return self

    def show(self, done: int, total: int) -> None:
        """Move the bar to `done` of `total` drills."""
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        self._bar.close()
