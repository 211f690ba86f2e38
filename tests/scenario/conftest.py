"""What the tests of scenarios share: files written from text, and their messages."""

import pytest

from sim.errors import UnusableInput
from sim.scenario import load_scenario
from sim.texts import in_language

BASE = """\
yanlian: 1
start: 2026-07-01T08:00+08:00
horizon: 6 h
places:
  town: {adcode: "451200"}
  mine: {at: [107.9, 24.8]}
calendars:
  daily: {shifts: {day: "08:00-18:00", night: "18:00-08:00"}}
channels:
  phone: {kind: phone, time: 1 min}
procedures:
  tell:
    on: noticed
    steps:
      - draft: {time: 2 min}
      - send: {to: superior, channel: phone}
offices:
  city: {role: city_gov, place: town, calendar: daily, duty: {day: 2, night: 1}}
  unit: {role: unit, superior: city, procedures: [tell]}
incidents:
  collapse: {hazard: mine, place: mine, course: [{dead: 3}], noticed: {unit: 5 min}}
"""


@pytest.fixture
def write(tmp_path):
    """`write(text, name="s.yaml")`: the path of a file with this text."""

    def write(text, name="s.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def base():
    """A small valid scenario as text."""
    return BASE


@pytest.fixture
def messages(write, tmp_path):
    """`messages(text)`: what is wrong with a scenario, line by line, without the folder."""

    def messages(text, lang="en"):
        path = write(text)
        with in_language(lang):
            try:
                load_scenario(path)
            except UnusableInput as error:
                return str(error).replace(f"{tmp_path}/", "").splitlines()
        return []

    return messages
