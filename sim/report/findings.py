"""The official finding of a real case, as its file gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.texts import LANGUAGES, t

HEADINGS = {
    "category": "official category",
    "lateness": "official lateness",
    "rule": "rule cited",
    "rule_cited": "rule cited",
    "by": "found by",
    "authority": "found by",
    "source": "source",
    "sources": "source",
    "finding": "finding",
    "note": "remark",
}
"""Headings of the usual keys; other keys stand as they are written."""
NOT_SHOWN = frozenset({"pack", "names", "title", "name", "case", "yanlian"})


def finding_lines(
    finding: Mapping[str, Any] | None, lang: str, path: str = ""
) -> list[tuple[str, str]]:
    """Return a finding as (heading, words), nested keys flattened, in one language."""
    out: list[tuple[str, str]] = []
    for key, value in (finding or {}).items():
        if not path and key in NOT_SHOWN:
            continue
        name = HEADINGS.get(str(key))
        out += _lines(f"{path}{t(name) if name else key}", value, lang)
    return out


def _lines(head: str, value: Any, lang: str) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        if set(value) <= set(LANGUAGES):
            return [(head, str(value.get(lang) or next(iter(value.values()))))]
        return finding_lines(value, lang, f"{head} / ")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [line for item in value for line in _lines(head, item, lang)]
    return [] if value in (None, "") else [(head, str(value))]


def finding_pack(finding: Mapping[str, Any], folder: Path) -> str:
    """Return the rule pack that a finding names: a name, or a file beside it; else empty."""
    pack = str(finding.get("pack") or "")
    return str(folder / pack) if pack and (folder / pack).is_file() else pack


def finding_title(finding: Mapping[str, Any], lang: str) -> str:
    """Return the title of a finding in `zh` or `en`, or an empty text."""
    return _in(finding.get("title") or finding.get("name") or "", lang)


def finding_names(finding: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return id -> display name, where a finding gives names."""
    names = finding.get("names")
    if not isinstance(names, Mapping):
        return {}
    return {str(key): _in(value, lang) for key, value in names.items()}


def _in(value: Any, lang: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(lang) or next(iter(value.values()), ""))
    return str(value)
