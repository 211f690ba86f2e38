"""Verdicts under many combinations as few lines: each says which choices lead to which verdict.

The lines are the paths of a tree that asks one question after the other, first the one that
parts the verdicts best; choices that make no difference there stand together.  So every
combination falls under exactly one line, and a question that changes nothing stands in none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.rules.decide import NOTHING
from sim.rules.questions import Question
from sim.rules.space import Space

Choices = dict[str, tuple[str, ...]]
"""Question -> the choices that it may have."""


class Line(NamedTuple):
    """One line: under `choices` the verdict is this, by margins from `least` to `most` seconds.

    `combinations` of the questions that change the verdict fall under it; `own` if those that
    count for the pack do.
    """

    verdict: str
    least: int | None
    most: int | None
    choices: Choices
    combinations: int
    own: bool


class Flip(NamedTuple):
    """A smallest set of choices, other than those that count, that leads to another verdict."""

    verdict: str
    choices: dict[str, str]


def telling(space: Space) -> Space:
    """Return a space without the questions that nowhere change the verdict.

    `margins` get two layers in front: the least and the most over what was left out.
    """
    verdicts = space.verdicts
    keep = [k for k in range(verdicts.ndim) if (verdicts != np.take(verdicts, [0], axis=k)).any()]
    drop = tuple(k for k in range(verdicts.ndim) if k not in keep)
    known = space.margins != NOTHING
    least = np.where(known, space.margins, np.iinfo("int64").max).min(axis=drop)
    most = np.where(known, space.margins, np.iinfo("int64").min).max(axis=drop)
    return Space(
        tuple(space.questions[k] for k in keep),
        verdicts[tuple(slice(None) if k in keep else 0 for k in range(verdicts.ndim))],
        np.stack([least, most]),
        space.words,
        space.recipient,
        space.tried,
    )


def lines(space: Space) -> list[Line]:
    """Return the lines of a space that `telling` has made, the one that counts first."""
    axes = tuple(np.arange(len(q.choices)) for q in space.questions)
    found = list(_lines(space, axes, {}))
    return sorted(found, key=lambda line: (not line.own, len(line.choices)))


def _lines(space: Space, axes: tuple[np.ndarray, ...], said: dict[int, None]) -> Iterator[Line]:
    part = space.verdicts[np.ix_(*axes)] if axes else space.verdicts
    if (part == part.flat[0]).all():
        yield _line(space, axes, part, said)
        return
    groups, k = min(
        ((_groups(part, k), k) for k in range(part.ndim)),
        key=lambda item: (_mixed(part, item[1], item[0]), len(item[0]), item[1]),
    )
    for group in groups:
        chosen = (*axes[:k], axes[k][group], *axes[k + 1 :])
        yield from _lines(space, chosen, {**said, k: None})


def _line(
    space: Space, axes: tuple[np.ndarray, ...], part: np.ndarray, said: dict[int, None]
) -> Line:
    margins = space.margins[np.ix_(np.arange(2), *axes)]
    low, high = int(margins[0].min()), int(margins[1].max())
    choices = {
        space.questions[k].name: tuple(space.questions[k].choices[i] for i in axes[k])
        for k in said
        if len(axes[k]) < len(space.questions[k].choices)
    }
    least, most = (low, high) if low <= high else (None, None)
    verdict = space.words[int(part.flat[0])]
    own = all(0 in axis for axis in axes)
    return Line(verdict, least, most, choices, part.size, own)


def _groups(part: np.ndarray, axis: int) -> list[list[int]]:
    """Return the choices of a question, those together under which everything is the same."""
    found: dict[bytes, list[int]] = {}
    for i in range(part.shape[axis]):
        found.setdefault(np.take(part, i, axis=axis).tobytes(), []).append(i)
    return list(found.values())


def _mixed(part: np.ndarray, axis: int, groups: list[list[int]]) -> float:
    """Return how mixed the verdicts still are after a question (Gini), 2 where it parts nothing."""
    if len(groups) == 1:
        return 2.0
    total = 0.0
    for group in groups:
        _, counts = np.unique(np.take(part, group, axis=axis), return_counts=True)
        size = counts.sum()
        total += size / part.size * (1.0 - float(((counts / size) ** 2).sum()))
    return total


def flips(space: Space) -> list[Flip]:
    """Return every smallest set of choices that leads to each verdict other than the pack's."""
    steps = np.zeros(space.verdicts.shape, dtype=int)
    for axis in np.indices(space.verdicts.shape):
        steps += axis > 0
    found = []
    for number, word in enumerate(space.words):
        there = space.verdicts == number
        if not there.any() or there.flat[0]:
            continue
        fewest = steps[there].min()
        for at in zip(*np.nonzero(there & (steps == fewest)), strict=True):
            asked: Iterator[tuple[Question, int]] = zip(space.questions, map(int, at), strict=True)
            found.append(Flip(word, {q.name: q.choices[i] for q, i in asked if i}))
    return found


def merged(found: list[Flip]) -> list[tuple[str, Choices]]:
    """Return flips with those of one verdict and the same questions put together, if complete.

    `start=occur` and `start=receive` become one: `start=occur|receive`.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[dict[str, str]]] = {}
    for flip in found:
        groups.setdefault((flip.verdict, tuple(flip.choices)), []).append(flip.choices)
    out: list[tuple[str, Choices]] = []
    for (verdict, names), sets in groups.items():
        every = {name: tuple(dict.fromkeys(s[name] for s in sets)) for name in names}
        if len(list(itertools.product(*every.values()))) == len(sets):
            out.append((verdict, every))
        else:
            out += [(verdict, {name: (s[name],) for name in names}) for s in sets]
    return out
