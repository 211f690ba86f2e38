"""One rule judged under every combination of the choices that concern it.

A combination gives a rule certain data (`rule_under`); what a rule comes to by itself depends
on that data only, and how another rule lifts or excuses it on what both come to by themselves.
So each rule is judged once for each of its own data, not for each combination of the pack, and
the two are then put together for every combination.  That is exact.

Where even that is too much (`MOST`), questions are tried first: each choice alone, each two
choices together, then the same under every combination of the questions found so far, until none
is added (at most so many tries; each choice alone comes first).  Those under which nothing ever
changed, neither verdict nor margin nor clock, keep their first choice (`Space.tried`).  What only
three of them would change together, or two beyond the tries, is then missed.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Any, NamedTuple

import numpy as np

from sim.rules.decide import NOTHING, Result
from sim.rules.excuses import settle
from sim.rules.instance import Duty, Instance, clocks_of
from sim.rules.kinds import KINDS
from sim.rules.pack import Pack, Rule
from sim.rules.questions import Picks, Question, clocks_under, partners, rule_under
from sim.rules.scene import Place, Scene
from sim.rules.scopes import judge_scope
from sim.rules.scoring import no_incident, ready

MOST = 100_000
"""Most judgements (combinations × incidents) of one rule before questions are tried first."""
Key = tuple[int, str, str, int]
"""Number of the case, incident, owner, recurrence."""
NOT_OWED = Result("not_applicable", "")


class Lone(NamedTuple):
    """What a rule comes to by itself at one place; `anchor` is `None` for the pack's."""

    instances: tuple[Instance, ...]
    duty: Duty | None
    anchor: str | None

    @property
    def seen(self) -> object:
        """All of it that can make a difference."""
        rule = self.duty.rule if self.duty else None
        linked = (rule.unless.met, rule.effect) if rule and rule.unless else None
        results = [(_key(one), sorted(one.results.items())) for one in self.instances]
        return self.duty is None, self.anchor, linked, results


@dataclass(frozen=True)
class Space:
    """The verdicts of one duty: an axis per question, an index per choice.

    `verdicts` are positions in `words`, `margins` whole seconds (`NOTHING` where there is none).
    `tried`: questions were tried out before, not all combinations judged.
    """

    questions: tuple[Question, ...]
    verdicts: np.ndarray
    margins: np.ndarray
    words: tuple[str, ...]
    recipient: str
    tried: bool


class Judge:
    """Judges the rules of a pack in one record under any choices."""

    def __init__(self, pack: Pack, scene: Scene, asked: list[Question]):
        self.pack, self.scene, self.asked = pack, scene, asked
        self.numbers = {name: number for number, name in enumerate(pack.rules)}
        self._concerning = {
            name: [q for q in asked if q.concerns(name, pack.raw["rules"][name])]
            for name in pack.rules
        }
        self._clocking = {
            name: [q for q in own if any("pack" in keys for keys in q.keys.values())]
            for name, own in self._concerning.items()
        }
        self._scenes = {tuple(sorted(scene.tables.items())): scene}
        self._duties: dict[str, tuple[Duty | None, str | None]] = {}
        self._alone: dict[tuple[str, tuple[int, str]], Lone] = {}
        self._everywhere: dict[tuple[str, tuple[str, ...], tuple[int, str]], list[Lone]] = {}
        self._same: dict[tuple[str, tuple[int, str], str], Lone] = {}

    def places(self, rule: str) -> list[Place]:
        """Return where a rule is judged: at every incident, or once a case."""
        cases = range(len(self.scene.sheet.cases))
        if self.pack.rules[rule].per != "incident":
            return [self.scene.place(case, "") for case in cases]
        incidents = self.scene.book.incidents
        return [self.scene.place(c, incident) for c in cases for incident in incidents[c] or ("",)]

    def concerning(self, rule: str) -> list[Question]:
        """Return the questions that concern a rule by itself."""
        return self._concerning[rule]

    def alone(self, rule: str, picks: Picks, place: Place) -> Lone:
        """Return what a rule comes to by itself; the same object where nothing differs."""
        own = self._concerning[rule]
        data = rule_under(self.pack, rule, own, picks)
        anchor, readings, tables = clocks_under(self.pack, self._clocking[rule], picks)
        enabled = data.get("enabled", True)
        said = [rule, data, readings, tables, anchor if data.get("every") else ""]
        key = json.dumps(said) if enabled else rule
        if key not in self._duties:
            self._duties[key] = self._ready(rule, data, anchor, readings, tables)
        if (key, place[:2]) not in self._alone:
            duty, counts = self._duties[key]
            found = self._instances(duty, place, self._scene(tables))
            lone = Lone(tuple(found), duty, counts)
            same = (rule, place[:2], repr(lone.seen))
            self._alone[key, place[:2]] = self._same.setdefault(same, lone)
        return self._alone[key, place[:2]]

    def everywhere(self, rule: str, own: list[Question], place: Place) -> list[Lone]:
        """Return what a rule comes to by itself under every combination of some questions."""
        key = (rule, tuple(q.name for q in own), place[:2])
        if key not in self._everywhere:
            names = key[1]
            self._everywhere[key] = [
                self.alone(rule, dict(zip(names, choices, strict=True)), place)
                for choices in itertools.product(*(q.choices for q in own))
            ]
        return self._everywhere[key]

    def _ready(
        self,
        name: str,
        data: dict[str, Any],
        anchor: str,
        readings: tuple[str, ...],
        tables: tuple[tuple[str, str], ...],
    ) -> tuple[Duty | None, str | None]:
        if not data.get("enabled", True):
            return None, None
        rule = Rule.model_validate(data)
        under = self.pack.model_copy(update={"score_anchor": anchor, "readings": list(readings)})
        clocks = clocks_of(under, rule)
        free = rule.start == "readings" and rule.kind in ("deadline", "presence")
        duty = ready(name, self.numbers[name], rule, clocks, self._scene(tables))
        return duty, None if free else clocks[1]

    def _scene(self, tables: tuple[tuple[str, str], ...]) -> Scene:
        """Return the record as graded by these tables."""
        if tables not in self._scenes:
            self._scenes[tables] = Scene(self.scene.sheet, dict(tables))
        return self._scenes[tables]

    def _instances(self, duty: Duty | None, place: Place, scene: Scene) -> list[Instance]:
        if duty is None:
            return []
        if duty.rule.per in ("message", "actor", "year"):
            return judge_scope(duty, scene, place.case)
        place = scene.place(place.case, place.incident)
        if duty.rule.per == "incident" and not place.incident:
            return [no_incident(duty, place.case)]
        return KINDS[duty.rule.kind](duty, scene, place, False)


def spaces(judge: Judge, rule: str, most: int = MOST) -> Iterator[tuple[Key, Space]]:
    """Yield every duty by a rule, and its verdicts under every combination that concerns it."""
    others = partners(judge.pack, rule, judge.asked)
    names = (rule, *others)
    concerned = {name: judge.concerning(name) for name in names}
    wanted = {q.name for name in names for q in concerned[name]}
    asked = [question for question in judge.asked if question.name in wanted]
    places = judge.places(rule)
    work = max(prod(len(q.choices) for q in own) for own in concerned.values()) * len(places)
    whole = prod(len(q.choices) for q in asked)
    tried = work > most or whole > 50 * most
    for place in places:
        axes = _telling(judge, rule, others, asked, place, most) if tried else asked
        own = {name: [q for q in concerned[name] if q in axes] for name in names}
        yield from _product(judge, rule, others, axes, own, place, tried)


def _telling(
    judge: Judge, rule: str, others: list[str], asked: list[Question], place: Place, most: int
) -> list[Question]:
    """Return the questions that change anything: alone, by twos, or under those found so far."""

    def outcome(*picked: tuple[Question, str]) -> object:
        picks = {question.name: choice for question, choice in picked}
        return _outcome(judge, rule, others, picks, place)

    first = outcome()
    single = [(q, choice) for q in asked for choice in q.choices[1:]]
    alone = {(q.name, choice): outcome((q, choice)) for q, choice in single}
    telling = {name for (name, _), found in alone.items() if found != first}
    for a, b in itertools.combinations(single, 2):
        if a[0].name != b[0].name and not {a[0].name, b[0].name} <= telling:
            both = outcome(a, b)
            if both != alone[a[0].name, a[1]]:
                telling.add(b[0].name)
            if both != alone[b[0].name, b[1]]:
                telling.add(a[0].name)
    more = telling
    while more:
        axes = [q for q in asked if q.name in telling]
        rest = [pick for pick in single if pick[0].name not in telling]
        tries: list[tuple[tuple[Question, str], ...]] = [(pick,) for pick in rest]
        tries += [two for two in itertools.combinations(rest, 2) if two[0][0] != two[1][0]]
        combinations = prod(len(q.choices) for q in axes)
        if combinations * len(tries) > most:
            tries = tries[: most // combinations]
        more = set()
        for choices in itertools.product(*(q.choices for q in axes)):
            under = list(zip(axes, choices, strict=True))
            base = outcome(*under)
            for picks in tries:
                names = {question.name for question, _ in picks}
                if not names <= more and outcome(*under, *picks) != base:
                    more |= names
        telling |= more
    return [question for question in asked if question.name in telling]


def _outcome(judge: Judge, rule: str, others: list[str], picks: Picks, place: Place) -> object:
    main = judge.alone(rule, picks, place)
    anchor = clocks_under(judge.pack, judge.asked, picks).anchor
    return _together(main, _partner(judge, main, others, picks, place), anchor)[1]


def _partner(
    judge: Judge, main: Lone, others: list[str], picks: Picks, place: Place
) -> Lone | None:
    unless = main.duty.rule.unless if main.duty else None
    if unless is None or unless.met not in others:
        return None
    return judge.alone(unless.met, picks, place)


def _together(main: Lone, other: Lone | None, anchor: str) -> tuple[list[Instance], object]:
    """Return the instances of a rule as another rule leaves them, and all that is seen of them."""
    duties: dict[str, Duty] = {}
    copies: list[Instance] = []
    for lone in (main, other):
        if lone is not None and lone.duty is not None:
            duties[lone.duty.name] = lone.duty
            counts = lone.anchor or anchor
            copies += [
                replace(one, anchor=counts, results=dict(one.results), evidence={})
                for one in lone.instances
            ]
    settle(copies, duties)
    own = copies[: len(main.instances)]
    return own, [(_key(one), one.anchor, sorted(one.results.items())) for one in own]


def _key(one: Instance) -> Key:
    return one.case, one.incident, one.owner, one.recurrence


def _product(
    judge: Judge,
    rule: str,
    others: list[str],
    axes: list[Question],
    own: dict[str, list[Question]],
    place: Place,
    tried: bool,
) -> Iterator[tuple[Key, Space]]:
    """Put a rule and its partners together under every combination, for one place."""
    shape = tuple(len(q.choices) for q in axes)
    lones: dict[int, Lone] = {}
    grids = {name: _grid(judge, name, own[name], axes, place, lones) for name in own}
    known = list(lones.values())
    by_name = np.array([_met(lone) for lone in known], dtype=object)
    main, partner = grids[rule], np.full(shape, len(known))
    for name in others:
        partner = np.where(by_name[main] == name, grids[name], partner)
    anchors, words = _anchors(judge, axes)
    codes = (main * (len(known) + 1) + partner) * len(words) + anchors
    distinct, which = np.unique(codes, return_inverse=True)
    found = []
    for code in distinct.tolist():
        pair, a = divmod(code, len(words))
        m, p = divmod(pair, len(known) + 1)
        found.append(_together(known[m], known[p] if p < len(known) else None, words[a])[0])
    which = which.reshape(shape)
    for key in dict.fromkeys(_key(one) for group in found for one in group):
        yield key, _space(key, found, which, axes, tried)


def _met(lone: Lone) -> str:
    unless = lone.duty.rule.unless if lone.duty else None
    return (unless.met or "") if unless else ""


def _grid(
    judge: Judge,
    name: str,
    own: list[Question],
    axes: list[Question],
    place: Place,
    lones: dict[int, Lone],
) -> np.ndarray:
    """Return the positions in `lones` of what a rule comes to, broadcast along `axes`.

    `lones` is filled: id of the object -> the object.
    """
    numbers = {same: number for number, same in enumerate(lones)}
    found = []
    for lone in judge.everywhere(name, own, place):
        if id(lone) not in numbers:
            numbers[id(lone)] = len(lones)
            lones[id(lone)] = lone
        found.append(numbers[id(lone)])
    mine = {q.name for q in own}
    shape = [len(q.choices) if q.name in mine else 1 for q in axes]
    whole = tuple(len(q.choices) for q in axes)
    return np.broadcast_to(np.array(found).reshape(shape), whole)


def _anchors(judge: Judge, axes: list[Question]) -> tuple[np.ndarray, list[str]]:
    """Return the clock that counts under every combination, as positions in a list of words."""
    words: list[str] = []
    asks = [q for q in axes if any("pack" in keys for keys in q.keys.values())]
    found = []
    for choices in itertools.product(*(q.choices for q in asks)):
        picks = {q.name: choice for q, choice in zip(asks, choices, strict=True)}
        anchor = clocks_under(judge.pack, judge.asked, picks).anchor
        if anchor not in words:
            words.append(anchor)
        found.append(words.index(anchor))
    shape = [len(q.choices) if q in asks else 1 for q in axes]
    return np.array(found).reshape(shape), words


def _space(
    key: Key, found: list[list[Instance]], which: np.ndarray, axes: list[Question], tried: bool
) -> Space:
    """Gather one duty's verdicts; where a combination knows no such duty, it does not apply."""
    ones = [next((one for one in group if _key(one) == key), None) for group in found]
    results = [one.result if one else NOT_OWED for one in ones]
    words = tuple(dict.fromkeys(result.verdict for result in results))
    verdicts = np.array([words.index(result.verdict) for result in results])
    margins = np.array([result.margin for result in results], dtype="int64")
    recipient = next((one.recipient for one in ones if one and one.recipient), "")
    return Space(tuple(axes), verdicts[which], margins[which], words, recipient, tried)


__all__ = ["MOST", "NOTHING", "Judge", "Space", "spaces"]
