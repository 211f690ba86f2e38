"""What the tests of the exercise room share: one small scenario as a file, and sheets of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

BASE = """\
# 小演练 a small drill
yanlian: 1
name: {zh: 小演练, en: small drill}
start: 2026-04-15T14:00+08:00
horizon: 8 h
tail: 0 s
channels:
  phone: {kind: phone, name: {zh: 值班电话, en: duty phone}, time: 60 s}
offices:
  city:
    name: {zh: 市值班室, en: city office}
    role: city_gov
  county:
    name: {zh: 县值班室, en: county office}
    role: county_gov
    superior: city
    procedures: [note, tell]
procedures:
  note:
    on: {event: inject, kind: [notice]}
    steps: [record: {time: 10 min}]
  tell:
    on: {event: inject, kind: [order]}
    steps: [send: {to: superior, report: situation, channel: phone}]
incidents:
  fire:
    name: {zh: 仓库火灾, en: warehouse fire}
    hazard: fire
    place: site
    at: 10 min
    course: [{after: 0 s, trapped: 2}]
    noticed: {county: 5 min}
places:
  site: {name: {zh: 仓库, en: warehouse}, at: [108.0, 24.0]}
"""
Cells = Sequence[Sequence[object]]


@pytest.fixture
def drill(tmp_path: Path) -> Callable[[str], Path]:
    """`drill(injects)`: a scenario file with these lines of YAML at its end."""

    def write(injects: str = "") -> Path:
        path = tmp_path / "drill.yaml"
        path.write_text(BASE + injects, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """`sheet(rows)`: a workbook with these cells; merged ranges by `merge`."""

    def write(rows: Cells, name: str = "list.xlsx", title: str = "清单", merge: str = "") -> Path:
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(list(row))
        if merge:
            book.active.merge_cells(merge)
        book.save(tmp_path / name)
        return tmp_path / name

    return write
