"""Values as pack files write them: durations, dates, times of day, grades, modalities.

What is nearly right says what to write instead.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from sim.files.units import QuantityError, duration_seconds
from sim.texts import t, vocabulary

Grade = Literal["I", "II", "III", "IV", "unknown"]
Word = Literal["必须", "应", "原则上", "鼓励"]


def unfit(expected: str, hint: str = "") -> PydanticCustomError:
    """Return the error for a value: what was expected, and what was probably meant."""
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


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _time_of_day(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value):
        return value
    short = isinstance(value, str) and re.fullmatch(r"\d:[0-5]\d", value)
    raise unfit(t("a time of day such as 08:00, at most 24:00"), f"0{value}" if short else "")


def _grades(value: Any) -> Any:
    if isinstance(value, str):
        if value in get_args(Grade):
            return [value]
        raise unfit(t("a list of grades such as [III, II, I]"), _OR_ABOVE.get(value, ""))
    return value


_OR_ABOVE = {"一般以上": "[IV, III, II, I]", "较大以上": "[III, II, I]", "重大以上": "[II, I]"}


def _modality(value: Any) -> Any:
    for word, labels in vocabulary("modality").items():
        if value in labels and value != word:
            raise unfit(t("one of {words}", words=", ".join(vocabulary("modality"))), word)
    return value


TimeOfDay = Annotated[str, BeforeValidator(_time_of_day)]
TimesOfDay = Annotated[
    list[TimeOfDay],
    BeforeValidator(_listed, json_schema_input_type=list[TimeOfDay] | TimeOfDay),
]
Grades = Annotated[
    list[Grade], BeforeValidator(_grades, json_schema_input_type=list[Grade] | Grade)
]
Duration = Annotated[int, BeforeValidator(_seconds, json_schema_input_type=str)]
Months = Annotated[int, BeforeValidator(_months, json_schema_input_type=str)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str)]
Modality = Annotated[Word, BeforeValidator(_modality, json_schema_input_type=Word)]
