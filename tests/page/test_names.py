"""Names of uploaded files: known again by a person, without any power on disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.page.names import MOST_BYTES, ending_of, tidy_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("演练记录.xlsx", "演练记录.xlsx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\记录表 (1).CSV", "记录表_(1).csv"),
        ("=cmd|' /C calc'!A0.csv", "C_calc_A0.csv"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("-rf.yaml", "rf.yaml"),
        ("CON.xlsx", "file_CON.xlsx"),
        ("a\0b\nc.csv", "a_b_c.csv"),
        ('<img src=x onerror="alert(1)">.csv', "img_src_x_onerror_alert(1).csv"),
        ("x.tar.gz", "x.tar.gz"),
    ],
)
def test_names(given_name: str, kept: str) -> None:
    assert tidy_name(given_name) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_begins_like_an_option_or_a_formula(name: str) -> None:
    found = tidy_name(name)
    assert found
    assert not set(found) & set('/\\:*?"<>|\0\n\r\t$`&;=+@')
    assert found[0] not in ".-"
    assert len(found.encode()) <= MOST_BYTES + 20
    assert tidy_name(found) == found
    assert ending_of(found) in ("", found[found.rindex(".") :] if "." in found else "")
