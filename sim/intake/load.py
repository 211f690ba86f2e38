"""Reading mapping files: every mistake with its line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.intake.mapping import Mapping, Organisation, Span
from sim.intake.times import instant
from sim.log.schema import BY_NAME, NAMES
from sim.texts import t, vocabulary

OURS = ("row", "seq", "case", "source", "cause", "held_by", "time_wall", "time_written")
"""Columns of the record that an import fills itself."""
FIELDS = tuple(name for name in NAMES if name not in OURS)
Path_ = tuple[str | int, ...]


def load_mapping(path: str | Path) -> Mapping:
    """Return the mapping in a YAML file; raises `UnusableInput` with every mistake."""
    file = read_yaml(path)
    mapping, problems = validate(Mapping, file.data, file)
    if mapping is not None:
        problems = list(check(mapping, file))
    if problems:
        raise UnusableInput(problems)
    assert isinstance(mapping, Mapping)
    return mapping


def check(mapping: Mapping, file: YamlFile) -> Iterator[Problem]:
    """Yield what types alone do not show."""
    yield from _columns(mapping, file)
    for name, word in mapping.constants.items():
        yield from _field(name, word, ("constants", name), file)
        if name in BY_NAME and BY_NAME[name].kind == "time":
            yield file.problem(("constants", name), t("a column of the file for times"), word)
    for column, fields in mapping.events.items():
        for name, word in fields.items():
            yield from _field(name, word, ("events", column, name), file)
    for name, words in mapping.words.items():
        yield from _words(name, words, file)
    yield from _keeper(mapping, file)
    yield from _directory(mapping, file)
    yield from _times(mapping, file)
    form = mapping.source
    if form.encoding is not None:
        try:
            codecs.lookup(form.encoding)
        except LookupError:
            expected = t("an encoding such as utf-8, gb18030 or utf-16")
            yield file.problem(("source", "encoding"), expected, shown(form.encoding))
    if form.format == "lines" and form.pattern is None:
        yield file.problem(("source",), t("the key {key}", key="pattern"), t("nothing"))
    if form.pattern is not None and form.continues not in (None, *form.pattern.groupindex):
        expected = t("one of the groups {names}", names=", ".join(form.pattern.groupindex))
        yield file.problem(("source", "continues"), expected, shown(form.continues))


def _columns(mapping: Mapping, file: YamlFile) -> Iterator[Problem]:
    filled: dict[str, str] = {}
    for column, names in mapping.columns.items():
        for name in names:
            yield from _field(name, None, ("columns", column), file)
            if name in filled:
                expected = t("one column for {column}", column=name)
                received = f"{filled[name]}, {column}"
                yield file.problem(("columns", column), expected, received)
            filled[name] = column
    named = {*filled, *mapping.constants}
    if mapping.events:
        if "time" in filled:
            expected = t("no column for time beside events, which name their own")
            yield file.problem(("columns", filled["time"]), expected, "time")
        for column, fields in mapping.events.items():
            if "activity" not in {*fields, *named}:
                expected = t("the key {key}", key="activity")
                yield file.problem(("events", column), expected, t("nothing"))
        return
    for name, others in (("time", ("time_lo", "time_hi")), ("activity", ())):
        there = {*filled} if name == "time" else named
        if not there & {name, *others}:
            expected = t("a column of the file for {column}", column=name)
            yield file.problem(("columns",), expected, t("nothing"))


def _field(name: str, word: str | None, at: Path_, file: YamlFile) -> Iterator[Problem]:
    """Report a name that is no column of the record, a word that its column does not know."""
    if name not in FIELDS:
        expected = t("a column of the record: {names}", names=", ".join(FIELDS))
        hint = "" if name in OURS else did_you_mean(name, FIELDS)
        yield file.problem(at, expected, shown(name), hint)
    elif word and BY_NAME[name].words:
        known = vocabulary(BY_NAME[name].words)
        if word not in known:
            expected = t("a word of the list of {kind}", kind=BY_NAME[name].words)
            yield file.problem(at, expected, shown(word), meant(word, BY_NAME[name].words))


def _keeper(mapping: Mapping, file: YamlFile) -> Iterator[Problem]:
    """Report a keeper that neither the directory nor the words for actors know."""
    name = mapping.constants.get("keeper")
    ids = {*mapping.organisations}
    for column in ("actor", "recipient"):
        ids |= {one for one in mapping.words.get(column, {}).values() if isinstance(one, str)}
    if name and mapping.organisations and name not in ids:
        known = {w: one for one, entry in mapping.organisations.items() for w in entry.words}
        hint = known.get(name) or did_you_mean(name, mapping.organisations)
        expected = t("an entry of organisations")
        yield file.problem(("constants", "keeper"), expected, shown(name), hint)


def _words(name: str, words: object, file: YamlFile) -> Iterator[Problem]:
    assert isinstance(words, dict)
    at: Path_ = ("words", name)
    yield from _field(name, None, at, file)
    for word, meaning in words.items():
        fields = {name: meaning} if isinstance(meaning, str) else meaning
        for key, value in fields.items():
            inside = () if isinstance(meaning, str) else (key,)
            yield from _field(key, value, (*at, word, *inside), file)


def _directory(mapping: Mapping, file: YamlFile) -> Iterator[Problem]:
    known = vocabulary("role")
    words: dict[str, str] = {}
    for name, entry in mapping.organisations.items():
        at: Path_ = ("organisations", name)
        if entry.role not in known:
            expected = t("one of {words}", words=", ".join(known))
            yield file.problem(
                (*at, "role"), expected, shown(entry.role), meant(entry.role, "role")
            )
        yield from _entry(name, entry, file)
        if entry.superior and entry.superior not in mapping.organisations:
            expected = t("another entry of organisations")
            hint = did_you_mean(entry.superior, mapping.organisations)
            yield file.problem((*at, "superior"), expected, shown(entry.superior), hint)
        for word in entry.words:
            if words.get(word, name) != name:
                expected = t("a word for one organisation only")
                yield file.problem((*at, "words"), expected, f"{word}: {words[word]}, {name}")
            words[word] = name


def _entry(name: str, entry: Organisation, file: YamlFile) -> Iterator[Problem]:
    """Report a kind of team beside another role, and what cannot stand at a regular expression."""
    at: Path_ = ("organisations", name)
    known = vocabulary("team")
    if entry.team_kind and entry.role != "team":
        expected = t("role: team beside team_kind")
        yield file.problem((*at, "team_kind"), expected, shown(entry.role))
    elif entry.team_kind and entry.team_kind not in known:
        expected = t("one of {words}", words=", ".join(known))
        hint = meant(entry.team_kind, "team")
        yield file.problem((*at, "team_kind"), expected, shown(entry.team_kind), hint)
    if not name.startswith("~"):
        return
    if not _is_pattern(name[1:]):
        yield file.problem(at, t("a regular expression"), shown(name))
    for key, value in (("words", entry.words), ("name", entry.name)):
        if value:
            expected = t("no {key} beside a regular expression", key=key)
            yield file.problem((*at, key), expected, shown(value))


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _times(mapping: Mapping, file: YamlFile) -> Iterator[Problem]:
    expected = t("a time such as 2026-07-01T08:05+08:00 (without offset: in time.zone)")
    spans = mapping.complete if isinstance(mapping.complete, list) else [mapping.complete]
    for k, span in enumerate(spans):
        at: Path_ = ("complete", k) if isinstance(mapping.complete, list) else ("complete",)
        if isinstance(span, Span):
            for key, text in (("until", span.until), ("since", span.since)):
                if text not in (None, "last") and instant(str(text), mapping.time) is None:
                    yield file.problem((*at, key), expected, shown(text))
    before = None
    for k, tick in enumerate(mapping.time.clock):
        for key, text in (("wall", tick.wall), ("exercise", tick.exercise)):
            if instant(text, mapping.time) is None:
                yield file.problem(("time", "clock", k, key), expected, shown(text))
        wall = instant(tick.wall, mapping.time)
        if before is not None and wall is not None and wall[0] <= before:
            later = t("a later time than in the entry before")
            yield file.problem(("time", "clock", k, "wall"), later, shown(tick.wall))
        before = wall[0] if wall else before


def meant(word: str, kind: str) -> str:
    """Return the word of a closed list whose label, or nearly whose name, this is."""
    known = vocabulary(kind)
    labels = {label: one for one, pair in known.items() for label in pair}
    return labels.get(word) or did_you_mean(word, known)
