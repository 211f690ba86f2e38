"""What was expected, in words, for every type of error that pydantic reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sim.texts import t

EXTRA = ("extra_forbidden", "unexpected_keyword_argument")
_QUOTED = re.compile(r"'([^']*)'")


def expected_text(error: Mapping[str, Any]) -> str:
    """Return what was expected, of one error of pydantic (a dict of `errors()`)."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "unfit":
        return str(context["expected"])
    if words_of(error):
        return t("one of {words}", words=", ".join(words_of(error)))
    if kind in _bounds():
        name, text = _bounds()[kind]
        return text.format(n=context[name])
    for start, text in _starts():
        if kind.startswith(start):
            return text
    if kind == "value_error" and context.get("error"):
        return str(context["error"])
    return str(error["msg"])


def words_of(error: Mapping[str, Any]) -> list[str]:
    """Return the closed list of words that an error names, empty if it names none."""
    context = error.get("ctx") or {}
    if error["type"] == "union_tag_invalid":
        return _QUOTED.findall(context["expected_tags"])
    if error["type"] in ("literal_error", "enum"):
        return _QUOTED.findall(context["expected"]) or [context["expected"]]
    return []


def _bounds() -> dict[str, tuple[str, str]]:
    """Return type of error -> (name of its bound, text)."""
    return {
        "greater_than_equal": ("ge", t("a number of at least {n}")),
        "greater_than": ("gt", t("a number above {n}")),
        "less_than_equal": ("le", t("a number of at most {n}")),
        "less_than": ("lt", t("a number below {n}")),
        "too_short": ("min_length", t("at least {n} entries")),
        "too_long": ("max_length", t("at most {n} entries")),
        "string_too_short": ("min_length", t("a text of at least {n} characters")),
        "string_too_long": ("max_length", t("a text of at most {n} characters")),
        "string_pattern_mismatch": ("pattern", t("a text of the form {n}")),
    }


def _starts() -> list[tuple[str, str]]:
    """Return (how a type of error begins, text)."""
    mapping = t("a mapping of keys to values")
    return [
        ("string", t("a text")),
        ("int", t("a whole number")),
        ("float", t("a number")),
        ("finite_number", t("a number")),
        ("bool", t("true or false")),
        ("datetime", t("a date and time such as 2026-07-01T08:00+08:00")),
        ("date", t("a date such as 2026-07-01")),
        ("dict_type", mapping),
        ("mapping", mapping),
        ("model", mapping),
        ("dataclass", mapping),
        ("list", t("a list")),
        ("tuple", t("a list")),
        ("set", t("a list")),
        ("none_required", t("nothing")),
        ("union_tag_not_found", t("one known word, or a mapping with one known key")),
    ]
