"""The board of an animation: one card an actor, from the region down to teams and depots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.texts import t

LEVELS = (
    ("state", "region_gov", "region_dept"),
    ("city_gov", "city_dept"),
    ("county_gov", "county_dept"),
    ("township_gov", "grassroots", "unit"),
    ("public", "press"),
    ("team", "military"),
    ("depot", "site"),
)
CARD, PITCH, LEAST_PITCH = 42.0, 58.0, 48.0
GUTTER, GAP = 46.0, 8.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Card:
    """One actor at (x, y), its upper left corner, in pixels; teams carry a number, others 0."""

    actor: str
    x: float
    y: float
    width: float
    number: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of the card."""
        return self.x + self.width / 2, self.y + CARD / 2


@dataclass(frozen=True)
class Board:
    """The cards by actor, the levels' words with their height, and who found no room."""

    cards: Mapping[str, Card]
    levels: list[tuple[str, float]]
    left_out: list[str]


def level_words() -> list[str]:
    """Return the words of `LEVELS`, and of actors without a role."""
    return [
        *(t("region"), t("city"), t("county"), t("local")),
        *(t("public"), t("teams"), t("supplies"), t("other actors")),
    ]


def _group(
    actors: Sequence[str], known: Sequence[int], role: Mapping[str, str], level: int
) -> list[str]:
    """Return the actors of a level, governments before departments."""
    here = [actor for actor, k in zip(actors, known, strict=True) if k == level]
    order = LEVELS[level] if level < len(LEVELS) else ()
    return sorted(here, key=lambda actor: order.index(role[actor]) if order else 0)


def lay_board(actors: Sequence[str], role: Mapping[str, str], box: Box) -> Board:
    """Return the cards of `actors` within `box` (left, top, width, height), a row a level.

    Rows stand as close, and cards as narrow, as they must.
    """
    left, top, width, height = box
    known = [
        next((k for k, roles in enumerate(LEVELS) if role.get(a) in roles), len(LEVELS))
        for a in actors
    ]
    numbers = {a: n for n, a in enumerate((a for a in actors if role.get(a) == "team"), start=1)}
    fewest = max(2, int((width - GUTTER) // 140))
    for columns in range(fewest, 3 * fewest):
        groups = [_group(actors, known, role, level) for level in range(len(LEVELS) + 1)]
        rows = sum(-(-len(group) // columns) for group in groups)
        if rows * LEAST_PITCH <= height:
            break
    pitch = max(LEAST_PITCH, min(PITCH, height / max(rows, 1)))
    wide = (width - GUTTER) / columns - GAP
    cards, levels, left_out, y = {}, [], [], top
    for words, group in zip(level_words(), groups, strict=True):
        if group and y + CARD <= top + height:
            levels.append((words, y + CARD / 2))
        for k, actor in enumerate(group):
            if k and k % columns == 0:
                y += pitch
            if y + CARD > top + height + 1:
                left_out.append(actor)
                continue
            x = left + GUTTER + (k % columns) * (wide + GAP)
            cards[actor] = Card(actor, x, y, wide, numbers.get(actor, 0))
        y += pitch if group else 0
    return Board(cards, levels, left_out)
