"""The result store: a folder with one study, grown part by part, each part whole or not there.

    capsule.json       what was asked for: all that is needed to run it again
    parts/             p0003-000064-values-1a2b….parquet and -verdicts-…, one of each a batch;
                       -log-… with the whole records that were asked for
    done.json          replications that count, by point; written last

A part's name ends with the hash of its bytes, so that damage shows.  Values are written last:
a batch whose values are there is complete.  The same study gives the same bytes, however often it
was interrupted, on however many machines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import MissingExtra, Problem, UnusableInput
from sim.experiment import parquet
from sim.files.atomic import write_bytes
from sim.texts import t

PARTS, CAPSULE, DONE, LOCK = "parts", "capsule.json", "done.json", ".lock"
_NAME = re.compile(r"p(\d{4,})-(\d{6,})-(values|verdicts|log)-([0-9a-f]{16})\.parquet")
Batch = tuple[int, int]
"""(point, first replication)."""


class Store:
    """One study's folder; `batches` are those that are complete, read once at the start."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self._parts: dict[tuple[int, int, str], Path] = {}
        for file in sorted((self.folder / PARTS).glob("p*.parquet")):
            found = _NAME.fullmatch(file.name)
            if found:
                self._parts[int(found[1]), int(found[2]), found[3]] = file

    @property
    def batches(self) -> set[Batch]:
        """The batches whose values are there."""
        return {(point, first) for point, first, kind in self._parts if kind == "values"}

    def files(self, kind: str) -> list[Path]:
        """Return the parts of a kind in the order of points and replications."""
        return [self._parts[key] for key in sorted(self._parts) if key[2] == kind]

    def values(self, batch: Batch) -> pd.DataFrame:
        """Return the values of one batch."""
        return parquet.read([self._parts[(*batch, "values")]])

    def add(self, batch: Batch, files: Mapping[str, bytes]) -> None:
        """Write the parts of a batch, its values last; raises `UnusableInput` if that fails."""
        for kind in sorted(files, key=lambda kind: kind == "values"):
            digest = blake2b(files[kind], digest_size=8).hexdigest()
            name = f"p{batch[0]:04d}-{batch[1]:06d}-{kind}-{digest}.parquet"
            self.write(f"{PARTS}/{name}", files[kind])
            self._parts[(*batch, kind)] = self.folder / PARTS / name

    def write(self, name: str, data: bytes) -> None:
        """Write one file whole; what is there stays if it cannot be."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, data)
        except OSError as error:
            expected = t("room and leave to write; what is complete is kept")
            raise UnusableInput(
                [Problem(str(path), 0, "", expected, error.strerror or str(error))]
            ) from None

    def tidy(self) -> None:
        """Delete what a kill left under its temporary name."""
        for file in (self.folder / PARTS).glob(".*.tmp"):
            file.unlink(missing_ok=True)

    def check(self) -> None:
        """Raise `UnusableInput` with every part that is damaged."""
        problems = []
        for file in self._parts.values():
            stated = file.stem.rpartition("-")[2]
            if blake2b(file.read_bytes(), digest_size=8).hexdigest() != stated:
                expected = t(
                    "the bytes that were written; delete this part and resume, the others are kept"
                )
                problems.append(Problem(str(file), 0, "", expected, t("others")))
        if problems:
            raise UnusableInput(problems)

    def capsule(self) -> dict[str, Any]:
        """Return the capsule; raises `UnusableInput` where there is none that can be read."""
        path = self.folder / CAPSULE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            problem = Problem(str(path), 0, "", t("the capsule of a study"), str(error))
            raise UnusableInput([problem]) from None
        assert isinstance(found, dict)
        return found

    def done(self) -> dict[int, int] | None:
        """Return the replications that count of each point, `None` for a study not yet done."""
        path = self.folder / DONE
        if not path.exists():
            return None
        stops: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["replications"]
        return {int(point): stop for point, stop in stops.items()}

    def finish(self, stops: Mapping[int, int]) -> None:
        """Write down how many replications of each point count."""
        text = json.dumps({"replications": {str(k): n for k, n in sorted(stops.items())}}, indent=1)
        self.write(DONE, text.encode() + b"\n")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers out; raises `UnusableInput` where there is one."""
        try:
            from filelock import FileLock, Timeout
        except ImportError:
            raise MissingExtra("filelock", "store") from None
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            expected = t("a folder that nobody else writes in")
            received = t("another run that is writing")
            raise UnusableInput([Problem(str(self.folder), 0, "", expected, received)]) from None
        try:
            yield
        finally:
            lock.release()
            (self.folder / LOCK).unlink(missing_ok=True)


def fresh(folder: Path) -> bool:
    """Return whether a folder holds nothing of a study yet."""
    return not any((folder / name).exists() for name in (PARTS, CAPSULE, DONE))


def read_all(files: Iterable[Path]) -> pd.DataFrame:
    """Return the rows of parts with their point (from the name), file after file."""
    listed = list(files)
    if not listed:
        return pd.DataFrame()
    points = {str(file): int(_NAME.fullmatch(file.name)[1]) for file in listed}  # type: ignore[index]
    table = parquet.read(listed, with_file=True)
    table.insert(0, "point", table.pop("filename").map(points).astype("int64"))
    return table
