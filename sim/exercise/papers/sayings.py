"""What is ordered and said at an act: a draft for the script, to be put into one's own words."""

from __future__ import annotations

from sim.exercise.papers.acts import Act
from sim.exercise.papers.course import figures, grade_at, place_of, state_at
from sim.exercise.papers.drill import Drill
from sim.texts import label, t


def action(drill: Drill, act: Act) -> str:
    """Return what is done, to whom and how: `send: initial report → Hechi (duty phone)`."""
    text = label("activity", act.activity)
    if act.activity == "command":
        text = t("takes the command on site")
    if act.kind:
        text += t(": ") + label("report", act.kind)
    if act.level:
        text += t(" (level {what})", what=act.level)
    if act.recipient:
        text += f" → {drill.called(act.recipient)}"
    if act.activity == "send" and act.channel:
        text += t(" ({what})", what=channel(drill, act.channel))
    if act.incident and len(drill.scenario.incidents) > 1:
        text += t("; about {what}", what=drill.called(act.incident))
    return text


def channel(drill: Drill, key: str) -> str:
    """Return what a channel is called."""
    return drill.names.get(key) or label("channel", key)


def said(drill: Drill, act: Act) -> str:
    """Return the words for an act; empty where nothing needs to be said."""
    words = {
        "actor": drill.called(act.actor),
        "to": drill.called(act.recipient),
        "what": label("report", act.kind) if act.kind else "",
        "object": label("group", act.object) if act.activity == "stand_up" else "",
        "level": act.level or "____",
    }
    incident = act.incident.split("|")[0]
    if incident in drill.scenario.incidents:
        known = state_at(drill, incident, act.time)
        reached = grade_at(drill, incident, act.time)
        words |= {
            "incident": drill.called(incident),
            "place": place_of(drill, incident),
            "figures": figures(known),
            "grade": label("grade", reached) if reached else t("below the lowest grade"),
        }
    else:
        words |= {"incident": "____", "place": "____", "figures": "____", "grade": "____"}
    if act.activity == "send":
        return _sent(act.kind, words)
    found = _SAID.get(act.activity)
    return found(words) if found else ""


def _sent(kind: str, words: dict[str, str]) -> str:
    if kind == "initial":
        return t(
            "“This is {actor}. {incident} at {place}; so far known: {figures}. We are verifying "
            "and dealing with it and shall report again.” — “Received; I read back: {place}, "
            "{incident}. Keep verifying and follow up.”",
            **words,
        )
    if kind in ("notice", "warning"):
        return t(
            "“{actor} informs you ({what}): {incident} at {place}. Act by your plan and report "
            "back.” — “Received.”",
            **words,
        )
    return t(
        "“{actor}, {what}: {figures}. Measures taken: ____. To be verified: ____.” — "
        "“Received and entered.”",
        **words,
    )


_SAID = {
    "notice": lambda w: t("“There is {incident} at {place}; I report at once.”", **w),
    "verify": lambda w: t("“Checked with those on site: {figures}.”", **w),
    "confirm": lambda w: t("“By the table of grades this is: {grade}.”", **w),
    "activate": lambda w: t("“Approved: response at level {level}.”", **w),
    "stand_up": lambda w: t("“The {object} is set up.”", **w),
    "command": lambda w: t("“{actor} takes the command on site.”", **w),
    "order": lambda w: t("“{to}: leave at once for {place}.” — “Understood, leaving.”", **w),
    "depart": lambda w: t("“{actor} has left with ____ persons.”", **w),
    "arrive": lambda w: t("“{actor} has arrived, ____ persons; we ask for our task.”", **w),
    "supply_order": lambda w: (
        t("“{to}: make ready what is on the list and deliver it.”", **w)
        if w["to"]
        else t("“Make ready what is on the list and deliver it to {place}.”", **w)
    ),
    "hand_over": lambda w: t("“Counted, signed for; short: ____.”", **w),
    "open_shelter": lambda w: t("“The shelter is open; room for ____ persons.”", **w),
    "publish": lambda w: t(
        "Published: course of events, what government does, how to protect oneself.", **w
    ),
    "terminate": lambda w: t("“The work is done. Approved: the response ends.”", **w),
    "answered": lambda w: t("“{actor}, ____ on duty, present.”", **w),
}
