"""Texts that no spreadsheet takes for a formula: an apostrophe before their signs, and back.

Whoever opens a file of ours in a spreadsheet sees what was written and runs nothing of it.  A
number such as -5 or +8:30 is no formula and stays as it is.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[-+][\d.,:\s]*")


def harmless(text: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet might compute it."""
    return f"'{text}" if _risky(text) else text


def unguarded(text: str) -> str:
    """Return the text without the apostrophe that `harmless` put before it."""
    return text[1:] if text[:1] == "'" and _risky(text[1:]) else text


def harmless_column(values: np.ndarray) -> np.ndarray:
    """Return texts (an object array) as `harmless` does each; others stay."""
    return _each(values, harmless)


def unguarded_column(values: np.ndarray) -> np.ndarray:
    """Return texts (an object array) as `unguarded` does each."""
    return _each(values, unguarded)


def table_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV text, its headings and texts harmless, its numbers as they are."""
    columns = {harmless(str(name)): _texts(values) for name, values in table.items()}
    return str(pd.DataFrame(columns, index=table.index).to_csv(index=False, lineterminator="\n"))


def _texts(values: pd.Series) -> pd.Series:
    """Return a column with harmless texts; columns of numbers as they are."""
    if not (pd.api.types.is_string_dtype(values) or values.dtype == object):
        return values
    plain = values.astype(object)
    return pd.Series(harmless_column(plain.to_numpy()), index=values.index, dtype=object)


def _risky(text: str) -> bool:
    """Whether a text begins like a formula, whatever apostrophes stand before it already."""
    bare = text.lstrip("'")
    return bare.startswith(_SIGNS) and not _NUMBER.fullmatch(bare)


def _each(values: np.ndarray, change: Any) -> np.ndarray:
    """Change texts; each distinct one is looked at once."""
    words = pd.unique(values)
    changed = {word: change(word) for word in words if isinstance(word, str)}
    changed = {word: new for word, new in changed.items() if word != new}
    if not changed:
        return values
    return np.array([changed.get(one, one) for one in values.tolist()], dtype=object)
