"""Rule packs as typed data: what a pack file may say.  Python holds only the semantics.

Where a default is not the text of the directive but a choice, it is an option of the pack.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from sim.files.units import QuantityError, duration_seconds
from sim.rules.patterns import Pattern, Roles, Words
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
]
Basis = Literal["text", "other", "ours"]
Grade = Literal["I", "II", "III", "IV", "unknown"]
READINGS: tuple[Reading, ...] = ("occur", "receive", "confirm")
SOFT: tuple[str, ...] = ("原则上", "鼓励")
"""Modalities of what a text only encourages: reported, never failed."""


def unfit(expected: str, hint: str = "") -> PydanticCustomError:
    """Return the mistake that a value is not what was expected, with what was probably meant."""
    return PydanticCustomError("unfit", "expected {expected}", {"expected": expected, "hint": hint})


def _seconds(value: Any) -> int:
    try:
        return duration_seconds(value)
    except QuantityError as error:
        raise unfit(error.expected, error.hint) from None


def _months(value: Any) -> int:
    found = re.fullmatch(r"(\d{1,3}) (months?|years?)", value) if isinstance(value, str) else None
    if found is None or int(found[1]) < 1:
        raise unfit(t("a number of months or years such as 24 months"))
    return int(found[1]) * (12 if found[2].startswith("year") else 1)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise unfit(t("a date such as 2012-07-01")) from None


Duration = Annotated[int, BeforeValidator(_seconds)]
Months = Annotated[int, BeforeValidator(_months)]
Day = Annotated[date, BeforeValidator(_day)]


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


class Unless(Strict):
    """What lifts a duty: the rule `met` is met, or a row of the incident matches `row`."""

    met: str | None = None
    row: Pattern | None = None


class Rule(Strict):
    """One duty: who owes what to whom, from when, until when.

    `start` is `readings` (all of the pack's), one reading, or a pattern of rows; `end` is a
    stage of a report (acknowledged, received, sent) or a pattern of rows.  `limit` in
    seconds, none = the text gives no number, then `soft` is the time after which a missing
    act counts as missing and a late one is flagged.  `every` makes the duty recur, `at` puts
    its due instants on a time of day, `until` ends it.  `need` is what a report must hold:
    its `elements` decide; its `kind` only where a report lists no elements.  `unless` with
    `effect`: what makes the duty not applicable, or its lateness excused.  `by`: who may
    discharge it instead of the owner.

    Other kinds than `deadline` read patterns of rows instead (`sim.rules.kinds`): `of` the rows
    that are looked at, `with` their partners, which share the columns `same` (of an absence: its
    occasions, without which nothing is asked); `steps` the rows
    of a sequence; `columns` what must be filled in, or the two that are compared, up to
    `tolerance` (a part of the second), with `sums` added up over all partners; `earlier`
    lets an entry come before its row; `count` how many
    are needed, `within` how many months (`calendar`: to the end of that year) or `each` of what.

    `reported`: the text asks it of nobody in so many words or gives no measure, so it is shown
    and never counts as a failure; what a text only encourages (`SOFT`) is so anyway.  `basis`
    says where the rule comes from: the text itself, another document, or ourselves.  `tick`: an
    evaluator's word in the report's elements (`judged_full`, `judged_short`) decides on its
    content.
    """

    clause: str
    text: Text
    modality: Literal["必须", "应", "原则上", "鼓励"]
    reported: bool = False
    basis: Basis = "text"
    kind: Kind
    per: Literal["incident", "message", "actor", "case", "year"] = "incident"
    enabled: bool = True
    owner: Who
    recipient: Who | Literal["superior(owner)"] | None = None
    by: Who | None = None
    start: Literal["readings"] | Reading | Pattern = "readings"
    end: Stage | Pattern = "acknowledged"
    limit: Duration | None = None
    soft: Duration | None = None
    every: Duration | None = None
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")] | None = None
    until: Pattern | None = None
    grades: list[Grade] = []
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
    each: Literal["year"] | None = None

    @property
    def never_fails(self) -> bool:
        """Whether what is found is only reported: no verdict by this rule is a failure."""
        return self.reported or self.modality in SOFT


class Option(Strict):
    """A question that the text leaves open.

    Each choice maps `all` (every deadline), `pack` or a rule's id to the keys that it sets there.
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
