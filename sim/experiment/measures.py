"""What a study measures of every drill; `sim.experiment.measuring` does the measuring."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile
from sim.rules import Pack
from sim.texts import t

SETS = ("all", "deadlines")
"""Words for several rules of a pack."""
KINDS = (
    *("met", "margin", "elapsed", "unmet", "cost"),
    *("officer_hours", "waiting", "arrival", "done"),
    *("lost", "busy", "short", "left"),
)
WARM = ("met", "margin", "elapsed", "officer_hours", "waiting", "lost", "busy")
"""Kinds that can leave out what begins before the warm-up is over."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Measure(BaseModel):
    """One measure: exactly one of the keys `KINDS`, some with `owner` or `incident`.

    `met`: rules of the pack, `all`, or `deadlines` (all that have a time limit): whether every duty
    by them that applied was met.
    `margin`, `elapsed`: of a rule: deadline minus end, end minus start (s), of several duties
    the worst.  `unmet`: person-hours in want of an item.  `cost`: yuan, of one kind or `total`.
    `officer_hours`: on the roster up to the horizon (`rostered`) or at work (`busy`).
    `waiting`: of a post such as `hechi/duty`, the mean time (s) from when work was asked for to
    when somebody took it up.
    `arrival`: seconds from the occurrence to the `first` or `last` arrival of a team.  `done`:
    seconds from the occurrence to the end of a task.
    `lost`: of calls (`serve`), orders for a team (`order`) or messages (`send`), asked for by the
    `owner` or by all, the share that was given up.  `busy`: share of time that a team is at work.
    `short`, `left`: pieces of an item that were ordered and not picked, or lie on the shelves, when
    the record ends.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    met: Annotated[list[str] | None, BeforeValidator(_listed)] = None
    margin: str | None = None
    elapsed: str | None = None
    unmet: str | None = None
    cost: Literal["total", "purchase", "hire", "wages", "compensation", "loss", "other"] | None = (
        None
    )
    officer_hours: Literal["rostered", "busy"] | None = None
    waiting: str | None = None
    arrival: Literal["first", "last"] | None = None
    done: str | None = None
    lost: Literal["serve", "order", "send"] | None = None
    busy: str | None = None
    short: str | None = None
    left: str | None = None
    owner: str | None = None
    incident: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Measure:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            expected = t("exactly one of {words}", words=", ".join(KINDS))
            raise PydanticCustomError(
                "unfit", "expected {expected}", {"expected": expected, "hint": ""}
            )
        return self

    @property
    def kind(self) -> str:
        """Which of `KINDS` it is."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def unit(self) -> str:
        """`""` for yes or no, `s`, `h` (person-hours), `yuan`, `%` (a share) or `pieces`."""
        return _UNITS[self.kind]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it names; those of `SETS` stand for several."""
        one = self.margin or self.elapsed
        return tuple(self.met or ()) or ((one,) if one else ())


_UNITS = {
    "met": "",
    "margin": "s",
    "elapsed": "s",
    "unmet": "h",
    "cost": "yuan",
    "officer_hours": "h",
    "waiting": "s",
    "arrival": "s",
    "done": "s",
    "lost": "%",
    "busy": "%",
    "short": "pieces",
    "left": "pieces",
}


def problems_of_measures(
    measures: dict[str, Measure], pack: Pack, file: YamlFile, warm_up: int = 0
) -> list[Problem]:
    """Return what does not fit the pack (no such rule, a rule without a limit) or a warm-up."""
    problems = []
    for name, measure in measures.items():
        if warm_up and measure.kind not in WARM:
            expected = t("with a warm-up, one of {words}", words=", ".join(WARM))
            problems.append(file.problem(("measures", name), expected, measure.kind))
        where = ("measures", name, measure.kind)
        for rule in measure.rules:
            if rule in SETS and measure.kind == "met":
                continue
            if rule not in pack.rules:
                expected = t("a rule of the pack: {names}", names=", ".join(pack.rules))
                hint = did_you_mean(rule, pack.rules)
                problems.append(file.problem(where, expected, shown(rule), hint))
            elif measure.kind == "margin" and pack.rules[rule].limit is None:
                expected = t("a rule with a time limit")
                problems.append(file.problem(where, expected, shown(rule)))
    return problems
