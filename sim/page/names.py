"""Names of files that people upload, made harmless: no folders, no signs with a meaning."""

from __future__ import annotations

import re
import unicodedata

TABLES = (".csv", ".tsv", ".txt", ".log", ".xlsx", ".xlsm", ".xls", ".ods", ".xes", ".gz")
TEXTS = (".yaml", ".yml")
KNOWN = (*TABLES, *TEXTS, ".docx", ".sqlite")
"""Endings of files that the page takes."""
MOST_BYTES = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def tidy_name(name: str) -> str:
    """Return a name without folders, of letters, digits and `.-_()` only; never empty.

    Letters of every script stay, so that a person knows the file again; the ending is in lower
    case.  What begins like a hidden file, an option or a formula does not after this.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign if sign.isalnum() or sign in ".-_()（） " else "_" for sign in last)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = re.sub(r"[\s_]+", "_", stem).lstrip("._-()（） ").rstrip("._- ")
    while len(stem.encode()) > MOST_BYTES:
        stem = stem[:-1].rstrip("._- ")
    if not stem or _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"file_{stem}".rstrip("_")
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:10]
    return f"{stem}.{ending}" if ending else stem


def ending_of(name: str) -> str:
    """Return the ending of a tidy name with its dot, or empty."""
    dot = name.rfind(".")
    return name[dot:] if dot > 0 else ""
