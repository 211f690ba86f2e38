"""The drill's script (演练脚本): situation, steps and times, who does and says what, narration."""

from __future__ import annotations

from sim.exercise.papers.acts import PHASES, Act, acts
from sim.exercise.papers.course import figures, place_of, state_at
from sim.exercise.papers.drill import Drill
from sim.exercise.papers.injects import Put, put_in, told
from sim.exercise.papers.sayings import action, said
from sim.texts import t
from sim.word.blocks import Block, Chapter, Cover, Document, Line, Para, Sub, Table, blank


def script(drill: Drill, cover: Cover) -> Document:
    """Return the script as blocks."""
    expected, injects = acts(drill), put_in(drill)
    chapters = [
        situation(drill),
        phases(drill, expected),
        steps(drill, expected, injects),
        conditional(drill, injects),
        ending(drill),
    ]
    signed = [t("Written by"), t("Checked by"), t("Approved by"), t("Date")]
    return Document(cover, [one for one in chapters if one.blocks], signed)


def phase_words() -> dict[str, str]:
    """Return phase -> what it is called."""
    return {
        "report": t("discovery and reports"),
        "judge": t("verifying and grading"),
        "activate": t("response and command"),
        "respond": t("teams and supplies"),
        "inform": t("public information"),
        "end": t("end and assessment"),
    }


def legend(drill: Drill) -> Para:
    """Return what the signs before times mean."""
    return Para(
        t(
            "Times without a sign are set by the scenario. ≈ is computed: the median of {n} "
            "simulated drills, in brackets where four in five of them lie. It follows from the "
            "durations put in, and is no demand on the players.",
            n=drill.runs,
        ),
        small=True,
    )


def situation(drill: Drill) -> Chapter:
    """Return what is so in the played world, incident by incident."""
    blocks: list[Block] = []
    for key, incident in drill.scenario.incidents.items():
        if not incident.occurs:
            text = t("{incident}: feared only, it does not occur.", incident=drill.called(key))
            blocks.append(Para(text))
            continue
        rows: list[list[Line]] = []
        for state in incident.course:
            at = incident.at + state.after
            rows.append([drill.clock(at), figures(state_at(drill, key, at))])
        title = t("{incident}, {place}", incident=drill.called(key), place=place_of(drill, key))
        blocks.append(Table(f"course_{key}", title, [t("time"), t("situation")], rows, (20, 80)))
    noticed = t(
        "What players know is only what they are told. Exercise control alone has this table."
    )
    return Chapter("situation", t("The situation that is played"), [*blocks, Para(noticed, True)])


def phases(drill: Drill, expected: list[Act]) -> Chapter:
    """Return the phases with their times."""
    words, rows = phase_words(), []
    for name in PHASES:
        own = [act for act in expected if act.phase == name]
        if own:
            times = dict.fromkeys(drill.clock(own[k].time) for k in (0, -1))
            span = "≈ " + " – ".join(times)
            who = dict.fromkeys(drill.called(act.actor) for act in own)
            rows.append([words[name], span, str(len(own)), t(", ").join(who)])
    head = [t("phase"), t("expected between"), t("steps"), t("who acts")]
    table = Table("phases", t("Phases of the drill"), head, rows, (18, 24, 8, 50))
    return Chapter("phases", t("Steps and times"), [table, legend(drill)])


def steps(drill: Drill, expected: list[Act], injects: list[Put]) -> Chapter:
    """Return injects and expected acts in one table, in order of time."""
    words, begun = phase_words(), set[str]()
    timed = [one for one in injects if one.time is not None]
    listed: list[Put | Act] = sorted([*timed, *expected], key=lambda one: one.time or 0)
    rows: list[list[Line]] = []
    for number, one in enumerate(listed, start=1):
        if isinstance(one, Put):
            rows.append([str(number), *_inject_row(drill, one)])
            continue
        shown = ""
        if one.phase not in begun:
            begun.add(one.phase)
            shown = _narration(drill, one, words[one.phase])
        when = f"≈ {drill.clock(one.time)} ({drill.clock(one.low)}–{drill.clock(one.high)})"
        who = drill.called(one.actor)
        rows.append([str(number), when, who, action(drill, one), said(drill, one), shown])
    head = [t("step no."), t("time"), t("who"), t("act"), t("orders and words")]
    head.append(t("screen, captions, narration"))
    title = t("Step by step")
    table = Table("steps", title, head, rows, (5, 13, 15, 20, 29, 18))
    note = t("Words in quotation marks are a draft; ____ is for the players to say.")
    return Chapter("steps", t("Script, step by step"), [table, Para(note, True), legend(drill)])


def _inject_row(drill: Drill, one: Put) -> list[Line]:
    script = one.inject.script
    dialogue = told(drill, script.dialogue) if script else ""
    screen = [told(drill, x) for x in (script.screen, script.narration)] if script else []
    to = f" → {t(', ').join(map(drill.called, one.to))}" if one.to else ""
    what = t("INJECT: {what} ({how})", what=one.title + to, how=one.means)
    expected = t("Expected: {what}", what=one.expected) if one.expected else ""
    words = "\u2003".join(filter(None, (one.text, dialogue, expected)))
    who = one.controller or t("exercise control")
    return [one.when, who, what, words, t("; ").join(filter(None, screen))]


def _narration(drill: Drill, act: Act, phase: str) -> str:
    return t(
        "Caption: {phase}. Narrator: at {time} {who} begins the part “{phase}”.",
        phase=phase,
        time=drill.clock(act.time),
        who=drill.called(act.actor),
    )


def conditional(drill: Drill, injects: list[Put]) -> Chapter:
    """Return the injects that hang on what players do."""
    rows: list[list[Line]] = [
        [one.title, one.when, t(", ").join(map(drill.called, one.to)), one.means, one.text]
        for one in injects
        if one.time is None
    ]
    head = [t("inject"), t("when put in"), t("to whom"), t("by what means"), t("inject text")]
    table = Table("conditional", t("Contingency injects"), head, rows, (18, 22, 18, 14, 28))
    blocks: list[Block] = [table] if rows else []
    return Chapter("conditional", t("Injects that depend on the players"), blocks)


def ending(drill: Drill) -> Chapter:
    """Return how the drill ends, and how it is broken off."""
    end = drill.clock(drill.scenario.horizon)
    return Chapter(
        "ending",
        t("End and breaking off"),
        [
            Sub(t("End of the drill")),
            Para(
                t(
                    "The drill ends when the response has ended, at the latest at {time}, by word "
                    "of the director of the drill.",
                    time=end,
                )
            ),
            Sub(t("Breaking off")),
            Para(
                t(
                    "If something real happens or somebody is in danger, everybody may say “real "
                    "event, stop the drill”; all play stops at once and real messages come first."
                )
            ),
            Para(blank(t("word and channel by which the drill is stopped"))),
        ],
    )
