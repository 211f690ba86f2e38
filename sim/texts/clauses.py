"""Clauses of Chinese documents in the language in force."""

from __future__ import annotations

import re

from sim.texts import language

_DIGITS = {word: n for n, word in enumerate("〇一二三四五六七八九")} | {"零": 0}
_PARTS = {"条": "Art.", "款": "para.", "项": "item"}
_NAMED = {"序言": "Preamble", "国家总体预案": "National plan"}
_PART = re.compile(r"第([〇零一二三四五六七八九十百]+|[0-9]+)([条款项])")


def clause_words(clause: str) -> str:
    """Return a clause in the language in force: 第十条第二款 is `Art. 10 para. 2` in English."""
    if language() == "zh":
        return clause
    if clause in _NAMED:
        return _NAMED[clause]
    text = _PART.sub(lambda m: f" {_PARTS[m[2]]} {_ordinal(m[1])}", clause)
    return re.sub(r"\s*、\s*", ", ", text).strip()


def article(number: int) -> str:
    """Return an article of the directive, 1 to 99: 第十条, `Art. 10`."""
    return f"第{chinese(number)}条" if language() == "zh" else f"Art. {number}"


def chinese(number: int) -> str:
    """Return 0 to 99 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return text + (digits[ones] if ones or not tens else "")


def _ordinal(word: str) -> int:
    """Return a whole number below 1000 that is written in Chinese or in digits."""
    if word.isdigit() and word.isascii():
        return int(word)
    total, digit = 0, 0
    for sign in word:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
