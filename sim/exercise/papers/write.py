"""All papers of a drill, from its scenario, into one folder."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import MissingExtra
from sim.exercise.export import export_msel
from sim.exercise.papers.drill import PACK, RUNS, Drill, drilled
from sim.exercise.papers.forms import forms
from sim.exercise.papers.plan import plan
from sim.exercise.papers.ratings import write_ratings
from sim.exercise.papers.roster import contact_rows, roster_rows
from sim.exercise.papers.script import script
from sim.exercise.papers.sheets import evaluator_sheets
from sim.files.atomic import whole_folder
from sim.files.sheetwriter import write_list
from sim.rules import write_checklist
from sim.texts import in_language, t
from sim.word.blocks import Cover, Document, Sheet, blank

CHECKED = ("第四条", "第六条", "第十三条")
"""Articles whose duties only paper shows: platforms, money, appraisal."""


def write_papers(
    scenario_path: str | Path,
    folder: str | Path,
    *,
    lang: str = "zh",
    template: str | Path | None = None,
    pack: str = PACK,
    runs: int = RUNS,
) -> list[Path]:
    """Write the papers of a drill into a folder, all or none; return the files.

    Plan and script (.docx, in the look of a unit's own `template` if one is given), a sheet for
    the evaluator at every post, forms for calls and reports, and as workbooks the inject list, the
    evaluators' ratings, the roster, the contacts and the checklist of articles 4, 6 and 13.

    `lang` is `zh` or `en`; the duties are those of `pack`, expected times the medians of `runs`
    simulated drills.  Raises `MissingExtra` without the extras `word` and `excel`,
    `UnusableInput` for the scenario or the template, `OSError`.
    """
    for module, package, extra in (
        ("docx", "python-docx", "word"),
        ("openpyxl", "openpyxl", "excel"),
    ):
        if find_spec(module) is None:
            raise MissingExtra(package, extra)
    with in_language(lang):
        drill = drilled(scenario_path, lang, pack, runs)
        with whole_folder(folder) as work:
            _documents(work, drill, template)
            _workbooks(work, drill)
            export_msel(scenario_path, work / "injects.xlsx", lang=lang)
            names = sorted(path.name for path in work.iterdir())
    return [Path(folder) / name for name in names]


def _documents(work: Path, drill: Drill, template: str | Path | None) -> None:
    _document(work / "plan.docx", plan(drill, _cover(drill, t("Drill plan"))), drill, template)
    written = script(drill, _cover(drill, t("Drill script")))
    _document(work / "script.docx", written, drill, template, wide=True)
    for post, sheet in evaluator_sheets(drill).items():
        _sheets(work / f"evaluator-{post}.docx", t("Evaluator's sheet"), [sheet], drill, True)
    _sheets(work / "forms.docx", t("Forms"), forms(drill), drill, False)


def _cover(drill: Drill, kind: str) -> Cover:
    day = f"{drill.instant(0):%Y-%m-%d}"
    lines = [
        (t("played day"), day),
        (t("unit that organises"), blank(t("unit"))),
        (t("date of this paper"), blank(t("date"))),
    ]
    return Cover(kind, drill.title(), lines, t("draft"))


def _document(
    path: Path, paper: Document, drill: Drill, template: str | Path | None, wide: bool = False
) -> None:
    from sim.word.compose import compose, open_document

    document = open_document(template, drill.lang, wide)
    compose(document, paper, {}, None, template is None)
    _save(path, document)


def _sheets(path: Path, kind: str, sheets: list[Sheet], drill: Drill, wide: bool) -> None:
    from sim.word.compose import compose_sheets, open_document

    document = open_document(None, drill.lang, wide)
    compose_sheets(document, drill.title(), kind, sheets, own=True)
    _save(path, document)


def _save(path: Path, document: Any) -> None:
    data = io.BytesIO()
    document.save(data)
    path.write_bytes(data.getvalue())


def _workbooks(work: Path, drill: Drill) -> None:
    write_list(work / "roster.xlsx", roster_rows(drill), (30, 14, 18, 18, 18, 18, 12, 16))
    write_list(work / "contacts.xlsx", contact_rows(drill), (30, 16, 18, 18, 18, 14, 14, 24))
    write_ratings(work / "ratings.xlsx", drill)
    items = {k: one for k, one in drill.pack.checklist.items() if one.clause in CHECKED}
    if items:
        chosen = drill.pack.model_copy(update={"checklist": items})
        write_checklist(work / "checklist.xlsx", chosen, drill.lang)
