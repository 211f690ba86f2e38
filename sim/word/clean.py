"""Texts of a record as they may stand in a document: no sign that commands, hides or breaks."""

from __future__ import annotations

import unicodedata

_SPACES = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " "})
_DROPPED = ("Cc", "Cs", "Co", "Cn")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows, so that a text reads otherwise than it is."""


def plain(text: str) -> str:
    """Return a text without control, private and turning signs; line ends become blanks.

    The document holds it as text (`w:t`) only, so that nothing in it is a field or a formula.
    """
    kept = str(text).translate(_SPACES)
    return "".join(
        sign for sign in kept if sign not in _TURNING and unicodedata.category(sign) not in _DROPPED
    )
