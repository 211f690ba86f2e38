"""Types of quantities in scenario files.

In a file they are texts with a unit; in Python a whole number of the unit named here.
`Duration` seconds, `Length` metres, `Speed` metres per hour, `Mass` grams, `Volume`
millilitres, `DayTimes` and `TimeOfDay` seconds of the day.  The number 0 needs no unit,
except as a speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sim.files import units
from sim.texts import t


def unfit(expected: str, hint: str = "") -> PydanticCustomError:
    """Return an error of validation whose text is `expected …`; `hint` is what was meant."""
    return PydanticCustomError("unfit", "expected {expected}", {"expected": expected, "hint": hint})


def _reader(read: Callable[[object], int]) -> BeforeValidator:
    def parse(value: Any) -> int:
        if value == 0 and type(value) is int and read is not units.metres_per_hour:
            return 0
        try:
            return read(value)
        except units.QuantityError as error:
            raise unfit(error.expected, error.hint) from None

    return BeforeValidator(parse)


def _schema(names: Iterable[str], example: str) -> dict[str, Any]:
    part = rf"[0-9]+(\.[0-9]+)?\s*({'|'.join(names)})"
    text = {"type": "string", "pattern": rf"^\s*{part}(\s*{part})*\s*$", "examples": [example]}
    return {"anyOf": [text, {"const": 0}]}


DURATION_SCHEMA = _schema(units.SECONDS, "15 min")
Duration = Annotated[int, _reader(units.duration_seconds), WithJsonSchema(DURATION_SCHEMA)]
"""Whole seconds; `90 s`, `15 min`, `1 h 30 min`, `1 d` in files."""

Length = Annotated[int, _reader(units.metres), WithJsonSchema(_schema(units.METRES, "12 km"))]
"""Whole metres; `800 m`, `12 km` in files."""

Speed = Annotated[
    int,
    _reader(units.metres_per_hour),
    WithJsonSchema(_schema(units.METRES_PER_HOUR, "60 km/h")["anyOf"][0]),
]
"""Whole metres per hour, above 0; `60 km/h`, `5 m/s` in files."""

Mass = Annotated[int, _reader(units.grams), WithJsonSchema(_schema(units.GRAMS, "2.5 t"))]
"""Whole grams; `500 g`, `20 kg`, `2.5 t` in files."""

Volume = Annotated[
    int, _reader(units.millilitres), WithJsonSchema(_schema(units.MILLILITRES, "0.4 m3"))
]
"""Whole millilitres; `0.4 m3`, `20 L`, `500 mL` in files."""

_CLOCK = re.compile(
    r"\s*([01]?[0-9]|2[0-4]):([0-5][0-9])\s*-\s*([01]?[0-9]|2[0-4]):([0-5][0-9])\s*"
)


def day_times(value: Any) -> tuple[tuple[int, int], ...]:
    """Read one range of hours of the day, or a list of them; see `DayTimes`."""
    ranges = value if isinstance(value, list) and value else [value]
    return tuple(_day_time(text) for text in ranges)


def _day_time(text: Any) -> tuple[int, int]:
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise unfit(t("hours of the day such as 08:00-18:00"))
    begin = int(match[1]) * 3600 + int(match[2]) * 60
    end = int(match[3]) * 3600 + int(match[4]) * 60
    if begin >= units.SECONDS["d"] or end > units.SECONDS["d"]:
        raise unfit(t("hours of the day such as 08:00-18:00"))
    return begin, end


_HOURS = {"type": "string", "pattern": f"^{_CLOCK.pattern}$", "examples": ["08:00-18:00"]}
DayTimes = Annotated[
    tuple[tuple[int, int], ...],
    PlainValidator(day_times),
    WithJsonSchema({"anyOf": [_HOURS, {"type": "array", "items": _HOURS, "minItems": 1}]}),
]
"""Ranges of the day as (begin, end) in seconds since midnight, 0 ≤ begin < 86400, end ≤ 86400.

An end that is not later than its begin is on the next day: `18:00-08:00` is a night,
`08:00-08:00` a full day.  In files one text or a list of them.
"""


_TIME = re.compile(r"\s*([01]?[0-9]|2[0-3]):([0-5][0-9])\s*")


def _time_of_day(text: Any) -> int:
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise unfit(t("a time of day such as 09:00"))
    return int(match[1]) * 3600 + int(match[2]) * 60


TimeOfDay = Annotated[
    int,
    PlainValidator(_time_of_day),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME.pattern}$", "examples": ["09:00"]}),
]
"""Seconds since midnight; `09:00` in files."""
