"""A foreign file of 100,000 rows becomes a record: seconds and memory, each in a fresh process.

Targets: under 30 s and under 1.5 GB.  CSV as a Chinese spreadsheet writes it, the same as a
workbook, and XES.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.timing import line

ROWS, PER_CASE = 100_000, 20
ROOT = Path(__file__).parents[1]
HEAD = ("案例", "时间", "事项", "单位", "备注")
MAPPING = """\
mapping: 1
case: 案例
columns: {时间: time, 事项: activity, 单位: actor, 备注: note}
words: {activity: {上报: {activity: reported, recipient: city}}}
organisations: {'~县.*': {role: county_gov}, city: {role: city_gov}}
time: {zone: Asia/Shanghai}
complete: {until: last}
"""
XES_MAPPING = """\
mapping: 1
case: case:concept:name
columns: {"concept:name": activity, "time:timestamp": time, "org:resource": actor}
others: keep
complete: {until: last}
"""
CODE = """\
import resource, sys, time
begin, cpu = time.perf_counter(), time.process_time()
from sim.intake import import_files
found = import_files([sys.argv[1]], sys.argv[2])
child = resource.getrusage(resource.RUSAGE_CHILDREN)
own = resource.getrusage(resource.RUSAGE_SELF)
print(time.perf_counter() - begin, time.process_time() - cpu + child.ru_utime + child.ru_stime,
      max(own.ru_maxrss, child.ru_maxrss) / 1024, found.events)
"""


def cells(k: int) -> tuple[str, str, str, str, str]:
    """Return the cells of one row."""
    minute = k // PER_CASE + k % PER_CASE
    day, rest = divmod(minute, 1440)
    stamp = f"2026-{1 + day // 28:02}-{1 + day % 28:02} {rest // 60:02}:{rest % 60:02}"
    word = ("上报", "receive", "arrive", "notice")[k % 4]
    return f"c{k // PER_CASE:05}", stamp, word, f"县{k % 7}", f"第{k}条"


def write(folder: Path) -> dict[str, Path]:
    """Write the file in every form that can be written; return form -> its path."""
    rows = [cells(k) for k in range(ROWS)]
    found = {"CSV, GB18030": folder / "d.csv", "XES": folder / "d.xes"}
    text = "\n".join(";".join(row) for row in (HEAD, *rows)) + "\n"
    found["CSV, GB18030"].write_text(text, encoding="gb18030")
    with found["XES"].open("w", encoding="utf-8") as file:
        file.write("<log>")
        for k, (case, stamp, word, who, _) in enumerate(rows):
            if k % PER_CASE == 0:
                file.write("</trace>" * (k > 0))
                file.write(f'<trace><string key="concept:name" value="{case}"/>')
            at = stamp.replace(" ", "T") + ":00+08:00"
            file.write(f'<event><string key="concept:name" value="{word}"/>')
            file.write(f'<string key="org:resource" value="{who}"/>')
            file.write(f'<date key="time:timestamp" value="{at}"/></event>\n')
        file.write("</trace></log>")
    if find_spec("openpyxl") is not None:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("记录")
        for row in (HEAD, *rows):
            sheet.append(row)
        found["workbook"] = folder / "d.xlsx"
        book.save(found["workbook"])
    return found


def main() -> None:
    """Print the table."""
    print(f"intake: {ROWS:,} rows in {ROWS // PER_CASE:,} cases (targets: 30 s, 1,536 MiB)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, path in write(folder).items():
            how = folder / "m.yaml"
            how.write_text(XES_MAPPING if form == "XES" else MAPPING, encoding="utf-8")
            command = [sys.executable, "-c", CODE, str(path), str(how)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            seconds, cpu, peak, events = map(float, done.stdout.split())
            line(
                f"{form}, {events:,.0f} events",
                f"{seconds:.1f} s",
                f"{cpu:.1f} s of CPU",
                f"{peak:,.0f} MiB",
            )


if __name__ == "__main__":
    main()
