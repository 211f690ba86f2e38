"""The register's database: one SQLite file, or PostgreSQL by URL, with the same SQL.

    with open_register("out/register.sqlite") as db:
        db.rows("SELECT * FROM drill_now")

SQL is written with `?` for values.  One writer at a time; another one waits five seconds.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sim.errors import Problem, UnusableInput
from sim.register.migrations import STEPS, VERSION
from sim.texts import t

WAIT = 5
"""Seconds that a writer waits for another one."""
Rows = list[dict[str, Any]]


class Database(ABC):
    """An open register; `name` is what messages call it."""

    own_id: str
    name: str
    errors: type[Exception]

    @abstractmethod
    def version(self) -> int:
        """Return the version of the tables, 0 where there are none yet."""

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _execute(self, sql: str, values: tuple[Any, ...]) -> Any: ...

    @abstractmethod
    def _execute_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None: ...

    @abstractmethod
    def _set_version(self, version: int) -> None: ...

    @abstractmethod
    def _locked(self, error: Exception) -> bool: ...

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, *values: Any) -> Rows:
        """Return the rows of a query as dicts; raises `UnusableInput` if it cannot be read."""
        with self._told():
            cursor = self._execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def add(self, table: str, **values: Any) -> int:
        """Add a row; return its id."""
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) RETURNING id"
        return int(self.rows(sql, *values.values())[0]["id"])

    def add_new(self, table: str, **values: Any) -> int:
        """Add the first row of a thing, inside a block that writes; return its number."""
        sql = f"SELECT coalesce(max(number), 0) + 1 AS number FROM {table}"
        number = int(self.rows(sql)[0]["number"])
        self.add(table, number=number, **values)
        return number

    def correct(self, table: str, old: Mapping[str, Any], **values: Any) -> int:
        """Add the row that corrects a thing's last one; return its id."""
        return self.add(table, number=old["number"], corrects=old["id"], **values)

    def add_all(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Add many rows of a table."""
        marks = ", ".join("?" * len(columns))
        with self._told():
            self._execute_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other writers out; all that is written in the block stays, or nothing."""
        with self._told():
            self._begin()
            try:
                yield
            except BaseException:
                self._execute("ROLLBACK", ())
                raise
            self._execute("COMMIT", ())

    def migrate(self) -> None:
        """Bring the tables to this program's version; refuse those of a newer one."""
        if self._known() == VERSION:
            return
        with self.writing():
            for step in range(self._known(), VERSION):
                for sql in STEPS[step]:
                    self._execute(sql.replace("{id}", self.own_id), ())
            self._set_version(VERSION)

    def _known(self) -> int:
        with self._told():
            found = self.version()
        if found > VERSION:
            expected = t("a register of version {n} or older", n=VERSION)
            self.refuse(expected, t("version {n}: a newer program wrote it", n=found))
        return found

    def refuse(self, expected: str, received: str) -> None:
        """Raise `UnusableInput` about this database."""
        raise UnusableInput([Problem(self.name, 0, "", expected, received)]) from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a database says into a problem with its name."""
        try:
            yield
        except self.errors as error:
            if self._locked(error):
                self.refuse(
                    t("a register that nobody else is writing in"),
                    t("another writer, for more than {n} s; try again", n=WAIT),
                )
            self.refuse(t("a register that can be read and written"), str(error).split("\n")[0])


def is_url(where: str) -> bool:
    """Return whether a register is named by the URL of a server."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", where))


def open_register(where: str | Path, make: bool = False) -> Database:
    """Open a register: a file of SQLite, or `postgresql://user@host/name`.

    Brings older tables to this version.  `make`: a file that is not there is made.  Raises
    `UnusableInput` where there is none, where it is damaged, newer or another program's, and
    `MissingExtra` for a server without the extra `postgres`.
    """
    name = str(where)
    found: Database
    if is_url(name):
        from sim.register.postgres import Postgres

        found = Postgres(name)
    else:
        from sim.register.sqlite import Sqlite

        path = Path(where)
        if path.is_dir():
            raise UnusableInput([Problem(name, 0, "", t("a file"), t("a folder"))])
        if make:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            expected = t("a register; `yanlian register add` makes one")
            raise UnusableInput([Problem(name, 0, "", expected, t("nothing"))])
        found = Sqlite(path)
    try:
        found.migrate()
    except BaseException:
        found.close()
        raise
    return found
