"""Scorer and slow twin side by side, on the same records."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

from sim.rules import Pack, load_pack, score
from tests.oracles.random_logs import ORIGIN, as_log, random_rows
from tests.oracles.twin import judge
from tests.oracles.twin_pack import KINDS

READINGS = ("occur", "receive", "confirm")
PACKS = Path(__file__).with_name("packs")


def pack_of(name: str) -> Pack:
    """Return a pack as the twin was written for it; the shipped ones may say more since."""
    return load_pack(PACKS / f"{name}.yaml")


def choices(pack: Pack, seed: int) -> dict[str, str]:
    """Options at random: each keeps its default in half of the draws; seed 0 = all defaults."""
    random = Random(seed)
    return {
        name: random.choice(list(option.choices))
        if seed and random.random() < 0.5
        else option.default
        for name, option in pack.options.items()
    }


@cache
def records(first: int, last: int) -> tuple[tuple[dict, ...], ...]:
    return tuple(tuple(random_rows(seed)) for seed in range(first, last))


def scored(pack: Pack, options: dict[str, str], cases) -> dict[tuple, list[dict]]:
    """What the scorer says, as the twin says it, by case, rule, incident and owner."""
    table = score(as_log([list(case) for case in cases]), pack, options).table
    found = defaultdict(list)
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        if pack.rules[row["rule"]].kind not in KINDS:
            continue
        row = {name: value if value is not None else "" for name, value in row.items()}
        found[row["case"], row["rule"], row["incident"], row["owner"]].append(row)
    return found


def twin(pack: Pack, options: dict[str, str], cases) -> dict[tuple, list[dict]]:
    found = defaultdict(list)
    for rows in cases:
        for one in judge(list(rows), pack, options, ORIGIN):
            found[rows[0]["case"], one["rule"], one["incident"], one["owner"]].append(one)
    return found


def said(row: dict) -> tuple:
    """What is compared of one verdict of the scorer."""
    readings = [
        tuple(row[f"{r}_{part}"] for part in ("verdict", "reason", "margin_s")) for r in READINGS
    ]
    flags = [flag for flag in row["flags"].split("|") if flag in ("derived", "others_grade")]
    main = (row["verdict"], row["reason"], row["margin_s"], row["summary"])
    return main, tuple(readings), row["true_grade_verdict"], tuple(flags)


def meant(one: dict) -> tuple:
    """The same of the twin."""
    readings = []
    for name in READINGS:
        word = one["readings"].get(name)
        readings.append((word["verdict"], word["reason"], shown(word)) if word else ("", "", ""))
    flags = (one["whose"],) if one.get("whose") in ("derived", "others_grade") else ()
    main = (one["verdict"], one["reason"], shown(one), one["summary"])
    return main, tuple(readings), one.get("true", ""), flags


def shown(word: dict):
    return "" if word["margin"] is None else word["margin"]


def disagreements(name: str, options: dict[str, str], cases) -> list[tuple]:
    """Instances on which scorer and twin differ: (case, rule, …), scorer's words, twin's words."""
    pack = pack_of(name)
    theirs, ours = scored(pack, options, cases), twin(pack, options, cases)
    found = []
    for key in sorted(set(theirs) | set(ours)):
        a, b = [said(row) for row in theirs[key]], [meant(one) for one in ours[key]]
        if a != b:
            found.append((key, a, b))
    return found
