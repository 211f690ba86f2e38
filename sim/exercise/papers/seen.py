"""What an evaluator can see from a post: the clauses whose facts come up there.

From the rules of the pack, the roles of the scenario, and what its drills brought about: a clause
is seen from a post if some drill decided it, and the post owes it, or a row that proves it is the
post's own or was addressed to it.  What no drill decides (yearly frequencies, reviews of plans
after the drill) is nobody's to see on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.exercise.papers.drill import Drill
from sim.rules.pack import Rule

DECIDED = ("met", "late", "excused")
SCENE, STORES = "scene", "stores"
"""The posts that gather all teams, and all depots and shelters."""
RANK = ("acts", "told", "owes")


class Seen(NamedTuple):
    """A clause seen from a post; `part`: the post `owes` it, is `told`, or `acts` otherwise."""

    name: str
    rule: Rule
    part: str


def posts(drill: Drill) -> dict[str, list[str]]:
    """Return post -> the actors that are seen there: each office, the scene, the stores."""
    scenario = drill.scenario
    offices = {k: [k] for k, o in scenario.offices.items() if o.role not in ("public", "press")}
    gathered = {SCENE: list(scenario.teams), STORES: [*scenario.depots, *scenario.shelters]}
    return offices | {key: actors for key, actors in gathered.items() if actors}


def seen(drill: Drill) -> dict[str, list[Seen]]:
    """Return post -> the clauses seen from it, in the order of the pack."""
    table = drill.verdicts.table
    decided = table[table["verdict"].isin(DECIDED) & table["pack"].eq(drill.pack.id)]
    log = drill.log.table
    parties = zip(log["case"], log["row"], log["actor"], log["recipient"], strict=True)
    rows = {(case, row): {actor, to} for case, row, actor, to in parties}
    found: dict[str, dict[str, str]] = {}
    for duty in decided.to_dict("records"):
        told = set(duty["recipient"].split("|"))
        for name in filter(None, duty["evidence"].split("|")):
            for actor in rows[duty["case"], name]:
                _mark(found, actor, duty["rule"], "told" if actor in told else "acts")
        _mark(found, duty["owner"], duty["rule"], "owes")
    return {post: _listed(drill, actors, found) for post, actors in posts(drill).items()}


def _mark(found: dict[str, dict[str, str]], actor: str, rule: str, part: str) -> None:
    """Note that an actor has a part in a rule; owing counts more than being told."""
    parts = found.setdefault(actor, {})
    parts[rule] = max(parts.get(rule, "acts"), part, key=RANK.index)


def _listed(drill: Drill, actors: list[str], found: Mapping[str, Mapping[str, str]]) -> list[Seen]:
    parts: dict[str, list[str]] = {}
    for actor in actors:
        for rule, part in found.get(actor, {}).items():
            parts.setdefault(rule, []).append(part)
    return [
        Seen(name, rule, max(parts[name], key=RANK.index))
        for name, rule in drill.pack.rules.items()
        if name in parts
    ]
