"""The drill plan (演练方案): aims, basis, situation, who takes part, steps, control, safety."""

from __future__ import annotations

from collections.abc import Iterable

from sim.exercise.papers.acts import acts
from sim.exercise.papers.drill import Drill
from sim.exercise.papers.roster import presences
from sim.exercise.papers.script import phases
from sim.exercise.papers.seen import posts, seen
from sim.texts import label, t
from sim.texts.clauses import article
from sim.texts.lengths import limit
from sim.word.blocks import Block, Chapter, Cover, Document, Line, Para, Sub, Table, blank

MOST = 30
"""Assumed numbers that are listed."""


def plan(drill: Drill, cover: Cover) -> Document:
    """Return the plan as blocks."""
    chapters = [
        aims(drill),
        frame(drill),
        outline(drill),
        bodies(drill),
        phases(drill, acts(drill)),
        control(),
        evaluation(drill),
        support(drill),
        learning(),
        sources(drill),
    ]
    signed = [t("Written by"), t("Checked by"), t("Approved by"), t("Date")]
    return Document(cover, chapters, signed)


def aims(drill: Drill) -> Chapter:
    """Return what the drill is for, and the texts on which it rests."""
    about = drill.scenario.about
    blocks: list[Block] = [Sub(t("Aim"))]
    if about:
        aim = about.aim.in_language(drill.lang)
        blocks.append(Para(t("{aim}.", aim=aim[:1].upper() + aim[1:].rstrip(".。"))))
        articles = t(", ").join(article(number) for number in about.articles)
        text = t("It trains above all these articles of {pack}: {articles}.")
        title = getattr(drill.pack.title, drill.lang)
        blocks.append(Para(text.format(articles=articles, pack=title)))
    else:
        blocks.append(Para(blank(t("aim of the drill"))))
    blocks.append(Para(blank(t("what is to be done by whom, under what conditions, how well"))))
    rows: list[list[Line]] = [
        [source.title, source.where, label("confidence", source.confidence)]
        for source in drill.pack.sources.values()
    ]
    head = [t("legal text"), t("where found"), t("confidence")]
    title = t("Texts by which the drill is judged")
    blocks += [Sub(t("Basis of the drill")), Table("basis", title, head, rows, (46, 40, 14))]
    return Chapter("aims", t("Aim and basis"), blocks)


def frame(drill: Drill) -> Chapter:
    """Return kind, size, time and place."""
    scenario, about = drill.scenario, drill.scenario.about
    start, end = drill.instant(0), drill.instant(scenario.horizon)
    rows: list[list[Line]] = [
        [t("drill"), drill.title()],
        [t("kind of drill"), blank(t("table-top or real; announced or not; special or combined"))],
        [t("played time"), f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"],
        [t("length of the drill"), limit(scenario.horizon)],
        [t("day of the drill"), blank(t("date and time"))],
    ]
    if about:
        words = (label("class", about.class_), label("grade", about.grade))
        rows.insert(1, [t("event"), t(", ").join((*words, label("when", about.when)))])
    sites = dict.fromkeys(one.place for one in scenario.incidents.values())
    rows.append([t("places"), t(", ").join(map(drill.called, sites))])
    size = t("offices {o}, teams {n}, depots {d}; persons on duty at the start {p}")
    on_duty = sum(one.begin <= 0 <= one.end for one in presences(drill))
    counts = {"o": len(scenario.offices), "n": len(scenario.teams), "d": len(scenario.depots)}
    rows.append([t("scale"), size.format(**counts, p=on_duty)])
    if scenario.note:
        rows.append([t("note"), scenario.note.in_language(drill.lang)])
    table = Table("frame", t("The drill at a glance"), ["", ""], rows, (22, 78))
    return Chapter("frame", t("Kind, size, time and place"), [table])


def outline(drill: Drill) -> Chapter:
    """Return what the drill supposes; how it goes on stands in the script, for control alone."""
    rows: list[list[Line]] = []
    for key, incident in drill.scenario.incidents.items():
        if incident.occurs:
            parent = drill.called(incident.parent) if incident.parent else ""
            what = (drill.called(key), label("hazard", incident.hazard), parent or "—")
            rows.append([drill.clock(incident.at), *what, drill.called(incident.place)])
    head = [t("time"), t("event"), t("kind"), t("follows from"), t("place")]
    table = Table("outline", t("Events that are supposed"), head, rows, (14, 26, 20, 20, 20))
    text = t("How the situation goes on, and the injects, stand in the script, for control alone.")
    return Chapter("outline", t("Outline of the situation"), [table, Para(text)])


def bodies(drill: Drill) -> Chapter:
    """Return who directs the drill and who takes part, with his tasks."""
    groups = (
        (t("directing group"), t("decides, begins and ends the drill")),
        (t("planning and control"), t("puts in what the script says; plays all who take no part")),
        (t("evaluation"), t("one evaluator at each post; notes times and facts, helps nobody")),
        (t("support and safety"), t("rooms, lines, vehicles, order and safety on site")),
    )
    rows: list[list[Line]] = [[name, task, ""] for name, task in groups]
    head = [t("drill group"), t("what it does"), t("head (code name)")]
    blocks: list[Block] = [
        Sub(t("Who directs the drill")),
        Table("groups", t("Groups of the drill"), head, rows, (22, 56, 22)),
        Sub(t("Who takes part")),
        _offices(drill),
    ]
    if drill.scenario.teams:
        blocks.append(_teams(drill))
    return Chapter("bodies", t("Bodies and tasks"), blocks)


def _offices(drill: Drill) -> Table:
    rows: list[list[Line]] = []
    for key, office in drill.scenario.offices.items():
        names = (drill.scenario.procedures[one].title(one, drill.lang) for one in office.procedures)
        rows.append([drill.called(key), label("role", office.role), t("; ").join(names) or "—"])
    head = [t("unit or office"), t("role"), t("tasks in the drill")]
    return Table("offices", t("Bodies that take part"), head, rows, (24, 14, 62))


def _teams(drill: Drill) -> Table:
    rows: list[list[Line]] = []
    for key, team in drill.scenario.teams.items():
        chief = drill.called(team.superior) if team.superior else "—"
        kind = label("team", team.kind) if team.kind else "—"
        words = (kind, drill.called(team.base), str(team.strength), chief)
        rows.append([drill.called(key), *words])
    head = [t("team"), t("kind"), t("stationed at"), t("persons"), t("ordered by")]
    return Table("teams", t("Teams that take part"), head, rows, (28, 24, 18, 10, 20))


def control() -> Chapter:
    """Return the rules of play."""
    rules = (
        t("Every message of the drill begins and ends with the words “drill, drill”."),
        t("Players get what happens only by injects; nobody tells them what comes next."),
        t("Clocks are set before the drill; every stamp is exercise time."),
        t("A pause or a jump of the exercise clock is written down with the wall time."),
    )
    return Chapter("control", t("Rules of play"), [Para(text) for text in rules])


def evaluation(drill: Drill) -> Chapter:
    """Return where evaluators stand and how much each has to see."""
    clauses = seen(drill)
    rows: list[list[Line]] = []
    for post in posts(drill):
        owes = sum(one.part == "owes" for one in clauses[post])
        rows.append([post_words(drill, post), str(owes), str(len(clauses[post]) - owes)])
    head = [t("post"), t("own duties to watch"), t("of others, seen from here")]
    table = Table("watched", t("Posts of evaluators"), head, rows, (60, 20, 20))
    text = t(
        "Every evaluator has a sheet with exactly the clauses and acts that come up at his post. "
        "He notes times and facts. Verdicts are made from the record of all posts by the rule "
        "pack {pack}; a time that nobody noted leaves a duty unproven, never failed."
    )
    title = getattr(drill.pack.title, drill.lang)
    return Chapter("evaluation", t("Evaluation"), [Para(text.format(pack=title)), table])


def post_words(drill: Drill, post: str) -> str:
    """Return what a post of evaluators is called."""
    gathered = {"scene": t("on the scene (all teams)"), "stores": t("depots and shelters")}
    return gathered.get(post) or drill.called(post)


def support(drill: Drill) -> Chapter:
    """Return persons, money, rooms, goods, lines and safety."""
    blocks: list[Block] = []
    for title, what in (
        (t("Persons"), t("players, controllers, evaluators, observers; who stands in for whom")),
        (t("Money"), t("budget and who pays")),
        (t("Rooms and sites"), t("rooms, sites, permits, who is told in the neighbourhood")),
        (t("Goods and equipment"), t("equipment, signs, dummies, who brings it")),
    ):
        blocks += [Sub(title), Para(blank(what))]
    rows = [[drill.called(key), _kind(key, drill), _back(key, drill)] for key in _used(drill)]
    head = [t("channel"), t("kind"), t("falls back on")]
    blocks += [Sub(t("Lines")), Table("channels", t("Channels"), head, rows, (40, 30, 30))]
    safety = t(
        "Nobody is put in danger for the drill. A safety officer on every site may stop it. Real "
        "emergency numbers are not called; who could take the drill for real is told before."
    )
    blocks += [Sub(t("Safety")), Para(safety), Para(blank(t("safety officers, first aid")))]
    return Chapter("support", t("Means and safety"), blocks)


def _used(drill: Drill) -> list[str]:
    """Return the channels of the scenario that its drills used."""
    used = set(drill.table["channel"])
    return [key for key in drill.scenario.channels if key in used]


def _kind(key: str, drill: Drill) -> str:
    return label("channel", drill.scenario.channels[key].kind)


def _back(key: str, drill: Drill) -> str:
    back = drill.scenario.channels[key].fallback
    return drill.called(back) if back else "—"


def learning() -> Chapter:
    """Return what follows the drill."""
    texts: Iterable[str] = (
        t("Directly after the drill: a short debriefing at every post, players judge themselves."),
        t("Sheets of all posts become one record; it is scored, and the report is written."),
        t("Findings become improvement actions with owner and date, and are followed up."),
        t("Plan, script, sheets, record and report are filed together."),
    )
    return Chapter("learning", t("After the drill"), [Para(text) for text in texts])


def sources(drill: Drill) -> Chapter:
    """Return where the figures come from: a source, or assumed."""
    named: dict[str, int] = {}
    for _, _, source in drill.numbers:
        named[source] = named.get(source, 0) + 1
    known = drill.scenario.sources
    rows: list[list[Line]] = [
        [known[key].title, label("confidence", known[key].confidence), str(number)]
        for key, number in named.items()
        if key in known
    ]
    head = [t("source"), t("confidence"), t("number of figures")]
    blocks: list[Block] = []
    if rows:
        blocks.append(Table("sources", t("Figures with a source"), head, rows, (70, 15, 15)))
    assumed = [(path, value) for path, value, source in drill.numbers if not source]
    text = t("Assumed, without a source: {n} figures of {total}. Replace them by your own.")
    blocks.append(Para(text.format(n=len(assumed), total=len(drill.numbers))))
    blocks.append(Para(t("Computed, marked ≈: times from {n} simulated drills.", n=drill.runs)))
    return Chapter("sources", t("Where the figures come from"), blocks)
