"""Schemes of marks as typed data: published ways to turn verdicts into points or words.

None is used unless it is asked for.  What a published text leaves open stands under `ours`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.shipped import named
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules.pack import Source, Strict, Text
from sim.rules.patterns import Pattern
from sim.rules.verdicts import COLUMNS
from sim.texts import t, vocabulary

_SHIPPED = Path(__file__).with_name("schemes")
VERDICTS = ("met", "late")
"""Verdicts that can be marked; all others are shown apart, as not scored."""


class Class(Strict):
    """What one report is worth; a person says to which class it belongs."""

    text: Text
    points: float


class Mark(Strict):
    """One thing that is marked: where `when` (a pattern over columns of the verdict table) holds.

    `judged`: only a person can say so (intent, quality).  Just one of `points` (added), `part`
    (of all that the duty gives, taken off) and `from_total` (added to the sum, whatever the mean).
    """

    text: Text
    when: Pattern | None = None
    judged: bool = False
    points: float | None = None
    part: Annotated[float, Field(gt=0, le=1)] | None = None
    from_total: float | None = None


class Word(Strict):
    """A word for duties for which `when` holds, or that a person gives (`judged`)."""

    text: Text
    when: Pattern | None = None
    judged: bool = False


class Band(Strict):
    """A word for shares from so many per cent on."""

    text: Text
    at_least: Annotated[float, Field(ge=0, le=100)]


class Scheme(Strict):
    """A scheme of marks; `counts`: which duties it looks at, a pattern over the verdict table.

    `ours`: what the published text leaves open and how we read it.
    """

    format: Literal[1]
    id: str
    title: Text
    jurisdiction: str
    source: Source
    counts: Pattern
    ours: list[Text] = []


class Points(Scheme):
    """Points per duty, summed per drill; with `average` over the number of reports made."""

    method: Literal["points"]
    marks: Annotated[dict[str, Mark], Field(min_length=1)]
    classes: dict[str, Class] = {}
    base: str = ""
    average: bool = False


class Words(Scheme):
    """One word per duty: that of a person, else the first whose `when` holds."""

    method: Literal["words"]
    words: Annotated[dict[str, Word], Field(min_length=1)]


class Bands(Scheme):
    """One word per drill, by the per cent of duties met of those decided."""

    method: Literal["bands"]
    bands: Annotated[dict[str, Band], Field(min_length=1)]


class ShareOf(Scheme):
    """Per duty and owner over all drills: whether at least such a share was in time."""

    method: Literal["share"]
    at_least: Annotated[float, Field(gt=0, lt=1)]


class All(Scheme):
    """Per drill and incident: all that applies was in time, or not; what was late is named."""

    method: Literal["all"]


AnyScheme = Points | Words | Bands | ShareOf | All
METHODS: dict[str, type[AnyScheme]] = {
    "points": Points,
    "words": Words,
    "bands": Bands,
    "share": ShareOf,
    "all": All,
}


def scheme_names() -> tuple[str, ...]:
    """Return the names of the shipped schemes."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_scheme(name: str | Path) -> AnyScheme:
    """Return a scheme, by the name of a shipped one or by the path of a file.

    Raises `UnusableInput` with every mistake in it, each with its line.
    """
    file = read_yaml(_path(name))
    method = file.data.get("method")
    if not isinstance(method, str) or method not in METHODS:
        expected = t("one of {words}", words=", ".join(METHODS))
        hint = did_you_mean(str(method), METHODS)
        raise UnusableInput([file.problem(("method",), expected, shown(method), hint)])
    scheme, problems = validate(METHODS[method], file.data, file)
    if scheme is not None:
        problems += _check(scheme, file)
    if problems or not isinstance(scheme, METHODS[method]):
        raise UnusableInput(problems)
    return scheme


def _path(name: str | Path) -> Path:
    names = scheme_names()
    expected = t("the path of a scheme of marks, or one of {names}", names=", ".join(names))
    return named(name, _SHIPPED, names, expected)


def marked(scheme: AnyScheme) -> Mapping[str, Mark | Word]:
    """Return what a scheme marks duty by duty: its marks or words, none for the others."""
    if isinstance(scheme, Points):
        return scheme.marks
    return scheme.words if isinstance(scheme, Words) else {}


def judged_words(scheme: AnyScheme) -> tuple[str, ...]:
    """Return what a person may give under a scheme: its judged marks, words and classes."""
    given = tuple(name for name, mark in marked(scheme).items() if mark.judged)
    return given + (tuple(scheme.classes) if isinstance(scheme, Points) else ())


def _check(scheme: AnyScheme, file: YamlFile) -> list[Problem]:
    """Return the mistakes that types alone do not show."""
    problems = list(_pattern(scheme.counts, ("counts",), file))
    section = "marks" if isinstance(scheme, Points) else "words"
    for name, mark in marked(scheme).items():
        at = (section, name)
        if (mark.when is None) == (not mark.judged):
            expected = t("either when or judged: true")
            problems.append(file.problem(at, expected, t("both or none")))
        if isinstance(mark, Mark):
            given = [x for x in (mark.points, mark.part, mark.from_total) if x is not None]
            if len(given) != 1:
                expected = t("one of points, part, from_total")
                problems.append(file.problem(at, expected, str(len(given))))
        problems += _pattern(mark.when or {}, (*at, "when"), file)
    if isinstance(scheme, Points):
        problems += _classes(scheme, file)
    if isinstance(scheme, Bands) and min(band.at_least for band in scheme.bands.values()) > 0:
        problems.append(file.problem(("bands",), t("a band from 0 on"), t("none")))
    return sorted(problems, key=lambda problem: problem.line)


def _classes(scheme: Points, file: YamlFile) -> Iterator[Problem]:
    if scheme.base not in ("", *scheme.classes) or bool(scheme.base) != bool(scheme.classes):
        expected = t("one of {words}", words=", ".join(scheme.classes) or t("no classes"))
        hint = did_you_mean(scheme.base, scheme.classes)
        yield file.problem(("base",), expected, shown(scheme.base), hint)
    for name in scheme.classes:
        if name in scheme.marks:
            yield file.problem(("classes", name), t("another name than a mark's"), name)


def _pattern(pattern: Pattern, at: tuple[str, ...], file: YamlFile) -> Iterator[Problem]:
    for column, condition in pattern.items():
        path = (*at, column)
        if column not in COLUMNS:
            expected = t("a column of the verdict table")
            yield file.problem(path, expected, shown(column), did_you_mean(column, COLUMNS))
        elif condition.relational or (condition.compare and not column.endswith("_s")):
            expected = t("a value, a list, nonempty; compare on columns of seconds")
            yield file.problem(path, expected, column)
        elif column == "verdict":
            known = list(vocabulary("verdict"))
            for word in condition.among or ():
                if str(word) not in VERDICTS:
                    expected = t("one of {words}: all others are not scored", words="met, late")
                    yield file.problem(path, expected, shown(word), did_you_mean(str(word), known))
