"""A register in one SQLite file, by Python's own sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sim.register.database import WAIT, Database
from sim.texts import t


class Sqlite(Database):
    """A register in one file."""

    own_id = "INTEGER PRIMARY KEY"
    errors = sqlite3.Error
    application = 0x594C5247  # "YLRG", so that other files of SQLite are told apart

    def __init__(self, path: Path, wait: float = WAIT):
        self.name = str(path)
        with self._told():
            self._connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
            self._connection.execute("PRAGMA trusted_schema = OFF")  # the file may be anybody's
            self._connection.execute("PRAGMA foreign_keys = ON")
            found = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            self.refuse(t("a register that is not damaged"), found.split("\n")[-1])

    def version(self) -> int:
        """Return `user_version`; refuse a file of SQLite that is no register."""
        number, mark, tables = (
            int(self._execute(sql, ()).fetchone()[0])
            for sql in (
                "PRAGMA user_version",
                "PRAGMA application_id",
                "SELECT count(*) FROM sqlite_master",
            )
        )
        if mark != self.application and (number or mark or tables):
            self.refuse(t("a register"), t("a database of another program"))
        return number

    def _set_version(self, version: int) -> None:
        self._execute(f"PRAGMA application_id = {self.application}", ())
        self._execute(f"PRAGMA user_version = {version}", ())

    def _begin(self) -> None:
        self._execute("BEGIN IMMEDIATE", ())

    def _execute(self, sql: str, values: tuple[Any, ...]) -> Any:
        return self._connection.execute(sql, values)

    def _execute_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        self._connection.executemany(sql, rows)

    def _locked(self, error: Exception) -> bool:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (5, 6)  # SQLITE_BUSY, _LOCKED

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
