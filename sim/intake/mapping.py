"""Mapping files as typed data: how the columns and words of a foreign file become the record.

A mapping says what each column means, which words stand for which of the record's, who is who,
how times are written and where the file is complete.  What it leaves out is not guessed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from sim.files.units import QuantityError, duration_seconds
from sim.texts import t

Fields = dict[str, str]
"""Column of the record -> word."""
_OFFSET = re.compile(r"[+-]\d\d:\d\d")


def _unfit(expected: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("unfit", "expected {expected}", {"expected": expected, "hint": hint})


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) else value


def _word(value: Any) -> Any:
    """Numbers in a mapping are words of the foreign file: `1: received`."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if plain else value


def _fields(value: Any) -> Any:
    return {key: _word(word) for key, word in value.items()} if isinstance(value, dict) else value


def _zone(value: Any) -> Any:
    try:
        if isinstance(value, str) and (_OFFSET.fullmatch(value) or ZoneInfo(value)):
            return value
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        pass
    except KeyError:
        pass
    raise _unfit(t("a time zone such as Asia/Shanghai or +08:00"))


def _seconds(value: Any) -> int:
    try:
        return duration_seconds(value)
    except QuantityError as error:
        raise _unfit(error.expected, error.hint) from None


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _unfit(t("a date such as 2026-07-01")) from None


def _pattern(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(value)
    except (re.error, TypeError):
        raise _unfit(t("a regular expression")) from None


Words = Annotated[list[str], BeforeValidator(_listed)]
Row = Annotated[list[Annotated[int, Field(ge=1)]], BeforeValidator(_listed)]
Zone = Annotated[str, BeforeValidator(_zone)]
Duration = Annotated[int, BeforeValidator(_seconds)]
Day = Annotated[date, BeforeValidator(_day)]
Word = Annotated[str, BeforeValidator(_word)]
Regex = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
Meant = Annotated[Word | Annotated[Fields, BeforeValidator(_fields)], Field(union_mode="smart")]


class Strict(BaseModel):
    """Base of everything in a mapping: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Form(Strict):
    """How the file is written, where it does not show by itself.

    `header` is the number of the header's row, two for headings in two rows (`上/下`).
    `pattern` reads a plain text line by line; its named groups are the columns, and a line
    that does not match goes on with the line before (`continues`) or is listed as not read.
    """

    format: Literal["table", "xes", "lines"] | None = None
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    header: Annotated[Row, Field(max_length=2)] | None = None
    pattern: Regex | None = None
    continues: str | None = None


class Organisation(Strict):
    """A row of the directory; `words` is how the file calls it, `name` how reports do.

    A key `~…` is a regular expression: every actor of a case whose whole name it fits, and whom
    no other entry names, is such an organisation.  `team_kind` is that of a team.
    """

    role: str
    team_kind: str = ""
    superior: str = ""
    jurisdiction: Words = []
    supervises: Words = []
    name: str = ""
    words: Words = []


class Tick(Strict):
    """From `wall` on, the drill's clock showed `exercise` and ran `rate` times as fast."""

    wall: str
    exercise: str
    rate: Annotated[float, Field(ge=0, le=1000)] = 1.0


class Time(Strict):
    """How times are written.

    `formats` are tried first (`%d.%m.%Y %H:%M`, Python's `strptime`), then ISO 8601, dates as
    Excel shows them and Chinese forms.  `zone` is where no offset stands; `date` the day of
    stamps without one, the next day where they run over midnight.  `about` is what 左右, 许
    and 约 mean, to either side.  `clock` is the drill's own clock.
    """

    formats: Words = []
    zone: Zone | None = None
    date: Day | None = None
    about: Duration = 900
    clock: list[Tick] = []


class Span(Strict):
    """Where the file is complete: of an actor, or of all; `until: last` is its last stamp."""

    until: str
    since: str | None = None
    actor: str = ""
    channel: str = ""
    incident: str = ""


Complete = Literal["unknown"] | Span | list[Span]


class Mapping(Strict):
    """A mapping file; `mapping` is the version of this file format.

    `columns` column of the file -> column(s) of the record; `case` the column with the case's
    id.  `events` makes every row several events: the column with the time -> what happened then.
    `words` column of the record -> word of the file -> word of the record, or several columns of
    the record; a word `~…` is a regular expression that the text is searched for.  Activities
    that `words` does not name are refused, or kept as activity `other` with the word in
    `object` (`others: keep`).  `allowed_in` is the unit of plain numbers in `allowed`.
    """

    mapping: Literal[1]
    source: Form = Form()
    case: str | None = None
    columns: dict[str, Words] = {}
    events: dict[str, Annotated[Fields, BeforeValidator(_fields)]] = {}
    constants: Annotated[Fields, BeforeValidator(_fields)] = {}
    words: dict[str, dict[str, Meant]] = {}
    others: Literal["refuse", "keep"] = "refuse"
    organisations: dict[str, Organisation] = {}
    time: Time = Time()
    allowed_in: Literal["s", "min", "h", "d"] | None = None
    complete: Complete
