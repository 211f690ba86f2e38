"""One inject as the cells of a row, and back: which cell holds which part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.errors import did_you_mean, shown
from sim.exercise import words
from sim.exercise.flow import NoFlow, read_flow
from sim.exercise.times import duration_text
from sim.exercise.words import NoWord, Words
from sim.files.units import QuantityError, duration_seconds
from sim.intake.durations import seconds_in
from sim.scenario import Scenario
from sim.scenario.incidents import Inject
from sim.texts import in_language, t, vocabulary

Parts = dict[tuple[str, ...], Any]
"""Path inside an inject, such as `("expect", "within")` -> its value as a file writes it."""
PATHS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "kind": ("kind",),
    "channel": ("channel",),
    "from": ("from",),
    "to": ("to",),
    "expected": ("expect", "text"),
    "within": ("expect", "within"),
    "tests": ("tests",),
    "controller": ("controller",),
    "watch": ("watch",),
    "contingency": ("contingency",),
    "situation": ("script", "situation"),
    "who": ("expect", "who"),
    "dialogue": ("script", "dialogue"),
    "screen": ("script", "screen"),
    "narration": ("script", "narration"),
    "name": ("name",),
    "incident": ("incident",),
    "figures": ("fields",),
    "does": ("expect", "does"),
    "reports": ("expect", "kind"),
    "informs": ("expect", "to"),
}
"""Column -> the part of an inject that it holds."""
NAMES = (
    *("text", "from", "expected", "controller", "watch", "contingency", "name"),
    *("situation", "dialogue", "screen", "narration"),
)
"""Columns with free text, which a scenario holds in two languages."""


class Wrong(NamedTuple):
    """A cell that cannot be read: its column, what was expected and received, what was meant."""

    column: str
    expected: str
    received: str
    hint: str = ""


class Desk:
    """What a list is written and read with: the words of a scenario in one language.

    `own` column -> word of the list -> word of the scenario, as a trainer's mapping says.
    """

    def __init__(
        self, scenario: Scenario, lang: str, own: Mapping[str, Mapping[str, str]] | None = None
    ):
        self.scenario, self.lang = scenario, lang
        self.own = own or {}
        reports = Words(vocabulary("report"), lang)
        self.lists: dict[str, Words] = {
            "to": words.actors(scenario, lang),
            "who": words.actors(scenario, lang),
            "informs": words.actors(scenario, lang, "superior"),
            "kind": words.kinds(lang),
            "channel": words.channels(scenario, lang),
            "incident": words.incidents(scenario, lang),
            "does": Words(vocabulary("activity"), lang),
            "reports": reports,
        }

    def says(self, column: str, value: Any) -> str:
        """Return the cell of a column for a value of a scenario; absent = empty."""
        if value is None or value == [] or value == {}:
            return ""
        if column in NAMES:
            return value if isinstance(value, str) else str(value[self.lang])
        if column in self.lists:
            listed = value if isinstance(value, list) else [value]
            return words.joined(map(self.lists[column].said, listed), self.lang)
        if column == "within":
            with in_language(self.lang):
                return long_duration(duration_seconds(value) if value else 0)
        if column == "figures":
            return words.figures_text(value, self.lang)
        mark = "；" if self.lang == "zh" else "; "
        return mark.join(map(str, value))

    def reads(self, column: str, text: str) -> Any:
        """Return the value that a cell holds, `None` for an empty one; raises `NoWord`."""
        text = self.own.get(column, {}).get(text, text)
        if not text:
            return None
        if column in NAMES:
            return text
        if column in self.lists:
            own = self.own.get(column, {})
            meant = [self.lists[column].meant(own.get(w, w)) for w in words.entries(text)]
            many = column == "reports" or (column in ("to", "who") and len(meant) > 1)
            if not many and len(meant) != 1:
                raise NoWord(text)
            return list(dict.fromkeys(meant)) if many else meant[0]
        if column == "within":
            seconds = seconds_in(text)
            if seconds is None:
                raise NoWord(text)
            return duration_text(seconds)
        if column == "figures":
            return words.figures_in(text, self.lang)
        return words.entries(text)

    def parts(self, texts: Mapping[str, str]) -> tuple[Parts, list[Wrong]]:
        """Return what a row's cells hold, by path, of the columns that it has; and mistakes."""
        parts: Parts = {}
        wrong = []
        for column, path in PATHS.items():
            if column not in texts:
                continue
            try:
                parts[path] = self.reads(column, texts[column])
            except NoWord as error:
                wrong.append(Wrong(column, self._expected(column), shown(str(error)), error.hint))
        try:
            more = flat(self._more(texts.get("more", "")))
        except NoFlow as error:
            return parts, [*wrong, Wrong("more", str(error), shown(texts["more"]))]
        for path, value in more.items():
            if parts.get(path) is not None and not same(path, value, parts[path], self.lang):
                expected = t("the same as in the other columns: {key}", key=".".join(path))
                wrong.append(Wrong("more", expected, shown(texts["more"])))
        return parts | more, wrong

    def _more(self, text: str) -> dict[str, Any]:
        found = read_flow(text) if text else {}
        known = [field.alias or name for name, field in Inject.model_fields.items()]
        for key in found:
            if key not in known:
                hint = did_you_mean(key, known)
                expected = t("keys of an inject: {keys}", keys=", ".join(known))
                raise NoFlow(f"{expected} ({hint}?)" if hint else expected)
        return found

    def _expected(self, column: str) -> str:
        texts = {
            "within": t("a duration such as 30 min"),
            "figures": t("figures such as trapped 13; dead 1"),
        }
        if column in self.lists:
            labels = list(dict.fromkeys(self.lists[column].labels.values()))
            more = ", …" if len(labels) > 20 else ""
            return t("one of {words}", words=", ".join(labels[:20]) + more)
        return texts[column]


def long_duration(seconds: int) -> str:
    """Return a duration in words of the language in force: `1 小时 30 分钟`, `1 h 30 min`."""
    words_ = duration_text(seconds).split(" ")
    units = {"d": t("{n} d"), "h": t("{n} h"), "min": t("{n} min"), "s": t("{n} s")}
    parts = zip(words_[::2], words_[1::2], strict=True)
    return " ".join(units[unit].format(n=number) for number, unit in parts)


def same(path: tuple[str, ...], old: Any, new: Any, lang: str) -> bool:
    """Return whether a list says of a part of an inject what the scenario says."""
    default = _DEFAULTS.get(path)
    old, new = (default if value in (None, [], {}) else value for value in (old, new))
    if isinstance(old, dict) and set(old) == {"zh", "en"}:
        old = old[lang]
    if path == ("expect", "within"):
        return bool(_seconds(old) == _seconds(new))
    if path in (("to",), ("expect", "who")):
        return bool(_listed(old) == _listed(new))
    return bool(old == new)


_DEFAULTS: dict[tuple[str, ...], Any] = {
    (name,): Inject.model_fields[name].default for name in ("kind", "channel")
}


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value] if value else []


def _seconds(value: Any) -> Any:
    try:
        return duration_seconds(value) if value else None
    except QuantityError:
        return value


def flat(raw: Mapping[str, Any]) -> Parts:
    """Return the parts of an inject by path, as deep as columns go."""
    found: Parts = {}
    for key, value in raw.items():
        if key in ("expect", "script") and isinstance(value, dict):
            found |= {(key, inner): below for inner, below in value.items()}
        else:
            found[(key,)] = value
    return found


def nested(parts: Parts) -> dict[str, Any]:
    """Return an inject from its parts; empty ones are left out."""
    found: dict[str, Any] = {}
    for path, value in parts.items():
        if value in (None, [], {}):
            continue
        holder = found if len(path) == 1 else found.setdefault(path[0], {})
        holder[path[-1]] = value
    order = [field.alias or name for name, field in Inject.model_fields.items()]
    return {key: found[key] for key in order if key in found}
