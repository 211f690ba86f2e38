"""The measures of a study as people read them: names, units, minutes for seconds."""

from __future__ import annotations

from sim.experiment.results import Results
from sim.texts import t

SCALE = {"s": 60.0, "h": 1.0, "yuan": 1.0, "%": 0.01, "pieces": 1.0, "": 1.0}
"""By what the values of a unit are divided for people: seconds become minutes."""


def unit_of(results: Results, measure: str) -> str:
    """Return a measure's unit as people read it, empty for shares."""
    found = results.study.measures.get(measure)
    if found is None:
        return ""
    words = {"s": t("min"), "h": t("person-hours"), "yuan": t("yuan"), "pieces": t("pieces")}
    return words.get(found.unit, found.unit)


def scale_of(results: Results, measure: str) -> float:
    """Return by what a measure's values are divided for people."""
    found = results.study.measures.get(measure)
    return SCALE[found.unit] if found is not None else 1.0


def measure_words(results: Results, measure: str) -> str:
    """Return a measure's name with its unit."""
    name, unit = results.study.called(measure), unit_of(results, measure)
    return t("{name} ({unit})", name=name, unit=unit) if unit else name
