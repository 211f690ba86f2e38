"""Quantities with units: worked by hand, each the unit's definition."""

import pytest

from sim.files.units import duration_seconds, grams, metres, metres_per_hour
from sim.texts import in_language


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90),
        ("15 min", 15 * 60),
        ("2 h", 2 * 3600),
        ("1 d", 24 * 3600),
        ("1.5 h", 90 * 60),
        ("1 h 30 min", 90 * 60),
        ("1d2h3min4s", 93_784),
        (" 0 s ", 0),
        ("0.5 s", 1),  # half up
        ("0.4 s", 0),
    ],
)
def test_durations_by_definition_of_the_units(text, seconds):
    assert duration_seconds(text) == seconds


def test_other_quantities_by_definition_of_the_units():
    assert metres("12 km") == 12_000
    assert metres("1 km 250 m") == 1_250
    assert metres_per_hour("60 km/h") == 60_000
    assert metres_per_hour("5 m/s") == 18_000
    assert grams("2.5 t") == 2_500_000
    assert grams("20 kg") == 20_000


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (15, "expected a duration such as 15 min, received 15, did you mean 15 min?"),
        ("15", "expected a duration such as 15 min, received '15', did you mean 15 min?"),
        ("5 mins", "expected a duration such as 15 min, received '5 mins', did you mean 5 min?"),
        ("2 小时", "expected a duration such as 15 min, received '2 小时', did you mean 2 h?"),
        ("30 min 1 h", "expected a duration such as 15 min, received '30 min 1 h'"),
        ("-5 min", "expected a duration such as 15 min, received '-5 min'"),
        ("１５ min", "expected a duration such as 15 min, received '１５ min'"),
        (True, "expected a duration such as 15 min, received True"),
        ("", "expected a duration such as 15 min, received ''"),
        ("40000 d", "expected a duration of at most 100 years, received '40000 d'"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(wrong, message):
    with in_language("en"), pytest.raises(ValueError, match="expected") as caught:
        duration_seconds(wrong)
    assert str(caught.value) == message


def test_a_speed_of_nought_is_no_speed():
    with pytest.raises(ValueError, match="0 km/h"):
        metres_per_hour("0 km/h")
