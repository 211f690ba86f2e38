"""The JSON Schema of a scenario file, for editors that complete keys."""

from __future__ import annotations

from typing import Any, get_args

from sim.scenario.procedures import Happening
from sim.scenario.scenario import Scenario


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    A step is its word alone or an object with exactly one known key.  Objects that a library
    file may complete have no required keys here; `load_scenario` demands them.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    definitions["Names"] = {"anyOf": [{"type": "string"}, definitions["Names"]]}
    definitions["Event"] = {"anyOf": [{"enum": list(get_args(Happening))}, definitions["Event"]]}
    for section in schema["properties"].values():
        name = section.get("additionalProperties", {}).get("$ref", "").rpartition("/")[2]
        definitions.get(name, {}).pop("required", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Yanlian drill scenario",
    }
