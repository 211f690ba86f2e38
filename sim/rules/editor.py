"""The JSON Schema of a rule pack, for editors that complete keys and words."""

from __future__ import annotations

from typing import Any

from sim.log.schema import NAMES
from sim.rules.load import standard_options
from sim.rules.pack import Pack
from sim.texts import vocabulary

PATTERNS = ("start", "end", "until", "need", "of", "with")


def pack_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a pack file.

    A rule may say `like` and then lack what that rule has; an option may be the word `standard`.
    What depends on other parts of the file is left to `load_pack`.
    """
    schema = Pack.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    rule = definitions["Rule"]
    rule["properties"]["like"] = {"type": "string", "description": "a rule further up"}
    rule["anyOf"] = [{"required": rule.pop("required")}, {"required": ["like"]}]
    rule["properties"].pop("limit_in")  # what `limit` becomes where it names a column
    rule["properties"]["owner"] = {"anyOf": [rule["properties"]["owner"], {"const": "case"}]}
    rule["properties"]["hazards"] = _words(list(vocabulary("hazard")))
    for key, entry in rule["properties"].items():
        if key in PATTERNS:
            _name_columns(entry)
    _name_columns(definitions["Unless"]["properties"]["row"])
    _name_columns(rule["properties"]["steps"])
    options = schema["properties"]["options"]
    own = options.pop("additionalProperties")
    options["additionalProperties"] = own
    options["properties"] = {
        name: {"anyOf": [{"const": "standard"}, own]} for name in standard_options()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Yanlian rule pack",
    }


def _words(known: list[str]) -> dict[str, Any]:
    one = {"enum": known}
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _name_columns(entry: Any) -> None:
    """Let the keys of every pattern in a part of the schema be columns of the record."""
    if isinstance(entry, list):
        for part in entry:
            _name_columns(part)
    if isinstance(entry, dict):
        if entry.get("type") == "object" and "additionalProperties" in entry:
            entry["propertyNames"] = {"enum": [name for name in NAMES if name != "source"]}
        else:
            for part in entry.values():
                _name_columns(part)
