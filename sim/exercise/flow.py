"""Values that no column spells out, as YAML in one line: `{limit: 10 min, tries: 2}`."""

from __future__ import annotations

import io
from typing import Any

from sim.files.nodes import plain
from sim.texts import t


class NoFlow(ValueError):
    """A text that is no mapping in one line; `str()` says what was expected."""


def flow_text(value: Any) -> str:
    """Return a value as YAML in one line, quoted so that it may stand inside another one."""
    from ruamel.yaml import YAML

    writer = YAML(pure=True)
    writer.default_flow_style = True
    writer.allow_unicode = True
    writer.width = 1_000_000
    stream = io.StringIO()
    if isinstance(value, dict | list):
        writer.dump(value, stream)
        return stream.getvalue().strip()
    writer.dump([value], stream)
    return stream.getvalue().strip()[1:-1]


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
