"""Verdicts against every clause, where late minutes went, and how true the figures were."""

from __future__ import annotations

import pandas as pd

from sim.report.clock import clock
from sim.report.duties import Duty
from sim.report.hop_words import head as hop_head
from sim.report.hop_words import hop_ways
from sim.report.knowledge import knowledge_pictures
from sim.report.names import lane_order, named
from sim.report.readings import flip_lines
from sim.report.word.case import Case
from sim.report.words import owner_words, recurring, verdict_words
from sim.rules import ledger, minutes_until_right, why
from sim.texts import label, t
from sim.word.blocks import Block, Chapter, Figure, Line, Para, Part, Row, Sub, Table, links

MOST = 40
"""Rows of a table of differing figures; how many more there are is said."""


def clauses(case: Case) -> Chapter:
    """Return the result and every duty with its verdicts under the three starts of the clock."""
    page = case.page
    blocks: list[Block] = [Para([page.result, t(" See "), Part("clauses_table"), t(".")])]
    if not page.lines:
        blocks = [Para(page.result)]
    blocks += [Para(words.strip()) for words in page.details]
    rows: list[list[Line]] = [
        [
            t(" / ").join(filter(None, (line.clause, line.rule, line.text))),
            line.owner + (f" → {line.recipient}" if line.recipient else ""),
            line.limit,
            *(words for _, words in line.readings),
            t("; ").join(filter(None, (line.word, line.split, line.why))),
            links(row for _, row in line.evidence),
        ]
        for line in page.lines
    ]
    head = [t("clause"), t("owner → recipient"), t("limit"), t("by occurrence"), t("by receipt")]
    head += [t("by confirmation"), t("verdict and why"), t("evidence")]
    if rows:
        widths = (19, 16, 6, 10, 10, 11, 17, 11)
        blocks.append(
            Table("clauses_table", t("Duties, verdicts and margins (min)"), head, rows, widths)
        )
        text = t(
            "Margins in minutes: + to spare, - late. A limit is met at equality. Where a text "
            "does not say when its clock starts, every start is shown; the verdict is that of "
            "the rule pack's own choice."
        )
        blocks.append(Para(text, small=True))
    blocks += [*finding(case), *_flips(case), *totals(case)]
    return Chapter("clauses", t("Reports and limits, clause by clause"), blocks)


def finding(case: Case) -> list[Block]:
    """Return the official finding beside the program's verdicts, none without one."""
    page = case.page
    if not page.finding and not page.beside:
        return []
    blocks: list[Block] = [Sub(t("The official finding beside the program's verdict"))]
    parts = (
        (
            "finding",
            t("Official finding (as its source gives it; not the program's)"),
            page.finding,
        ),
        ("beside", t("Program's verdict"), page.beside),
        ("agreed", t("Which reading the finding agrees with"), page.agreed),
        ("ours", t("What we say of record and scoring"), page.ours),
    )
    for key, title, lines in parts:
        if lines:
            rows: list[list[Line]] = [[head, words] for head, words in lines]
            blocks.append(Table(key, title, ["", ""], rows, (26, 74)))
    return blocks


def _flips(case: Case) -> list[Block]:
    """Return which conclusions another reading of the text turns over, if that was asked for."""
    rows: list[list[Line]] = [
        [f"{flip.clause} {flip.rule}", flip.owner, flip.word, word, choices]
        for flip in flip_lines(list(case.readings), case.names, case.log.cases[0])
        for _, word, choices in flip.turned
    ]
    if not rows:
        return []
    head = [t("duty"), t("owner"), t("verdict as read"), t("other verdict")]
    head.append(t("if the text is read so"))
    title = t("Conclusions that depend on the reading of the text")
    return [Sub(title), Table("flips", title, head, rows, (18, 22, 12, 12, 36))]


def totals(case: Case) -> list[Block]:
    """Return the sums of all cases, none for one case."""
    page = case.page
    if not page.totals:
        return []
    head = [t("rule"), t("owner"), t("limit"), t("applies in [95 %]"), t("verdicts")]
    head += [t("margin, median (10–90 %), min"), t("share met of those decided [95 %]")]
    rows: list[list[Line]] = [list(line) for line in page.totals]
    table = Table("totals", t("All cases"), head, rows, (14, 18, 8, 14, 18, 14, 14))
    return [Sub(t("All cases")), table, Para(page.samples, small=True)]


def causes(case: Case) -> Chapter:
    """Return where the minutes of every late duty went, and the reports' ways hop by hop."""
    blocks = late_causes(case)
    for k, way in enumerate(hop_ways(case.log, case.verdicts, case.names)):
        lines: list[list[Line]] = [list(row) for row in (*way.rows, way.total)]
        widths = (24, 10, 10, 10, 10, 11, 10, 15)
        title = t("Hop by hop and end to end") + t(": ") + way.title
        blocks += [
            Table(f"way_{k}", title, hop_head(), lines, widths),
            Para(way.remark, small=True),
        ]
    return Chapter("causes", t("Causes of lateness"), blocks)


def late_causes(case: Case) -> list[Block]:
    """Return where the minutes of every late duty went, adding up to the second."""
    steps = why(case.log, case.verdicts, ("late",))
    late = [duty for duty in case.shown if duty.verdict == "late"]
    rows: list[list[Line]] = []
    for duty in late:
        own = steps[_of(steps, duty)]
        if len(own):
            rows += _parts(case, duty, own)
    timeless = [duty for duty in late if not len(steps[_of(steps, duty)])]
    blocks: list[Block] = []
    if rows:
        head = [t("spent on"), t("min:s"), t("share"), t("from–to"), t("by whom"), t("evidence")]
        title = t("Where the time of late duties went")
        blocks.append(Table("causes", title, head, rows, (22, 11, 9, 21, 22, 15)))
        text = t("The parts add up to the second; what the record does not explain is called so.")
        blocks.append(Para(text, small=True))
    if timeless:
        names = t("; ").join(_called(case, duty) for duty in timeless)
        blocks.append(Para(t("Without an end on record, so nothing to take apart: ") + names))
    if not late:
        blocks.append(Para(t("No duty is late by the clock that counts.")))
    return blocks


def _of(steps: pd.DataFrame, duty: Duty) -> pd.Series:
    own = (steps["rule"] == duty.rule) & (steps["incident"] == duty.incident)
    return own & (steps["owner"] == duty.owner) & (steps["recurrence"] == duty.recurrence)


def _called(case: Case, duty: Duty) -> str:
    return f"{recurring(duty)} {owner_words(duty, case.names)} ({verdict_words(duty)})"


def _parts(case: Case, duty: Duty, own: pd.DataFrame) -> list[list[Line]]:
    """Return a heading, one line a step, and the sum."""
    total = int(own["seconds"].sum())
    rows: list[list[Line]] = [[_called(case, duty)]]
    for step in own.to_dict("records"):
        who = named(case.names, step["actor"])
        if step["held_activity"]:
            by = label("activity", step["held_activity"])
            holder = named(case.names, step["held_actor"])
            who += t(" (held by: {what} at {who})", what=by, who=holder)
        times = f"{clock(case.origin, step['from_s'])}–{clock(case.origin, step['to_s'])}"
        proofs = links([step["cause"], step["row"]])
        rows.append(
            [label("span", step["span"]), *_shares(step["seconds"], total), times, who, proofs]
        )
    times = f"{clock(case.origin, own['from_s'].min())}–{clock(case.origin, own['to_s'].max())}"
    rows.append([t("in all"), *_shares(total, total), times, "", links([own["row"].iloc[-1]])])
    return rows


def _shares(seconds: int, total: int) -> list[Line]:
    share = f"{100 * seconds / total:.1f} %" if total else "—"
    return [f"{seconds // 60}:{seconds % 60:02d}", share]


def fidelity(case: Case) -> Chapter:
    """Return who knew the right number when, and which figures differed from what was so."""
    book = ledger(case.log)
    blocks: list[Block] = []
    right = _right(case, book)
    if right:
        head = [t("figure"), t("incident"), t("who"), t("right after (min)"), t("evidence")]
        title = t("Minutes from the occurrence until the right number was known")
        blocks.append(Table("right", title, head, right, (20, 20, 28, 17, 15)))
    wrong = book[book["error"].notna() & book["error"].ne(0) & book["effect"].ne("same")]
    text = t("Of {n} tellings on record {k} left a figure that differed from the true one.")
    blocks.append(Para([t(text, n=len(book), k=len(wrong)), *_see("wrong", len(wrong))]))
    if len(wrong):
        blocks += _wrong(case, wrong)
    for name, picture in knowledge_pictures(case.log, case.lang, case.names).items():
        title = t("Who knew the right number when: {field}", field=label("field", name))
        blocks.append(Figure(f"known_{name}", title, picture.png(), title))
    if not len(book):
        blocks = [Para(t("The record tells of no figures that were passed on."))]
    return Chapter("fidelity", t("How true the information was"), blocks)


def _see(key: str, number: int) -> list[str | Part]:
    return [t(" See "), Part(key), t(".")] if number else []


def _right(case: Case, book: pd.DataFrame) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for name, told in book[book["true"].notna()].groupby("field", sort=False):
        for actor in lane_order(case.log.table, list(dict.fromkeys(told["actor"]))):
            for found in minutes_until_right(case.log, actor, str(name)).to_dict("records"):
                own = told[told["actor"].eq(actor) & told["incident"].eq(found["incident"])]
                if not len(own):
                    continue
                when = f"{found['minutes']:.1f}" if found["right"] else t("not by the record's end")
                at = (
                    own[own["time_s"].eq(found["right_s"]).fillna(False)] if found["right"] else own
                )
                proof = (at if len(at) else own).iloc[0 if found["right"] else -1]
                who = [named(case.names, found["incident"]), named(case.names, actor)]
                rows.append(
                    [label("field", str(name)), *who, when, links(proof["evidence"].split("|"))]
                )
    return rows


def _wrong(case: Case, wrong: pd.DataFrame) -> list[Block]:
    rows: list[list[Line]] = []
    for line in wrong.head(MOST).to_dict("records"):
        at = line["time_s"] if pd.notna(line["time_s"]) else line["time_hi_s"]
        figures = [f"{line[k]:g}" for k in ("held", "true")] + [f"{line['error']:+g}"]
        basis = t("then") if line["basis"] == "then" else t("counted later")
        rows.append(
            [
                [Row(line["row"], "—" if pd.isna(at) else clock(case.origin, int(at)))],
                named(case.names, line["actor"]),
                label("field", line["field"]),
                *figures,
                basis,
                links(line["evidence"].split("|")),
            ]
        )
    head = [t("time"), t("who"), t("figure"), t("held"), t("true"), t("difference")]
    head += [t("true figure of"), t("evidence")]
    title = t("Figures that differed from what was so")
    blocks: list[Block] = [Table("wrong", title, head, rows, (11, 21, 14, 9, 9, 10, 11, 15))]
    if len(wrong) > MOST:
        blocks.append(Para(t("Not listed: {n} more.", n=len(wrong) - MOST), small=True))
    return blocks
