"""Which grades an incident can be judged at in a drill, by what anybody can know of it."""

from __future__ import annotations

from sim.log.schema import FIELDS
from sim.scenario import Scenario
from sim.scenario.grade import GRADES, RANK, grade, table_for
from sim.scenario.incidents import COMMS_CHECK, OUTAGE, Inject
from sim.texts import vocabulary


def possible_grades(scenario: Scenario, incident: str, accuracy: float) -> frozenset[str]:
    """Return every grade that somebody may confirm; `""` stands for none.

    Who knows some of the true figures and, of each, one of the values that it ever has, judges
    between the grade of the lowest figures that are known from the beginning and that of the
    highest.  A judgement with an `accuracy` below 1 may be one off.  Injects with figures, tasks
    that worsen them and channels that garble make anything possible.
    """
    about = scenario.incidents[incident]
    states = about.course
    told = any(
        tells(inject) and inject.incident == incident for inject in scenario.injects.values()
    )
    worsens = any(task.growth is not None for task in about.tasks.values())
    garbled = any(channel.garble for channel in scenario.channels.values())
    if told or worsens or garbled:
        return frozenset(RANK)
    values = {name: [v for s in states if (v := getattr(s, name)) is not None] for name in FIELDS}
    first = [s for s in states if s.after == 0]
    known = {name for s in first for name in FIELDS if getattr(s, name) is not None}
    table = table_for(about.hazard)
    low = grade({name: min(values[name]) for name in known}, table)
    high = grade({name: max(found) for name, found in values.items() if found}, table)
    off = 1 if accuracy < 1 else 0
    top = min(RANK[high] + off, len(GRADES)) if high else 0
    bottom = RANK[low] if RANK[low] <= 1 else RANK[low] - off
    return frozenset(name for name, rank in RANK.items() if bottom <= rank <= top)


def tells(inject: Inject) -> bool:
    """Return whether an inject tells somebody something of an incident."""
    return inject.kind not in (COMMS_CHECK, OUTAGE, *vocabulary("inject"))
