"""What evaluators judged, in words: beside the verdicts, never mixed into them, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.files.cells import comparable
from sim.intake.ratings import By, Rating, Ratings, form
from sim.texts import t

UNSEEN = "unobserved"


class JudgedLine(NamedTuple):
    """One evaluator's rating of one item."""

    number: str
    item: str
    word: str
    seen: str
    who: str


class JudgedPart(NamedTuple):
    """One framework: its title, the sums and where evaluators differ, the ratings."""

    key: str
    title: str
    sums: str
    lines: list[JudgedLine]


class RemarkLine(NamedTuple):
    """One remark."""

    seen: str
    clause: str
    time: str
    who: str


def judged_parts(found: Ratings, persons: bool = True) -> list[JudgedPart]:
    """Return the frameworks that somebody used, in the language in force.

    `persons`: evaluators go by their pseudonyms, else by numbers.  What was not observed is
    counted and, without a text, not listed.
    """
    names = _names(found, persons)
    parts = []
    for key, framework in form().frameworks.items():
        own = [one for one in found.ratings if one.framework == key]
        scale = form().scales[framework.scale]
        lines = [
            JudgedLine(
                *(one.number, _called(one), str(scale[one.word]) if one.word else "—"),
                *(one.seen, who(one.by, names)),
            )
            for one in _in_order(own)
            if one.seen or one.word != UNSEEN
        ]
        if own:
            parts.append(JudgedPart(key, str(framework.title), _sums(own, framework.scale), lines))
    return parts


def remark_parts(found: Ratings, persons: bool = True) -> list[tuple[str, str, list[RemarkLine]]]:
    """Return (kind, title, remarks) of the kinds of which there are any."""
    names = _names(found, persons)
    titles = {
        "strength": t("Strengths seen by evaluators"),
        "improve": t("Areas to improve seen by evaluators"),
    }
    parts = []
    for kind, title in titles.items():
        lines = [
            RemarkLine(one.seen, one.clause, one.time, who(one.by, names))
            for one in found.remarks
            if one.kind == kind
        ]
        if lines:
            parts.append((kind, title, lines))
    return parts


def ratings_text(found: Ratings) -> str:
    """Return it all for the console."""
    lines = [t("Evaluators' judgements (persons' words, no part of the verdicts):")]
    for part in judged_parts(found):
        lines.append(f"  {part.title}{t(': ')}{part.sums}")
        lines += ["    " + "  ".join(filter(None, line)) for line in part.lines]
    for _, title, remarks in remark_parts(found):
        lines.append(f"  {title}{t(': ')}")
        for line in remarks:
            about = t(", ").join(filter(None, (line.clause, line.time, line.who)))
            lines += [f"    {line.seen}", f"      {about}"]
    return "\n".join(lines)


def who(by: By, names: dict[str, str]) -> str:
    """Return who judged: name or number, post and case where they are known."""
    about = t(", ").join(filter(None, (by.post, by.case)))
    name = names[by.evaluator]
    return t("{name} ({about})", name=name, about=about) if about else name


def _names(found: Ratings, persons: bool) -> dict[str, str]:
    """Return pseudonym -> what it is called in the report."""
    written = [*(one.by for one in found.ratings), *(one.by for one in found.remarks)]
    known = dict.fromkeys(by.evaluator for by in written)
    numbers = {name: t("evaluator {n}", n=n) for n, name in enumerate(known, start=1)}
    return {name: name for name in known} if persons else numbers


def _in_order(own: Sequence[Rating]) -> list[Rating]:
    """Return ratings item by item, as the items come first."""
    place: dict[str, int] = {}
    for one in own:
        place.setdefault(_item(one), len(place))
    return sorted(own, key=lambda one: (_printed(one), place[_item(one)]))


def _printed(one: Rating) -> int:
    """Return the place of a printed item; those that evaluators wrote come behind."""
    items = list(form().frameworks[one.framework].items)
    return items.index(one.number) if one.number in items else len(items)


def _called(one: Rating) -> str:
    """Return a printed item in the language in force, else what the evaluator wrote."""
    printed = form().frameworks[one.framework].items.get(one.number)
    return str(printed.text) if printed is not None else one.item


def _item(one: Rating) -> str:
    return comparable(one.number or one.item)


def _sums(own: Sequence[Rating], scale: str) -> str:
    """Return `excellent 2, not observed 1; evaluators differ on 1, 4`."""
    said = [one.word for one in own]
    counted = [f"{words} {said.count(w)}" for w, words in form().scales[scale].items() if w in said]
    text = t(", ").join(counted)
    words: dict[str, set[str]] = {}
    for one in own:
        if one.word not in ("", UNSEEN):
            words.setdefault(one.number or one.item, set()).add(one.word)
    apart = [item for item, found in words.items() if len(found) > 1]
    if apart:
        text += t("; evaluators differ on {items}", items=t(", ").join(apart))
    return text
