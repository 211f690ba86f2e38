"""Values that no column spells out, as YAML in one line: `{limit: 10 min, tries: 2}`."""

from __future__ import annotations

import re
from typing import Any

from sim.files.nodes import plain
from sim.texts import t

_PLAIN = re.compile(r"[^\W_](?:[\w./%+()（）、。，；：？！《》“”‘’·—-]| (?=[\w（《“]))*")
"""Texts that mean themselves in YAML, inside brackets too."""
_NO_TEXT = re.compile(r"[0-9][-+.0-9_a-fA-FxXoO]*|null|true|false|yes|no|on|off", re.IGNORECASE)


class NoFlow(ValueError):
    """A text that is no mapping in one line; `str()` says what was expected."""


def flow_text(value: Any) -> str:
    """Return plain data as YAML in one line, which may stand inside another one.

    A text is quoted unless nobody could take it for anything else.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_text(k)}: {flow_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and not _NO_TEXT.fullmatch(text)):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\\n':
        return "\\n" if sign == "\n" else "\\" + sign
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


def read_flow(text: str) -> dict[str, Any]:
    """Return the mapping that a text holds; the brackets may be missing.  Raises `NoFlow`."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    expected = t("keys and values such as {example}", example="{limit: 10 min, tries: 2}")
    inner = text.strip()
    try:
        root = YAML(typ="safe", pure=True).compose(
            inner if inner.startswith("{") else f"{{{inner}}}"
        )
    except (YAMLError, RecursionError, ValueError):
        raise NoFlow(expected) from None
    data, _, problems = plain(root, "") if root is not None else (None, {}, [])
    if problems or not isinstance(data, dict):
        raise NoFlow(expected)
    return data
