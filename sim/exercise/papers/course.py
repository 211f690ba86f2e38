"""What is so at an instant, in words: the true figures of an incident."""

from __future__ import annotations

from sim.exercise.papers.drill import Drill
from sim.log.schema import FIELDS, MEASURES
from sim.scenario.grade import grade, table_for
from sim.texts import label, t


def state_at(drill: Drill, incident: str, seconds: float) -> dict[str, float]:
    """Return the true figures of an incident at an instant, each as last stated before it."""
    known: dict[str, float] = {}
    thing = drill.scenario.incidents[incident]
    for state in thing.course:
        if thing.at + state.after <= seconds:
            known |= {f: v for f in FIELDS if (v := getattr(state, f, None)) is not None}
    return {name: known[name] for name in FIELDS if name in known}


def figures(state: dict[str, float]) -> str:
    """Return figures as people read them out: `dead 4, seriously hurt 11`."""
    words = []
    for name, value in state.items():
        if value:
            what, n = label("field", name), f"{value:g}"
            if name not in MEASURES:
                words.append(t("{n} {what}", what=what, n=n))
                continue
            bare, _, unit = what.replace("（", "(").rstrip(")）").partition("(")
            if unit and not unit[0].isdigit():
                words.append(t("{what} {n} {unit}", what=bare.strip(), n=n, unit=unit))
            else:
                words.append(t("{what} {n}", what=what, n=n))
    return t(", ").join(words) or t("no figures yet")


def grade_at(drill: Drill, incident: str, seconds: float) -> str:
    """Return the grade that the true figures reach at an instant, `""` for none."""
    hazard = drill.scenario.incidents[incident].hazard
    return grade(state_at(drill, incident, seconds), table_for(hazard))


def place_of(drill: Drill, incident: str) -> str:
    """Return what the place of an incident is called."""
    return drill.called(drill.scenario.incidents[incident].place)
