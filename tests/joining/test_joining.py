"""What joining does, by hand: messages, copies, clocks, conflicts; again, and in any order."""

from __future__ import annotations

import itertools

import pytest

from sim.errors import UnusableInput
from sim.joining import join_logs
from sim.joining.inputs import read_inputs
from sim.log import EventLog, write_log
from sim.rules import Clocks
from sim.texts import in_language

from .conftest import kinds, rows, text

COUNTY = """
8:20 occur - - - - - leak county
9:05 reported - county city initial 3 leak county
9:15 reported - county city follow_up 4 leak county
9:50 receive - county city order - leak county
"""
CITY = """
8:59 reported - county city initial 3 leak city
9:09 reported - county city - 4 leak city
9:42 send ended city county order - leak city
9:50 confirm - city - - - leak city
"""


def test_both_ends_of_a_message_become_one_message(logs) -> None:
    """Sent 9:05 and received 9:10: both rows stay, with one number; nothing else changes."""
    found = join_logs(
        logs(
            county="9:05 reported - county city initial 3 leak county",
            city="9:10 reported - county city initial 3 leak city",
        )
    )
    (sent, got) = rows(found.log, "time", "activity", "phase", "actor", "recipient", "message")
    assert sent[:5] == ("09:05", "send", "ended", "county", "city")
    assert got[:5] == ("09:10", "receive", "", "city", "county")
    assert sent[5] == got[5] != ""
    assert kinds(found) == ["sent_and_received"]


def test_what_both_ends_stamp_alike_stays_one_row_of_two_places(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 reported - county city initial 3 leak county",
            city="9:05 reported - county city initial - leak city",
        )
    )
    assert rows(found.log, "time", "activity", "dead", "source") == [
        ("09:05", "reported", "3", "city.csv:2 + county.csv:2")
    ]
    assert kinds(found) == ["filled", "same_thing"]


def test_messages_that_follow_each_other_keep_their_order_though_clocks_are_apart(logs) -> None:
    """9:05, 9:10 sent; 9:12, 9:17 received: nearest first would pair 9:10 with 9:12.

    Squares: 7² + 7² = 98 against 2² + 12² = 148, or 2² and two left alone for 30² = 904.
    """
    found = join_logs(
        logs(
            county="9:05 send ended county city - - leak\n9:10 send ended county city - - leak",
            city="9:12 receive - city county - - leak\n9:17 receive - city county - - leak",
        )
    )
    named = rows(found.log, "time", "message")
    by = {}
    for time, name in named:
        by.setdefault(name, []).append(time)
    assert sorted(by.values()) == [["09:05", "09:12"], ["09:10", "09:17"]]


@pytest.mark.parametrize(
    ("city", "why"),
    [
        ("9:36 receive - city county initial 3 leak", "further apart than the window"),
        ("9:10 receive - city county daily 3 leak", "another kind of report"),
        ("9:10 receive - city county initial 3 flood", "another incident"),
        ("9:10 receive - city works initial 3 leak", "another sender"),
        ("9:10 receive - region county initial 3 leak", "another recipient"),
    ],
)
def test_what_cannot_be_the_same_message_is_not_matched(logs, city: str, why: str) -> None:
    found = join_logs(logs(county="9:05 send ended county city initial 3 leak", city=city))
    assert "sent_and_received" not in kinds(found), why
    assert rows(found.log, "message") == [("",), ("",)]


def test_figures_decide_between_messages_that_fit_alike(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial 3 leak\n"
            "9:05 send ended county city initial 8 leak",
            city="9:06 receive - city county initial 8 leak\n"
            "9:06 receive - city county initial 3 leak",
        )
    )
    pairs = {}
    for name, dead in rows(found.log, "message", "dead"):
        pairs.setdefault(name, set()).add(dead)
    assert sorted(pairs.values(), key=sorted) == [{"3"}, {"8"}]


def test_a_partner_that_says_the_same_is_taken_rather_than_one_that_says_nothing(logs) -> None:
    """Two receipts of one minute; the copy in the county's file names its sender."""
    found = join_logs(
        logs(
            city="9:06 receive - city - initial - leak city 7\n"
            "9:06 receive - city county initial - leak city",
            county="9:06 receive - city county initial - leak county",
        )
    )
    assert sorted(rows(found.log, "recipient", "message", "source")) == [
        ("", "7", "city.csv:2"),
        ("county", "", "city.csv:3 + county.csv:2"),
    ]


def test_figures_of_both_ends_that_differ_are_listed_and_both_kept(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial 3 leak",
            city="9:10 receive - city county initial 5 leak",
        )
    )
    assert rows(found.log, "activity", "dead") == [("send", "3"), ("receive", "5")]
    (conflict,) = [one for one in found.findings if one.kind == "value_differs"]
    assert (conflict.column, conflict.value, conflict.other_value) == ("dead", 3, 5)
    assert (conflict.source, conflict.other_source) == ("county.csv:2", "city.csv:2")


def test_an_acknowledgement_and_the_ledger_belong_to_the_message_before_them(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak\n"
            "9:25 send ended county city daily - leak",
            city="9:06 receive - city county initial - leak\n9:07 acknowledge - city county\n"
            "9:08 record ended city county\n9:26 receive - city county daily - leak\n"
            "9:27 acknowledge - city county",
        )
    )
    by = {}
    for name, what, time in rows(found.log, "message", "activity", "time"):
        by.setdefault(name, []).append((what, time))
    assert sorted(len(part) for part in by.values()) == [3, 4]
    assert ("acknowledge", "09:27") in next(part for part in by.values() if len(part) == 3)


def test_equal_rows_of_one_file_count_once_and_both_places_stay(logs) -> None:
    line = "9:30 arrive - fire-1 - - - leak"
    found = join_logs(logs(post=f"{line}\n{line}\n{line} - - second"))
    assert rows(found.log, "time", "source", "note") == [
        ("09:30", "post.csv:2 + post.csv:3", ""),
        ("09:30", "post.csv:4", "second"),  # something tells it apart
    ]
    assert kinds(found) == ["same_row"]


def test_one_thing_by_two_sources_within_five_minutes_counts_once_as_a_span(logs) -> None:
    found = join_logs(
        logs(
            fire="9:30 arrive - fire-1 - - - leak fire-1",
            city="9:33 arrive - fire-1 - - - leak city",
        )
    )
    assert rows(found.log, "time", "time_lo", "time_hi") == [("", "09:30:00", "09:33:00")]
    assert kinds(found) == ["same_thing", "time_differs"]


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("9:41 arrive - fire-1 - - - leak city", "perhaps_the_same"),
        ("9:31 arrive - fire-1 - - 7 leak city", "value_differs"),
    ],
)
def test_what_may_be_one_thing_but_is_not_certain_stays_two_rows(logs, other: str, kind: str):
    found = join_logs(logs(fire="9:30 arrive - fire-1 - - 2 leak fire-1", city=other))
    assert len(rows(found.log, "time")) == 2
    assert kinds(found) == [kind]


def test_as_many_accounts_as_there_were_things(logs) -> None:
    """Two arrivals ten minutes apart, both told by both: two things, not one and not four."""
    found = join_logs(
        logs(
            fire="9:30 arrive - fire-1 - - - leak fire-1\n9:40 arrive - fire-1 - - - leak fire-1",
            city="9:30 arrive - fire-1 - - - leak city\n9:40 arrive - fire-1 - - - leak city",
        )
    )
    assert rows(found.log, "time") == [("09:30",), ("09:40",)]


def test_clocks_are_corrected_against_a_reference_and_the_stamp_stays(logs) -> None:
    """County → city: 9:05, 8:59; 9:15, 9:09.  City → county: 9:42, 9:50, all to the minute.

    The city is at least 9:05 − 8:59:59 = 301 s slow, at most 9:50:59 − 9:42 = 539 s: 420 ± 119 s.
    """
    found = join_logs(logs(county=COUNTY, city=CITY), reference="county")
    (clock,) = [one for one in found.findings if one.kind == "clock_corrected"]
    assert (clock.column, clock.value, clock.other_value, clock.remark) == (
        "city",
        420,
        119,
        "county",
    )
    city = list(rows(found.log, "keeper", "activity", "time_lo", "time_hi", "time_written"))
    assert ("city", "confirm", "09:55:01", "09:58:59", "09:50:00") in city
    assert all(not row[4] for row in city if row[0] == "county")


def test_of_two_clocks_the_program_does_not_say_which_is_right(logs) -> None:
    found = join_logs(logs(county=COUNTY, city=CITY))
    (clock,) = [one for one in found.findings if one.kind == "clock_unlike"]
    assert abs(clock.value) == 420
    assert "clock_corrected" not in kinds(found)
    assert kinds(found).count("stamps_contradict") == 2  # 8:59 before 9:05, 9:09 before 9:15
    assert all(not row[0] for row in rows(found.log, "time_written"))


def test_a_clock_that_all_others_contradict_is_corrected_without_a_reference(logs) -> None:
    region = """
    10:10 receive - region county notice - leak
    10:20 send ended region county notice - leak
    """
    talk = """
    10:09 send ended county region notice - leak
    10:21 receive - county region notice - leak
    """
    found = join_logs(logs(county=COUNTY + talk, city=CITY, region=region))
    assert [o.column for o in found.findings if o.kind == "clock_corrected"] == ["city"]


def test_clocks_that_may_agree_are_left_alone(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak\n"
            "9:42 receive - county city order - leak",
            city="9:07 receive - city county initial - leak\n"
            "9:41 send ended city county order - leak",
        )
    )
    assert kinds(found) == ["sent_and_received"] * 2
    assert rows(found.log, "time_lo") == [("",)] * 4


def test_a_comparison_of_clocks_is_taken_as_it_is(logs) -> None:
    clocks = Clocks.model_validate({"clocks": {"city": {"offset": "+7 min"}}})
    found = join_logs(logs(county=COUNTY, city=CITY), clocks)
    stamps = {r[:2]: r[2:] for r in rows(found.log, "keeper", "activity", "time", "time_written")}
    assert stamps["city", "confirm"] == ("09:57", "09:50")
    unknown = Clocks.model_validate({"clocks": {"cty": {"offset": "+7 min"}}})
    with pytest.raises(UnusableInput, match="did you mean city"):
        join_logs(logs(county=COUNTY, city=CITY), unknown)


def test_messages_that_only_one_end_knows_are_listed(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak\n9:20 notice - county - - - leak",
            city="9:40 receive - city county daily - leak",
        )
    )
    assert kinds(found) == ["not_received", "not_sent"]


def test_entries_of_one_body_become_one_and_differences_are_listed(tmp_path) -> None:
    names = "time,activity,actor,actor_role,superior,jurisdiction,note\n"
    rest = "2026-07-01T09:00+08:00,notice,city,,,,\n"
    (tmp_path / "a.csv").write_text(names + ",role,city,city_gov,,hechi,市政府\n" + rest, "utf-8")
    (tmp_path / "b.csv").write_text(names + ",role,city,city_gov,region,,市府\n" + rest, "utf-8")
    logs = {one.name: one.log for one in read_inputs([tmp_path / "a.csv", tmp_path / "b.csv"])}
    found = join_logs(logs)
    roles = found.log.table[found.log.table["activity"] == "role"]
    assert roles[["superior", "jurisdiction", "note"]].to_numpy().tolist() == [
        ["region", "hechi", "市政府"]
    ]
    (differs,) = [one for one in found.findings if one.kind == "entry_differs"]
    assert (differs.column, differs.value, differs.other_value) == ("note", "市政府", "市府")


def test_numbers_that_two_files_give_to_messages_between_others_stay_apart(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak - 1",
            works="9:06 send ended works mine initial - leak - 1",
        )
    )
    assert {row[0] for row in rows(found.log, "message")} == {"county:1", "works:1"}


def test_a_number_is_shared_where_one_file_names_one_end_only(logs) -> None:
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak - 1",
            city="9:06 receive - city - initial - leak - 1",
            other="9:05 send ended county city initial - leak other 1",
        )
    )
    assert {row[0] for row in rows(found.log, "message")} == {"1"}


def test_three_sources_in_any_order_and_once_more(logs, tmp_path) -> None:
    region = "9:30 reported - county city initial 3 leak region\n10:00 confirm - region - - - leak"
    inputs = logs(county=COUNTY, city=CITY, region=region)
    first = join_logs(inputs, reference="county")
    for names in itertools.permutations(inputs):
        again = join_logs({name: inputs[name] for name in names}, reference="county")
        assert text(again.log) == text(first.log)
        assert again.findings == first.findings
    write_log(first.log, tmp_path / "events.csv")
    (one,) = read_inputs([tmp_path / "events.csv"])
    for window in (60, 1800, 7200):
        again = join_logs({one.name: one.log}, reference="county", window=window)
        assert text(again.log) == text(first.log)


def test_a_joined_record_is_not_joined_with_its_own_sources(logs) -> None:
    inputs = logs(county=COUNTY, city=CITY)
    first = join_logs(inputs)
    with in_language("en"), pytest.raises(UnusableInput, match=r"holds it already.*county\.csv"):
        join_logs({"events.csv": first.log, "county.csv": inputs["county.csv"]})


def test_numbers_that_each_end_gives_itself_become_one(logs) -> None:
    """Also on the row of the ledger, which names the number and nobody."""
    found = join_logs(
        logs(
            county="9:05 send ended county city initial - leak - out-12",
            city="9:06 receive - city county initial - leak - in-7\n"
            "9:08 record ended city - - - - - in-7",
        )
    )
    assert rows(found.log, "message") == [("out-12",)] * 3


def test_equal_messages_with_two_numbers_are_two(logs) -> None:
    line = "9:05 send ended county city initial 3 leak {} {}"
    found = join_logs(
        logs(
            county=line.format("county", "1") + "\n" + line.format("county", "2"),
            city=line.format("city", "2"),
        )
    )
    assert sorted(rows(found.log, "message", "source")) == [
        ("1", "county.csv:2"),
        ("2", "city.csv:2 + county.csv:3"),
    ]


def test_rows_of_several_sources_in_one_file(logs) -> None:
    one = join_logs(logs(all=COUNTY + CITY), reference="county")
    two = join_logs(logs(county=COUNTY, city=CITY), reference="county")
    columns = ("time", "time_lo", "time_hi", "activity", "actor", "recipient", "keeper")
    assert sorted(rows(one.log, *columns)) == sorted(rows(two.log, *columns))


def test_the_record_that_is_returned_is_the_one_that_is_read_again(logs, tmp_path) -> None:
    from sim.log import read_log

    found = join_logs(logs(county=COUNTY, city=CITY), reference="county")
    write_log(found.log, tmp_path / "events.csv")
    again = read_log(tmp_path / "events.csv")
    assert again.table.equals(found.log.table)
    assert again.origins == found.log.origins
    assert isinstance(again, EventLog)


def test_what_a_joined_row_caused_is_caused_by_the_row_that_is_left(tmp_path) -> None:
    (tmp_path / "a.csv").write_text(
        "row,time,activity,actor,cause\nx,2026-07-01T09:00+08:00,arrive,fire-1,\n"
        "y,2026-07-01T09:00+08:00,arrive,fire-1,\nz,2026-07-01T09:10+08:00,work,fire-1,y\n",
        "utf-8",
    )
    (one,) = read_inputs([tmp_path / "a.csv"])
    table = join_logs({one.name: one.log}).log.table
    assert table.loc[table["activity"] == "work", "cause"].tolist() == ["x"]


ENDS = {
    "county": "9:05 reported - county city initial 3 leak county",
    "city": "9:10 reported - county city initial 3 leak city",
}
BOTH = [("09:05", "send", "county", "3"), ("09:10", "receive", "city", "3")]


@pytest.mark.parametrize(
    ("account", "differs"),
    [
        ("9:07 reported - county city initial 3 leak police", []),
        ("9:10 reported - county city initial 3 leak police", []),  # stamped as the receipt is
        ("9:05 reported - county city - - leak police", []),
        ("9:07 reported - county city initial 5 leak police", ["dead"]),
        ("9:25 reported - county city initial 3 leak police", ["time"]),
    ],
)
@pytest.mark.parametrize("name", ["a-third", "z-third"])
def test_what_a_third_party_tells_of_a_message_is_evidence_of_it(
    logs, tmp_path, account, differs, name
) -> None:
    """Two rows, whatever was told and however the files are called; the account is named."""
    found = join_logs(logs(**ENDS, **{name: account}))
    told = rows(found.log, "time", "activity", "actor", "dead")
    assert told == BOTH
    places = " + ".join(row[0] for row in rows(found.log, "source"))
    assert f"{name}.csv:2" in places
    assert [one.column for one in found.findings if one.kind == "account_differs"] == differs
    path = tmp_path / "once.csv"
    write_log(found.log, path)
    again = join_logs({one.name: one.log for one in read_inputs([path])})
    assert text(again.log) == text(found.log)


def test_an_account_beyond_the_window_stays_a_row(logs) -> None:
    other = (
        "11:00 reported - county city initial 3 leak police"  # beyond the window of half an hour
    )
    found = join_logs(logs(**ENDS, third=other))
    assert [row[0] for row in rows(found.log, "time")] == ["09:05", "09:10", "11:00"]


def test_two_messages_told_by_a_third_party_each_have_their_account(logs) -> None:
    found = join_logs(
        logs(
            county="9:00 send - county city initial 3 leak county\n"
            "9:20 send - county city follow_up 3 leak county",
            city="9:02 receive - city county initial 3 leak city\n"
            "9:22 receive - city county follow_up 3 leak city",
            third="9:21 reported - county city - - leak police\n"
            "9:01 reported - county city - - leak police",
        )
    )
    got = [row for row in rows(found.log, "time", "source") if "third" in row[1]]
    assert got == [("09:02", "city.csv:2 + third.csv:3"), ("09:22", "city.csv:3 + third.csv:2")]
