"""The words of a list: what bodies, channels, kinds and figures are called, and what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sim.errors import did_you_mean
from sim.files.cells import comparable, number
from sim.scenario import Scenario
from sim.scenario.incidents import COMMS_CHECK
from sim.scenario.load import ACTORS
from sim.texts import LANGUAGES, vocabulary

BETWEEN = re.compile(r"\s*[、;；\n]\s*")
"""What stands between the entries of a cell."""


class NoWord(ValueError):
    """A word that means nothing here; `hint` is what was probably meant."""

    def __init__(self, word: str, hint: str = ""):
        self.hint = hint
        super().__init__(word)


class Words:
    """One closed list: `labels` key -> what it is called, in `zh` or `en`.

    A name that two keys share says nothing; then the key is used.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], lang: str):
        at = LANGUAGES.index(lang)
        all_names = {key: tuple(given) for key, given in names.items()}
        meant: dict[str, set[str]] = {}
        for key, given in all_names.items():
            for name in {comparable(one) for one in given}:
                meant.setdefault(name, set()).add(key)
        self._meant = {name: min(keys) for name, keys in meant.items() if len(keys) == 1}
        self._meant |= {comparable(key): key for key in all_names}
        self.labels = {
            key: given[at] if self._meant.get(comparable(given[at])) == key else key
            for key, given in all_names.items()
            if not BETWEEN.search(given[at])
        }

    def said(self, key: str) -> str:
        """Return what a key is called."""
        return self.labels.get(key, key)

    def meant(self, word: str) -> str:
        """Return the key that a word means; raises `NoWord`."""
        found = self._meant.get(comparable(word))
        if found is None:
            close = did_you_mean(comparable(word), self._meant)
            raise NoWord(word, self.said(self._meant[close]) if close else "")
        return found


def actors(scenario: Scenario, lang: str, *more: str) -> Words:
    """Return everybody who may be told something; `more`: `superior`."""
    found = {
        key: (thing.title(key, "zh"), thing.title(key, "en"))
        for section in ACTORS
        for key, thing in getattr(scenario, section).items()
    }
    if more:
        found["superior"] = ("上级", "superior")
    return Words(found, lang)


def channels(scenario: Scenario, lang: str) -> Words:
    """Return the channels of a scenario, else the usual ones."""
    found = dict(vocabulary("channel"))
    for key, channel in scenario.channels.items():
        usual = found.get(key, (key, key))
        found[key] = (channel.title(usual[0], "zh"), channel.title(usual[1], "en"))
    return Words(found, lang)


def kinds(lang: str) -> Words:
    """Return the kinds of inject: kinds of reports, and what control does besides."""
    checks = {COMMS_CHECK: vocabulary("activity")[COMMS_CHECK]}
    return Words({**vocabulary("report"), **vocabulary("inject"), **checks}, lang)


def incidents(scenario: Scenario, lang: str) -> Words:
    """Return the incidents of a scenario."""
    return Words(
        {k: (i.title(k, "zh"), i.title(k, "en")) for k, i in scenario.incidents.items()}, lang
    )


def figures_text(fields: Mapping[str, float], lang: str) -> str:
    """Return figures as `被困 13；死亡 1`."""
    names = Words(vocabulary("field"), lang)
    mark = "；" if lang == "zh" else "; "
    return mark.join(f"{names.said(name)} {value:g}" for name, value in fields.items())


def figures_in(text: str, lang: str) -> dict[str, float]:
    """Return the figures that a text names; raises `NoWord` with the part that does not."""
    names = Words(vocabulary("field"), lang)
    found: dict[str, float] = {}
    for part in filter(None, re.split(r"\s*[;；、\n]\s*", text)):
        match = re.fullmatch(r"(.*?)\s*[:：=]?\s*([-0-9.,０-９．]+)\s*[人名]?", part)
        value = number(match[2]) if match else None
        if match is None or value is None:
            raise NoWord(part)
        plain = float(value)
        found[names.meant(match[1])] = int(plain) if plain.is_integer() else plain
    return found


def entries(text: str) -> list[str]:
    """Return the entries of a cell."""
    return [part for part in BETWEEN.split(text.strip()) if part]


def joined(words: Iterable[str], lang: str) -> str:
    """Return words as the entries of a cell."""
    return ("、" if lang == "zh" else "; ").join(words)


def in_cell(text: str) -> str:
    """Return a text as a cell gives it back: without spaces around it, lines end by a line feed."""
    return text.replace("\r\n", "\n").strip()
