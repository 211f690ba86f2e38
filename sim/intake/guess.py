"""A proposal for a mapping, made from what a file holds; a person corrects it.

Nothing that it writes is more than a guess; what cannot be seen in the file (who is who, where
it is complete) is left to the person, as a comment.
"""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

from sim.files.cells import clean, comparable
from sim.intake.mapping import Form, Time
from sim.intake.rows import Rows
from sim.intake.sources import read_source
from sim.intake.times import read_times
from sim.log import stamps
from sim.texts import t, vocabulary

_NAMES = {
    "case": ("case id", "case:concept:name", "caseid", "case", "案件编号", "案例", "事件编号"),
    "time": ("time:timestamp", "timestamp", "complete timestamp", "time", "date", "时间", "日期"),
    "due": ("deadline", "due", "sla", "期限", "时限", "截止"),
    "activity": ("concept:name", "activity", "event", "事项", "活动", "行为", "动作", "内容"),
    "actor": ("org:resource", "resource", "user", "actor", "who", "单位", "报送单位", "人员"),
    "recipient": ("recipient", "to", "接收单位", "报送对象", "接报单位"),
    "phase": ("lifecycle:transition", "lifecycle", "阶段"),
    "channel": ("channel", "方式", "渠道"),
    "place": ("place", "location", "地点"),
    "note": ("note", "remark", "备注", "说明"),
}
_PHASES = {"start": "started", "complete": "ended", "schedule": "asked", "suspend": "interrupted"}
_PHASES |= {"resume": "resumed"}
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
_CLOCKS = (" %H:%M:%S", " %H:%M", " %I:%M %p", " %I:%M:%S %p", "")
SAMPLE = 1000
MOST_WORDS = 60


def guess_mapping(path: str | Path) -> str:
    """Return the text of a mapping for a file, with comments; raises `UnusableInput`."""
    rows = read_source(path, Form()).rows
    fields = _fields(rows)
    file = Path(path).name
    lines = [f"# {t('A proposal for {file}: check every line.', file=file)}", "mapping: 1"]
    case = next((column for column, name in fields.items() if name == "case"), None)
    if case is not None:
        lines.append(f"case: {_yaml(case)}")
    else:
        lines.append(f"# case: …  {t('the column with the id of the case; without it: one case')}")
    lines.append("columns:")
    for column in rows.columns:
        name = fields.get(column, "")
        if name == "case":
            continue
        example = next((clean(str(text)) for text in rows.columns[column] if text), "")
        shown = t("for example: {word}", word=example[:40])
        start = f"  {_yaml(column)}: {name}" if name else f"  # {_yaml(column)}: …"
        lines.append(f"{start}  # {shown}")
    lines += _words(rows, fields)
    lines += _times(rows, fields)
    lines += [
        f"# {t('Who is who, by the words of the file; the roles are those of the guide.')}",
        "organisations: {}",
        f"#   city-gov: {{role: city_gov, words: [{t('city duty office')}]}}",
        f"# {t('Until when is nothing left out? Only then is what is missing late.')}",
        "complete: unknown",
        f"# complete: {{until: last}}  # {t('complete up to the last stamp of the file')}",
    ]
    return "\n".join(lines) + "\n"


def _fields(rows: Rows) -> dict[str, str]:
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
            if name and name not in found.values() and _fits(name, rows, column):
                found[column] = name
    if "time" not in found.values():
        timed = (c for c in rows.columns if c not in found and _fits("time", rows, c))
        found |= dict.fromkeys(list(timed)[:1], "time")
    return found


def _part(word: str, key: str) -> bool:
    """Whether a heading holds a word that is long enough to mean something."""
    return word in key and (len(word) > 3 or (len(word) > 1 and not word.isascii()))


def _fits(name: str, rows: Rows, column: str) -> bool:
    """Whether what stands in a column can be of that kind."""
    if name not in ("time", "due"):
        return True
    texts = rows.columns[column][:SAMPLE]
    there = texts[texts != ""]
    how = Time.model_validate({"zone": "+00:00", "date": "2000-01-01", "formats": _formats(there)})
    good = (read_times(there, how).form > 0).sum()
    return bool(len(there)) and bool(good > len(there) // 2)


def _formats(texts: Any) -> list[str]:
    """Return the formats with day or month first that fit all of some texts."""
    from datetime import datetime

    def fits(form: str) -> bool:
        try:
            return all(datetime.strptime(clean(str(text)), form) for text in texts[:200])
        except ValueError:
            return False

    found = [f"{day}{clock}" for day in _FORMATS for clock in _CLOCKS]
    return [form for form in found if len(texts) and fits(form)]


def _words(rows: Rows, fields: dict[str, str]) -> list[str]:
    """Return the words of activities (and phases), with what they mean where a label says so."""
    lines = []
    activity = next((c for c, name in fields.items() if name == "activity"), None)
    phase = next((c for c, name in fields.items() if name == "phase"), None)
    if activity is None:
        return [f"# constants: {{activity: …}}  # {t('no column with activities was found')}"]
    counted = Counter(clean(str(text)) for text in rows.columns[activity] if text)
    labels = {label: one for one, pair in vocabulary("activity").items() for label in (one, *pair)}
    known = {word: labels.get(word, "") for word in counted}
    ours = sum(count for word, count in counted.items() if known[word])
    ours = ours if ours * 2 >= counted.total() else 0
    if not ours:
        text = t("other words are kept as they are: activity other, the word in object")
        lines.append(f"others: keep  # {text}")
    lines.append("words:")
    lines.append("  activity:" if ours else "  # activity:")
    for word, count in counted.most_common(MOST_WORDS):
        mark = "" if known[word] else "# "
        mark = mark if ours else "# "
        lines.append(f"    {mark}{_yaml(word)}: {known[word] or '…'}  # × {count}")
    if phase is not None:
        lines.append("  phase:")
        for word in dict.fromkeys(clean(str(text)) for text in rows.columns[phase] if text):
            lines.append(f"    {_yaml(word)}: {_PHASES.get(word.casefold(), 'ended')}")
    elif not ours:
        lines[lines.index("words:")] = "# words:"
    return lines


def _times(rows: Rows, fields: dict[str, str]) -> list[str]:
    """Return how times are written, as far as it shows."""
    column = next((c for c, name in fields.items() if name == "time"), None)
    if column is None:
        return [f"# {t('No column with times was found.')}"]
    texts = rows.columns[column][:SAMPLE]
    there = texts[texts != ""]
    lines = ["time:"]
    formats = _formats(there)
    plain = (read_times(there, Time.model_validate({"zone": "+00:00"})).form > 0).mean()
    if formats and plain < 0.5:
        lines.append(f"  formats: [{', '.join(map(_yaml, formats[:1]))}]")
        for other in formats[1:]:
            lines.append(f"  # {t('fits as well; day or month first?')} {other}")
    zone = t("of stamps without an offset")
    how = {"formats": formats[:1], "date": "2000-01-01"}
    without = read_times(there, Time.model_validate(how)).form
    zoned = read_times(there, Time.model_validate({**how, "zone": "+00:00"})).form
    if ((without == stamps.BAD) & (zoned > 0)).any():
        lines.append(f"  zone: Asia/Shanghai  # {zone}")
    else:
        lines.append(f"  # zone: Asia/Shanghai  # {zone}")
    lines.append(f"  # date: 2026-07-01  # {t('the day of stamps without a date')}")
    lines.append(f"  about: 15 min  # {t('what 左右, 许 and 约 mean, to either side')}")
    return lines


def _yaml(text: str) -> str:
    """Return a text as it can stand as a key or a value in YAML."""
    from ruamel.yaml import YAML

    out = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = True
    writer.width = 10_000
    writer.allow_unicode = True
    writer.dump([text], out)
    return out.getvalue().strip()[1:-1]
