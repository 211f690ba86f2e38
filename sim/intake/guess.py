"""A proposal for a mapping, made from what a file holds; a person corrects it.

Nothing that it writes is more than a guess; what cannot be seen in the file (who is who, where
it is complete) is left to the person, as a comment.
"""

from __future__ import annotations

import io
from collections import Counter
from contextlib import suppress
from pathlib import Path

from sim.errors import UnusableInput
from sim.files.cells import clean
from sim.files.text import read_bytes
from sim.files.workbook import is_workbook
from sim.intake.headings import SAMPLE, fields_of, fits, formats_of, step
from sim.intake.mapping import Form, Time
from sim.intake.rows import Rows
from sim.intake.sources import read_source
from sim.intake.times import read_times
from sim.log import stamps
from sim.texts import t, vocabulary

CHAT = (
    r"\[?(?P<time>(?:\d{4}[-/]\d{1,2}[-/]\d{1,2} )?\d{1,2}:\d{2}(?::\d{2})?)\]?"
    r"\s*(?P<who>[^:：\d][^:：]{0,30})[:：]\s*(?P<text>.+)"
)
"""Lines of a chat or a radio log: `[08:20] 值班员: …`."""
_PHASES = {"start": "started", "complete": "ended", "schedule": "asked", "suspend": "interrupted"}
_PHASES |= {"resume": "resumed"}
_USUAL = dict.fromkeys(("上报", "报送", "来报", "汇报"), "reported")
_USUAL |= {"事发": "occur", "发生": "occur", "起火": "{activity: occur, hazard: fire}"}
"""What sheets call an activity, beside the labels of the vocabulary."""
MOST_WORDS = 60


def guess_mapping(path: str | Path) -> str:
    """Return the text of a mapping for a file, with comments; raises `UnusableInput`."""
    rows, pattern = rows_to_guess(path)
    fields = fields_of(rows)
    file = Path(path).name
    lines = [f"# {t('A proposal for {file}: check every line.', file=file)}", "mapping: 1"]
    if pattern:
        lines += ["source:", f"  pattern: '{pattern}'", "  continues: text"]
    case = next((column for column, name in fields.items() if name == "case"), None)
    if case is not None:
        lines.append(f"case: {_yaml(case)}")
    else:
        lines.append(f"# case: …  {t('the column with the id of the case; without it: one case')}")
    lines.append("columns:")
    steps = _steps(rows, fields)
    for column in rows.columns:
        name = fields.get(column, "")
        if name == "case" or (steps and name == "time"):
            continue
        example = next((clean(str(text)) for text in rows.columns[column] if text), "")
        shown = t("for example: {word}", word=example[:40])
        start = f"  {_yaml(column)}: {name}" if name else f"  # {_yaml(column)}: …"
        lines.append(f"{start}  # {shown}")
    lines += steps or _words(rows, fields)
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


def rows_to_guess(path: str | Path) -> tuple[Rows, str]:
    """Return the rows of a file, and the pattern of its lines if it is a chat."""
    if not is_workbook(read_bytes(Path(path), str(path))[:8]):
        with suppress(UnusableInput):
            chat = read_source(path, Form.model_validate({"pattern": CHAT})).rows
            if "who" in chat.columns and len(chat) > len(chat.unread):
                return chat, CHAT
    return read_source(path, Form()).rows, ""


def _steps(rows: Rows, fields: dict[str, str]) -> list[str]:
    """Return the events of rows with several times and no activity, empty for any other."""
    timed = [c for c in rows.columns if fields.get(c) in (None, "time") and fits("time", rows, c)]
    if "activity" in fields.values() or len(timed) < 2:
        return []
    fields.update(dict.fromkeys(timed, "time"))
    lines = [f"events:  # {t('the column with the time, and what happened then')}"]
    for column in timed:
        lines.append(f"  {_yaml(column)}: {{activity: {step(column) or '…'}}}")
    return lines


def _words(rows: Rows, fields: dict[str, str]) -> list[str]:
    """Return the words of activities (and phases), with what they mean where a label says so."""
    lines = []
    activity = next((c for c, name in fields.items() if name == "activity"), None)
    phase = next((c for c, name in fields.items() if name == "phase"), None)
    if activity is None:
        return [f"# constants: {{activity: …}}  # {t('no column with activities was found')}"]
    counted = Counter(clean(str(text)) for text in rows.columns[activity] if text)
    labels = {label: one for one, pair in vocabulary("activity").items() for label in (one, *pair)}
    known = {word: labels.get(word, _USUAL.get(word, "")) for word in counted}
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
        asked = ""
        if known[word] == "occur":
            example = "{activity: occur, hazard: fire}"
            asked = "; " + t("without its hazard no grade follows: {example}", example=example)
        lines.append(f"    {mark}{_yaml(word)}: {known[word] or '…'}  # × {count}{asked}")
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
    formats = formats_of(there)
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
