"""Kinds of broken records: each with its message, file, line and column."""

import pytest

from sim.errors import UnusableInput
from sim.log import read_log
from sim.texts import in_language

HEAD = "time,activity,actor,row,cause,time_lo,time_hi,dead,actor_role,until,grade,seq\n"
FIRST = "2026-07-01T08:05+08:00,occur,,a,,,,,,,,\n"
STAMP = "a time with offset such as 2026-07-01T08:05+08:00"


@pytest.fixture
def messages(tmp_path):
    """`messages(text or bytes)`: what is wrong with a record, without the folder."""

    def messages(content, lang="en"):
        path = tmp_path / "log.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with in_language(lang):
            try:
                read_log(path)
            except UnusableInput as error:
                return str(error).replace(f"{tmp_path}/", "").splitlines()
        return []

    return messages


FILES = {
    "empty": (b"", ["log.csv: expected a header line and rows, received an empty file"]),
    "header only": (HEAD, ["log.csv: expected at least one row, received a header only"]),
    "binary": (
        b"\x89PNG\r\n\0\0",
        ["log.csv: expected text in UTF-8 or GB18030, received binary data or another encoding"],
    ),
    "UTF-16": (
        HEAD.encode("utf-16"),
        ["log.csv: expected text in UTF-8 or GB18030, received binary data or another encoding"],
    ),
    "another table": (
        "a,b\n1,2\n",
        ["log.csv:1: expected a header with the columns time, activity, actor, received 'a, b'"],
    ),
    "misspelt column": (
        "time,activty,actor\n2026-07-01T08:05+08:00,occur,\n",
        [
            "log.csv:1: activty: expected a column of the event record, received 'activty', "
            "did you mean activity?"
        ],
    ),
    "missing column": (
        "time,activity\n2026-07-01T08:05+08:00,occur\n",
        ["log.csv:1: actor: expected the column actor, received nothing"],
    ),
    "doubled column": (
        "time,activity,actor,time\n",
        ["log.csv:1: time: expected every column once, received the column again"],
    ),
    "short and long lines": (
        "time,activity,actor\n2026-07-01T08:05+08:00,occur\n2026-07-01T08:05+08:00,occur,,x\n",
        [
            "log.csv:2: expected 3 cells, as many as the header, received 2",
            "log.csv:3: expected 3 cells, as many as the header, received 4",
        ],
    ),
    "quotation mark that never closes": (
        'time,activity,actor\n2026-07-01T08:05+08:00,occur,\n2026-07-01T08:05+08:00,"occur,a\n',
        [
            "log.csv:3: expected cells whose quotation marks close, "
            "received a broken cell (unexpected end of data)"
        ],
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_broken_file_says_where_and_what(messages, kind):
    content, expected = FILES[kind]
    assert messages(content) == expected


LATER = "expected an earlier row, received a later row, or the row itself"
ROWS = {
    "naive stamp": (
        "2026-07-01T08:06,notice,x,b,a,,,,,,,",
        f"time: expected {STAMP}, received '2026-07-01T08:06', "
        "did you mean 2026-07-01T08:06+08:00?",
    ),
    "blank for T": (
        "2026-07-01 08:06+08:00,notice,x,b,a,,,,,,,",
        f"time: expected {STAMP}, received '2026-07-01 08:06+08:00', "
        "did you mean 2026-07-01T08:06+08:00?",
    ),
    "no such day": (
        "2026-02-29T08:06+08:00,notice,x,b,a,,,,,,,",
        f"time: expected {STAMP}, received '2026-02-29T08:06+08:00'",
    ),
    "no such hour": (
        "2026-07-01T24:00+08:00,notice,x,b,a,,,,,,,",
        f"time: expected {STAMP}, received '2026-07-01T24:00+08:00'",
    ),
    "bare date as the end of an interval": (
        ",notice,x,b,a,,2026-07-01,,,,,",
        f"time_hi: expected {STAMP}, received '2026-07-01'",
    ),
    "event at no time": (
        ",notice,x,b,a,,,,,,,",
        "time: expected a time, or time_lo or time_hi, received nothing",
    ),
    "interval backwards": (
        ",notice,x,b,a,2026-07-01T08:09+08:00,2026-07-01T08:08+08:00,,,,,",
        "time_lo: expected time_lo not after time_hi, received a later time",
    ),
    "time outside its interval": (
        "2026-07-01T08:06+08:00,notice,x,b,a,2026-07-01T08:07+08:00,,,,,,",
        "time: expected a time between time_lo and time_hi, received a time outside",
    ),
    "end before begin": (
        "2026-07-01T08:06+08:00,observe,,b,,,,,,2026-07-01T08:05+08:00,,",
        "until: expected an end not before time, received an earlier time",
    ),
    "unknown activity": (
        "2026-07-01T08:06+08:00,notic,x,b,a,,,,,,,",
        "activity: expected a word of the list of activity, received 'notic', did you mean notice?",
    ),
    "no activity": (
        "2026-07-01T08:06+08:00,,x,b,a,,,,,,,",
        "activity: expected a word, received nothing",
    ),
    "unknown grade": (
        "2026-07-01T08:06+08:00,confirm,x,b,a,,,,,,X,",
        "grade: expected a word of the list of grade, received 'X'",
    ),
    "negative number": (
        "2026-07-01T08:06+08:00,notice,x,b,a,,,-3,,,,",
        "dead: expected a whole number, not negative, received '-3'",
    ),
    "text for a number": (
        "2026-07-01T08:06+08:00,notice,x,b,a,,,three,,,,",
        "dead: expected a whole number, not negative, received 'three'",
    ),
    "part of a person": (
        "2026-07-01T08:06+08:00,notice,x,b,a,,,1.5,,,,",
        "dead: expected a whole number, not negative, received '1.5'",
    ),
    "number without end": (
        "2026-07-01T08:06+08:00,notice,x,b,a,,,inf,,,,",
        "dead: expected a whole number, not negative, received 'inf'",
    ),
    "doubled id": (
        "2026-07-01T08:06+08:00,notice,x,a,a,,,,,,,",
        "row: expected an id that is unique in its case, received 'a'",
    ),
    "id on some lines only": (
        "2026-07-01T08:06+08:00,notice,x,,a,,,,,,,",
        "row: expected a word, received nothing",
    ),
    "seq on some lines only": (
        "2026-07-01T08:06+08:00,notice,x,b,a,,,,,,,1",
        "seq: expected a whole number, not negative, received ''",
    ),
    "cause that is not there": (
        "2026-07-01T08:06+08:00,notice,x,b,c,,,,,,,",
        "cause: expected the id of a row of the same case, received 'c'",
    ),
    "cause that is later": (
        "2026-07-01T08:04+08:00,notice,x,b,a,,,,,,,",
        f"cause: {LATER}",
    ),
    "its own cause": ("2026-07-01T08:06+08:00,notice,x,b,b,,,,,,,", f"cause: {LATER}"),
    "role without a role": (
        "2026-07-01T08:05+08:00,role,x,b,,,,,,,,",
        "actor_role: expected a word, received nothing",
    ),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_broken_row_says_where_and_what(messages, kind):
    row, expected = ROWS[kind]
    line = 2 if kind == "seq on some lines only" else 3  # the line that lacks it
    assert messages(HEAD + FIRST + row + "\n") == [f"log.csv:{line}: {expected}"]


def test_all_mistakes_of_the_cells_are_reported_at_once_in_the_order_of_lines(messages):
    rows = [ROWS[kind][0] for kind in ("naive stamp", "unknown grade", "text for a number")]
    found = messages(HEAD + FIRST + "\n".join(rows) + "\n")
    assert [line.split(": expected")[0] for line in found] == [
        "log.csv:3: time",
        "log.csv:4: grade",
        "log.csv:5: dead",
    ]


def test_equal_mistakes_are_counted_not_repeated(messages):
    rows = "2026-07-01T08:06+08:00,notic,x,,,,,,,,,\n" * 50
    (message,) = messages(HEAD + rows.replace(",x,,", ",x,,"))
    assert message.startswith("log.csv:2: activity: expected a word of the list of activity")
    assert "received 'notic' (on 50 lines)" in message


def test_lines_are_counted_through_cells_of_several_lines(messages):
    text = 'time,activity,actor,note\n2026-07-01T08:05+08:00,occur,,"one\ntwo"\n\nx,notice,a,\n'
    assert messages(text) == [f"log.csv:5: time: expected {STAMP}, received 'x'"]


def test_two_causes_at_one_instant_make_no_ring(messages):
    rows = (
        "2026-07-01T08:06+08:00,notice,x,b,c,,,,,,,\n2026-07-01T08:06+08:00,notice,x,c,b,,,,,,,\n"
    )
    assert messages(HEAD + FIRST + rows) == [f"log.csv:3: cause: {LATER}"]


def test_messages_in_chinese(messages):
    text = "time,activity,actor\n2026-07-01T08:05,occur,\n"
    assert messages(text, lang="zh") == [
        "log.csv:2: time: 应为带时区的时间，如 2026-07-01T08:05+08:00，实为 '2026-07-01T08:05'，"
        "是否想写 2026-07-01T08:05+08:00？"
    ]


def test_a_missing_file(tmp_path):
    with in_language("en"), pytest.raises(UnusableInput, match="a file that can be read"):
        read_log(tmp_path / "none.csv")
