"""Comparisons for guards: `">= III"`, `"!= flood"`, `3`, `true`, `[fire, explosion]`.

Grades compare by severity: I > II > III > IV, so `">= III"` means III or worse.  Numbers
compare numerically, levels of a warning red > orange > yellow > blue > lifted, other words only for
being equal.  What an actor has not been told
(`None` or an empty text) holds for no comparison, `!=` included: nobody acts on what he
does not know.  A list holds where one of its entries does.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sim.scenario.units import unfit
from sim.texts import t

Operand = bool | float | str
SCALES = (("IV", "III", "II", "I"), ("lifted", "blue", "yellow", "orange", "red"))
"""Grades and levels of a warning, each from mild to grave; one never compares with the other."""
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_TEXT = re.compile(r"\s*(>=|<=|==|!=|>|<)?\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Compare:
    """`sign` and what is compared with: one operand, or several of which one must hold."""

    sign: str
    operands: tuple[Operand, ...]

    def holds(self, value: object) -> bool:
        """Return whether `value` (a number, a word, a grade, a bool or `None`) fits."""
        if value is None or value == "" or value != value:
            return False
        return any(_fits(self.sign, value, operand) for operand in self.operands)

    def __str__(self) -> str:
        if len(self.operands) > 1:
            return "[" + ", ".join(map(str, self.operands)) + "]"
        return f"{self.sign} {self.operands[0]}"


def _fits(sign: str, value: Any, operand: Operand) -> bool:
    compare = _SIGNS[sign]
    if isinstance(operand, str):
        if sign in ("==", "!="):
            return compare(str(value), operand)
        scale = _scale(operand)
        return value in scale and compare(scale.index(value), scale.index(operand))
    if isinstance(operand, bool) or isinstance(value, bool):
        return (
            compare(value is True, operand is True)
            if type(value) is type(operand)
            else sign == "!="
        )
    number = _number(value)
    return sign == "!=" if number is None else compare(number, operand)


def _scale(word: object) -> tuple[str, ...]:
    """Return the scale that a word belongs to, empty if it has none."""
    return next((scale for scale in SCALES if word in scale), ())


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _parse(value: Any) -> Compare:
    if isinstance(value, Compare):
        return value
    if isinstance(value, list):
        if not value or not all(isinstance(entry, (str, int, float)) for entry in value):
            raise unfit(t("a list of words or numbers"))
        return Compare("==", tuple(_operand(entry) for entry in value))
    if not isinstance(value, (str, int, float)):
        raise unfit(t('a comparison such as ">= III", a word, a number or a list'))
    if not isinstance(value, str):
        return Compare("==", (value,))
    sign, rest = _TEXT.fullmatch(value).groups()  # type: ignore[union-attr]
    operand = _operand(rest)
    if rest == "" or (
        sign in (">=", "<=", ">", "<") and isinstance(operand, str | bool) and not _scale(operand)
    ):
        raise unfit(t('a comparison such as ">= III" or "< 10"'))
    return Compare(sign or "==", (operand,))


def _operand(value: bool | float | str) -> Operand:
    if not isinstance(value, str):
        return value
    number = _number(value) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) else None
    return value if number is None else number


_ONE = {"type": ["string", "number", "boolean"]}
Comparison = Annotated[
    Compare,
    PlainValidator(_parse),
    WithJsonSchema({"anyOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1}]}),
]
"""The type of a guard's entry."""
