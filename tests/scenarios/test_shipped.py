"""Every shipped scenario loads, runs into a valid record, and is scored by every pack."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import sim
from sim.log import check_log, fates, warnings
from sim.scenario import numbers_with_sources

FOLDER = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(FOLDER.glob("*.yaml"))
DRILLS = 5


@pytest.fixture(scope="module", params=SCENARIOS, ids=lambda p: p.stem)
def drilled(request: pytest.FixtureRequest) -> tuple[sim.EventLog, Path]:
    scenario = sim.load_scenario(request.param)
    packs = tuple(sim.load_pack(name) for name in sim.pack_names())
    return sim.run(scenario, 1, DRILLS, packs=packs, name=request.param.stem), request.param


def test_record_is_valid_and_survives_csv(
    drilled: tuple[sim.EventLog, Path], tmp_path: Path
) -> None:
    log, _ = drilled
    assert check_log(log) == []
    sim.write_log(log, tmp_path / "events.csv")
    again = sim.read_log(tmp_path / "events.csv")
    assert again.table.equals(log.table)
    assert dict(again.origins) == dict(log.origins)


def test_every_message_has_one_fate(drilled: tuple[sim.EventLog, Path]) -> None:
    log, _ = drilled
    table = fates(log)
    assert not table.duplicated(["case", "message"]).any()
    sent = log.table[(log.table["activity"] == "send") & (log.table["phase"] == "asked")]
    assert set(sent["message"]) <= set(table["message"])
    assert set(table["fate"]) <= {"acknowledged", "received", "given_up", "lost", "open"}


def test_the_three_families_take_part(drilled: tuple[sim.EventLog, Path]) -> None:
    """Relay up to the region, teams on the site, supplies handed over: in most of the drills."""
    log, path = drilled
    table = log.table
    region = table[(table["activity"] == "acknowledge") & (table["actor"] == "region-gov")]
    parts = {
        "region": region,
        "arrive": table[table["activity"] == "arrive"],
        "activate": table[(table["activity"] == "activate") & (table["phase"] == "")],
        "command": table[(table["activity"] == "command") & (table["phase"] == "")],
    }
    if sim.load_scenario(path).depots:
        handed = (table["activity"] == "hand_over") & (table["phase"] == "")
        parts["hand_over"] = table[handed]
    counts = {name: part["case"].nunique() for name, part in parts.items()}
    assert min(counts.values()) >= DRILLS - 1, counts
    # a response activated late, after a mistaken grade, has nothing left to carry out
    assert table.loc[table["activity"] == "execute", "case"].nunique() > DRILLS / 2


@pytest.mark.parametrize("pack", ["guangxi-2012-65", "order-493"])
def test_scored_by_pack(drilled: tuple[sim.EventLog, Path], pack: str) -> None:
    log, _ = drilled
    table = sim.score(log, sim.load_pack(pack)).table
    assert set(table["case"]) == set(log.cases)
    if pack == "guangxi-2012-65":
        assert (table["verdict"] == "met").any()


def test_the_typhoon_is_warned_of_the_surge_in_vain_the_landslide_never() -> None:
    """What the scenario was written for, against its own truth rows."""
    scenario = sim.load_scenario(FOLDER / "typhoon-warning.yaml")
    log = sim.run(scenario, 1, DRILLS, name="typhoon")
    table = warnings(log)
    assert Counter(zip(table["incident"], table["outcome"], strict=True)) == {
        ("typhoon", "hit"): DRILLS,
        ("surge", "false"): DRILLS,
        ("landslide", "missed"): DRILLS,
    }
    stood = table.set_index("incident")
    assert set(
        zip(stood.loc["typhoon", "warning"], stood.loc["typhoon", "highest"], strict=True)
    ) == {("orange", "red")}
    assert (stood.loc["typhoon", "lifted"] > 19 * 3600).all(), "lifted after the all-clear"
    assert (stood.loc["surge", "lifted"] > 6 * 3600).all(), "and after the gauge was mended"
    rows = log.table
    rung = rows[(rows["channel"] == "call-out") & (rows["activity"] == "send")]
    assert set(rung["kind"]) == {"warning"}
    late = rows[(rows["reason"] == "no_acknowledgement") & (rows["activity"] == "given_up")]
    asked = rung[rung["phase"] == "asked"]
    assert Counter(asked["recipient"]) == Counter(late["recipient"]), "who did not answer is rung"
    told = rows[(rows["activity"] == "acknowledge") & (rows["incident"] == "typhoon")]
    told = told[told["actor"].isin(["coast-village", "hill-village"])]
    assert told["case"].nunique() >= DRILLS - 1
    groups = rows[(rows["activity"] == "stand_up") & (rows["object"] == "press")]
    assert groups["case"].nunique() >= DRILLS - 1
    called = rows[rows["activity"].isin(["answered", "missed"])]
    assert called.groupby("case").size().tolist() == [5] * DRILLS
    last = rows[(rows["activity"] == "reach") & (rows["channel"] == "")].groupby("case")["share"]
    # 1 - 0.25 · 0.65 · 0.5 · 0.6
    assert last.max().tolist() == pytest.approx([0.95125] * DRILLS)


def test_the_landslide_goes_over_five_levels_and_two_lines_and_levels_are_skipped() -> None:
    """Who was told by whom in 40 drills.

    The call to the township rings out with probability 0.15, or when its only officer is busy;
    then the officer of the village calls the county: in none of 40 drills with 0.85^40 = 0.0015.
    """
    drills = 40
    scenario = sim.load_scenario(FOLDER / "village-landslide.yaml")
    rows = sim.run(scenario, 1, drills, name="landslide").table
    told = rows[rows["activity"] == "acknowledge"].groupby(["recipient", "actor"])["case"].nunique()
    government = ("town-gov", "lingyun-gov", "baise-gov", "region-gov")
    department = ("town-resources", "lingyun-resources", "baise-resources", "region-resources")
    for line in (government, department):
        for sender, receiver in pairwise(line):
            assert told[sender, receiver] >= 0.7 * drills, (sender, receiver)
    reached, skipped = told["village-officer", "town-gov"], told["village-officer", "lingyun-gov"]
    assert reached + skipped >= drills - 1
    assert 1 <= skipped < drills / 2
    assert told["town-gov", "baise-gov"] > drills / 2
    unanswered = rows[(rows["activity"] == "rang_out") & (rows["recipient"] == "town-gov")]
    assert set(unanswered["actor"]) >= {"village-officer"}


def test_the_mine_rescue_team_stands_within_30_min_of_the_mine_that_it_serves() -> None:
    """10 km at 30 km/h are 20 min; the teams that come to help, over 97 km, are not bound by it."""
    scenario = sim.load_scenario(FOLDER / "mine-collapse.yaml")
    log = sim.run(scenario, 1, DRILLS, name="mine", until=scenario.horizon)
    times = sim.team_times(log)
    times = times[times["team"] == "nandan-mine-rescue"]
    assert set(times["arrived"] - times["departed"]) == {20 * 60}
    table = sim.score_targets(log, [sim.load_targets("mine-rescue-china")]).set_index("target")
    assert table.loc["travel-30min", "n"] == table.loc["travel-30min", "within"] == DRILLS


def test_where_the_bridges_flood_crews_drive_round_or_wait() -> None:
    """In none of 40 drills would no journey change with probability far below 1e-6."""
    scenario = sim.load_scenario(FOLDER / "city-bridges.yaml")
    rows = sim.run(scenario, 1, 40, name="city", until=scenario.horizon).table
    assert rows.loc[rows["activity"] == "road_closed", "case"].nunique() == 40
    ways = rows.loc[rows["way"].ne(""), "way"].str.cat(sep="|")
    assert "ring-north|ring-south" in ways
    assert "second-north|second-south" in ways
    assert (rows["activity"] == "reroute").any()


def test_every_number_is_assumed_or_names_a_source_of_the_file(
    drilled: tuple[sim.EventLog, Path],
) -> None:
    """An empty source means assumed; the report lists those numbers as such."""
    _, path = drilled
    sources = {source for _, _, source in numbers_with_sources(path)}
    assert sources >= {"", "three-rings", "health-reports", "ambulance-goal"}
    assert sources <= {""} | set(sim.load_scenario(path).sources)
