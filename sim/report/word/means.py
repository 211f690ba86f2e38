"""Teams, tasks and supplies, and the targets that somebody asked to compare with."""

from __future__ import annotations

from sim.log import task_times
from sim.report.gantt import team_chart
from sim.report.names import roles
from sim.report.supply import supply_part
from sim.report.supply_chart import supply_chart
from sim.report.targets import target_lines
from sim.report.tasks import task_part
from sim.report.word.case import Case, row_table
from sim.texts import t
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Sub, Table, links


def means(case: Case) -> Chapter:
    """Return what teams did, what became of tasks, and of supplies."""
    blocks = [*_teams(case), *_tasks(case), *_supplies(case), *reached(case)]
    if not blocks:
        blocks = [Para(t("No row of the record tells of it."))]
    return Chapter("means", t("Teams and supplies"), blocks)


def _teams(case: Case) -> list[Block]:
    blocks: list[Block] = []
    words = t("What every team did when")
    try:
        picture = team_chart(case.log, lang=case.lang, names=case.names, title=case.page.title)
        blocks.append(Figure("teams", words, picture.png(), words))
    except ValueError:  # no team acts
        pass
    sent = case.where("dispatch", "order", "arrive")
    sent = sent[sent["phase"].isin(["", "ended"])]
    of_teams = [name for name, role in roles(case.log.table).items() if role == "team"]
    sent = sent[sent["actor"].isin(of_teams) | sent["recipient"].isin(of_teams)]
    if len(sent):
        title = t("Teams sent and arrived")
        blocks.append(row_table(case, "sent", title, sent["row"]))
    return [Sub(t("Teams")), *blocks] if blocks else []


def _tasks(case: Case) -> list[Block]:
    part = task_part(case.log, case.scenario, case.names, case.lang)
    if part.table is None:
        return []
    named = case.where("task", "work")
    rows: list[list[Line]] = []
    for found, cells in zip(task_times(case.log).to_dict("records"), part.table.rows, strict=True):
        own = named[named["task"].eq(found["task"]) & named["incident"].eq(found["incident"])]
        own = own[own["time"].isin([found[k] for k in ("needed", "first_team", "started", "done")])]
        rows.append([*cells, links(own.drop_duplicates(["time", "activity"])["row"])])
    head = [*part.table.head, t("evidence")]
    table = Table("tasks", part.table.title, head, rows, (18, 9, 10, 9, 9, 20, 11, 14))
    note: list[Block] = [Para(part.note, small=True)] if part.note else []
    return [Sub(t("Tasks at sites")), table, *note]


def _supplies(case: Case) -> list[Block]:
    part = supply_part(case.log, case.names, case.page.title, case.lang)
    if part is None:
        return []
    blocks: list[Block] = [Sub(t("Supplies")), *(Para(words) for words in part.result)]
    alt = t("Where the goods were, over time")
    try:
        picture = supply_chart(case.log, lang=case.lang, names=case.names, title=case.page.title)
        blocks.append(Figure("goods", alt, picture.png(), alt))
    except ValueError:  # people found no room, and nothing was asked for
        pass
    for k, table in enumerate(part.tables):
        first = 1.2 if table.numbers > 6 else 1.6
        texts = len(table.head) - table.numbers
        rows: list[list[Line]] = [list(row) for row in table.rows]
        widths = [first] * texts + [1.0] * table.numbers
        blocks.append(Table(f"supply_{k}", table.title, table.head, rows, widths))
    return [*blocks, _proofs(case)]


def _proofs(case: Case) -> Para:
    """Return the first and last rows of every order and need, from which the sums follow."""
    table = case.log.table
    orders = table[table["order"].ne("")]
    needs = table[table["activity"].isin(["need", "lapse", "turn_away"])]
    ends = [orders.drop_duplicates("order", keep=keep)["row"] for keep in ("first", "last")]
    rows = [*ends[0], *ends[1], *needs.drop_duplicates(["actor", "item"])["row"]]
    place = {row: k for k, row in enumerate(table["row"])}
    head = t("Rows from which these sums follow (first and last of each order and need): ")
    return Para([head, *links(sorted(set(rows), key=place.__getitem__), most=200)], small=True)


def reached(case: Case) -> list[Block]:
    """Return what was reached of the targets asked for, none without any."""
    lines = target_lines(case.targets)
    if not lines:
        return []
    rows: list[list[Line]] = [
        [
            f"{line.text} ({line.target})",
            line.limit,
            line.asked,
            t("; ").join(filter(None, (line.found, line.reached))),
            line.result or "—",
            line.source,
        ]
        for line in lines
    ]
    head = [t("target"), t("within"), t("asked for"), t("found [95 %]"), t("result"), t("source")]
    text = t(
        "Targets for comparison, chosen by the reader. They are not the directive and no verdict "
        "follows from them."
    )
    table = Table("targets", t("Targets of standards"), head, rows, (24, 9, 13, 22, 12, 20))
    return [Sub(t("Targets of standards")), Para(text), table]
