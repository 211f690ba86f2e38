"""What every object of a scenario file shares."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Names(BaseModel):
    """A display name in Chinese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the name in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


def _one_name(value: Any) -> Any:
    return {"zh": value, "en": value} if isinstance(value, str) else value


Name = Annotated[Names, BeforeValidator(_one_name)]
"""A name as a user writes it: one text for both languages, or `{zh: …, en: …}`."""


def display_names(thing: Any) -> list[str]:
    """Return the display names of an object as its file gives it, unchecked."""
    name = thing.get("name") if isinstance(thing, dict) else None
    return [x for x in (name.values() if isinstance(name, dict) else [name]) if isinstance(x, str)]


class RefersTo:
    """Annotation: this text is the key of an object under one of these top keys.

    `Annotated[str, RefersTo("offices", "teams")]`; the reader reports keys that do not exist.
    `words` are allowed beside the keys: `RefersTo("offices", words=("superior",))`.
    """

    def __init__(self, *sections: str, words: tuple[str, ...] = ()):
        self.sections = sections
        self.words = words


Actor = Annotated[str, RefersTo("offices", "teams", "depots", "shelters")]
Place = Annotated[str, RefersTo("places")]
Office = Annotated[str, RefersTo("offices")]

WarningLevel = Literal["red", "orange", "yellow", "blue", "lifted"]
"""Level of a warning to the public, the highest first; `lifted` puts an end to it."""


Origin = str | dict[str, str]
"""Where the numbers of an object and of all below it come from: a key of `sources`, or `assumed`.

For some of them only, by name: `{accuracy: health-reports, time: assumed}`.
"""


class Thing(BaseModel):
    """A named object; `source` says where its numbers come from, for all below it too."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    name: Name | None = None
    source: Origin | None = None
    note: Name | None = None

    def title(self, key: str, lang: str = "en") -> str:
        """Return the display name, or the key where no name is given."""
        return self.name.in_language(lang) if self.name else key
