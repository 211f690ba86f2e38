"""The databases: versions, damage, other programs' files, two writers."""

from __future__ import annotations

import sqlite3

import pytest

from sim.errors import MissingExtra, UnusableInput
from sim.register import database, drills, findings, open_register
from sim.register.migrations import STEPS, VERSION
from sim.register.sqlite import Sqlite
from tests.register.conftest import WHEN, enter


def older(monkeypatch, version):
    """Make this program one that knows no later version."""
    monkeypatch.setattr(database, "VERSION", version)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_register_of_each_version_is_brought_up_with_its_rows(where, monkeypatch, version):
    with monkeypatch.context() as patch:
        older(patch, version)
        with open_register(where, make=True) as db:
            assert db.version() == version
            db.add_new("drill", case_id="a", held="2024-07-01", unit="hechi", kind="special",
                   plans="", scenario="a", sha256="x", entered_by="e", entered_at=WHEN)  # fmt: skip
    with open_register(where) as db:
        assert db.version() == VERSION == len(STEPS)
        assert [row["unit"] for row in drills(db)] == ["hechi"]
        assert findings(db) == []
        assert enter(db, acked="3:30").findings == 1


def test_tables_are_the_same_step_by_step_as_at_once(tmp_path, monkeypatch):
    def shape(path):
        with sqlite3.connect(path) as file:
            return file.execute(
                "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
            ).fetchall()

    for version in range(1, VERSION + 1):
        with monkeypatch.context() as patch:
            older(patch, version)
            open_register(tmp_path / "steps", make=True).close()
    open_register(tmp_path / "once", make=True).close()
    assert shape(tmp_path / "steps") == shape(tmp_path / "once")


def test_a_newer_register_is_refused_and_left_alone(where, monkeypatch):
    open_register(where, make=True).close()
    with monkeypatch.context() as patch:
        older(patch, VERSION - 1)
        with pytest.raises(UnusableInput, match="a newer program wrote it"):
            open_register(where)
    open_register(where).close()


def test_a_failed_block_leaves_nothing_behind(db):
    enter(db)

    def fail():
        with db.writing():
            db.add_new("drill", case_id="b", held="2024-07-01", unit="u", kind="special", plans="",
                   scenario="", sha256="y", entered_by="e", entered_at=WHEN)  # fmt: skip
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert len(drills(db)) == 1


def test_two_writers_one_is_told(where, monkeypatch):
    monkeypatch.setattr(database, "WAIT", 0)
    with open_register(where, make=True) as first, open_register(where) as second:
        if isinstance(second, Sqlite):
            second._execute("PRAGMA busy_timeout = 50", ())
        else:
            monkeypatch.setattr("sim.register.postgres.WAIT", 1)
        with first.writing():
            with pytest.raises(UnusableInput, match="another writer"):
                enter(second)
            enter_row = first.rows("SELECT count(*) AS n FROM drill")
        assert enter_row == [{"n": 0}]
        assert enter(second).added  # once the first is done


def test_readers_read_while_somebody_writes(where):
    with open_register(where, make=True) as first, open_register(where) as second, first.writing():
        assert drills(second) == []


def test_damaged_and_foreign_files_are_refused(tmp_path):
    path = tmp_path / "register.sqlite"
    with open_register(path, make=True) as db:
        for case in range(40):
            enter(db, f"case-{case}", "3:30")
    whole = path.read_bytes()
    for damaged in (b"what is this " * 100, whole[: len(whole) // 2], whole[:30]):
        path.write_bytes(damaged)
        with pytest.raises(UnusableInput, match=r"register\.sqlite: expected a register"):
            open_register(path)
        assert path.read_bytes() == damaged
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE invoice (n)")
    with pytest.raises(UnusableInput, match="another program"):
        open_register(path, make=True)


def test_a_register_that_is_not_there(tmp_path):
    with pytest.raises(UnusableInput, match="register add"):
        open_register(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()
    with pytest.raises(UnusableInput, match="a folder"):
        open_register(tmp_path, make=True)


def test_a_server_that_does_not_answer_is_told_without_the_password():
    pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
    with pytest.raises(UnusableInput, match="a server that answers") as told:
        open_register("postgresql://me:secret@127.0.0.1:1/drills")
    assert "secret" not in str(told.value)
    with pytest.raises(UnusableInput, match="postgresql://user@host/name"):
        open_register("mysql://me:secret@127.0.0.1/drills")


def test_without_the_extra_the_message_names_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingExtra, match="postgres"):
        open_register("postgresql://me@127.0.0.1/drills")
