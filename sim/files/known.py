"""Which keys a type knows at a place: read off its JSON Schema, for suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any


def known_keys(adapter: Any, path: Sequence[str | int]) -> list[str]:
    """Return the keys that a mapping at `path` may have, in the order of the type."""
    schema = _schema(adapter)
    nodes = [schema]
    for part in path:
        nodes = [below for node in nodes for below in _below(schema, node, part)]
    keys = [
        key for node in nodes for flat in _flat(schema, node) for key in flat.get("properties", {})
    ]
    return list(dict.fromkeys(keys))


@lru_cache(maxsize=64)
def _schema(adapter: Any) -> dict[str, Any]:
    try:
        schema: dict[str, Any] = adapter.json_schema(by_alias=True)
    except Exception:  # a type without a JSON Schema has no suggestions
        return {}
    return schema


def _flat(schema: dict[str, Any], node: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema node and all alternatives that it stands for."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        yield from _flat(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    yield node
    for word in ("anyOf", "oneOf", "allOf"):
        for choice in node.get(word, ()):
            yield from _flat(schema, choice)


def _below(schema: dict[str, Any], node: Any, part: str | int) -> Iterator[Any]:
    for flat in _flat(schema, node):
        if isinstance(part, int):
            yield flat.get("items")
        elif part in flat.get("properties", {}):
            yield flat["properties"][part]
        else:
            yield flat.get("additionalProperties")
