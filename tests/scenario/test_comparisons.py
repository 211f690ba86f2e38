"""Guards: grades and warnings by severity, numbers by size, words by being equal."""

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario.comparisons import Comparison
from sim.scenario.units import DayTimes

ADAPTER = TypeAdapter(Comparison)


@pytest.mark.parametrize(
    ("text", "holding", "failing"),
    [
        (">= III", ["I", "II", "III"], ["IV", None, "", "flood", 3]),
        ("> III", ["I", "II"], ["III", "IV"]),
        ("<= II", ["II", "III", "IV"], ["I"]),
        ("== II", ["II"], ["I", "III", None]),
        ("II", ["II"], ["I"]),
        (">= 3", [3, 3.0, 10], [2, 2.9, None, "", "many"]),
        ("< 10", [0, 9], [10, None]),
        (3, [3, 3.0], [4, None]),
        ("flood", ["flood"], ["fire", None, ""]),
        ("!= flood", ["fire"], ["flood", None, ""]),
        ("!= 3", [4], [3, None]),
        (True, [True], [False, None]),
        (False, [False], [True, None]),
        (["fire", "explosion"], ["fire", "explosion"], ["flood", None, ""]),
        ([1, 2], [1, 2.0], [3]),
        (">= orange", ["orange", "red"], ["yellow", "blue", "lifted", "I", "III", None, "", 5]),
        ("< orange", ["yellow", "blue"], ["orange", "red", "IV", None]),
        (">= III", ["II"], ["red", "blue"]),
        (">= blue", ["blue", "red"], ["lifted", ""]),
        ("lifted", ["lifted"], ["blue", ""]),
    ],
)
def test_what_holds_by_the_definition_of_the_order(text, holding, failing):
    comparison = ADAPTER.validate_python(text)
    assert [value for value in holding if not comparison.holds(value)] == []
    assert [value for value in failing if comparison.holds(value)] == []


@pytest.mark.parametrize("text", [">= flood", "<", "", ">= ", None, {}, [], [[1]]])
def test_what_cannot_be_compared_is_refused(text):
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(text)


def test_hours_of_the_day():
    read = TypeAdapter(DayTimes).validate_python
    assert read("08:00-18:00") == ((28_800, 64_800),)
    assert read(["22:00-06:00", "12:30-24:00"]) == ((79_200, 21_600), (45_000, 86_400))
    for wrong in ("8-18", "08:00-25:00", "24:00-08:00", "08:60-09:00", [], 8):
        with pytest.raises(ValidationError):
            read(wrong)
