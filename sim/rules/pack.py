"""Rule packs as typed data: what a pack file may say.  Python holds only the semantics.

Where a default is not the text of the directive but a choice, it is an option of the pack.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from sim.rules.fields import Day, Duration, Grades, Modality, Months, TimesOfDay, unfit
from sim.rules.patterns import Pattern, Role, Roles, Words
from sim.texts import t

Reading = Literal["occur", "receive", "confirm"]
Stage = Literal["acknowledged", "received", "sent"]
Kind = Literal[
    "deadline",
    "sequence",
    "presence",
    "absence",
    "content",
    "consistency",
    "coverage",
    "period",
    "register",
    "supplement",
]
Basis = Literal["text", "other", "ours"]
READINGS: tuple[Reading, ...] = ("occur", "receive", "confirm")
SOFT: tuple[str, ...] = ("原则上", "鼓励")
"""Modalities of what a text only encourages: reported, never failed."""


class Strict(BaseModel):
    """Base of everything in a pack: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Strict):
    """A text in Chinese and in English."""

    zh: str
    en: str


class Source(Strict):
    """Where something comes from, and how sure we are: high, medium, low."""

    title: str
    where: str = ""
    confidence: Literal["high", "medium", "low"]


class Valid(Strict):
    """First and last day on which the rules hold; no `to` = still in force or not known."""

    since: Annotated[Day, Field(alias="from")]
    to: Day | None = None


class Who(Strict):
    """Actors by role.

    `supervises: hazard` keeps those that supervise the incident's hazard; `area: lead` keeps
    those of the first area that the incident names instead of all its areas.
    """

    role: Roles
    supervises: Literal["hazard"] | None = None
    area: Literal["each", "lead"] = "each"

    @model_validator(mode="before")
    @classmethod
    def _role_alone(cls, value: Any) -> Any:
        if isinstance(value, str):
            example = "{role: city_gov}"
            hint = f"{{role: {value}}}" if value in get_args(Role) else ""
            raise unfit(t("a mapping such as {example}", example=example), hint)
        return value


class Unless(Strict):
    """What lifts a duty: the rule `met` is met, or a row of the incident matches `row`."""

    met: str | None = None
    row: Pattern | None = None

    @model_validator(mode="before")
    @classmethod
    def _rule_alone(cls, value: Any) -> Any:
        if isinstance(value, str):
            example = "{met: GX-03}"
            raise unfit(t("a mapping such as {example}", example=example), f"{{met: {value}}}")
        return value


def _nobody(value: Any) -> Any:
    return {"role": []} if value == "case" else value


class Rule(Strict):
    """One duty: who owes what to whom, from when, until when.

    `start` is `readings` (all of the pack's), one reading, or a pattern of rows; `end` is a
    stage of a report (acknowledged, received, sent) or a pattern of rows.  `limit` in
    seconds, or the column that states it (it becomes `limit_in`, see `sim.rules.limits`); none =
    the text gives no number, then `soft` is the time after which a missing act counts as missing
    and a late one is flagged.  `every` makes the duty recur, `at` puts its due instants on times
    of day, `until` ends it.  `need` is what a report must hold: its `elements` decide; its `kind`
    only where a report lists no elements.  `unless` with
    `effect`: what makes the duty not applicable, or its lateness excused.  `by`: who may
    discharge it instead of the owner.  The owner `case` is nobody: what must be done in a case,
    whoever does it.  `each: start` starts a clock of its own at every row that matches `start`,
    and only what follows that row discharges it.

    Other kinds than `deadline` read patterns of rows instead (`sim.rules.kinds`): `of` the rows
    that are looked at, `with` their partners, which share the columns `same` (of an absence: its
    occasions, without which nothing is asked); `steps` the rows
    of a sequence; `columns` what must be filled in, or the two that are compared, up to
    `tolerance` (a part of the second), with `sums` added up over all partners; `earlier`
    lets an entry come before its row; `count` how many
    are needed, `within` how many months (`calendar`: to the end of that year) or `each` of what;
    `window` how long after the occurrence a change of figures still counts.

    `reported`: the text asks it of nobody in so many words or gives no measure, so it is shown
    and never counts as a failure; what a text only encourages (`SOFT`) is so anyway.  `basis`
    says where the rule comes from: the text itself, another document, or ourselves.  `tick`: an
    evaluator's word in the report's elements (`judged_full`, `judged_short`) decides on its
    content.
    """

    clause: str
    text: Text
    modality: Modality
    reported: bool = False
    basis: Basis = "text"
    kind: Kind
    per: Literal["incident", "message", "actor", "case", "year"] = "incident"
    enabled: bool = True
    owner: Annotated[Who, BeforeValidator(_nobody)]
    recipient: Who | Literal["superior(owner)"] | None = None
    by: Who | None = None
    start: Literal["readings", "occur", "receive", "confirm"] | Pattern = "readings"
    end: Stage | Pattern = "acknowledged"
    limit: Duration | None = None
    limit_in: str | None = None
    soft: Duration | None = None
    every: Duration | None = None
    at: TimesOfDay = []
    until: Pattern | None = None
    grades: Grades = []
    hazards: Words = []
    need: Pattern = {}
    union: bool = False
    tick: bool = False
    written: Words = []
    unless: Unless | None = None
    effect: Literal["not_applicable", "excused"] = "not_applicable"
    confirmed_by: Literal["owner", "anybody"] | Who = "owner"
    noticed_by: Literal["owner", "anybody"] = "owner"
    regrade: Literal["upgrade", "never", "always"] = "upgrade"
    strict: bool = False
    before_confirm: Literal["counts", "not"] = "counts"
    of: Pattern = {}
    with_: Annotated[Pattern, Field(alias="with")] = {}
    same: Words = []
    steps: list[Pattern] = []
    columns: Words = []
    tolerance: Annotated[float, Field(ge=0, le=1)] = 0.0
    sums: bool = False
    earlier: bool = False
    count: Annotated[int, Field(ge=1)] = 1
    within: Months | None = None
    calendar: bool = False
    each: Literal["year", "start"] | None = None
    window: Duration | None = None

    @model_validator(mode="before")
    @classmethod
    def _limit_of_a_column(cls, data: Any) -> Any:
        """Put a limit that is a column's name into `limit_in`."""
        limit = data.get("limit") if isinstance(data, dict) else None
        if isinstance(limit, str) and re.fullmatch(r"[a-z][a-z_]*", limit):
            return {**data, "limit": None, "limit_in": limit}
        return data

    @property
    def owned_by_case(self) -> bool:
        """Whether the case owes it (`owner: case`), and nobody by name."""
        return not self.owner.role

    @property
    def never_fails(self) -> bool:
        """Whether what is found is only reported: no verdict by this rule is a failure."""
        return self.reported or self.modality in SOFT


class Option(Strict):
    """A question that the text leaves open.

    Each choice maps `all` (every deadline, and every presence that names a recipient), `pack` or a
    rule's id to the keys that it sets there.
    """

    about: Text
    default: str
    choices: dict[str, dict[str, dict[str, Any]]]


class Item(Strict):
    """Something that no record shows: a person ticks it."""

    clause: str
    text: Text
    basis: Basis = "text"


class Trigger(Strict):
    """What a text ties consequences to: the rules whose facts bear on it, nothing more."""

    clause: str
    text: Text
    rules: Annotated[list[str], Field(min_length=1)]


class Pack(Strict):
    """A rule pack: `format` is the version of this file format, `version` the pack's own.

    `grade_tables` names, by kind of hazard, tables that replace the usual ones
    (`sim/scenario/grades.yaml`) where a grade follows from figures.

    `checklist` is what only paper shows, for a person to tick; `triggers` gathers facts.
    """

    format: Literal[1]
    id: str
    version: str
    title: Text
    valid: Valid
    jurisdiction: str
    sources: dict[str, Source]
    score_anchor: Reading
    readings: list[Reading] = list(READINGS)
    grade_tables: dict[str, str] = {}
    options: dict[str, Option] = {}
    rules: dict[str, Rule]
    checklist: dict[str, Item] = {}
    triggers: dict[str, Trigger] = {}
    _raw: dict[str, Any] = PrivateAttr(default_factory=dict)
    _read: dict[tuple[tuple[str, str], ...], Pack] = PrivateAttr(default_factory=dict)

    @property
    def read(self) -> dict[tuple[tuple[str, str], ...], Pack]:
        """The pack by the choices that it has been read with so far."""
        return self._read

    @property
    def raw(self) -> dict[str, Any]:
        """The file's plain data: options change it before it is typed anew."""
        return self._raw
