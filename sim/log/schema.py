"""The columns of the event record: one row per thing that happened, simulated or real.

This file is the only place where columns are named.  Times are whole seconds from the
case's origin inside, ISO 8601 with offset in files.  Text that is absent is `""`, a number
that is absent is `<NA>`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind and what it says.

    Kinds: `word` (an id or a word), `text` (free), `list` (words joined by `|`),
    `time` (seconds from the case's origin), `number` (not negative, nullable).
    `words` names the closed list of `sim.texts.vocabulary` that a word must come from.
    """

    name: str
    kind: str
    meaning: str
    words: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("row", "word", "id of this row, unique in its case"),
    Column("case", "word", "one drill or one real record: scenario/variant/replication"),
    Column("seq", "number", "order within the case; breaks ties"),
    Column("incident", "word", "the incident this row belongs to"),
    Column("hazard", "word", "kind of hazard, on rows of activity occur"),
    Column("time", "time", "when it happened (exercise time)"),
    Column("time_lo", "time", "earliest possible instant, when only an interval is known"),
    Column("time_hi", "time", "latest possible instant, when only an interval is known"),
    Column("until", "time", "end of what this row states: observe, shift_begin, break_begin"),
    Column("time_wall", "time", "wall clock, where the drill's own clock stopped or jumped"),
    Column("time_written", "time", "what its keeper's clock showed, where `time` is corrected"),
    Column("due", "time", "the deadline that this row states"),
    Column("allowed", "number", "seconds allowed from the start that this row states"),
    Column("activity", "word", "what happened", words="activity"),
    Column(
        "phase",
        "word",
        "asked, started, interrupted, resumed, ended: steps that take time",
        words="phase",
    ),
    Column("actor", "word", "who did it; empty on occur and truth = so it was"),
    Column("recipient", "word", "to whom"),
    Column("object", "word", "team, consignment, plan, member or resource it was done with"),
    Column("channel", "word", "by which means of communication"),
    Column("report", "word", "the report: what an office says"),
    Column("message", "word", "the message: one report to one recipient"),
    Column("kind", "word", "kind of report", words="report"),
    Column("replaces", "word", "the report or row that this one replaces"),
    Column("parent", "word", "the incident of which this one is a secondary event"),
    Column("grade", "word", "grade of the event", words="grade"),
    Column("level", "word", "level of the response, kept apart from the grade", words="grade"),
    Column("warning", "word", "level of a warning to the public", words="warning"),
    Column("place", "word", "where"),
    Column("way", "list", "places passed since the last row of a journey, in order"),
    Column("links", "list", "links that close or open, or on which somebody turns back"),
    Column("task", "word", "the task of the incident that teams are ordered to or work on"),
    Column("dead", "number", "persons"),
    Column("missing", "number", "persons"),
    Column("injured", "number", "persons seriously hurt"),
    Column("poisoned", "number", "persons"),
    Column("trapped", "number", "persons"),
    Column("at_risk", "number", "persons"),
    Column("evacuated", "number", "persons"),
    Column("loss_wan", "number", "direct loss in 10 000 yuan"),
    Column("sick", "number", "persons taken ill"),
    Column("participants", "number", "persons in a mass incident"),
    Column("burned_ha", "number", "forest damaged by fire, in hectares"),
    Column("magnitude", "number", "magnitude of an earthquake, as first judged"),
    Column("load_lost", "number", "per cent of a grid's load that is not supplied"),
    Column("users_out", "number", "per cent of a grid's customers without power"),
    Column("outbreaks", "number", "places with an outbreak of an animal disease (疫点)"),
    Column("counties_hit", "number", "counties with an outbreak of an animal disease"),
    Column("cities_hit", "number", "adjoining cities with an outbreak of an animal disease"),
    Column("order", "word", "the order for supplies that this row belongs to"),
    Column("vehicle", "word", "the vehicle, on rows of hiring, loading and driving"),
    Column("item", "word", "item of supply"),
    Column("quantity", "number", "pieces of the item"),
    Column("yuan", "number", "what this cost, in yuan"),
    Column("persons", "number", "head-count: a team, a shift, those in a shelter, those reached"),
    Column(
        "share",
        "number",
        "part of the public that was reached, or of a vehicle that is loaded, 0 to 1",
    ),
    Column("elements", "list", "elements that a report mentions"),
    Column("pending", "list", "elements given as still to be verified"),
    Column("reason", "text", "why it was refused, late, explained, …"),
    Column("cause", "word", "row of the same case that last enabled this one"),
    Column("held_by", "word", "row that freed the resource, if this one waited"),
    Column("span", "word", "what the seconds since the cause were spent on", words="span"),
    Column("actor_role", "word", "role of the actor, on rows of activity role", words="role"),
    Column("team_kind", "word", "kind of team, on rows of activity role", words="team"),
    Column("jurisdiction", "list", "areas of an actor, or in which an incident happened"),
    Column("superior", "word", "the actor's superior, on rows of activity role"),
    Column("supervises", "list", "hazards that the actor supervises"),
    Column("note", "text", "remark"),
    Column("keeper", "word", "who wrote this row down, by whose clock; empty = the actor"),
    Column("source", "text", "`simulated`, or files and rows, or the publication"),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}
TIMES: tuple[str, ...] = tuple(c.name for c in COLUMNS if c.kind == "time")
NUMBERS: tuple[str, ...] = tuple(c.name for c in COLUMNS if c.kind == "number")
TEXTS: tuple[str, ...] = tuple(c.name for c in COLUMNS if c.kind in ("word", "text", "list"))
FIELDS: tuple[str, ...] = (
    "dead",
    "missing",
    "injured",
    "poisoned",
    "trapped",
    "at_risk",
    "evacuated",
    "loss_wan",
    "sick",
    "participants",
    "burned_ha",
    "magnitude",
    "load_lost",
    "users_out",
    "outbreaks",
    "counties_hit",
    "cities_hit",
)
MEASURES: tuple[str, ...] = (*FIELDS[FIELDS.index("burned_ha") :], "loss_wan")
"""Figures that do not count persons."""
FRACTIONS: tuple[str, ...] = (
    "loss_wan",
    "burned_ha",
    "magnitude",
    "load_lost",
    "users_out",
    "share",
    "yuan",
)
"""Numbers that need not be whole."""
DURATIONS: tuple[str, ...] = ("allowed",)
"""Numbers that are seconds, so that they can be a limit."""
REQUIRED: tuple[str, ...] = ("time", "activity", "actor")
STANDING: tuple[str, ...] = (
    "begin",
    "role",
    "observe",
    "stock_recorded",
    "stock_true",
    "stock_counted",
    "drill_held",
    "plan_revised",
    "correct",
)
"""Activities that state what stands (directory, completeness, registers), not what occurred."""
ROOTS: tuple[str, ...] = (
    "occur",
    "inject",
    "shift_begin",
    "shift_end",
    "break_begin",
    "break_end",
    "clock",
    "call",
    "outage",
    "road_closed",
    "road_slowed",
    "donation",
    "expired",
    "replenish",
)
"""Activities that begin a chain of causes: occurrences, injects, calendar, background, outages,
roads that close, goods that arrive unasked or expire, stocks that are looked at every so often."""
