"""The record in files: without loss both ways, encodings, stamps, what is filled in."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.log import EventLog, read_log, stamps, write_log
from sim.log.csvfile import csv_text
from sim.log.record import RESOLUTION, typed
from sim.log.schema import COLUMNS, NAMES, TEXTS
from sim.texts import vocabulary

CHINA = timezone(timedelta(hours=8))
SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
WORD = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff"), max_size=8
)
NOTE = st.text(st.one_of(SIGNS, st.sampled_from('",;\t\n\r=')), max_size=12)


def equal(a: EventLog, b: EventLog) -> None:
    pd.testing.assert_frame_equal(a.table, b.table)
    assert dict(a.origins) == dict(b.origins)
    assert [o.utcoffset() for o in a.origins.values()] == [
        o.utcoffset() for o in b.origins.values()
    ]


def cell(column):
    if column.kind == "text":
        return NOTE
    if column.kind == "number":
        number = st.integers(0, 10**9)
        if column.name == "loss_wan":
            number = st.floats(0, 1e9, allow_nan=False)
        return st.one_of(st.none(), number)
    if column.words:
        return st.sampled_from(["", *vocabulary(column.words)])
    return WORD


FREE = [c for c in COLUMNS if c.kind != "time" and c.name not in (
    "row", "case", "seq", "activity", "actor", "actor_role", "cause", "held_by")]  # fmt: skip


@st.composite
def records(draw):
    """Records of one to three cases, each with a row `begin` at its second 0."""
    columns = {name: [] for name in (*NAMES, RESOLUTION)}
    filled = draw(st.lists(st.sampled_from(FREE), max_size=5, unique=True))
    origins = {}
    for name in draw(st.lists(WORD.filter(bool), min_size=1, max_size=3, unique=True)):
        shift = timezone(timedelta(minutes=15 * draw(st.integers(-48, 56))))
        second = draw(st.integers(0, 4_000_000_000))
        origins[name] = datetime.fromtimestamp(second, UTC).astimezone(shift)
        count = draw(st.integers(1, 4))
        for k in range(count):
            add_row(draw, columns, filled, name, k, origins[name])
    table = typed(columns, len(columns["row"]))
    return EventLog(table, origins)


def add_row(draw, columns, filled, case, k, origin):
    row = {column.name: draw(cell(column)) for column in filled}
    time = 0 if k == 0 else draw(st.integers(-86_400, 10**6))
    row |= {"row": f"r{k}", "case": case, "seq": k, "actor": draw(WORD)}
    row |= {"activity": "begin" if k == 0 else draw(st.sampled_from(["notice", "truth"]))}
    row |= {"actor_role": "", "cause": "", "held_by": "", "time": time}
    low, high = draw(st.integers(0, 900)), draw(st.integers(0, 900))
    row |= {"time_lo": time - low, "time_hi": time + high} if draw(st.booleans()) else {}
    row |= {"time": None} if k and "time_lo" in row and draw(st.booleans()) else {}
    row |= {"until": time + draw(st.integers(0, 900))} if draw(st.booleans()) else {}
    minute = (
        row["time"] is not None and (origin.timestamp() + time) % 60 == 0 and draw(st.booleans())
    )
    row[RESOLUTION] = 60 if minute else 1
    for name, values in columns.items():
        values.append(row.get(name, "" if name in TEXTS else None))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(log=records(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_is_written_is_read_again_exactly(tmp_path_factory, log, encoding):
    path = tmp_path_factory.mktemp("log") / "x.csv"
    write_log(log, path, encoding)
    again = read_log(path)
    equal(again, log)
    assert csv_text(again) == csv_text(log)


def read(tmp_path, text, name="x.csv", encoding="utf-8"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return read_log(path)


PLAIN = "time,activity,actor\n"


def test_resolution_follows_the_stamp_and_survives(tmp_path):
    text = PLAIN + "2026-07-01T08:05+08:00,occur,\n2026-07-01T00:06:30Z,notice,a\n"
    log = read(tmp_path, text)
    assert log.table["time"].tolist() == [0, 90]
    assert log.table[RESOLUTION].tolist() == [60, 1]
    lines = csv_text(log).splitlines()
    assert "2026-07-01T08:05+08:00," in lines[1]
    assert "2026-07-01T08:06:30+08:00," in lines[2]
    assert lines[0] == ",".join(NAMES)


def test_a_bare_date_is_the_interval_of_that_day_at_the_offset_of_the_case(tmp_path):
    text = PLAIN + "2026-07-01T06:00+07:00,occur,\n2026-07-01,notice,a\n"
    log = read(tmp_path, text)
    row = log.table.iloc[1]
    assert row["time"] is pd.NA
    day = [log.origins["x"] + timedelta(seconds=int(row[name])) for name in ("time_lo", "time_hi")]
    assert [d.isoformat() for d in day] == [
        "2026-07-01T00:00:00+07:00",
        "2026-07-01T23:59:59+07:00",
    ]


def test_a_case_of_dates_only_is_in_chinas_time(tmp_path):
    log = read(tmp_path, PLAIN + "2026-07-02,notice,a\n2026-07-01,occur,\n")
    assert log.origins["x"].isoformat() == "2026-07-01T00:00:00+08:00"
    assert log.table["time_lo"].tolist() == [86_400, 0]


def test_second_0_is_the_row_begin_else_the_earliest_stamp(tmp_path):
    rows = "2026-07-01T08:00+08:00,occur,\n2026-07-01T09:00+08:00,{},a\n"
    assert read(tmp_path, PLAIN + rows.format("notice")).table["time"].tolist() == [0, 3600]
    assert read(tmp_path, PLAIN + rows.format("begin")).table["time"].tolist() == [-3600, 0]


def test_missing_columns_are_filled(tmp_path):
    rows = "2026-07-01T08:00+08:00,occur,\n2026-07-01T08:00+08:00,notice,a\n"
    log = read(tmp_path, PLAIN + rows, "cases/hengxian/events.csv")
    assert log.cases == ("hengxian",)
    assert log.table[["row", "case"]].values.tolist() == [["r0", "hengxian"], ["r1", "hengxian"]]
    assert read(tmp_path, PLAIN + rows, "drill-3.csv").cases == ("drill-3",)


def test_rows_are_ordered_by_case_as_they_come_then_by_seq(tmp_path):
    stamp = "2026-07-01T08:00+08:00,notice"
    rows = (f"{stamp},{row}\n" for row in ("a,B,2", "b,NA,0", "c,B,1", "d,NA,1"))
    log = read(tmp_path, "time,activity,actor,case,seq\n" + "".join(rows))
    assert log.table["actor"].tolist() == ["c", "a", "b", "d"]
    assert log.cases == ("B", "NA")
    assert log.table["row"].tolist() == ["r1", "r0", "r0", "r1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_chinese_excel(tmp_path, encoding):
    text = "time,activity,actor,note\n2026-07-01T08:00+08:00,occur,,广西壮族自治区河池市\n"
    assert read(tmp_path, text, encoding=encoding).table["note"].tolist() == [
        "广西壮族自治区河池市"
    ]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_are_seen_in_the_header(tmp_path, sign):
    text = "time,activity,actor,dead\r\n2026-07-01T08:00+08:00,occur,,3\r\n,,,\r\n"
    assert read(tmp_path, text.replace(",", sign)).table["dead"].tolist() == [3]


def test_the_fast_way_and_the_careful_way_read_the_same(tmp_path):
    """A quoted cell makes the reader take the careful way; nothing else may change."""
    rows = "".join(f"2026-07-01T08:{k:02d}+08:00,notice,a{k},NA,{k}\n" for k in range(60))
    text = "time,activity,actor,note,dead\n" + rows
    equal(read(tmp_path, text), read(tmp_path, text.replace("a7,", '"a7",')))


def test_one_sided_intervals_are_evidence(tmp_path):
    text = "time,activity,actor,time_lo,time_hi\n,notice,a,2026-07-01T08:00+08:00,\n"
    assert read(tmp_path, text).table["time_lo"].tolist() == [0]


def test_stamps_against_pythons_fromisoformat():
    rng = np.random.default_rng(20260701)
    texts = []
    for second in rng.integers(-(10**10), 10**11, 400).tolist():
        zone = timezone(timedelta(minutes=int(rng.integers(-14 * 60, 14 * 60 + 1))))
        instant = datetime.fromtimestamp(0, zone) + timedelta(seconds=second)
        texts += [instant.isoformat(), instant.isoformat(timespec="minutes")]
    found = stamps.parse(texts)
    expected = [datetime.fromisoformat(text) for text in texts]
    assert found.utc.tolist() == [int(instant.timestamp()) for instant in expected]
    assert found.offset.tolist() == [int(i.utcoffset().total_seconds()) for i in expected]
    assert found.form.tolist() == [1, 60] * 400
    to_minute = found.form == stamps.MINUTE
    assert stamps.spell(found.utc, found.offset, to_minute).tolist() == texts


@pytest.mark.parametrize(
    "text", ["2026-13-01T08:00Z", "2026-04-31T08:00Z", "1900-02-29", "2026-07-01T08:60Z", "x" * 40,
             "2026-07-01T08:00+15:00", "2026-07-01T08:00+0800", "２０２６-07-01", "0000-01-01"]
)  # fmt: skip
def test_no_stamps(text):
    assert stamps.parse([text]).form.tolist() == [stamps.BAD]


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    log = read(tmp_path, PLAIN + "2026-07-01T08:00+08:00,occur,\n")
    broken = EventLog(log.table.assign(actor="桂"), log.origins)
    with pytest.raises(UnicodeEncodeError):
        write_log(broken, tmp_path / "out.csv", encoding="ascii")
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
