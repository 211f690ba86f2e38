"""A clean record turned into the spreadsheets that several organisations would have kept.

`mess(log, folder, seed)` writes one file for each of a few organisations and one for the
controller, each with its own mapping beside it: Chinese headings and words, UTF-8, GB18030, UTF-16
or .xlsx with a title, two header rows and merged cells; times with 上午/下午, full-width digits or
no date; rows out of order; messages in the files of both ends; one clock 7 min slow.

What cannot survive is kept out by a condition on the record, never by the result:

- A number of a message is left out only if the rows of sending, receipt, acknowledgement and ledger
  are one each, agree in what they say and lie within half of the window; no row of another kind but
  the steps before sending and answering names it; and no other message from the one to the other
  lies within the window (`alone`).  Receipts then say whom they came from.
- Rows of one instant keep their order in a file, whose rows are else out of order.
- A date is left out only where the rule for missing dates gives it back; then rows are in order.
- Separate files do not tell which of two things of one instant came first; so nobody keeps a file
  of his own who confirmed a grade at the instant at which somebody else did (`at_once`).
- A row that stands twice in a record counts once; records are compared that hold no row twice.
- A workbook shows no seconds if all of its stamps end in :00, so records whose stamps are exact to
  the second, all of them whole minutes, are written as text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from sim.log.record import RESOLUTION, EventLog
from sim.log.schema import NAMES, TIMES
from sim.texts import vocabulary

SLOW = 7 * 60
WINDOW = 1800
NOT_WRITTEN = ("row", "seq", "case", "source", "cause", "held_by", "time_wall", "time_written")
COPIED = ("send", "receive", "acknowledge", "reported")
SENT = ("send", "ended")
SILENT = ("asked", "started")
DIRECTORY = {"actor", "actor_role", "superior", "jurisdiction", "supervises", "note", "activity"}
HEADINGS = {
    "activity": "事项", "phase": "进展", "actor": "单位", "recipient": "对方", "note": "备注",
    "dead": "伤亡/死亡", "missing": "伤亡/失踪", "injured": "伤亡/重伤", "message": "编号",
    "time": "时间", "time_lo": "最早", "time_hi": "最晚",
}  # fmt: skip
WIDE = str.maketrans("0123456789:", "０１２３４５６７８９：")


@dataclass
class Mess:
    """The files, the clocks that were compared, and what was done to them."""

    files: list[Path]
    clocks: Path
    slow: str
    unnumbered: int
    copied: int


def mess(log: EventLog, folder: Path, seed: int, keepers: int = 3) -> Mess:
    """Write the spreadsheets of a record of one case."""
    random = Random(seed)
    (case,) = log.cases
    origin = log.origins[case]
    table = log.table.astype(object).where(log.table.notna(), None)
    rows = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    head, rows = directory(rows)
    acting = sorted({row["actor"] for row in rows if row["actor"]})
    random.shuffle(acting)
    talking = {row["actor"] for row in rows if row["activity"] in COPIED}
    acting.sort(key=lambda name: name not in talking)
    acting = [name for name in acting if name not in at_once(rows)]
    kept = acting[:keepers]
    while kept and {row["actor"] for row in rows} <= {*kept}:
        kept.pop()  # the controller's file holds something too
    slow = kept[0] if kept else ""
    files: dict[str, list[dict]] = {name: [] for name in (*kept, "")}
    unnumbered = number_less(rows, random)
    copied = 0
    for row in rows:
        own = row["actor"] if row["actor"] in kept else ""
        files[own].append(dict(row))
        two = {row["actor"], row["recipient"]}
        between = row["activity"] in COPIED and len(two) == 2 and two <= {*kept}
        if between and random.random() < 0.7:
            files[row["recipient"]].append(dict(row))
            copied += 1
    for name, part in files.items():
        for row in part if name == slow and slow else ():
            for column in ("time", "time_lo", "time_hi", "until"):
                row[column] = None if row[column] is None else row[column] - SLOW
    spans = head["observe"]
    paths = []
    for k, (name, part) in enumerate(files.items()):
        if part or not name:
            writer = Sheet(folder / f"{'部门' if name else '导调'}{k}", origin, random)
            complete = spans if not name else "unknown"
            paths.append(writer.write(part, name, head["role"], complete, exact_minutes(log)))
    clocks = folder / "clocks.yaml"
    entry = f"  {slow}: {{offset: +7 min}}\n" if slow else "  {}\n"
    clocks.write_text("clocks:\n" + entry, encoding="utf-8")
    return Mess(paths, clocks, slow, unnumbered, copied)


def at_once(rows: list[dict]) -> set[str]:
    """Who confirmed a grade of an incident at the very instant at which somebody else did."""
    found: dict[tuple, set[str]] = {}
    for row in rows:
        if row["activity"] == "confirm":
            when = (row["time"], row["time_lo"], row["time_hi"])
            found.setdefault((row["incident"], when), set()).add(row["actor"])
    return {name for names in found.values() if len(names) > 1 for name in names}


def exact_minutes(log: EventLog) -> bool:
    """Whether every stamp is exact to the second and a whole minute."""
    offset = sum((o.second for o in log.origins.values()), 0)
    stamped = log.table[log.table["time"].notna()]
    fine = (stamped[RESOLUTION] == 1).any()
    return bool(fine and ((stamped["time"] + offset) % 60 == 0).all())


def directory(rows: list[dict]) -> tuple[dict, list[dict]]:
    """Take out what a mapping says: bodies, and spans of completeness."""
    entries, spans, rest = {}, [], []
    roles = [row for row in rows if row["activity"] == "role"]
    names = [row["actor"] for row in roles]
    for row in rows:
        said = {n for n in NAMES if n not in NOT_WRITTEN and row[n] not in ("", None)} - {"time"}
        listed = row["activity"] == "role" and names.count(row["actor"]) == 1
        if listed and said <= DIRECTORY and row["superior"] in ("", *names):
            entries[row["actor"]] = row
        elif row["activity"] == "observe" and row["until"] is not None and (
            said <= {"activity", "actor", "channel", "incident", "until", "note"}
        ) and row["time_lo"] is None and row["time_hi"] is None:  # fmt: skip
            spans.append(row)
        elif row["activity"] != "begin":
            rest.append(row)
    if not rest:  # a file must hold something
        rest, entries = [*entries.values()], {}
    for name, row in list(entries.items()):
        if row["superior"] not in ("", *entries):
            rest.insert(0, entries.pop(name))
    return {"role": entries, "observe": spans}, rest


def number_less(rows: list[dict], random: Random) -> int:
    """Take the numbers from messages that can be told without; return how many."""
    of: dict[str, list[dict]] = {}
    for row in rows:
        if row["message"]:
            of.setdefault(row["message"], []).append(row)
    spans = {}
    for name, part in of.items():
        pair, ends = ends_of(part)
        spans[name] = (pair, ends, *plain_span(part))
    loose = [row for row in rows if not row["message"] and row["activity"] in COPIED]
    count = 0
    for name, part in of.items():
        pair, tellable, low, high = spans[name]
        others = [s[2:] for n, s in spans.items() if n != name and s[0] == pair]
        others += [plain_span([r]) for r in loose if {r["actor"], r["recipient"]} == {*pair}]
        if tellable and alone((low, high), others) and random.random() < 0.8:
            count += 1
            sent = next(row for row in part if (row["activity"], row["phase"]) == SENT)
            for row in part:  # who writes no number says whom it came from
                row["message"] = ""
                if row["activity"] in ("receive", "answer", "acknowledge", "record"):
                    row["recipient"] = sent["actor"]
    return count


def ends_of(part: list[dict]) -> tuple[tuple[str, str], bool]:
    """The two of a message, and whether its ends are plain: one row each, saying the same."""
    by: dict[str, list[dict]] = {}
    for row in part:
        if row["phase"] not in SILENT and row["activity"] != "answer":
            by.setdefault(row["activity"], []).append(row)
    plain = {"send"} <= set(by) <= {"send", "receive", "acknowledge", "record"}
    plain = plain and all(len(found) == 1 for found in by.values())
    sent = by["send"][0] if plain else part[0]
    two = (sent["actor"], sent["recipient"])
    if not plain or "" in two or two[0] == two[1] or sent["phase"] != "ended":
        return two, False
    for name in ("receive", "acknowledge", "record"):
        for row in by.get(name, ()):
            plain = plain and row["actor"] == sent["recipient"]
            plain = plain and row["recipient"] in ("", sent["actor"])
            for column in NAMES:
                if column in (*NOT_WRITTEN, *TIMES, "activity", "phase", "actor", "recipient"):
                    continue
                if column in ("span", "note", "object" if name == "record" else "span"):
                    continue
                empty = row[column] in ("", None) or sent[column] in ("", None)
                plain = plain and (empty or row[column] == sent[column])
    low, high = plain_span(part)
    return two, bool(plain and high - low <= WINDOW // 2)


def plain_span(part: list[dict]) -> tuple[int, int]:
    """The earliest and latest second of rows."""
    given = [row[n] for row in part for n in ("time", "time_lo", "time_hi") if row[n] is not None]
    open_end = any(row["time"] is None and None in (row["time_lo"], row["time_hi"]) for row in part)
    return (-(10**9), 10**9) if open_end or not given else (min(given), max(given))


def alone(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether no other message of the same two lies within the window, clocks apart included."""
    room = WINDOW + 2 * SLOW
    return all(high + room < span[0] or low - room > span[1] for low, high in others)


class Sheet:
    """Writes one file and its mapping."""

    def __init__(self, path: Path, origin: datetime, random: Random):
        self.path, self.origin, self.random = path, origin, random

    def write(self, rows: list[dict], keeper: str, entries: dict, spans, exact: bool) -> Path:
        kinds = ["utf-8", "utf-8-sig", "gb18030", "utf-16"] + ([] if exact else ["xlsx", "xlsx"])
        kind = self.random.choice(kinds)
        self.undated = self.random.random() < 0.5
        if self.undated:
            rows = sorted(rows, key=lambda row: self.second(row))
        else:
            rows = self.shuffled(rows)
        names = [n for n in NAMES if n not in NOT_WRITTEN]
        names = [n for n in names if any(row[n] not in ("", None) for row in rows)]
        for name in ("activity", "actor", "time"):
            if name not in names:
                names.append(name)
        self.random.shuffle(names)
        headings = [HEADINGS.get(name, f"栏目-{name}") for name in names]
        self.last: tuple[datetime, int] | None = None
        cells = [[self.cell(row, name) for name in names] for row in rows]
        mapping = self.mapping(names, headings, rows, keeper, entries, spans)
        if kind == "xlsx":
            path = self.workbook(headings, cells, names)
            if any("/" in heading for heading in headings):
                mapping["source"] = {"header": [2, 3]}
        else:
            path = self.path.with_suffix(".csv")
            out = io.StringIO(newline="")
            writer = csv.writer(out, delimiter=self.random.choice(",;\t"))
            writer.writerow([f"{keeper or '导调组'} 演练记录表"] + [""] * (len(names) - 1))
            writer.writerows([headings, *cells])
            path.write_bytes(out.getvalue().encode(kind))
        with self.path.with_suffix(".yaml").open("w", encoding="utf-8") as file:
            YAML().dump(mapping, file)
        return path

    def second(self, row: dict) -> int:
        given = (row[n] for n in ("time", "time_lo", "time_hi", "until") if row[n] is not None)
        return next(given, -(10**9))

    def shuffled(self, rows: list[dict]) -> list[dict]:
        """Out of order; rows of one instant keep theirs."""
        instants: dict[int, list[dict]] = {}
        for row in rows:
            instants.setdefault(self.second(row), []).append(row)
        groups = list(instants.values())
        self.random.shuffle(groups)
        return [row for group in groups for row in group]

    def workbook(self, headings: list[str], cells: list[list[str]], names: list[str]) -> Path:
        """A title over all columns, headings in two rows, runs of one organisation merged."""
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "记录"
        sheet.append(["应急演练记录表"])
        upper, lower, group = [], [], ""
        for heading in headings:
            above, _, below = heading.partition("/")
            upper.append("" if below and above == group else above)
            lower.append(below)
            group = above
        sheet.append(upper)
        if any(lower):
            sheet.append(lower)
        first = sheet.max_row + 1
        for row in cells:
            sheet.append([text or None for text in row])
        if len(headings) > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
        for k, below in enumerate(lower, start=1):
            if any(lower) and not below:
                sheet.merge_cells(start_row=2, end_row=3, start_column=k, end_column=k)
        column = names.index("actor") + 1
        start = first
        for line in range(first + 1, len(cells) + first + 1):
            ends = line == len(cells) + first
            if ends or cells[line - first][column - 1] != cells[start - first][column - 1]:
                if line - start > 1 and cells[start - first][column - 1]:
                    for k in range(start + 1, line):
                        sheet.cell(k, column).value = None
                    where = {"start_column": column, "end_column": column}
                    sheet.merge_cells(start_row=start, end_row=line - 1, **where)
                start = line
        path = self.path.with_suffix(".xlsx")
        book.save(path)
        return path

    def cell(self, row: dict, name: str) -> str:
        value = row[name]
        if name == "time" and row["time"] is None:
            return self.span(row)
        if name in ("time_lo", "time_hi") and None not in (row["time_lo"], row["time_hi"]):
            return ""
        if value is None or value == "":
            return ""
        if name in TIMES:
            minute = row[RESOLUTION] == 60 and name == "time"
            return self.stamp(int(value), minute, name == "time")
        if name == "activity":
            return f"〔{vocabulary('activity')[value][0]}〕{value}"
        if name in ("actor", "recipient"):
            return f"单位（{value}）"
        if isinstance(value, str):
            return value
        number = str(int(value)) if value == int(value) else repr(float(value))
        return number.translate(WIDE) if self.random.random() < 0.5 else number

    def span(self, row: dict) -> str:
        """左右, a bare date, or from … to …."""
        low, high = row["time_lo"], row["time_hi"]
        if low is None or high is None:
            return ""
        start, end = (self.origin + timedelta(seconds=int(s)) for s in (low, high))
        self.last = (start, 0)
        if high - low == 1800:
            middle = start + timedelta(minutes=15)
            second = f"{middle.second}秒" if middle.second else ""
            return f"{middle.year}年{middle.month}月{middle.day}日{middle:%H时%M分}{second}左右"
        if start.strftime("%H%M%S") == "000000" and high - low == 86_399:
            return f"{start.year}年{start.month}月{start.day}日"
        one, two = (f"{d.year}年{d.month}月{d.day}日{d:%H时%M分%S秒}" for d in (start, end))
        return f"{one}至{two}"

    def stamp(self, seconds: int, minute: bool, main: bool) -> str:
        """One stamp, written in one of many ways; without its date where that follows."""
        moment = self.origin + timedelta(seconds=seconds)
        date = self.dated(moment) if main else True
        if main:
            self.last = (moment, 0)
        form = self.random.randrange(4)
        if form < 2:
            text = moment.strftime("%H:%M" if minute else "%H:%M:%S")
            day = (
                moment.strftime("%Y-%m-%d ")
                if form
                else f"{moment:%Y}/{moment.month}/{moment.day} "
            )
        else:
            half = "上午" if moment.hour < 12 else "下午"
            hour = moment.hour % 12 or 12 if moment.hour >= 12 else moment.hour
            text = f"{half}{hour}时{moment.minute:02d}分"
            text += "" if minute else f"{moment.second}秒"
            day = f"{moment.year}年{moment.month}月{moment.day}日"
        text = (day if date else "") + text
        return text.translate(WIDE) if form == 3 else text

    def dated(self, moment: datetime) -> bool:
        """Whether the date must stand there: it is not what the rule for missing dates gives."""
        if not self.undated or self.last is None:
            return True
        before = self.last[0]
        day = before.date()
        back = (before.hour - moment.hour) * 3600 + (before.minute - moment.minute) * 60
        if back + before.second - moment.second > 43_200:
            day += timedelta(days=1)
        return day != moment.date()

    def mapping(self, names, headings, rows, keeper: str, entries: dict, spans) -> dict:
        found: dict = {"mapping": 1}
        found["columns"] = dict(zip(headings, names, strict=True))
        if keeper:
            found["constants"] = {"keeper": keeper}
        words = sorted({row["activity"] for row in rows})
        found["words"] = {"activity": {f"〔{vocabulary('activity')[w][0]}〕{w}": w for w in words}}
        called = sorted({row[n] for row in rows for n in ("actor", "recipient") if row[n]})
        found["words"] |= {
            name: {f"单位（{one}）": one for one in called}
            for name in ("actor", "recipient")
            if name in names and called
        }
        found["organisations"] = {
            name: {
                "role": row["actor_role"],
                "superior": row["superior"],
                "jurisdiction": [w for w in row["jurisdiction"].split("|") if w],
                "supervises": [w for w in row["supervises"].split("|") if w],
                "name": row["note"],
            }
            for name, row in entries.items()
        }
        zone = self.origin.strftime("%z")
        found["time"] = {"zone": f"{zone[:3]}:{zone[3:]}"}
        found["complete"] = spans if isinstance(spans, str) else self.complete(spans)
        return found

    def complete(self, spans: list[dict]):
        def iso(second) -> str:
            return (self.origin + timedelta(seconds=int(second))).isoformat()

        return [
            {
                "until": iso(row["until"]),
                "actor": row["actor"],
                "channel": row["channel"],
                "incident": row["incident"],
            }
            | ({} if row["time"] is None else {"since": iso(row["time"])})
            for row in spans
        ] or "unknown"
