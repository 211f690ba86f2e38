"""What a rule of its kind needs, and what does not go with what it is counted per."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile
from sim.log.schema import FIELDS
from sim.rules.kinds import PER
from sim.rules.pack import Rule
from sim.texts import t

Path = tuple[str | int, ...]


def one_of(at: Path, word: str, known: Iterable[str], file: YamlFile) -> Iterator[Problem]:
    """Report a word that is none of the known ones."""
    if word not in known:
        expected = t("one of {words}", words=", ".join(known))
        yield file.problem(at, expected, shown(word), did_you_mean(word, known))


def scope_problems(rule: Rule, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report what does not go with what the rule is counted per."""
    if rule.per not in PER[rule.kind]:
        words = ", ".join(PER[rule.kind])
        expected = t("one of {words} for the kind {kind}", words=words, kind=rule.kind)
        yield file.problem((*at, "per"), expected, rule.per)
        return
    if rule.kind in ("deadline", "presence") and rule.per != "incident":
        for key in ("start", "end"):
            if isinstance(getattr(rule, key), str):
                expected = t("a pattern of rows, beside per: {per}", per=rule.per)
                yield file.problem((*at, key), expected, getattr(rule, key))
    if rule.per == "message" and rule.every is not None:
        yield file.problem((*at, "every"), t("no every beside per: message"), t("every"))
    for key in ("grades", "hazards"):
        if getattr(rule, key) and rule.per in ("case", "actor", "year"):
            expected = t(
                "no {key} beside per: {per}, which knows of no incident", key=key, per=rule.per
            )
            yield file.problem((*at, key), expected, ", ".join(getattr(rule, key)))


NEEDS: dict[str, tuple[str, ...]] = {
    "absence": ("of",),
    "sequence": ("steps",),
    "content": ("of", "need"),
    "consistency": ("of", "columns"),
    "coverage": ("of",),
    "period": ("of",),
    "register": ("of",),
    "supplement": ("columns",),
}
"""The keys without which a rule of a kind says nothing."""


def shape_problems(rule: Rule, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report what a rule of its kind lacks."""
    timed = (rule.limit, rule.limit_in, rule.soft, rule.every)
    if rule.kind == "deadline" and set(timed) == {None}:
        yield file.problem(at, t("a limit, or soft, or every"), t("none of them"))
    reported = rule.kind in ("deadline", "presence") and isinstance(rule.end, str)
    if reported and rule.recipient is None:
        yield file.problem(at, t("a recipient of the report"), t("none"))
    for key in NEEDS.get(rule.kind, ()):
        if not getattr(rule, key):
            yield file.problem(at, t("the key {key} for this kind of rule", key=key), t("none"))
    if rule.kind == "sequence" and len(rule.steps) == 1:
        yield file.problem((*at, "steps"), t("at least two steps"), t("one"))
    if rule.kind == "consistency" and len(rule.columns) not in (0, 2):
        yield file.problem((*at, "columns"), t("two columns to compare"), str(len(rule.columns)))
    if rule.kind == "supplement":
        for column in rule.columns:
            yield from one_of((*at, "columns"), column, FIELDS, file)
        if not isinstance(rule.end, str):
            yield file.problem((*at, "end"), t("acknowledged, received or sent"), t("a pattern"))
    if rule.kind == "register" and not (rule.with_ or rule.columns):
        yield file.problem(at, t("with, or columns"), t("none of them"))
    if rule.kind == "period" and (rule.within is None) == (rule.each is None):
        yield file.problem(at, t("either within or each"), t("both or none"))
