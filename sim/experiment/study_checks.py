"""What does not fit together in a study, beyond the types of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.errors import Problem, did_you_mean, shown
from sim.experiment.factors import Range, levels_of
from sim.files.units import QuantityError, duration_seconds
from sim.files.yamlfile import YamlFile
from sim.texts import t

if TYPE_CHECKING:
    from sim.experiment.study import Best, Safe, Study


def problems_of(study: Study, file: YamlFile) -> list[Problem]:
    """Return every mistake in names, design, numbers and selection."""
    return [
        *_name_problems(study, file),
        *_design_problems(study, file),
        *_number_problems(study, file),
        *_select_problems(study, file),
    ]


def _name_problems(study: Study, file: YamlFile) -> Iterator[Problem]:
    """Only what the study has can be given a name."""
    levels = [name for factor in study.factors.values() for name in levels_of(factor) or ()]
    known = dict.fromkeys([*study.measures, *study.factors, *levels])
    for name in study.names:
        if name not in known:
            expected = t("one of the measures, factors and levels {names}", names=", ".join(known))
            yield file.problem(("names", name), expected, shown(name), did_you_mean(name, known))


def _design_problems(study: Study, file: YamlFile) -> list[Problem]:
    design, where = study.design, ("design",)
    kinds = [type(design).model_fields[name].alias or name for name, v in design if v is not None]
    if len(kinds) != 1:
        words = [field.alias or name for name, field in type(design).model_fields.items()]
        expected = t("exactly one of {words}", words=", ".join(words))
        return [file.problem(where, expected, ", ".join(kinds) or t("nothing"))]
    problems = []
    if not study.factors and design.drawn:
        problems.append(file.problem(where, t("factors that points can be drawn over"), kinds[0]))
    if kinds[0] in ("sobol", "sobol_indices") and design.drawn:
        number = design.drawn.points
        if number & (number - 1):
            expected = t("a power of two, as Sobol points need")
            problems.append(file.problem((*where, kinds[0], "points"), expected, str(number)))
    for name, factor in study.factors.items():
        if isinstance(factor, Range) and not design.drawn:
            expected = t("levels: a range needs a design that draws its points")
            problems.append(file.problem(("factors", name), expected, t("a range")))
        if not isinstance(factor, Range) and not factor:
            problems.append(file.problem(("factors", name), t("at least one level"), t("nothing")))
    for k, entry in enumerate(design.listed or ()):
        problems += _entry_problems(study, file, ("design", "list", k), entry)
    if design.one_at_a_time is not None:
        entry = design.one_at_a_time
        problems += _entry_problems(study, file, ("design", "one_at_a_time"), entry)
    return problems


def _entry_problems(
    study: Study, file: YamlFile, where: tuple[str | int, ...], entry: dict[str, Any]
) -> list[Problem]:
    """Every factor must be given a level that it has."""
    problems = []
    for name in entry:
        if name not in study.factors:
            expected = t("one of the factors {names}", names=", ".join(study.factors))
            hint = did_you_mean(name, study.factors)
            problems.append(file.problem((*where, name), expected, shown(name), hint))
    for name, factor in study.factors.items():
        levels = levels_of(factor)
        if name not in entry:
            problems.append(file.problem(where, t("a level of {name}", name=name), t("nothing")))
        elif isinstance(factor, dict) and entry[name] not in factor:
            expected = t("one of the variants {names}", names=", ".join(levels or ()))
            hint = did_you_mean(str(entry[name]), levels or ())
            problems.append(file.problem((*where, name), expected, shown(entry[name]), hint))
    return problems


def _number_problems(study: Study, file: YamlFile) -> list[Problem]:
    problems = []
    if study.antithetic:
        expected = t("an even number: antithetic replications come in pairs")
        for name, number in (("replications", study.most), ("batch", study.batch)):
            if number % 2:
                problems.append(file.problem((name,), expected, str(number)))
    if isinstance(study.replications, int):
        return problems
    where = ("replications", "half_width")
    for name, width in study.replications.half_width.items():
        problems += _measure_problems(study, file, (*where, name), name)
        problems += _width_problems(file, (*where, name), width)
    if study.replications.most < study.replications.least:
        expected = t("at least as many as `least`")
        received = str(study.replications.most)
        problems.append(file.problem(("replications", "most"), expected, received))
    return problems


def _select_problems(study: Study, file: YamlFile) -> list[Problem]:
    select = study.select
    if select is None:
        return []
    if (select.safe is None) == (select.best is None):
        expected = t("exactly one of {words}", words="safe, best")
        return [file.problem(("select",), expected, "safe, best" if select.safe else t("nothing"))]
    if not isinstance(study.replications, int):
        expected = t("a number, the most that a point may need, where something is selected")
        return [file.problem(("replications",), expected, t("a precision"))]
    if select.best is not None:
        return list(_best_problems(study, select.best, file))
    assert select.safe is not None
    return list(_safe_problems(study, select.safe, file))


def _best_problems(study: Study, best: Best, file: YamlFile) -> Iterator[Problem]:
    where = ("select", "best")
    yield from _measure_problems(study, file, (*where, "measure"), best.measure)
    yield from _width_problems(file, (*where, "within"), best.within)


def _safe_problems(study: Study, safe: Safe, file: YamlFile) -> Iterator[Problem]:
    where = ("select", "safe")
    yield from _measure_problems(study, file, (*where, "measure"), safe.measure)
    if safe.measure in study.measures and not study.is_share(safe.measure):
        expected = t("a measure that is met or not")
        yield file.problem((*where, "measure"), expected, shown(safe.measure))
    if study.antithetic:
        expected = t("independent replications: exact intervals do not hold for pairs")
        yield file.problem(("antithetic",), expected, "true")
    for name, weight in safe.cost.items():
        at = (*where, "cost", name)
        factor = study.factors.get(name)
        if factor is None:
            expected = t("one of the factors {names}", names=", ".join(study.factors))
            yield file.problem(at, expected, shown(name), did_you_mean(name, study.factors))
        elif isinstance(factor, dict) != isinstance(weight, dict):
            expected = t("a cost for every variant, or for a unit of a factor in numbers")
            yield file.problem(at, expected, shown(weight))
        elif isinstance(weight, dict) and isinstance(factor, dict) and set(weight) != set(factor):
            expected = t("a cost for each of the variants {names}", names=", ".join(factor))
            yield file.problem(at, expected, shown(", ".join(weight)))
        elif isinstance(factor, list) and not all(isinstance(v, int | float) for v in factor):
            yield file.problem(at, t("levels that are numbers"), shown(levels_of(factor)))


def _measure_problems(
    study: Study, file: YamlFile, where: tuple[str, ...], name: str
) -> Iterator[Problem]:
    if name not in study.measures:
        expected = t("one of the measures {names}", names=", ".join(study.measures))
        yield file.problem(where, expected, shown(name), did_you_mean(name, study.measures))


def _width_problems(
    file: YamlFile, where: tuple[str, ...], width: float | str
) -> Iterator[Problem]:
    try:
        seconds = width if isinstance(width, float) else duration_seconds(width)
    except QuantityError as error:
        yield file.problem(where, error.expected, str(width), error.hint)
        return
    if seconds <= 0:
        yield file.problem(where, t("a number above {n}", n=0), str(width))
