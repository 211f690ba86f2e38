"""What can be chosen in forms: scenarios of the library, real cases, packs, schemes, targets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.files.shipped import shipped
from sim.jobs.inputs import DEFAULT_PACK
from sim.scenario import Card, cards
from sim.texts import LANGUAGES, language


@dataclass(frozen=True)
class Choice:
    """One choice: its `id` and its title in both languages."""

    id: str
    zh: str
    en: str

    @property
    def title(self) -> str:
        """The title in the language in force."""
        return (self.zh, self.en)[LANGUAGES.index(language())]


@cache
def library() -> dict[str, Path]:
    """Return the shipped scenarios by name."""
    folder = shipped("scenarios")
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}


@cache
def shelf() -> list[Card]:
    """Return the cards of the shipped scenarios: class, grade, when, and what each trains."""
    folder = shipped("scenarios")
    return cards(folder) if folder else []


@cache
def scenarios() -> list[Choice]:
    """Return the shipped scenarios with their titles."""
    return [Choice(c.id, *(getattr(c.name, lang, c.id) for lang in LANGUAGES)) for c in shelf()]


@cache
def real_cases() -> dict[str, Path]:
    """Return the shipped real cases by name."""
    folder = shipped("scenarios")
    found = sorted(folder.glob("real/*/events.csv")) if folder else []
    return {path.parent.name: path for path in found}


@cache
def incidents() -> list[Choice]:
    """Return the shipped real cases with their titles."""
    from sim.rules import load_finding

    found = []
    for name, path in real_cases().items():
        title = load_finding(path.with_name("finding.yaml")).title
        found.append(Choice(name, title.zh, title.en or title.zh))
    return found


@cache
def packs() -> list[Choice]:
    """Return the rule packs, the default first."""
    from sim.rules import load_pack, pack_names

    names = sorted(pack_names(), key=lambda name: (name != DEFAULT_PACK, name))
    return [Choice(name, load_pack(name).title.zh, load_pack(name).title.en) for name in names]


@cache
def schemes() -> list[Choice]:
    """Return the schemes of marks."""
    from sim.rules.scheme import load_scheme, scheme_names

    found = ((name, load_scheme(name).title) for name in scheme_names())
    return [Choice(name, title.zh, title.en) for name, title in found]


@cache
def targets() -> list[Choice]:
    """Return the packs of targets."""
    from sim.targets import load_targets, target_names

    found = ((name, load_targets(name).title) for name in target_names())
    return [Choice(name, title.zh, title.en) for name, title in found]


def known(word: str, choices: list[Choice]) -> str:
    """Return the id that was chosen, empty where it is none of the choices."""
    return word if any(one.id == word for one in choices) else ""


def warm() -> None:
    """Read everything once, so that the first form answers at once."""
    for read in (scenarios, incidents, packs, schemes, targets):
        read()
