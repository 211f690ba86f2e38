"""Target packs as typed data, read from one YAML file each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from sim.errors import Problem, UnusableInput, did_you_mean
from sim.files.shipped import named
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules.fields import Duration
from sim.rules.pack import Source, Strict, Text
from sim.texts import t, vocabulary

TeamStamp = Literal[
    "noticed", "ordered", "alerted", "mustered", "departed",
    "arrived", "started", "ended", "returned",
]  # fmt: skip
"""A column of `sim.team_times`, or `noticed`: the incident's first row of activity `notice`."""
SupplyStamp = Literal["occurred", "needed", "supplied", "asked", "first", "full"]
"""A column of `sim.relief_times` or `sim.order_lines`."""
STAMPS: dict[str, tuple[str, ...]] = {
    "teams": get_args(TeamStamp),
    "shelters": ("occurred", "needed", "supplied"),
    "order_lines": ("occurred", "asked", "first", "full"),
}
"""The stamps of what a target may measure, in the order in which they come about."""
_SHIPPED = Path(__file__).with_name("packs")


class Target(Strict):
    """From one stamp to another `within` a time, in at least a `share` of all cases.

    Without `share` the source names none, so every single time counts.  `mean` is asked for the
    mean instead.  `hazards` are those of the incident (default: any).

    `measures: teams` (the default): `kinds` are the kinds of teams concerned; `of: first` looks
    at the first of them that arrives at each incident or call, `each` at every order.
    `shelters`: `supplied` is the first time that nobody there lacked any of the `items` (default:
    all that are needed there); `of: all` looks at all shelters of an incident together, `each`
    at every shelter.  `order_lines`: at each order line of the `items`.
    """

    text: Text
    measures: Literal["teams", "shelters", "order_lines"] = "teams"
    kinds: list[str] = []
    items: list[str] = []
    hazards: list[str] = []
    since: Annotated[TeamStamp | SupplyStamp, Field(alias="from")]
    to: TeamStamp | SupplyStamp
    within: Annotated[Duration, Field(ge=1)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    mean: Annotated[Duration, Field(ge=1)] | None = None
    of: Literal["each", "first", "all"] = "each"
    source: str
    note: Text | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Target:
        if (self.within is None) == (self.mean is None):
            raise ValueError(t("either within or mean"))
        if self.share is not None and self.within is None:
            raise ValueError(t("within beside share"))
        return self

    @model_validator(mode="after")
    def _fits_what_it_measures(self) -> Target:
        stamps = STAMPS[self.measures]
        wrong = [stamp for stamp in (self.since, self.to) if stamp not in stamps]
        if wrong:
            raise ValueError(t("from and to one of {words}", words=", ".join(stamps)))
        if (self.measures == "teams") != bool(self.kinds):
            raise ValueError(t("kinds beside measures: teams, and only there"))
        if self.items and self.measures == "teams":
            raise ValueError(t("items beside measures: shelters or order_lines"))
        if self.of not in {"teams": ("each", "first"), "shelters": ("each", "all")}.get(
            self.measures, ("each",)
        ):
            raise ValueError(t("of: first beside teams, of: all beside shelters"))
        return self


class TargetPack(Strict):
    """Targets of one standard, with its sources; a file that a user may write himself."""

    format: Literal[1]
    id: str
    version: str
    title: Text
    jurisdiction: str
    sources: dict[str, Source]
    targets: Annotated[dict[str, Target], Field(min_length=1)]
    note: Text | None = None


def target_names() -> tuple[str, ...]:
    """Return the names of the shipped target packs."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_targets(name: str | Path) -> TargetPack:
    """Return a target pack, by the name of a shipped one or by the path of a file.

    Raises `UnusableInput` with every mistake in it, each with its line.
    """
    file = read_yaml(_path(name))
    pack, problems = validate(TargetPack, file.data, file)
    if isinstance(pack, TargetPack):
        problems += [problem for key in pack.targets for problem in _unknown(pack, key, file)]
    if problems:
        raise UnusableInput(problems)
    assert isinstance(pack, TargetPack)
    return pack


def _path(name: str | Path) -> Path:
    names = target_names()
    expected = t("the path of a target pack, or one of {names}", names=", ".join(names))
    return named(name, _SHIPPED, names, expected)


def _unknown(pack: TargetPack, key: str, file: YamlFile) -> list[Problem]:
    """Return the words of a target that nothing knows: kinds, hazards, sources."""
    target = pack.targets[key]
    asked = (
        ("kinds", target.kinds, vocabulary("team")),
        ("hazards", target.hazards, vocabulary("hazard")),
        ("source", [target.source], pack.sources),
    )
    return [
        file.problem(
            ("targets", key, name),
            t("one of {words}", words=", ".join(known)),
            word,
            did_you_mean(word, known),
        )
        for name, given, known in asked
        for word in given
        if word not in known
    ]
