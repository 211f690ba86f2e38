"""The course, the response and what the public was told: rows of the record in order."""

from __future__ import annotations

from sim.log.schema import STANDING
from sim.report.acts import read_acts
from sim.report.swimlane import swimlane
from sim.report.window import busy_window, choose_window
from sim.report.word.case import Case, row_table
from sim.texts import t
from sim.word.blocks import Block, Chapter, Figure, Para

RESPONSE = ("activate", "respond", "execute", "command", "ask_support", "terminate", "aar_submit")
PUBLIC = ("consult", "review", "publish", "reach", "stand_up")


def course(case: Case) -> Chapter:
    """Return the swimlane, its busiest stretch, and the key rows."""
    acts, found = read_acts(case.log), case.shown
    name = case.log.cases[0]
    title, lang = case.page.title, case.lang
    blocks: list[Block] = [lanes(case)]
    busy = busy_window(acts, choose_window(acts, found))
    if busy is not None:
        part = (busy.start, busy.end)
        picture = swimlane(case.record, case.verdicts, name, lang, part, case.names, title)
        words = t("The busiest stretch of the same course, enlarged.")
        alt = t("Swimlane of {case}", case=title)
        blocks.append(Figure("busy", words, picture.png(), alt))
    standing = set(case.where(*STANDING)["row"])
    ids = [row.row for row in case.page.key if row.row not in standing]
    blocks.append(row_table(case, "key", t("Timeline of the key rows"), ids))
    return Chapter("course", t("Course"), blocks)


def lanes(case: Case) -> Figure:
    """Return the swimlane of the whole case."""
    words = t("Who did what when: bars are work, hatched bars waiting, arrows messages.")
    name, title = case.log.cases[0], case.page.title
    picture = swimlane(case.record, case.verdicts, name, case.lang, None, case.names, title)
    return Figure("lanes", words, picture.png(), t("Swimlane of {case}", case=title))


def response(case: Case) -> Chapter:
    """Return activation, command, support and end of the response."""
    return _of(case, "response", t("Response and command"), RESPONSE)


def publicity(case: Case) -> Chapter:
    """Return what was told to the public and the press."""
    return _of(case, "publicity", t("Public information"), PUBLIC)


def _of(case: Case, key: str, title: str, activities: tuple[str, ...]) -> Chapter:
    table = case.where(*activities)
    ids = list(table.loc[table["phase"].isin(["", "ended"]), "row"])
    if not ids:
        return Chapter(key, title, [Para(t("No row of the record tells of it."))])
    return Chapter(key, title, [row_table(case, key, title, ids)])
