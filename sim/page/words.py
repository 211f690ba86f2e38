"""What the form calls the columns of the record."""

from __future__ import annotations

from sim.texts import t


def column_words() -> dict[str, str]:
    """Return column of the record -> what it holds, in the language in force."""
    return {
        "time": t("time"),
        "activity": t("what was done"),
        "actor": t("who did it"),
        "recipient": t("to whom"),
        "kind": t("kind of report"),
        "channel": t("by which means"),
        "message": t("number of the message"),
        "incident": t("event"),
        "hazard": t("kind of event"),
        "place": t("place"),
        "grade": t("grade of the event"),
        "level": t("level of the response"),
        "dead": t("dead"),
        "missing": t("missing"),
        "injured": t("seriously injured"),
        "trapped": t("trapped"),
        "evacuated": t("evacuated"),
        "elements": t("elements that a report mentions"),
        "object": t("team, plan or thing it was done with"),
        "persons": t("head-count"),
        "phase": t("begun or ended"),
        "reason": t("reason"),
        "note": t("remark"),
        "time_lo": t("earliest time"),
        "time_hi": t("latest time"),
        "until": t("until when"),
        "due": t("deadline"),
    }
