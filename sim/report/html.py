"""The report as one HTML file that needs nothing else, on screen and on A4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.files.atomic import write_text
from sim.intake.ratings import Ratings
from sim.log.corrections import corrections, counted
from sim.log.record import EventLog
from sim.report.acts import read_acts
from sim.report.agreement import agreement_lines
from sim.report.cases import case_head, case_lines
from sim.report.checklist import FactLine, fact_lines, tick_lines, tick_sums
from sim.report.clock_facts import clock_facts
from sim.report.correction_words import correction_lines
from sim.report.coverage import ArticleLine, article_lines
from sim.report.duties import duties
from sim.report.grade_words import grade_head, grade_lines
from sim.report.hop_words import head as hop_head
from sim.report.hop_words import hop_ways
from sim.report.judgements import judged_parts, remark_parts
from sim.report.modelled import Modelled, part_of
from sim.report.names import display_names
from sim.report.page import Page, build_page
from sim.report.readings import flip_lines
from sim.report.supply import supply_part
from sim.report.targets import target_lines
from sim.report.tasks import task_part
from sim.report.window import busy_window, choose_window
from sim.rules import Pack, Tick, trigger_facts
from sim.texts import in_language, label, t

TEMPLATES = Path(__file__).parent / "templates"
MOST_ECDFS = 8
MOST_CASES = 100
"""Cases that are listed one by one."""


def write_report(
    path: str | Path,
    log: EventLog,
    verdicts: Any,
    scenario: Any = None,
    sources: Any = None,
    finding: Any = None,
    lang: str = "zh",
    names: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    title: str = "",
    targets: Any = None,
    agreed: Sequence[Any] = (),
    checklist: Sequence[Tick] = (),
    packs: Sequence[Pack] = (),
    marks: Iterable[Any] = (),
    readings: Sequence[Any] = (),
    ratings: Ratings | None = None,
    clocks: Any = None,
    modelled: Modelled | None = None,
) -> Path:
    """Write the report of a record and its verdicts as one HTML file; return its path.

    `scenario`: where the record came from, for names.  `sources`: (path, value, source) of the
    scenario's numbers; those without a source are listed as assumed.  `finding`: the official
    finding of a real case (`sim.rules.load_finding`).  `names`: id -> display name; `texts`:
    rule -> what it demands; `targets`: a table of `sim.score_targets`; `agreed`: which readings
    agree with the finding (`sim.rules.agreements`); `checklist`: what a person ticked; `packs`:
    those that were judged by, for their checklists and the facts of `triggers`; `marks`: by schemes
    that somebody chose (`sim.rules.marks`), shown after the verdicts;
    `readings`: results of `sim.all_readings`, for what depends on the reading of the text;
    `ratings`: what evaluators judged (`sim.intake.ratings`), in a part of its own; `clocks`:
    those by which the stamps of `log` were corrected (`sim.rules.load_clocks`); `modelled`: what a
    model says beside a record of one case, in a part of its own.
    With several cases the first one is shown in full, and the sums of all.  Corrections that the
    record holds are listed; everything else is of what counts.
    The file is written whole or not at all; raises `OSError`, `ValueError` for an empty record.
    """
    page = render_report(
        *(log, verdicts, scenario, sources, finding, lang, names, texts, title, targets),
        *(agreed, checklist, packs, marks, readings, ratings, clocks, modelled),
    )
    write_text(path, page)
    return Path(path)


def render_report(
    log: EventLog,
    verdicts: Any,
    scenario: Any = None,
    sources: Any = None,
    finding: Any = None,
    lang: str = "zh",
    names: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    title: str = "",
    targets: Any = None,
    agreed: Sequence[Any] = (),
    checklist: Sequence[Tick] = (),
    packs: Sequence[Pack] = (),
    marks: Iterable[Any] = (),
    readings: Sequence[Any] = (),
    ratings: Ratings | None = None,
    clocks: Any = None,
    modelled: Modelled | None = None,
) -> str:
    """Return the report of `write_report` as text."""
    if not len(log):
        raise ValueError(t("the record holds no rows"))
    called = {**display_names(scenario, lang), **(names or {})}
    corrected, log = corrections(log), counted(log)
    with in_language(lang):
        page = build_page(log, verdicts, scenario, sources, finding, called, texts, lang, title)
        page.agreed.extend(agreement_lines(agreed, called))
        page.facts.extend(clock_facts(clocks, called))
        model = part_of(modelled, called, lang)
        text: str = page_template("report.html").render(
            page=page,
            lang_tag="zh-CN" if lang == "zh" else "en",
            style=page_style(),
            lanes=_lanes(log, verdicts, called, page.title, lang),
            case_head=case_head(),
            case_lines=case_lines(log, verdicts, MOST_CASES) if page.cases > 1 else [],
            ecdfs=_ecdfs(log, verdicts, called, texts or {}, lang) if page.cases > 1 else [],
            maps=_maps(log, scenario, called, page.title, lang),
            teams=_teams(log, called, page.title, lang),
            tasks=task_part(log, scenario, called, lang),
            supply=supply_part(log, called, page.title, lang),
            knowledge=_knowledge(log, called, lang),
            targets=target_lines(targets),
            hops=hop_ways(log.case(log.cases[0]), verdicts, called),
            hop_head=hop_head(),
            grade_pictures=_grades(log, called, page.title, lang),
            grade_lines=grade_lines(log.case(log.cases[0]), called),
            grade_head=grade_head(),
            flips=flip_lines(list(readings), called, log.cases[0]),
            articles=_articles(verdicts),
            marks=[_marks(one, called) for one in marks],
            limits=[*limits(page), *_unticked(checklist, packs)],
            ticks=tick_lines(checklist),
            tick_sums=tick_sums(checklist),
            judged=judged_parts(ratings or Ratings()),
            remarked=[part[1:] for part in remark_parts(ratings or Ratings())],
            facts=_facts(verdicts, packs, log.cases[0], called),
            corrections=correction_lines(corrected, called),
            anchors={row.row: row.anchor for row in page.annex},
            model=model,
            model_pictures=[] if model is None else _pictures(model.pictures),
            program=program(),
        )
        return text


def _facts(
    verdicts: Any, packs: Sequence[Pack], case: str, names: Mapping[str, str]
) -> list[FactLine]:
    """Return the facts of the packs' triggers in the first case."""
    found = [trigger_facts(verdicts, pack) for pack in packs]
    return [
        line for table in found for line in fact_lines(table[table["case"] == case], packs, names)
    ]


def _unticked(checklist: Sequence[Tick], packs: Sequence[Pack]) -> list[str]:
    number = sum(len(pack.checklist) for pack in packs)
    if checklist or not number:
        return []
    return [t("What only paper shows: {n} items of the checklist, which a person ticks.", n=number)]


def page_template(name: str) -> Any:
    """Return a template of this package; what it prints is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    env.globals["_"] = t
    return env.get_template(name)


def page_style() -> Any:
    """Return the style sheet of all pages."""
    from markupsafe import Markup

    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))


def program() -> str:
    """Return name and version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Yanlian {version('yanlian')}"
    except PackageNotFoundError:
        return "Yanlian"


def _articles(verdicts: Any) -> list[ArticleLine]:
    """Return which obligations of each article were touched, none without verdicts."""
    from sim.rules.coverage import coverage
    from sim.rules.verdicts import Verdicts

    if not isinstance(verdicts, Verdicts) or not len(verdicts):
        return []
    return article_lines(coverage(verdicts))


def _marks(found: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the marks of one scheme in words."""
    from sim.report.marks import line_table, marks_foot, marks_head, total_lines

    return {
        "head": marks_head(found),
        "table": line_table(found, names),
        "totals": total_lines(found, names),
        "foot": marks_foot(found),
    }


def _lanes(
    log: EventLog, verdicts: Any, names: Mapping[str, str], title: str, lang: str
) -> list[dict[str, str]]:
    """Return the swimlane, and the busy stretch once more where the whole is much longer."""
    from sim.report.swimlane import swimlane

    case = log.cases[0]
    acts, found = read_acts(log.case(case)), duties(verdicts, case)
    whole = choose_window(acts, found)
    pictures = [swimlane(log, verdicts, case, lang, None, names, title)]
    words = [t("Who did what when: bars are work, hatched bars waiting, arrows messages.")]
    busy = busy_window(acts, whole)
    if busy is not None:
        asked = (busy.start, busy.end)
        pictures.append(swimlane(log, verdicts, case, lang, asked, names, title))
        words.append(t("The busiest stretch of the same course, enlarged."))
    alts = t("Swimlane of {case}", case=title)
    return [
        {"src": picture.data_uri(), "alt": alts, "caption": text}
        for picture, text in zip(pictures, words, strict=True)
    ]


def _ecdfs(
    log: EventLog, verdicts: Any, names: Mapping[str, str], texts: Mapping[str, str], lang: str
) -> list[dict[str, str]]:
    from sim.report.ecdf import report_ecdf

    applying = [d.rule for d in duties(verdicts) if d.applies and d.limit is not None]
    out = []
    for rule in list(dict.fromkeys(applying))[:MOST_ECDFS]:
        title = f"{rule} {texts.get(rule, '')}".strip()
        picture = report_ecdf(log, verdicts, rule, lang=lang, names=names, title=title)
        out.append({"src": picture.data_uri(), "alt": t("Times under {rule}", rule=rule)})
    return out


def _teams(log: EventLog, names: Mapping[str, str], title: str, lang: str) -> list[dict[str, str]]:
    """Return the picture of the teams over time, none where no team acts."""
    from sim.report.gantt import team_chart

    try:
        picture = team_chart(log, lang=lang, names=names, title=title)
    except ValueError:
        return []
    return [{"src": picture.data_uri(), "alt": t("What every team did when")}]


def _grades(log: EventLog, names: Mapping[str, str], title: str, lang: str) -> list[dict[str, str]]:
    """Return the picture of the grade over time, none where nobody confirmed one."""
    from sim.report.grade_chart import grade_chart

    try:
        picture = grade_chart(log, lang=lang, names=names, title=title)
    except ValueError:
        return []
    return [{"src": picture.data_uri(), "alt": t("The grade over time")}]


def _maps(
    log: EventLog, scenario: Any, names: Mapping[str, str], title: str, lang: str
) -> list[dict[str, str]]:
    """Return the map, none without a scenario or where nothing has coordinates."""
    from sim.report.map import map_chart

    if scenario is None:
        return []
    try:
        picture = map_chart(log, scenario, lang=lang, names=names, title=title)
    except ValueError:
        return []
    return [{"src": picture.data_uri(), "alt": t("Map of the ways of teams and supplies")}]


def _knowledge(log: EventLog, names: Mapping[str, str], lang: str) -> list[dict[str, str]]:
    """Return one picture per figure that the record tells of, truth and beliefs; may be none."""
    from sim.report.knowledge import knowledge_pictures

    out = []
    for field, picture in knowledge_pictures(log, lang, names).items():
        words = t("Who knew the right number when: {field}", field=label("field", field))
        out.append({"src": picture.data_uri(), "alt": words})
    return out


def _pictures(drawn: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    return [{"src": picture.data_uri(), "alt": title} for title, picture in drawn]


def limits(page: Page) -> list[str]:
    """Return what the report cannot tell, in sentences."""
    lines = [
        t("Whether anybody meant to report late, wrongly or not at all: a record shows no intent."),
        t("What was done but not recorded; such duties are listed as unproven, not as missed."),
        t("Whether a report was well written; only its time and the elements it names are judged."),
    ]
    if page.simulated:
        lines.append(
            t("How a real event would go: times are drawn from assumed or cited distributions.")
        )
    if page.cases == 1 and page.simulated:
        lines.append(
            t("How often this result comes about: one drill is one sample; use --replications.")
        )
    return lines
