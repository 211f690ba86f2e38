"""Who is on duty when (值班表), whom to reach how (通讯录): code names, and no numbers."""

from __future__ import annotations

from typing import NamedTuple

from sim.exercise.papers.drill import Drill
from sim.model import Plan
from sim.texts import language, t

LETTERS = {"zh": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJ"}


class Presence(NamedTuple):
    """One person at one post from `begin` to `end`, in seconds from the drill's start."""

    office: str
    post: str
    shift: str
    person: str
    begin: int
    end: int
    on_call: bool


def presences(drill: Drill) -> list[Presence]:
    """Return who is on duty while the drill lasts: office by office, in order of time."""
    scenario, found = drill.scenario, []
    horizon = scenario.horizon
    for shift in Plan(scenario).shifts:
        if shift.actor not in scenario.offices:
            continue
        for span in shift.spans(horizon):
            if span.end < 0 or span.begin > horizon:
                continue
            for member in shift.members:
                post = shift.posts[0].partition("/")[2] or shift.posts[0]
                who = (shift.actor, post, shift.name, member)
                found.append(Presence(*who, span.begin, span.end, shift.on_call))
    order = {key: k for k, key in enumerate(scenario.offices)}
    return sorted(found, key=lambda one: (order[one.office], one.post, one.begin, one.person))


def code_names(drill: Drill) -> dict[str, str]:
    """Return person -> his code name: the post and a letter, each once at his office."""
    names: dict[str, str] = {}
    count: dict[tuple[str, str], int] = {}
    people = drill.scenario.people
    for one in presences(drill):
        if one.person in names:
            continue
        if one.person in people:
            names[one.person] = people[one.person].title(one.person, drill.lang)
            continue
        number = count[one.office, one.post] = count.get((one.office, one.post), 0) + 1
        names[one.person] = f"{post_title(one.post)}{_letter(number)}"
    return names


def post_title(post: str) -> str:
    """Return what a post is called."""
    usual = {"duty": t("officer on duty"), "leader": t("leader on duty")}
    return usual.get(post, post)


def _letter(number: int) -> str:
    letters = LETTERS[language()]
    sign = letters[number - 1] if number <= len(letters) else str(number)
    return sign if language() == "zh" else f" {sign}"


def roster_rows(drill: Drill) -> list[list[str]]:
    """Return the roster, its header first."""
    names = code_names(drill)
    head = [
        t("unit or office"),
        t("post"),
        t("on duty from"),
        t("off duty at"),
        t("person (code name)"),
    ]
    rows = [[*head, t("in the house or on call"), t("signature"), t("remark")]]
    for one in presences(drill):
        begin, end = (f"{drill.instant(s):%Y-%m-%d %H:%M}" for s in (one.begin, one.end))
        how = t("on call") if one.on_call else t("in the house")
        who = (drill.called(one.office), post_title(one.post))
        rows.append([*who, begin, end, names[one.person], how, "", ""])
    return rows


def contact_rows(drill: Drill) -> list[list[str]]:
    """Return the list of contacts, its header first; numbers are left blank."""
    names = code_names(drill)
    head = [
        t("unit or office"),
        t("post"),
        t("person (code name)"),
        t("duty telephone"),
        t("mobile"),
    ]
    rows = [[*head, t("fax"), t("other ways"), t("remark")]]
    people: dict[tuple[str, str], list[str]] = {}
    for one in presences(drill):
        known = people.setdefault((one.office, one.post), [])
        known += [names[one.person]] if names[one.person] not in known else []
    for (office, post), who in people.items():
        for name in who:
            rows.append([drill.called(office), post_title(post), name, "", "", "", "", ""])
    for key, team in drill.scenario.teams.items():
        chief = t("leader of the team")
        remark = t("{n} persons, at {place}", n=team.strength, place=drill.called(team.base))
        rows.append([drill.called(key), chief, "", "", "", "", "", remark])
    for key, depot in drill.scenario.depots.items():
        where = drill.called(depot.place) if depot.place else ""
        rows.append([drill.called(key), t("keeper of the depot"), "", "", "", "", "", where])
    return rows
