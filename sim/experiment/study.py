"""A study file: which scenario, what is varied, how often it is run, what is measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from sim.errors import UnusableInput
from sim.experiment.factors import Factor
from sim.experiment.measures import Measure, problems_of_measures
from sim.experiment.study_checks import problems_of
from sim.files.units import duration_seconds
from sim.files.yamlfile import YamlFile, read_yaml, validate
from sim.rules import Pack, load_pack
from sim.rules.options import with_options
from sim.scenario.base import Name, Names
from sim.scenario.units import Duration
from sim.texts import language


class Strict(BaseModel):
    """Base of everything in a study: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Drawn(Strict):
    """A design whose points are drawn: how many, and the seed of the drawing."""

    points: Annotated[int, Field(ge=1, le=100_000)]
    seed: Annotated[int, Field(ge=0)] = 1


class Design(Strict):
    """Which combinations of levels are run; exactly one of these.

    `grid`: all of them.  `list`: those listed.  `one_at_a_time`: a base, then every other level of
    each factor alone.  `latin_hypercube`, `sobol`: drawn over the ranges and levels
    (`scipy.stats.qmc`).  `sobol_indices`: points × (factors + 2) for Sobol's indices of
    sensitivity; `morris`: points × (factors + 1) for Morris' screening (extra `sensitivity`).
    Points of the two Sobol designs are powers of two.
    """

    grid: Literal[True] | None = None
    listed: Annotated[list[dict[str, Any]] | None, Field(alias="list", min_length=1)] = None
    one_at_a_time: dict[str, Any] | None = None
    latin_hypercube: Drawn | None = None
    sobol: Drawn | None = None
    sobol_indices: Drawn | None = None
    morris: Drawn | None = None

    @property
    def drawn(self) -> Drawn | None:
        """The design's drawing, `None` where its points are given."""
        return self.latin_hypercube or self.sobol or self.sobol_indices or self.morris


class Precision(Strict):
    """Run until every measure named is known closely enough.

    `half_width`: measure -> half of its 95 % interval, in the measure's own unit (a probability
    as a number, times as `2 min`).  `least` and `most` replications; `look_ahead`: for so many
    further replications the intervals must stay that narrow.
    """

    half_width: dict[str, float | str]
    least: Annotated[int, Field(ge=3)] = 30
    most: Annotated[int, Field(ge=3, le=1_000_000)] = 10_000
    look_ahead: Annotated[int, Field(ge=0)] = 5


class Safe(Strict):
    """The cheapest point at which a measure is met with probability `at_least` or more.

    `cost`: factor -> what a unit of it costs, or variant -> its cost; points dearer than `budget`
    are not run.  No answer is wrong with probability 1 - `error`; nearer to `at_least` than
    `within` nothing is claimed.
    """

    measure: str
    at_least: Annotated[float, Field(gt=0, lt=1)]
    cost: dict[str, float | dict[str, float]]
    budget: float | None = None
    within: Annotated[float, Field(gt=0, lt=1)] = 0.02
    error: Annotated[float, Field(gt=0, lt=1)] = 0.05


class Best(Strict):
    """The point with the greatest or least mean of a measure (`sim.experiment.kn`).

    `within`: the smallest difference that matters, in the measure's unit (times as `2 min`).
    """

    measure: str
    goal: Literal["max", "min"] = "max"
    within: float | str
    error: Annotated[float, Field(gt=0, lt=1)] = 0.05
    first: Annotated[int, Field(ge=10)] = 20

    @property
    def width(self) -> float:
        """`within` as a number; durations in seconds."""
        return float(duration_seconds(self.within)) if isinstance(self.within, str) else self.within


class Select(Strict):
    """What is to be selected: exactly one of the two."""

    safe: Safe | None = None
    best: Best | None = None


def _word(value: Any) -> Any:
    return {"grid": True} if value == "grid" else value


class Study(Strict):
    """An experiment: every point of the design is run with the same numbers.

    `replications` fixed, or until a precision is reached; with `select` the most that a point may
    need.  `antithetic`: replications come in
    pairs, the second with every number mirrored; a pair is one observation.  `warm_up` (s):
    what begins before it is not measured.  `logs`: numbers of the replications whose whole
    records are kept.  `batch`: replications that are run, kept and resumed together; results do not
    depend on it.  `names`: how people call measures, factors and levels.
    """

    study: Literal[1]
    name: Names | None = None
    note: Names | None = None
    names: dict[str, Name] = {}
    scenario: str
    pack: str = "guangxi-2012-65"
    options: dict[str, str] = {}
    seed: Annotated[int, Field(ge=0)] = 1
    factors: dict[str, Factor] = {}
    design: Annotated[Design, BeforeValidator(_word)] = Design(grid=True)
    replications: Annotated[int, Field(ge=1, le=1_000_000)] | Precision = 100
    select: Select | None = None
    antithetic: bool = False
    warm_up: Duration = 0
    measures: dict[str, Measure]
    logs: list[Annotated[int, Field(ge=0)]] = []
    batch: Annotated[int, Field(ge=2, le=256)] = 32
    _file: YamlFile = PrivateAttr(default_factory=lambda: YamlFile("study", {}))
    _rules: list[Pack] = PrivateAttr(default_factory=list)

    @property
    def file(self) -> YamlFile:
        """The file it was read from, for messages."""
        return self._file

    @property
    def folder(self) -> Path:
        """The folder that paths in it are relative to."""
        return Path(self._file.file).parent

    @property
    def rules(self) -> Pack:
        """The pack, without the study's choices (`options`)."""
        return self._rules[0]

    def called(self, key: str) -> str:
        """Return the name of a measure, factor or level in the language in force, else its key."""
        found = self.names.get(key)
        return found.in_language(language()) if found is not None else key

    def is_share(self, name: str) -> bool:
        """Whether a measure is met or not, so that its mean is a share; else it is a number."""
        return name in self.measures and self.measures[name].unit == ""

    @property
    def most(self) -> int:
        """The most replications that a point may need."""
        if isinstance(self.replications, int):
            return self.replications
        return self.replications.most


def load_study(path: str | Path, **keys: Any) -> Study:
    """Return the study in a YAML file; raises `UnusableInput` with every mistake.

    `keys` stand in for those of the file.  The scenario itself is read point by point
    (`sim.experiment.design.points`).
    """
    file = read_yaml(path)
    return study_of(replace(file, data={**file.data, **keys}))


def make_study(folder: str | Path = ".", **keys: Any) -> Study:
    """Return a study written in Python: the keys of a study file; paths relative to `folder`."""
    return study_of(YamlFile(str(Path(folder) / "study"), {"study": 1, **keys}))


def study_of(file: YamlFile, pack: Pack | None = None) -> Study:
    """Return the study that a file's data states; raises `UnusableInput`.

    `pack` stands in for the one that it names.
    """
    study, problems = validate(Study, file.data, file)
    if study is None:
        raise UnusableInput(problems)
    problems = problems_of(study, file)
    try:
        pack = pack or load_pack(_pack_name(study.pack, file))
        with_options(pack, study.options)
    except UnusableInput as error:
        problems += error.problems
    else:
        problems += problems_of_measures(study.measures, pack, file, study.warm_up)
        study._rules.append(pack)
    if problems:
        raise UnusableInput(problems)
    study._file = file
    assert isinstance(study, Study)
    return study


def _pack_name(name: str, file: YamlFile) -> str | Path:
    """Return a shipped pack's name as it is, a file's name relative to the study."""
    return Path(file.file).parent / name if name.endswith((".yaml", ".yml")) else name
