"""A rule in words: who owes what to whom, from when, how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.texts import label, t
from sim.texts.lengths import limit


def parties(rule: Any) -> str:
    """Return `owner → recipient` by their roles."""
    text = _who(rule.owner)
    if isinstance(rule.recipient, str):
        return f"{text} → {t('his superior')}"
    if rule.recipient is not None:
        return f"{text} → {_who(rule.recipient)}"
    return text


def _who(who: Any) -> str:
    if isinstance(who, str):  # a duty of nobody in particular
        return t("anybody")
    return "/".join(label("role", role) for role in who.role)


def from_when(rule: Any, pack: Any) -> str:
    """Return what starts the clock: a reading, or what is done; a dash where nothing does."""
    if rule.kind == "supplement":
        return t("change learned of")
    if rule.kind not in ("deadline", "presence"):
        return "—"
    if rule.start == "readings":
        return label("reading", pack.score_anchor)
    if isinstance(rule.start, str):
        return label("reading", rule.start)
    return _pattern(rule.start)


def _pattern(pattern: Mapping[str, Any]) -> str:
    """Return the acts that a pattern is about, with the grades or levels that it names."""
    activity = pattern.get("activity")
    words = [label("activity", str(word)) for word in (activity.among or ())] if activity else []
    text = "/".join(words) or t("a row of the record")
    for column in ("grade", "level"):
        named = pattern[column].among if column in pattern else None
        if named:
            text += f" ({'/'.join(map(str, named))})"
    return text


def how_long(rule: Any) -> str:
    """Return the limit; where there is none, the guide value, or the kind of rule."""
    if rule.every is not None:
        if rule.at:
            return t("daily by {times}", times=t(", ").join(rule.at))
        return t("every {time}", time=limit(rule.every))
    if isinstance(rule.limit, int):
        return limit(rule.limit)
    if rule.limit is not None:
        return t("as recorded ({column})", column=rule.limit)
    word = label("rule", rule.kind)
    if rule.kind == "deadline":
        word = t("no number")
    if rule.within is not None:
        return t("{word}, {n} months", word=word, n=rule.within)
    if rule.soft is not None:
        return t("{word}; guide {time}", word=word, time=limit(rule.soft))
    return word


def grade_words(rule: Any) -> str:
    """Return the grades for which a rule applies."""
    if not rule.grades:
        return t("all")
    words = [t("not graded") if grade == "unknown" else grade for grade in rule.grades]
    return t(", ").join(words)
