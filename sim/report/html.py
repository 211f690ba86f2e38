"""The report as one HTML file that needs nothing else, on screen and on A4."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.files.atomic import write_text
from sim.log.record import EventLog
from sim.report.acts import read_acts
from sim.report.duties import duties
from sim.report.names import display_names
from sim.report.page import Page, build_page
from sim.report.supply import supply_part
from sim.report.targets import target_lines
from sim.report.tasks import task_part
from sim.report.window import busy_window, choose_window
from sim.texts import in_language, label, t

TEMPLATES = Path(__file__).parent / "templates"
MOST_ECDFS = 8


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
) -> Path:
    """Write the report of a record and its verdicts as one HTML file; return its path.

    `scenario`: where the record came from, for names.  `sources`: (path, value, source) of the
    scenario's numbers; those without a source are listed as assumed.  `finding`: the official
    finding of a real case (`sim.rules.load_finding`).  `names`: id -> display name; `texts`:
    rule -> what it demands; `targets`: a table of `sim.score_targets`.
    With several cases the first one is shown in full, and the sums of all.
    The file is written whole or not at all; raises `OSError`, `ValueError` for an empty record.
    """
    page = render_report(
        log, verdicts, scenario, sources, finding, lang, names, texts, title, targets
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
) -> str:
    """Return the report of `write_report` as text."""
    if not len(log):
        raise ValueError(t("the record holds no rows"))
    called = {**display_names(scenario, lang), **(names or {})}
    with in_language(lang):
        page = build_page(log, verdicts, scenario, sources, finding, called, texts, lang, title)
        text: str = template().render(
            page=page,
            lang_tag="zh-CN" if lang == "zh" else "en",
            style=page_style(),
            lanes=_lanes(log, verdicts, called, page.title, lang),
            ecdfs=_ecdfs(log, verdicts, called, texts or {}, lang) if page.cases > 1 else [],
            maps=_maps(log, scenario, called, page.title, lang),
            teams=_teams(log, called, page.title, lang),
            tasks=task_part(log, scenario, called, lang),
            supply=supply_part(log, called, page.title, lang),
            knowledge=_knowledge(log, called, lang),
            targets=target_lines(targets),
            limits=limits(page),
            anchors={row.row: row.anchor for row in page.annex},
            program=program(),
        )
        return text


def template(name: str = "report.html") -> Any:
    """Return a template of the house; what is put in is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    env.globals["_"] = t
    return env.get_template(name)


def page_style() -> Any:
    """Return the style sheet of all pages, to stand in the page."""
    from markupsafe import Markup

    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))


def program() -> str:
    """Return name and version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Yanlian {version('yanlian')}"
    except PackageNotFoundError:
        return "Yanlian"


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
