"""Every reading of a pack: by hand, against the full product scored one by one, and at random."""

from __future__ import annotations

import itertools
import random

import pytest

from sim.experiment.typical import only
from sim.rules import all_readings, load_pack, score
from sim.rules.all_readings import choices_of

CITY = "hechi"
TEN = "receipt_time|source|time|place|nature|scope|loss|trend|leaders|measures"

SMALL = """\
format: 1
id: small
version: "1"
title: {zh: 小, en: small}
valid: {from: 2000-01-01}
jurisdiction: somewhere
score_anchor: confirm
sources: {text: {title: 某文件, confidence: high}}
options:
  end:
    about: {zh: 时限至何时止, en: what ends the clock}
    default: acknowledged
    choices: {acknowledged: {}, sent: {all: {end: sent}}}
  boundary:
    about: {zh: 恰好届满, en: exactly at the limit}
    default: inclusive
    choices: {inclusive: {}, strict: {all: {strict: true}}}
  excuse:
    about: {zh: 说明是否免除, en: whether the explanation excuses}
    default: "no"
    choices: {"no": {}, "yes": {first: {unless: {met: explained}, effect: excused}}}
  by:
    about: {zh: 以谁的定级为准, en: whose grading}
    default: owner
    choices: {owner: {}, anybody: {all: {confirmed_by: anybody}}}
  owed:
    about: {zh: 是否须说明, en: whether an explanation is owed}
    default: "yes"
    choices: {"yes": {}, "no": {explained: {enabled: false}}}
rules:
  first:
    clause: 第一条
    text: {zh: 报告, en: report}
    modality: 应
    kind: deadline
    owner: {role: city_gov}
    recipient: {role: region_gov}
    limit: 2 h
    grades: [II, I]
    need: {kind: [initial, ""]}
  explained:
    like: first
    limit: 1 h
    grades: []
    need: {reason: {nonempty: true}, kind: explanation}
"""


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return load_pack(tmp_path / "small.yaml")


@pytest.fixture
def make(record):
    """An empty record of one case, without a directory."""
    return type(record)


def some_record(make, rng: random.Random):
    """A drill with stamps near the limits; some things left out."""
    made = make()
    made.role(CITY, "city_gov", jurisdiction="hechi", superior="region")
    made.role("dahua", "county_gov").role("region", "region_gov")
    made.role("emergency-dept", "region_dept", supervises="chemical_leak")
    made.occur()
    receive = rng.choice((0, 20, 40)) * 60
    confirm = receive + rng.choice((0, 30, 60)) * 60
    made.row("receive", receive, actor=CITY)
    if rng.random() < 0.8:
        made.row("confirm", confirm, actor=CITY, grade=rng.choice(("II", "II", "III")))
    if rng.random() < 0.5:
        made.row(
            "confirm", rng.choice((10, 60)) * 60, actor="dahua", grade=rng.choice(["II", "III"])
        )
    for _ in range(rng.randrange(4)):
        start = rng.choice((receive, confirm, 0)) + rng.choice((1, 2, 3)) * 3600
        sent = max(0, start + rng.choice((-60, -1, 0, 1, 60)))
        kind = rng.choice(("initial", "explanation", "detailed"))
        more = {"elements": TEN} if kind == "detailed" else {}
        more |= {"reason": "no line"} if kind == "explanation" else {}
        acked = f"{(sent // 60 + rng.choice((0, 1, 30))) // 60}:{(sent // 60 + 1) % 60:02d}"
        made.report(CITY, "region", acked, kind, sent=sent, **more)
    if rng.random() < 0.7:
        made.observe("24:00")
    return made


def by_twin(log, pack) -> dict:
    """Duty -> combination of all options and clocks -> (verdict, margin), scored one by one."""
    names = list(pack.options)
    found: dict = {}
    for choices in itertools.product(*(pack.options[name].choices for name in names)):
        picks = dict(zip(names, choices, strict=True))
        for row in score(log, pack, picks).table.to_dict("records"):
            for clock in pack.readings:
                own = row[f"{clock}_verdict"] == ""
                verdict = row["verdict"] if own else row[f"{clock}_verdict"]
                margin = row["margin_s"] if own else row[f"{clock}_margin_s"]
                key = (row["rule"], row["incident"], row["owner"], row["recurrence"])
                found.setdefault(key, {})[(*choices, clock)] = (verdict, margin)
    return found


def falls_under(line: dict, picks: dict) -> bool:
    return all(picks[name] in words for name, words in choices_of(line["choices"]).items())


def check(found, duties, names, default) -> None:
    """Hold lines against all combinations: each under one line, its verdict, within its margins."""
    listed = found.table.groupby(["rule", "incident", "owner", "recurrence"], sort=False)
    lines = {key: group.to_dict("records") for key, group in listed}
    products = max(len(by) for by in duties.values())
    for key, verdicts in duties.items():
        seen = {v for v, _ in verdicts.values()}
        if len(verdicts) < products:  # some combinations do not know the duty
            seen.add("not_applicable")
        assert (key in lines) == (len(seen) > 1), key
        for combination, (verdict, margin) in verdicts.items():
            picks = dict(zip(names, combination, strict=True))
            fitting = [line for line in lines.get(key, ()) if falls_under(line, picks)]
            if key in lines:
                assert [line["verdict"] for line in fitting] == [verdict], (key, picks)
                assert fitting[0]["own"] or picks != default
                if margin is not None and margin == margin and str(margin) != "<NA>":
                    line = fitting[0]
                    assert line["margin_least_s"] <= margin <= line["margin_most_s"]


@pytest.mark.parametrize("seed", range(12))
def test_against_the_full_product_scored_one_by_one(small, make, seed):
    log = some_record(make, random.Random(seed)).log()
    names = [*small.options, "clock"]
    default = {n: o.default for n, o in small.options.items()} | {"clock": "confirm"}
    duties = by_twin(log, small)
    for most in (20_000, 1):  # the whole product, and with questions tried first
        check(all_readings(log, small, most=most), duties, names, default)


@pytest.mark.parametrize("seed", range(12))
def test_smallest_flips_against_the_full_product(small, make, seed):
    log = some_record(make, random.Random(seed)).log()
    names = [*small.options, "clock"]
    default = tuple([o.default for o in small.options.values()] + ["confirm"])
    flips = all_readings(log, small).flips
    for key, verdicts in by_twin(log, small).items():
        own = verdicts.get(default, ("not_applicable", None))[0]
        rows = flips[(flips["rule"] == key[0]) & (flips["owner"] == key[2])]
        for verdict in {v for v, _ in verdicts.values()} - {own}:
            fewest = min(
                sum(a != b for a, b in zip(c, default, strict=True))
                for c, (v, _) in verdicts.items()
                if v == verdict
            )
            mine = rows[rows["verdict"] == verdict]
            assert set(mine["questions"]) == {fewest}
            for text in mine["choices"]:
                words = choices_of(text)
                for combination in itertools.product(*words.values()):
                    picks = dict(zip(names, default, strict=True)) | dict(
                        zip(words, combination, strict=True)
                    )
                    assert verdicts[tuple(picks[n] for n in names)][0] == verdict


@pytest.mark.parametrize("name", ["order-493", "guangxi-general-2006"])
def test_shipped_small_packs_against_the_full_product(name, make):
    pack = load_pack(name)
    rng = random.Random(7)
    for _ in range(4):
        made = some_record(make, rng)
        made.role("safety", "county_dept", supervises="chemical_leak").role("up", "city_dept")
        made.row("receive", "0:10", actor="safety").report("safety", "up", "2:11", sent="2:10")
        log = made.log()
        found, duties = all_readings(log, pack), by_twin(log, pack)
        names, default = [*pack.options, "clock"], found.counting
        if "clock" not in default:  # the pack has an option for it
            duties = {
                k: {c[:-1]: v for c, v in by.items() if c[-1] == c[0]} for k, by in duties.items()
            }
            names = names[:-1]
        check(found, duties, names, default)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.full)])
def test_random_combinations_of_the_directive_as_scored(seed, make):
    """200 of the millions of combinations at a time, each scored alone."""
    rng = random.Random(seed)
    pack = load_pack("guangxi-2012-65")
    log = some_record(make, rng).log()
    found = all_readings(log, pack)
    lines = {
        key: group.to_dict("records")
        for key, group in found.table.groupby(
            ["rule", "incident", "owner", "recurrence"], sort=False
        )
    }
    plain = score(log, pack).table.set_index(["rule", "incident", "owner", "recurrence"])["verdict"]
    for _ in range(200):
        picks = {n: rng.choice(list(o.choices)) for n, o in pack.options.items()}
        table = score(log, pack, picks).table.set_index(["rule", "incident", "owner", "recurrence"])
        for key, verdict in table["verdict"].items():
            if key in lines:
                fitting = [line for line in lines[key] if falls_under(line, picks)]
                assert [line["verdict"] for line in fitting] == [verdict], (key, picks)
            else:
                assert plain.get(key, "not_applicable") == verdict, (key, picks)


def test_by_hand_a_report_that_is_late_by_two_starts(record):
    """Known 0:40, graded 1:10, in at 2:50: late by occurrence and receipt, 20 min to spare else."""
    record.occur().knows(CITY).report(CITY, "region", "2:50", sent="2:39").observe("24:00")
    found = all_readings(record.log(), only(load_pack("guangxi-2012-65"), "GX-02-city"))
    mine = found.table[(found.table["rule"] == "GX-02-city")]
    first = mine.iloc[0]
    assert (first["verdict"], first["own"]) == ("met", True)
    assert {choices_of(c)["start"][0] for c in mine["choices"] if c.startswith("start=o")} == {
        "occur"
    }
    flips = found.flips[found.flips["rule"] == "GX-02-city"]
    late = flips[flips["verdict"] == "late"]
    assert "start=receive|occur|detect" in set(late["choices"])
    assert not mine["choices"].str.contains("immediate|drill_period|cities").any()


def test_where_nothing_changes_the_verdict_there_is_no_line(record, small):
    """In at 0:41, one minute after the first notice: no reading makes it late."""
    record.occur().knows(CITY).report(CITY, "region", "0:41").observe("24:00")
    found = all_readings(record.log(), small)
    assert "first" not in set(found.table["rule"])
    assert "first" not in set(found.flips["rule"])
    assert "explained" in set(found.table["rule"])  # owed or not is a question


def test_choices_given_count_instead_of_the_defaults(record):
    record.occur().knows(CITY).report(CITY, "region", "2:50").observe("24:00")
    pack = only(load_pack("guangxi-2012-65"), "GX-02-city")
    found = all_readings(record.log(), pack, {"start": "occur"})
    mine = found.table[(found.table["rule"] == "GX-02-city") & found.table["own"]]
    assert mine["verdict"].tolist() == ["late"]
    assert found.counting["start"] == "occur"


def test_unknown_options_are_refused(record):
    with pytest.raises(Exception, match="strat"):
        all_readings(record.log(), load_pack("guangxi-2012-65"), {"strat": "occur"})
