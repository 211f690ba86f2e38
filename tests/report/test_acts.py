"""What a swimlane shows, read from rows written by hand."""

import pandas as pd

from sim.log.record import EventLog, typed
from sim.report.acts import crossing, read_acts
from sim.report.names import lane_order


def _log(origin, rows):
    """Rows of a real record: no causes, no spans, times in minutes."""
    names = sorted({name for row in rows for name in row} | {"row", "case", "seq"})
    columns = {name: [] for name in names}
    for k, row in enumerate(rows):
        full = {"row": f"e{k}", "case": "c", "seq": k} | row
        for name in names:
            empty = pd.NA if name in ("time", "time_lo", "time_hi", "seq", "dead") else ""
            value = full.get(name, empty)
            columns[name].append(
                value * 60 if name.startswith("time") and value is not pd.NA else value
            )
    return EventLog(typed(columns, len(rows)), {"c": origin})


def test_waiting_and_work_of_the_hand_made_drill(drill):
    acts = read_acts(drill)
    signing = [bar for bar in acts.bars if bar.actor == "city" and bar.span == "signing"]
    assert [(bar.end - bar.start) for bar in signing] == [240]
    before = [b for b in acts.bars if b.actor == "city" and b.end == signing[0].start]
    assert {"waiting"} == {bar.family for bar in before if bar.span == "waiting_person"}
    work = [bar for bar in acts.bars if bar.actor == "fire-1" and bar.span == "working"]
    assert [bar.end - bar.start for bar in work] == [150 * 60]
    waited = [bar for bar in acts.bars if bar.span == "waiting_team"]
    assert {bar.end - bar.start for bar in waited} == {9 * 60}
    assert len(waited) == 2


def test_lost_and_failed_messages_do_not_arrive(drill):
    acts = read_acts(drill)
    lost = [a for a in acts.arrows if a.sender == "village"]
    assert [(a.recipient, a.arrived) for a in lost] == [("town", False)]
    county = [a for a in acts.arrows if (a.sender, a.kind) == ("county", "initial")]
    assert [a.arrived for a in county] == [False, True]


def test_orders_and_requests_are_arrows(drill):
    acts = read_acts(drill)
    orders = {a.recipient for a in acts.arrows if a.activity == "dispatch"}
    assert orders == {"fire-1", "fire-2", "hazmat", "ambulance-1", "ambulance-2"}
    assert [a.recipient for a in acts.arrows if a.activity == "request"] == ["depot"]


def test_occurrence_is_a_mark_of_nobody_and_an_inject_of_its_recipient(drill):
    marks = {(m.activity, m.actor, m.time) for m in read_acts(drill).marks}
    assert ("occur", "", 12 * 60) in marks
    assert ("inject", "town", 45 * 60) in marks


def test_a_record_without_causes_pairs_asked_started_and_ended(origin):
    log = _log(
        origin,
        [
            {"time": 0, "activity": "sign", "phase": "asked", "actor": "a"},
            {"time": 5, "activity": "sign", "phase": "started", "actor": "a"},
            {"time": 9, "activity": "sign", "phase": "ended", "actor": "a"},
            {"time": 10, "activity": "verify", "phase": "started", "actor": "a"},
            {"time": 30, "activity": "verify", "phase": "ended", "actor": "a"},
        ],
    )
    bars = [(b.family, b.start // 60, b.end // 60) for b in read_acts(log).bars]
    assert bars == [("waiting", 0, 5), ("write", 5, 9), ("check", 10, 30)]


def test_reported_rows_are_arrows_without_bars(origin):
    log = _log(
        origin,
        [
            {"time": 0, "activity": "occur"},
            {"time": 20, "activity": "reported", "actor": "a", "recipient": "b", "kind": "initial"},
        ],
    )
    acts = read_acts(log)
    assert acts.bars == []
    assert [(a.sender, a.recipient, a.start, a.end) for a in acts.arrows] == [
        ("a", "b", 1200, 1200)
    ]


def test_an_arrow_brings_the_level_of_its_warning(origin):
    way = {"actor": "a", "recipient": "b", "message": "m", "kind": "warning"}
    log = _log(
        origin,
        [
            {"time": 0, "activity": "send", "phase": "started"} | way,
            {"time": 5, "activity": "send", "phase": "ended", "warning": "orange"} | way,
            {"time": 20, "activity": "reported", "actor": "a", "recipient": "c"},
        ],
    )
    found = [(a.recipient, a.kind, a.warning) for a in read_acts(log).arrows]
    assert found == [("b", "warning", "orange"), ("c", "", "")]


def test_an_interval_keeps_both_its_ends(origin):
    log = _log(origin, [{"time_lo": 10, "time_hi": 40, "activity": "occur"}])
    acts = read_acts(log)
    assert [(m.time, m.latest) for m in acts.marks] == [(600, 2400)]
    assert acts.intervals


def test_bars_at_the_same_time_get_different_lines(drill):
    acts = read_acts(drill)
    lines = crossing(acts.bars, most=9)
    for one in acts.bars:
        for other in acts.bars:
            if one is not other and one.actor == other.actor and lines[one.row] == lines[other.row]:
                assert one.end <= other.start or other.end <= one.start


def test_lanes_stand_from_the_incident_upwards_then_teams_and_depots(drill):
    acts = read_acts(drill)
    order = lane_order(drill.table, acts.actors())
    assert order[:4] == ["plant", "village", "town", "county"]
    assert order.index("city") < order.index("county-safety") < order.index("region-safety")
    assert order.index("region") < order.index("fire-1") < order.index("depot")
    assert order[-1] == "depot"


def test_an_actor_that_does_nothing_has_no_lane(drill):
    table = drill.table.copy()
    table = table[~((table["actor"] == "village") & (table["activity"] != "role"))]
    acts = read_acts(EventLog(table, drill.origins))
    assert "village" not in acts.actors()
