"""Mistakes in patterns over the columns of the event record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile
from sim.log import schema
from sim.rules.patterns import ACTORS, Condition
from sim.texts import t, vocabulary

_CLOSED = {
    "activity",
    "phase",
    "kind",
    "grade",
    "level",
    "warning",
    "span",
    "actor_role",
    "team_kind",
    "elements",
    "pending",
}
_WORDS = {"kind": "report", "level": "grade", "actor_role": "role", "team_kind": "team"}
_WORDS |= {"elements": "element", "pending": "element"}
LONG = 40
"""Lists of more words than this are not written out in a message."""
Path = tuple[str | int, ...]


def column_problems(column: str, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report a name that is no column of the record; packs never ask where a row came from."""
    if column not in schema.BY_NAME or column == "source":
        names = [name for name in schema.NAMES if name != "source"]
        expected = t("a column of the event record")
        yield file.problem(at, expected, shown(column), did_you_mean(column, names))


def pattern_problems(
    pattern: Mapping[str, Condition], at: Path, file: YamlFile
) -> Iterator[Problem]:
    """Report what is wrong with a pattern, also that no row can ever match it."""
    for column, condition in pattern.items():
        path = (*at, column)
        unknown = list(column_problems(column, path, file))
        if unknown:
            yield from unknown
            continue
        yield from _unfit(column, condition, path, file)
        yield from _words(column, condition, path, file)
        yield from _impossible(column, condition, path, file)


def _unfit(column: str, condition: Condition, path: Path, file: YamlFile) -> Iterator[Problem]:
    """Report conditions that do not go with the kind of a column."""
    kind = schema.BY_NAME[column].kind
    if condition.compare is not None and kind not in ("number", "time"):
        yield file.problem(path, t("compare only on columns of numbers"), column)
    if condition.part is not None and kind != "word":
        yield file.problem(path, t("part only on columns of ids"), column)
    if condition.has is not None and kind != "list":
        yield file.problem(path, t("has only on columns of lists"), column)
    if condition.at_least is not None and condition.has is None:
        yield file.problem(path, t("at_least only beside has"), column)
    if condition.relational and column not in ACTORS:
        names = ", ".join(ACTORS)
        expected = t("owner and role only on columns of actors: {names}", names=names)
        yield file.problem(path, expected, column)
    if column in ACTORS and condition.among:
        expected = t("roles, owner or superior(owner): packs name no organisations")
        yield file.problem(path, expected, shown(condition.among[0]))


def _words(column: str, condition: Condition, at: Path, file: YamlFile) -> Iterator[Problem]:
    known = vocabulary(_WORDS.get(column, column)) if column in _CLOSED else {}
    for word in [*(condition.among or ()), *(condition.has or ())] if known else ():
        if word and str(word) not in known:
            expected = t("one of {words}", words=", ".join(known))
            if len(known) > LONG:
                near = ", ".join(get_close_matches(str(word), known, 6, 0.0))
                expected = t("one of the {n} words, such as {words}", n=len(known), words=near)
            yield file.problem(at, expected, shown(word), did_you_mean(str(word), known))


def _impossible(column: str, condition: Condition, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report a condition that no row of any record can fulfil."""
    among, has = condition.among, condition.has
    if condition == Condition():
        yield file.problem(at, t("a condition such as a word, or nonempty: true"), t("nothing"))
    if among == [] or has == []:
        yield file.problem(at, t("at least one word"), t("an empty list"))
    if condition.at_least is not None and has and condition.at_least > len(has):
        yield file.problem(at, t("at_least of at most {n}", n=len(has)), str(condition.at_least))
    if schema.BY_NAME[column].kind == "number":
        for value in among or ():
            if isinstance(value, str) and value:
                yield file.problem(at, t("a number"), shown(value))
        if condition.compare and _never(condition.compare):
            expected = t("a comparison that a number of at least 0 can fulfil")
            yield file.problem(at, expected, shown(condition.compare))
    if condition.nonempty is not None and among is not None:
        wanted = [word for word in among if (word != "") == condition.nonempty]
        if not wanted:
            value = "true" if condition.nonempty else "false"
            yield file.problem(at, t("words that go with nonempty: {value}", value=value), column)


def _never(compare: str) -> bool:
    """Whether no number of at least 0 can fulfil a comparison."""
    sign, number = re.match(r"(>=|<=|>|<|=)\s*(.+)", compare).groups()  # type: ignore[union-attr]
    return (sign == "<" and float(number) <= 0) or (sign in ("<=", "=") and float(number) < 0)
