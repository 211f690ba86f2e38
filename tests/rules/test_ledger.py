"""Who believed what when: worked out by hand, by a slow loop over rows, and by the model itself."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.log import to_log
from sim.log.schema import FIELDS
from sim.model import Plan, sampler
from sim.model.simulate import run_world
from sim.rules import column_help, ledger, minutes_until_right, report_facts

FOLDER = Path(__file__).parents[2] / "scenarios"


def lines(table: pd.DataFrame, actor: str, *columns: str) -> list[tuple]:
    rows = table[table["actor"] == actor][list(columns)]
    return [tuple(None if pd.isna(v) else v for v in row) for row in rows.itertuples(index=False)]


@pytest.fixture
def chain(record):
    """Truth 1 dead at 0:00, 3 from 0:30.  The county sees 1, reports it; sees 3; the city
    verifies 3 before the county's old report comes in."""
    record.role("county", "county_gov", superior="hechi")
    record.occur(dead=1)
    record.row("notice", "0:05", actor="county", dead=1)
    record.row("truth", "0:30", dead=3)
    record.row("verify", "0:35", phase="ended", actor="county", dead=3)
    record.row("verify", "0:40", phase="ended", actor="hechi", dead=3)
    record.report("county", "hechi", "0:50", dead=1, elements="time|place|nature")
    record.report("county", "region", "0:55", dead=2, missing=4, elements="time|loss")
    record.report("hechi", "region", "1:00", dead=3, elements="time|place|nature")
    return record.observe("2:00")


def test_by_hand_who_was_told_what_by_whom_and_what_he_made_of_it(chain) -> None:
    table = ledger(chain.log())
    dead = table[table["field"] == "dead"]
    shown = ("time_s", "how", "by", "value", "before", "held", "effect", "true", "error")
    assert lines(dead, "county", *shown) == [
        (300, "notice", "", 1, None, 1, "first", 1, 0),
        (2100, "verify", "", 3, 1, 3, "changed", 3, 0),
    ]
    assert lines(dead, "hechi", *shown) == [
        (2400, "verify", "", 3, None, 3, "first", 3, 0),
        (3000, "receive", "county", 1, 3, 3, "older", 3, 0),
    ]
    assert lines(dead, "region", *shown) == [
        (3300, "receive", "county", 2, None, 2, "first", 3, -1),
        (3600, "receive", "hechi", 3, 2, 2, "older", 3, -1),
    ], "the county's invented figure is as of its sending, so newer than the city's"


def test_by_hand_how_old_each_figure_is(chain) -> None:
    """A figure goes back to when its sender learned it; one he never learned, to its sending."""
    table = ledger(chain.log())
    dead = table[table["field"] == "dead"]
    assert lines(dead, "hechi", "as_of_s") == [(2400,), (300,)]
    assert lines(dead, "region", "as_of_s") == [(3300,), (2400,)]


def test_by_hand_what_was_passed_on_and_the_rows_that_prove_it(chain) -> None:
    log = chain.log()
    ids = dict(zip(log.table["row"], log.table["activity"], strict=True))
    table = ledger(log)
    dead = table[table["field"] == "dead"]
    assert lines(dead, "county", "passed_s", "passed_to") == [(3000, "hechi"), (None, "")]
    first = dead[dead["actor"] == "county"].iloc[0]
    assert [ids[row] for row in first["evidence"].split("|")] == ["notice", "occur", "send"]
    got = dead[dead["actor"] == "hechi"].iloc[1]
    assert [ids[row] for row in got["evidence"].split("|")] == ["receive", "send", "truth"]
    missing = table[table["field"] == "missing"]
    assert lines(missing, "county", "how", "value", "effect", "basis") == [("send", 4, "first", "")]


def test_by_hand_minutes_until_the_right_number(chain) -> None:
    log = chain.log()

    def minutes(actor: str, since: str = "occurrence") -> list[tuple]:
        found = minutes_until_right(log, actor, "dead", since)
        return list(found[["minutes", "right"]].itertuples(index=False, name=None))

    assert minutes("county") == [(5, True)]
    assert minutes("county", "last_change") == [(5, True)]
    assert minutes("hechi") == [(40, True)]
    assert minutes("hechi", "last_change") == [(10, True)]
    assert minutes("region") == [(120, False)], "censored by the end of the record"
    assert minutes_until_right(log, "region", "poisoned").empty, "nobody knows the truth"


def test_truth_that_comes_to_agree_with_a_belief_makes_it_right(record) -> None:
    record.occur(dead=1).row("notice", "0:10", actor="hechi", dead=2)
    record.row("truth", "0:30", dead=2)
    found = minutes_until_right(record.log(), "hechi", "dead")
    assert found["minutes"].tolist() == [30]
    assert minutes_until_right(record.log(), "hechi", "dead", "last_change")["minutes"][0] == 0


def test_what_was_heard_counts_not_what_was_meant(record) -> None:
    record.occur(dead=3)
    record.row("notice", "0:10", actor="hechi", dead=3)
    sent = {"actor": "hechi", "recipient": "region", "message": "m", "dead": 3, "elements": "loss"}
    record.row("send", "0:20", phase="ended", **sent)
    record.row("receive", "0:20", actor="region", message="m", dead=13, elements="loss")
    row = ledger(record.log()).query("actor == 'region'").iloc[0]
    assert (row["held"], row["error"], row["as_of_s"]) == (13, 10, 600)


def test_a_figure_counted_later_is_shown_as_such(record) -> None:
    record.occur().row("reported", "0:20", actor="hechi", recipient="region", dead=2)
    record.row("truth", "9:00", dead=5)
    row = ledger(record.log()).query("actor == 'region'").iloc[0]
    assert (row["true"], row["basis"], row["error"]) == (5, "later", -3)


def test_an_interval_is_no_instant(record) -> None:
    record.occur(dead=2)
    record.row("reported", time_lo=600, time_hi=1200, actor="hechi", recipient="region", dead=2)
    row = ledger(record.log()).query("actor == 'region'").iloc[0]
    assert pd.isna(row["time_s"])
    assert (row["time_lo_s"], row["time_hi_s"]) == (600, 1200)
    assert minutes_until_right(record.log(), "region", "dead")["minutes"][0] == 20


def test_source_is_not_read(chain) -> None:
    log = chain.log()
    other = sim.EventLog(log.table.assign(source="newspaper"), log.origins)
    assert ledger(other).equals(ledger(log))
    assert report_facts(other).equals(report_facts(log))


def test_by_hand_facts_of_each_report(chain) -> None:
    table = report_facts(chain.log()).set_index(["sender", "recipient"])
    facts = ["missing_elements", "left_out", "differs_from_own", "outdated", "differs_from_truth"]
    assert table.loc[("county", "hechi"), facts].tolist() == ["", "", "dead", "dead", "dead"]
    assert table.loc[("county", "region"), facts].tolist() == [
        "place|nature",
        "",
        "dead",
        "",
        "dead",
    ]
    assert table.loc[("hechi", "region"), facts].tolist() == ["", "", "", "", ""]


def test_left_out_needs_a_list_of_what_was_mentioned(record) -> None:
    record.occur(dead=3).row("notice", "0:10", actor="hechi", dead=3)
    record.report("hechi", "region", "0:20", elements="time|place")
    record.report("hechi", "region", "0:30")
    table = report_facts(record.log())
    assert table["left_out"].tolist() == ["dead", ""]
    assert table["missing_elements"].tolist() == ["nature|loss", ""]
    assert table["content"].tolist() == [True, False]


def test_lateness_and_silence_come_from_the_verdicts(record) -> None:
    record.occur().knows("hechi").observe("12:00")
    record.report("hechi", "region", "4:00")
    log = record.log()
    verdicts = sim.score(log, sim.load_pack("guangxi-2012-65"))
    table = report_facts(log, verdicts)
    assert "GX-02-city" in table.query("sender == 'hechi' and message != ''")["late"].iloc[0]
    silent = table[table["never_reported"] != ""]
    assert set(silent["sender"]) == {"hechi"}, "the detailed report never came"
    owed = verdicts.table.query("reason == 'never_reported' and verdict == 'late'")
    assert sorted(silent["never_reported"]) == sorted(owed["rule"])
    assert report_facts(log)["late"].eq("").all()


def test_help_names_facts_that_the_table_has(chain) -> None:
    assert set(column_help()) < set(report_facts(chain.log()).columns)


# -- a slow, obvious twin ----------------------------------------------------------------


def slow_ledger(log: sim.EventLog) -> list[tuple]:
    """The ledger by one loop over the rows in order, everything looked up afresh."""
    found = []
    for case in log.cases:
        rows = log.case(case).table.sort_values(["time", "seq"]).to_dict("records")
        knows: dict = {}  # (incident, actor, field) -> [(time, value, as_of)]
        lines: list = []
        taken_in: list = []
        for k, row in enumerate(rows):
            figures = {name: float(row[name]) for name in FIELDS if not pd.isna(row[name])}
            who = (row["incident"], row["actor"])
            if row["activity"] == "send" and row["phase"] == "ended":
                for name, value in figures.items():
                    history = knows.setdefault((*who, name), [])
                    if not history:
                        history.append((row["time"], value, row["time"]))
                        lines.append([case, *who, name, row["time"], value, value, "first", None])
                        taken_in.append(lines[-1])
                    mine = [n for n in taken_in if n[1:4] == [*who, name]]
                    same = [n for n in mine if n[5] == value]
                    if same and same[-1][8] is None:
                        same[-1][8] = row["time"]
                continue
            seen = row["activity"] == "notice" or (
                row["activity"] in ("verify", "draft") and row["phase"] == "ended"
            )
            if not seen and row["activity"] != "receive":
                continue
            sends = [
                s
                for s in rows[:k]
                if s["activity"] == "send"
                and s["phase"] == "ended"
                and s["message"] == row["message"] != ""
            ]
            for name, value in figures.items():
                as_of = row["time"] if row["activity"] != "draft" else -math.inf
                if not seen and sends:
                    sender = knows.get((row["incident"], sends[0]["actor"], name), [])
                    known = [e for e in sender if e[0] <= sends[0]["time"] and e[1] == value]
                    as_of = known[-1][2] if known else sends[0]["time"]
                history = knows.setdefault((*who, name), [])
                if not history:
                    effect = "first"
                elif history[-1][1] == value:
                    effect = "same"
                else:
                    effect = "changed" if as_of >= history[-1][2] else "older"
                held = history[-1][1] if effect == "older" else value
                lines.append([case, *who, name, row["time"], value, held, effect, None])
                if not history or as_of >= history[-1][2]:
                    history.append((row["time"], value, as_of))
                    taken_in.append(lines[-1])
        found += [tuple(line) for line in lines]
    return sorted(found, key=str)


@pytest.mark.parametrize("name", ["chemical-leak", "mine-collapse", "river-flood"])
def test_equals_a_slow_loop_over_rows(name: str) -> None:
    log = sim.run(sim.load_scenario(FOLDER / f"{name}.yaml"), 7, 4)
    columns = ["case", "incident", "actor", "field", "time_s", "value", "held", "effect"]
    table = ledger(log)
    fast = [
        (*row[:-1], None if pd.isna(row[-1]) else row[-1])
        for row in table[[*columns, "passed_s"]].itertuples(index=False, name=None)
    ]
    assert sorted(fast, key=str) == slow_ledger(log)
    assert len(fast) > 100


@pytest.mark.parametrize("name", ["chemical-leak", "mine-collapse", "river-flood"])
def test_at_the_end_equals_the_dossiers_that_the_model_kept(name: str) -> None:
    """The ledger sees only rows, the model kept what every office knew: they must agree."""
    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    plan = Plan(scenario)
    for k in range(20):
        world = run_world(plan, sampler(3, k), scenario.horizon)
        log = to_log([("c", world.rows)], scenario.start)
        last = ledger(log).groupby(["actor", "incident", "field"])["held"].last()
        kept = {
            (actor, incident, field): value
            for (actor, incident), dossier in world._dossiers.items()
            for field, value in dossier.fields.items()
        }
        assert last.to_dict() == kept
