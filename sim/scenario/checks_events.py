"""Incidents, injects and background load, and the drill's length."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.log.schema import FIELDS
from sim.scenario.checks_duty import posts, rings
from sim.scenario.checks_steps import elements_known, guard_problems, word_problems
from sim.scenario.grade import table_for, table_hazards
from sim.scenario.incidents import COMMS_CHECK, OUTAGE, Inject
from sim.scenario.scenario import Scenario
from sim.scenario.steps.verify import CALL_BACK
from sim.texts import t, vocabulary


def event_problems(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> list[Problem]:
    """Return the problems with what comes from outside."""
    return [
        *_length(scenario, file),
        *_incidents(scenario, file),
        *_injects(scenario, known, file),
        *_triggers(scenario, known, file),
        *_background(scenario, file),
    ]


def _length(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    if getattr(scenario, "horizon", 1) == 0:
        yield file.problem(("horizon",), t("a duration above 0"), "0")


def _incidents(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    parents = {key: incident.parent for key, incident in scenario.incidents.items()}
    yield from rings(parents, "incidents", "parent", file)
    for key, incident in scenario.incidents.items():
        path: Node = ("incidents", key)
        if not table_for(incident.hazard):
            known = table_hazards()
            yield from word_problems(
                [incident.hazard], known, (*path, "hazard"), file, listed=False
            )
        if not incident.occurs and (incident.course or incident.noticed):
            yield file.problem(
                (*path, "occurs"), t("neither course nor noticed for what never occurs"), "false"
            )
        if incident.occurs and not incident.course:
            yield file.problem((*path, "course"), t("at least one state"), t("an empty list"))


def _injects(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> Iterator[Problem]:
    channels = [*known["channels"], *vocabulary("channel")]
    for key, inject in scenario.injects.items():
        path: Node = ("injects", key)
        if inject.at is None and inject.timed:
            yield file.problem(path, t("a time (at) or an event (on)"), t("neither"))
        yield from guard_problems(inject.when, (*path, "when"), file)
        for name in inject.fields:
            yield from word_problems([name], FIELDS, (*path, "fields", name), file, listed=False)
        yield from word_problems(inject.elements, elements_known(), (*path, "elements"), file)
        kinds = [*vocabulary("report"), *vocabulary("inject"), COMMS_CHECK]
        yield from word_problems([inject.kind], kinds, (*path, "kind"), file, False)
        yield from _calls(scenario, inject, path, file)
        yield from _outage(inject, path, file)
        if inject.kind in (COMMS_CHECK, OUTAGE):
            over = list(known["channels"])
            yield from word_problems([inject.channel], over, (*path, "channel"), file, False)
            if inject.kind == COMMS_CHECK and inject.limit is None:
                yield file.problem(path, t("a limit (limit) for the answer"), t("nothing"))
            continue
        yield from word_problems([inject.channel], channels, (*path, "channel"), file, False)


def _outage(inject: Inject, path: Node, file: YamlFile) -> Iterator[Problem]:
    """An outage says how long; only an outage without a condition goes to nobody."""
    if inject.kind == OUTAGE and inject.for_ is None:
        yield file.problem((*path, "for"), t("the key {key}", key="for"), t("nothing"))
    if inject.kind != OUTAGE:
        for name, value in (("for", inject.for_), ("lines_of", inject.lines_of or None)):
            if value is not None:
                expected = t("kind: outage beside it")
                yield file.problem((*path, name), expected, shown(inject.kind))
    if not inject.recipients and (inject.kind != OUTAGE or inject.on or inject.when):
        yield file.problem((*path, "to"), t("the key {key}", key="to"), t("nothing"))


def _calls(scenario: Scenario, inject: Inject, path: Node, file: YamlFile) -> Iterator[Problem]:
    """Roll calls and inspections go to offices; everything else is about an incident."""
    if inject.kind != "roll_call":
        given = inject.model_fields_set & {"post", "limit", "tries", "time"}
        for name in sorted(given - {"limit"} if inject.kind == COMMS_CHECK else given):
            yield file.problem((*path, name), t("kind: roll_call beside it"), shown(inject.kind))
    if inject.kind not in vocabulary("inject"):
        if inject.incident is None:
            yield file.problem(path, t("the key {key}", key="incident"), t("nothing"))
        return
    for office in inject.recipients:
        there = posts(scenario, office)
        if there is None and office in (*scenario.teams, *scenario.shelters):
            yield file.problem((*path, "to"), t("offices or depots"), shown(office))
        called = inject.kind == "roll_call"
        if called and there is not None and inject.post not in there:
            expected = t("a post of {actor}: {posts}", actor=office, posts=", ".join(there))
            yield file.problem((*path, "post"), expected, shown(inject.post))


def _triggers(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> Iterator[Problem]:
    """Kinds and incidents that `on:` picks out must be able to come."""
    events = [(("procedures", key, "on"), p.on) for key, p in scenario.procedures.items()]
    events += [(("injects", key, "on"), i.on) for key, i in scenario.injects.items() if i.on]
    shifts = {name for calendar in scenario.calendars.values() for name in calendar.shifts}
    kinds = [*vocabulary("report"), COMMS_CHECK, CALL_BACK, *sorted(shifts)]
    for path, event in events:
        yield from word_problems(event.kind, kinds, (*path, "kind"), file)
        yield from word_problems(event.fields, FIELDS, (*path, "fields"), file)
        if event.event == "time" and not event.at:
            yield file.problem((*path, "at"), t("a time of day such as 09:00"), t("none"))
        yield from word_problems(
            event.incident, list(known["incidents"]), (*path, "incident"), file
        )


def _background(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Calls without a gap, in the busiest hour, would never let time go on."""
    for key, source in scenario.background.items():
        gap = source.gap.mean() / max([1.0, *source.by_hour.values()])
        if gap < 1:
            expected = t("a gap of at least 1 s on average")
            yield file.problem(("background", key, "gap"), expected, shown(f"{gap:g} s"))
