"""The first chapters: basis and objectives, what happened, who took part."""

from __future__ import annotations

from sim.log.schema import FIELDS
from sim.report.clock import stamp
from sim.report.findings import source_words
from sim.report.grade_words import grade_head, grade_lines
from sim.report.names import lane_order, named, roles
from sim.report.packs import confidence, in_force
from sim.report.word.case import Case, row_table
from sim.texts import label, t
from sim.word.blocks import Block, Chapter, Cover, Line, Para, Row, Sub, Table, blank

FOURTEEN = (
    *(("causes", "scene"), ("grading", "scene"), ("time", "scene"), ("place", "scene")),
    *(("progress", "course"), ("loss", "losses"), ("reporting", "clauses")),
    *(("response", "response"), ("dispatching", "means"), ("publicity", "publicity")),
    *(("responsibilities", "duties"), ("lessons", "lessons"), ("problems", "lessons")),
    *(("improvements", "lessons"), ("attachments", "annex")),
)
"""Elements of an assessment report (article 15, completed by us: A15-2) and their chapters."""


def cover(case: Case) -> Cover:
    """Return the title page."""
    kind = t("After-action report of the drill or incident")
    if case.page.simulated:
        kind = t("After-action report of the drill")
    elif case.finding is not None:
        kind = t("After-action report of the incident")
    table = case.log.table
    moments = table.loc[table["activity"].eq("occur"), "time"].dropna()
    day = stamp(case.origin, int(moments.min()) if len(moments) else 0)[:10]
    lines = [
        (t("date"), day),
        (t("case"), _which(case)),
        (t("unit that reports"), case.unit or blank(t("unit"))),
        (t("date of the report"), blank(t("date"))),
    ]
    draft = t("Draft: not valid until it is signed")
    return Cover(kind, case.page.title, lines, draft)


def _which(case: Case) -> str:
    return t("{n} in all", n=len(case.record.cases)) if case.apart else case.log.cases[0]


def basis(case: Case) -> Chapter:
    """Return by what the report is made and judged, and what was to be drilled."""
    blocks: list[Block] = [Sub(t("Basis"))]
    text = t(
        "This report follows article 15 of the directive (Gui Zheng Ban Fa 2012 no. 65) and the "
        "national guide to drills of 2009. The text of article 15 is cut off in the copies that "
        "we have; the list of its parts is ours."
    )
    blocks.append(Para(text))
    if case.packs:
        blocks.append(_packs(case))
    rows: list[list[Line]] = [[label("element", word), case.place(key)] for word, key in FOURTEEN]
    head = [t("part of the report"), t("where it stands")]
    blocks.append(Table("fourteen", t("Parts of an assessment report"), head, rows, (40, 60)))
    blocks.append(Sub(t("Objectives")))
    blocks.append(Para(blank(t("objectives of the drill, as its plan states them"))))
    blocks.append(Sub(t("How to read")))
    text = t(
        "What the record says, what is assumed and what this program computed are kept apart. "
        "Numbers in links (such as row ids) lead to the rows of the record in the annex. What "
        "stands in brackets is left for a person. The program states facts about time and "
        "content; fault and intent are for people to find."
    )
    blocks.append(Para(text))
    return Chapter("basis", t("Basis and objectives"), blocks)


def _packs(case: Case) -> Table:
    rows: list[list[Line]] = []
    for pack in case.packs:
        sources = t("; ").join(source_words(one) for one in pack.sources.values())
        title = getattr(pack.title, case.lang)
        rows.append([pack.id, title, in_force(pack), confidence(pack), sources])
    head = [t("pack"), t("title"), t("in force"), t("confidence"), t("sources")]
    return Table("packs", t("Rule packs that were judged by"), head, rows, (14, 18, 14, 9, 45))


def scene(case: Case) -> Chapter:
    """Return cause, time, place and grade of what happened."""
    rows: list[list[Line]] = [[head, words] for head, words in case.page.facts]
    blocks: list[Block] = [Table("facts", t("What is on record"), ["", ""], rows, (22, 78))]
    if case.page.roots:
        ids = [row.row for row in case.page.roots]
        title = t("Occurrence, true figures and injects")
        blocks.append(row_table(case, "roots", title, ids))
    graded = case.log.table
    ids = list(graded.loc[graded["activity"].eq("confirm") & graded["grade"].ne(""), "row"])
    blocks.append(Sub(t("Grade: as first judged and as changed")))
    if ids:
        blocks.append(row_table(case, "grades", t("Grades that were confirmed"), ids))
    else:
        blocks.append(Para(t("No row of the record confirms a grade.")))
    lines: list[list[Line]] = [list(line) for line in grade_lines(case.log, case.names)]
    if lines:
        title = t("The grade over time")
        widths = (14, 8, 8, 8, 11, 11, 10, 13, 17)
        blocks.append(Table("grade_facts", title, grade_head(), lines, widths))
    blocks.append(Sub(t("Cause")))
    blocks.append(Para(blank(t("cause, as the inquiry found it; a record does not show it"))))
    return Chapter("scene", t("Scenario: cause, time, place and grade"), blocks)


def parties(case: Case) -> Chapter:
    """Return who took part, as the directory states it; persons only where they were asked for."""
    table = case.log.table
    role = roles(table)
    own = table[table["activity"].eq("role")].drop_duplicates("actor").set_index("actor")
    acted = table[~table["activity"].isin(["role", "begin", "observe"])]["actor"].value_counts()
    posts = table[table["activity"].eq("shift_begin")].groupby("actor")["object"].unique()
    rows: list[list[Line]] = []
    for actor in lane_order(table, list(own.index)):
        line: list[Line] = [
            [Row(str(own.at[actor, "row"]), named(case.names, actor))],
            label("role", role[actor]),
            named(case.names, str(own.at[actor, "superior"])) or "—",
            str(int(acted.get(actor, 0))),
        ]
        found = [name for name in posts.get(actor, []) if name]
        line.append(t(", ").join(found) if case.persons else str(len(found)))
        rows.append(line)
    head = [t("participant"), t("role"), t("superior"), t("rows of the record")]
    head.append(t("on duty") if case.persons else t("posts on duty"))
    note = t("Offices and teams go by their names in the record's directory.")
    if not case.persons:
        note += t(" Persons are not named; the record's ids of persons are pseudonyms.")
    found_table = Table("parties", t("Participants"), head, rows, (34, 20, 24, 11, 11))
    if not rows:
        return Chapter("parties", t("Participants"), [Para(t("(no directory on record)"))])
    return Chapter("parties", t("Participants"), [found_table, Para(note, small=True)])


def losses(case: Case) -> Chapter:
    """Return the figures of the incident: first and last on record, true ones before reported."""
    blocks: list[Block] = []
    rows: list[list[Line]] = []
    true = case.where("occur", "truth")
    told = case.where("receive", "reported", phase="")
    for name in FIELDS:
        for table, basis_words in ((true, t("as it was")), (told, t("as reported"))):
            for incident, part in table[table[name].notna()].groupby("incident", sort=False):
                first, last = part.iloc[0], part.iloc[-1]
                cells: list[Line] = [[Row(one["row"], f"{one[name]:g}")] for one in (first, last)]
                rows.append(
                    [label("field", name), named(case.names, incident), *cells, basis_words]
                )
            if len(table[table[name].notna()]):
                break
    if rows:
        head = [t("figure"), t("incident"), t("first on record"), t("last on record"), t("basis")]
        blocks.append(Table("losses", t("Figures on record"), head, rows, (28, 24, 16, 16, 16)))
    else:
        blocks.append(Para(t("No row of the record states figures.")))
    blocks.append(Para(blank(t("losses and effects that the record does not show"))))
    return Chapter("losses", t("Casualties, losses and effects"), blocks)
