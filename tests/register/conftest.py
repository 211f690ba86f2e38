"""Registers of both kinds for every test, and drills whose verdicts are known by hand."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sim.register import Drill, add_drills, open_register
from sim.rules import Verdicts, load_pack, score
from tests.rules.conftest import ORIGIN, Record, as_log

PACK = load_pack("guangxi-2012-65")
WHEN = "2026-01-02T03:04:05+00:00"


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server of its own on loopback; gives the URL of its database."""
    pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
    found = shutil.which("pg_ctl") or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)), None
    )
    if found is None:
        pytest.skip("no PostgreSQL server here: neither pg_ctl nor /usr/lib/postgresql")
    control = Path(found).resolve()
    folder = Path(tempfile.mkdtemp(prefix="yanlian-postgres-"))  # pytest's own are root's alone
    as_user = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # the server refuses to run as root
        try:
            shutil.chown(folder, "postgres")
        except LookupError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        as_user = {"user": "postgres"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*words: str) -> None:
        subprocess.run(
            words, check=True, stdout=subprocess.DEVNULL, timeout=120, cwd=folder, **as_user
        )

    data = str(folder / "data")
    run(str(control.with_name("initdb")), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
    run(str(control), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    run(str(control), "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path):
    """Where a register may be made: a file, or an empty schema of the server."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite")
    url = request.getfixturevalue("server")
    import psycopg

    schema = f"s{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{url}?options=-csearch_path%3D{schema}"


@pytest.fixture
def db(where):
    """An empty register."""
    with open_register(where, make=True) as opened:
        yield opened


def record_of(case="a", acked="2:00", day=ORIGIN, city="hechi"):
    """A drill of a city: confirmed 1:10, so GX-02-city is due 3:10."""
    record = Record(case)
    record.role(city, "city_gov", superior="region", jurisdiction=city, note=f"{city}市政府")
    record.role("region", "region_gov").occur().knows(city)
    record.report(city, "region", acked, elements="time|place|nature")
    return as_log(record.rows, {case: day})


def judged(log, rules=("GX-02-city",)):
    """The verdicts by some rules of the directive."""
    found = score(log, PACK)
    table = found.table[found.table["rule"].isin(rules)].reset_index(drop=True)
    return Verdicts(table, found.origins)


def enter(db, case="a", acked="2:00", day=ORIGIN, city="hechi", **said):
    """Enter such a drill; its hash is its name."""
    corrects = said.pop("corrects", None)
    log = record_of(case, acked, day, city)
    drill = Drill(**{"sha256": f"hash of {case} {acked}", "by": "evaluator", **said})
    (entry,) = add_drills(db, log, judged(log), drill, [PACK], corrects, WHEN)
    return entry


def on(text: str) -> datetime:
    """08:00 of a day, as records begin here."""
    day = datetime.fromisoformat(text)
    return ORIGIN + timedelta(days=day.toordinal() - ORIGIN.toordinal())
