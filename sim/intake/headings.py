"""Which column of a file is probably which of the record: by its heading and what it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sim.files.cells import clean, comparable
from sim.intake.mapping import Time
from sim.intake.rows import Rows
from sim.intake.times import read_times

_NAMES = {
    "case": (
        "case id",
        "case:concept:name",
        "caseid",
        "case",
        "incident number",
        "案件编号",
        "案例",
        "事件编号",
        "警情编号",
    ),
    "time": ("time:timestamp", "timestamp", "complete timestamp", "time", "date", "时间", "日期"),
    "due": ("deadline", "due", "sla", "期限", "时限", "截止"),
    "activity": (
        "text",
        "concept:name",
        "activity",
        "event",
        "事项",
        "活动",
        "行为",
        "动作",
        "内容",
    ),
    "actor": (
        "org:resource",
        "resource",
        "user",
        "actor",
        "who",
        "unit",
        "单位",
        "报送单位",
        "人员",
    ),
    "recipient": ("recipient", "to", "接收单位", "报送对象", "接报单位", "收报单位", "对方"),
    "kind": ("report kind", "报告种类", "报告类型", "种类"),
    "dead": ("dead", "deaths", "死亡", "遇难"),
    "missing": ("missing", "失踪", "失联"),
    "injured": ("seriously hurt", "重伤"),
    "phase": ("lifecycle:transition", "lifecycle", "阶段"),
    "channel": ("channel", "方式", "渠道"),
    "place": ("place", "location", "地点"),
    "note": ("note", "remark", "备注", "说明"),
}
_STEPS = (
    (("receiv", "call", "接警", "接报"), "notice"),
    (("dispatch", "assign", "调派", "派警"), "order"),
    (("enroute", "turnout", "depart", "出动", "出发"), "depart"),
    (("scene", "arriv", "到场", "到达"), "arrive"),
    (("available", "clear", "return", "归队", "返回"), "return"),
)
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
_CLOCKS = (" %H:%M:%S", " %H:%M", " %I:%M %p", " %I:%M:%S %p", "")
SAMPLE = 1000
"""Rows that are looked at."""


def fields_of(rows: Rows) -> dict[str, str]:
    """Return column -> column of the record, each of these once."""
    wanted = {comparable(word): name for name, words in _NAMES.items() for word in words}
    found: dict[str, str] = {}
    for exact in (True, False):
        for column in rows.columns:
            if column in found:
                continue
            key = comparable(column)
            name = wanted.get(key, "")
            if column.startswith("case:") and not name:
                name = "due" if wanted.get(key.removeprefix("case:")) == "due" else ""
            elif not exact and not name:
                name = next((n for word, n in wanted.items() if _part(word, key)), "")
            if name and name not in found.values() and fits(name, rows, column):
                found[column] = name
    if "time" not in found.values():
        timed = (c for c in rows.columns if c not in found and fits("time", rows, c))
        found |= dict.fromkeys(list(timed)[:1], "time")
    return found


def _part(word: str, key: str) -> bool:
    """Whether a heading holds a word that is long enough to mean something."""
    return word in key and (len(word) > 3 or (len(word) > 1 and not word.isascii()))


def fits(name: str, rows: Rows, column: str) -> bool:
    """Whether what stands in a column can be of that kind."""
    if name not in ("time", "due"):
        return True
    texts = rows.columns[column][:SAMPLE]
    there = texts[texts != ""]
    how = Time.model_validate(
        {"zone": "+00:00", "date": "2000-01-01", "formats": formats_of(there)}
    )
    good = (read_times(there, how).form > 0).sum()
    return bool(len(there)) and bool(good > len(there) // 2)


def formats_of(texts: Any) -> list[str]:
    """Return the formats with day or month first that fit most of some texts."""
    words = [clean(str(text)) for text in texts[:200]]
    found = [f"{day}{clock}" for day in _FORMATS for clock in _CLOCKS]
    return [form for form in found if sum(_read(word, form) for word in words) > len(words) // 2]


def _read(word: str, form: str) -> bool:
    try:
        return bool(datetime.strptime(word, form))
    except ValueError:
        return False


def step(heading: str) -> str:
    """Return what happened at the times of a column, empty where the heading does not tell."""
    key = comparable(heading)
    return next((activity for words, activity in _STEPS if any(w in key for w in words)), "")
