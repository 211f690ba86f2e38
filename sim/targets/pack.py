"""Target packs as typed data, read from one YAML file each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.errors import Problem, UnusableInput, did_you_mean
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules.pack import Duration, Source, Strict, Text
from sim.texts import t, vocabulary

Stamp = Literal[
    "ordered", "alerted", "mustered", "departed", "arrived", "started", "ended", "returned"
]
"""A column of `sim.team_times`."""
_SHIPPED = Path(__file__).with_name("packs")


class Target(Strict):
    """From one stamp of a team to another `within` a time, in at least a `share` of all cases.

    Without `share` the source names none, so every single time counts.  `mean` is asked for the
    mean instead.  `kinds` are the kinds of teams concerned, `hazards` those of the incident
    (default: any).  `of: first` looks at the first team of the kinds that arrives at each
    incident or call, `each` at every order.
    """

    text: Text
    kinds: Annotated[list[str], Field(min_length=1)]
    hazards: list[str] = []
    since: Annotated[Stamp, Field(alias="from")]
    to: Stamp
    within: Annotated[Duration, Field(ge=1)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    mean: Annotated[Duration, Field(ge=1)] | None = None
    of: Literal["each", "first"] = "each"
    source: str
    note: Text | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Target:
        if (self.within is None) == (self.mean is None):
            raise ValueError(t("either within or mean"))
        if self.share is not None and self.within is None:
            raise ValueError(t("within beside share"))
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
    path = Path(name)
    if isinstance(name, str) and name in target_names():
        return _SHIPPED / f"{name}.yaml"
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        names = target_names()
        expected = t("the path of a target pack, or one of {names}", names=", ".join(names))
        hint = did_you_mean(str(name), names)
        raise UnusableInput([Problem(str(name), 0, "", expected, str(name), hint)])
    return path


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
