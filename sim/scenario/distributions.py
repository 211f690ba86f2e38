"""How long something takes: distributions by name, each a transform of one standard number.

In a file: `5 min` (constant), or a mapping with one key, e.g.
`{lognormal: {median: 10 min, p90: 25 min}}`.  `seconds(x)` is the quantile of the standard
number `x` in whole seconds, rounded half up and never negative: `x` is uniform in [0, 1)
where `standard` is `u`, normal(0, 1) where it is `z`, ignored where it is empty.  So equal
numbers stay equal when a parameter changes, and `1 - u`, `-z` give antithetic pairs.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sim.scenario.families import Constant, Empirical, Exponential, Lognormal, Triangular, Uniform
from sim.scenario.samples import Samples
from sim.scenario.units import DURATION_SCHEMA, unfit
from sim.texts import t

__all__ = [
    "KINDS",
    "AnyDistribution",
    "Constant",
    "Distribution",
    "Empirical",
    "Exponential",
    "Lognormal",
    "Triangular",
    "Uniform",
]

AnyDistribution = Constant | Lognormal | Triangular | Exponential | Uniform | Empirical


def _empirical(samples: Samples) -> Empirical:
    return Empirical(samples.values)


KINDS: dict[str, Any] = {
    "constant": Constant,
    "lognormal": Lognormal,
    "triangular": Triangular,
    "exponential": Exponential,
    "uniform": Uniform,
    "empirical": Annotated[Samples, AfterValidator(_empirical)],
}


def _shaped(value: Any, read: core_schema.ValidatorFunctionWrapHandler) -> Any:
    """Pass on what is built already; turn a bare duration into `{constant: …}`."""
    if isinstance(value, AnyDistribution):
        return value
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return read({"constant": value})
    if not isinstance(value, dict) or len(value) != 1:
        example = "{lognormal: {median: 10 min, p90: 25 min}}"
        raise unfit(t("a duration such as 15 min, or one distribution such as {x}", x=example))
    return read(value)


def _parameters(word: str) -> Any:
    """Return the function that takes the parameters of a kind out of its mapping."""
    if word == "constant":
        return lambda value: {"value": value[word]}
    return lambda value: value[word]


class _ByName:
    """How pydantic reads a distribution: a bare duration, or a mapping with one known key."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        choices: dict[Any, CoreSchema] = {
            word: core_schema.no_info_before_validator_function(
                _parameters(word), handler.generate_schema(kind)
            )
            for word, kind in KINDS.items()
        }
        union = core_schema.tagged_union_schema(
            choices, discriminator=lambda value: next(iter(value))
        )
        return core_schema.no_info_wrap_validator_function(_shaped, union)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        choices = schema["schema"]["choices"]
        kinds: dict[str, Any] = {word: handler(choice) for word, choice in choices.items()}
        kinds["constant"] = DURATION_SCHEMA
        one_key = {"type": "object", "properties": kinds, "additionalProperties": False}
        return {"anyOf": [DURATION_SCHEMA, one_key | {"minProperties": 1, "maxProperties": 1}]}


Distribution = Annotated[AnyDistribution, _ByName()]
"""The type of a field that holds a distribution; see the head of this file for the spelling."""
