"""No text of ours is a formula in a spreadsheet, and every text comes back as it was."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.files.harmless import harmless, table_csv, unguarded, unguarded_column


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+A1", "-2+3|x", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "=", "'=1", "''@x"],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text
    assert unguarded(harmless(text)) == text


@pytest.mark.parametrize("text", ["-5", "+8:30", "-", "+86 123", "a=b", "", "'x", "O'Brien"])
def test_numbers_and_other_texts_stay(text: str) -> None:
    assert harmless(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="'=+-@\t\r＝1a:. ", max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(harmless(text)) == text
    assert unguarded_column(np.array([harmless(text)] * 2, dtype=object)).tolist() == [text] * 2


def test_a_table_keeps_its_numbers_and_empty_cells() -> None:
    table = pd.DataFrame({"=h": ["=1", None], "n": [-1.5, 2.0], "k": pd.array([-3, None], "Int64")})
    assert table_csv(table) == "'=h,n,k\n'=1,-1.5,-3\n,2.0,\n"
