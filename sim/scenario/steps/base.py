"""What every kind of step shares, and the registry of kinds."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from sim.scenario.base import Origin
from sim.scenario.distributions import Distribution
from sim.texts import vocabulary

KINDS: dict[str, type[StepData]] = {}
"""Every kind of step by its word."""


class StepData(BaseModel):
    """One step as a scenario writes it: `{verify: {time: 10 min}}`, or `verify` alone.

    `id` (default: the kind) names the step in stream names and in `times`; a kind that is
    used twice in one procedure must carry ids.  `by` is the post that does it (default: the
    procedure's).

    Rows of the record name the step by `activity`, by default the kind's own word; a kind of a
    user's own names one of the record's list there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
    kind: ClassVar[str]
    activity: ClassVar[str] = ""
    id: str = ""
    by: str | None = None
    source: Origin | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _unwrap(cls, value: Any) -> Any:
        if value == cls.kind:
            return {}
        if isinstance(value, dict) and len(value) == 1 and cls.kind in value:
            return value[cls.kind] or {}
        return value

    def model_post_init(self, _context: Any) -> None:
        """Name the step by its kind where no id is given."""
        if not self.id:
            object.__setattr__(self, "id", self.kind)


class Work(StepData):
    """A step that takes one officer of the post for `time`.

    `interrupted` (by more urgent work, or by the end of a shift whose post says `pre_empt`):
    whoever is free next goes on with the rest (`resume`), begins anew (`restart`), or nobody
    does and the procedure goes on with its next step (`drop`).
    """

    time: Distribution
    interrupted: Literal["resume", "restart", "drop"] = "resume"


def register(kind: type[StepData]) -> type[StepData]:
    """Add a kind of step; the word must be new, its act is registered in `sim.model.steps`.

    Raises `ValueError` for a word that is taken, and for work whose rows no record could hold.
    """
    if kind.kind in KINDS and KINDS[kind.kind] is not kind:
        raise ValueError(f"a kind of step named {kind.kind!r} exists already")
    kind.activity = kind.activity or kind.kind
    if issubclass(kind, Work) and kind.activity not in vocabulary("activity"):
        raise ValueError(f"{kind.activity!r} is no activity of the record; set `activity` to one")
    KINDS[kind.kind] = kind
    return kind


def _word(value: Any) -> str | None:
    if isinstance(value, StepData):
        return value.kind
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and len(value) == 1:
        return str(next(iter(value)))
    return None


class Step:
    """Annotation: any registered kind of step, told apart by its one key.

    Kinds that a user registers after the models were built are known too.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Build a union of the kinds, so that errors are addressed as `steps.0.verify.time`."""
        union = core_schema.tagged_union_schema(
            {word: handler.generate_schema(kind) for word, kind in KINDS.items()},
            discriminator=_word,
        )
        read = partial(_read, frozenset(KINDS))
        return core_schema.with_info_wrap_validator_function(read, union)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe a step as an object with exactly one of the known keys."""
        choices = schema["schema"]["choices"]
        kinds = {word: handler(choice) for word, choice in choices.items()}
        one_key = {"type": "object", "properties": kinds, "minProperties": 1, "maxProperties": 1}
        return {"anyOf": [{"enum": list(kinds)}, one_key | {"additionalProperties": False}]}


def _read(
    built: frozenset[str], value: Any, usual: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Any:
    """Read a step: as the models know it, or as a kind registered since they were built."""
    word = _word(value)
    if word in KINDS and word not in built:
        return _anew(tuple(KINDS.values())).validate_python(value, context=info.context)
    return usual(value)


@lru_cache(maxsize=1)
def _anew(_kinds: tuple[type[StepData], ...]) -> TypeAdapter[Any]:
    """Return what reads a step of any kind that is registered now."""
    return TypeAdapter(Annotated[Any, Step])
