"""Sheets of evaluators, one a post: the injects, acts and clauses that come up there, no more."""

from __future__ import annotations

from collections.abc import Iterable

from sim.exercise.papers.acts import Act, acts
from sim.exercise.papers.drill import Drill
from sim.exercise.papers.injects import Put, put_in
from sim.exercise.papers.plan import post_words
from sim.exercise.papers.sayings import action
from sim.exercise.papers.script import legend
from sim.exercise.papers.seen import Seen, posts, seen
from sim.rules.words import from_when, grade_words, how_long, parties
from sim.texts import label, language, t
from sim.texts.clauses import chinese, clause_words
from sim.word.blocks import Block, Line, Para, Sheet, Sub, Table

BOXES = "□\u00a0{yes} □\u00a0{no} □\u00a0{unseen}"


def evaluator_sheets(drill: Drill) -> dict[str, Sheet]:
    """Return post -> its sheet."""
    clauses, expected, injects = seen(drill), acts(drill), put_in(drill)
    return {
        post: _sheet(drill, post, actors, clauses[post], expected, injects)
        for post, actors in posts(drill).items()
    }


def _sheet(
    drill: Drill,
    post: str,
    actors: list[str],
    clauses: list[Seen],
    expected: Iterable[Act],
    injects: Iterable[Put],
) -> Sheet:
    parts: list[tuple[str, list[Block]]] = []
    coming = [one for one in injects if set(one.to) & set(actors)]
    if coming:
        parts.append((t("Injects that come here"), [_injects(coming)]))
    own = [act for act in expected if act.actor in actors or act.recipient in actors]
    if own:
        watched: list[Block] = [_acts(drill, own, actors), legend(drill)]
        parts.append((t("Acts to watch for"), watched))
    if clauses:
        seen_here: list[Block] = [_anchors(), _clauses(drill, clauses), _note()]
        parts.append((t("Clauses seen from here"), seen_here))
    free: list[list[Line]] = [[""], [""], [""]]
    facts = t("Other facts (time, who, what was said or done; no opinions of persons)")
    parts.append((facts, [Table("free", "", [""], free, height=9)]))
    blocks: list[Block] = []
    for number, (title, own_blocks) in enumerate(parts, start=1):
        shown = chinese(number) if language() == "zh" else number
        blocks += [Sub(t("{n}. {title}", n=shown, title=title)), *own_blocks]
    blank = "____________"
    head = [
        [(t("drill"), drill.title()), (t("post"), post_words(drill, post))],
        [
            (t("evaluator (code name)"), blank),
            (t("clock fast (+) or slow (-) by"), blank),
            (t("from – until"), blank),
        ],
    ]
    return Sheet(t("Evaluator's sheet"), head, blocks)


def _boxes() -> str:
    words = {"yes": t("done"), "no": t("not done"), "unseen": t("not seen")}
    return BOXES.format(**{key: word.replace(" ", "\u00a0") for key, word in words.items()})


def _injects(coming: list[Put]) -> Table:
    rows: list[list[Line]] = [
        [one.when, one.title, one.means, one.text, one.expected, "", _boxes()] for one in coming
    ]
    head = [t("time"), t("inject"), t("by what means"), t("inject text"), t("expected action")]
    head += [t("came at"), t("expected action seen")]
    return Table("injects", "", head, rows, (8, 13, 12, 26, 15, 8, 18))


def _acts(drill: Drill, own: list[Act], actors: list[str]) -> Table:
    rows: list[list[Line]] = []
    for act in own:
        what = action(drill, act)
        if act.actor not in actors:
            what = t("arrives here: {what}", what=what)
        who = drill.called(act.actor)
        rows.append([f"≈ {drill.clock(act.time)}", who, what, "", _boxes(), ""])
    head = [
        t("expected at"),
        t("who"),
        t("act"),
        t("time seen"),
        t("seen or not"),
        t("facts, figures told"),
    ]
    return Table("acts", "", head, rows, (8, 18, 29, 9, 18, 18))


def _clauses(drill: Drill, clauses: list[Seen]) -> Table:
    rows: list[list[Line]] = []
    for one in clauses:
        rule, text = one.rule, getattr(one.rule.text, drill.lang)
        part = {"owes": t("owed here"), "told": t("told here"), "acts": t("bears on it")}[one.part]
        told = rule.recipient is not None or one.part != "owes"
        what = text + (t(" ({what})", what=parties(rule)) if told else "")
        start = f"{from_when(rule, drill.pack)}: ____" if from_when(rule, drill.pack) != "—" else ""
        grades = grade_words(rule)
        named = f"{clause_words(rule.clause)} {one.name}"
        strict = label("modality", rule.modality)
        rows.append([named, part, what, strict, grades, how_long(rule), start, "", ""])
    head = [t("clause"), t("at this post"), t("duty"), t("modality"), t("grades"), t("limit")]
    head += [t("clock starts at"), t("done at"), t("seen: facts, proof")]
    return Table("clauses", "", head, rows, (12, 8, 25, 8, 7, 10, 12, 8, 10))


def _anchors() -> Para:
    """Return the places for the three starts of the clock, by which duties are judged."""
    words = t(
        "Occurred at (as told): ______  first notice here at: ______  grade confirmed here at: "
        "______  (grade: ____)"
    )
    return Para(words, small=True)


def _note() -> Para:
    return Para(
        t(
            "Write what you saw and when, to the minute, by your own clock; write the clock's "
            "error above. Leave empty what you did not see: it is then unproven, not failed. No "
            "verdicts on this sheet: they are made from the record of all posts."
        ),
        small=True,
    )
