"""What a scenario is for: its class, grade, time of day, and what it trains."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import UnusableInput
from sim.files.yamlfile import read_yaml, validate
from sim.scenario.base import Name, Names
from sim.scenario.plans import Level

Class = Literal["natural", "accident", "health", "social"]
When = Literal["day", "night", "holiday"]
Article = Annotated[int, Field(ge=1, le=15)]


class About(BaseModel):
    """The card of a scenario in a library; nothing in the drill depends on it.

    `class`: one of the four of the Emergency Response Law; `grade`: the highest that the truth
    reaches; `when` it occurs: by day (06:00 to 18:00), at night, or on a holiday at whatever hour;
    `articles` of the directive that it trains most; `aim`: what it trains, in a sentence.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    class_: Annotated[Class, Field(alias="class")]
    grade: Level
    when: When
    articles: Annotated[list[Article], Field(min_length=1)]
    aim: Name


class Card(NamedTuple):
    """One file of a library: its `id` (the file's name), name, and what it says of itself."""

    id: str
    name: Names | None
    about: About | None


def cards(folder: str | Path) -> list[Card]:
    """Return the card of every scenario file in a folder, in order of their names.

    Only `name` and `about` are read; YAML files of other kinds are passed over.  Raises
    `UnusableInput` with everything that is wrong in them.
    """
    found, problems = [], []
    for path in sorted(Path(folder).glob("*.yaml")):
        file = read_yaml(path)
        if "yanlian" not in file.data:
            continue
        name, wrong = validate(Name | None, file.data.get("name"), file, ("name",))
        about, amiss = validate(About | None, file.data.get("about"), file, ("about",))
        problems += [*wrong, *amiss]
        found.append(Card(path.stem, name, about))
    if problems:
        raise UnusableInput(problems)
    return found
