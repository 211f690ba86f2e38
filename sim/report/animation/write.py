"""The animation of one case, written as a self-contained HTML file or as a GIF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.files.atomic import write_bytes, write_text
from sim.log.record import EventLog
from sim.report.animation.film import make_film
from sim.report.map_data import pair_of
from sim.report.names import display_names, record_names, roles
from sim.report.style import figure_style
from sim.texts import in_language, language, t

FORMATS = (".html", ".gif")


def write_animation(
    path: str | Path,
    log: EventLog,
    scenario: Any = None,
    case: str | None = None,
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str = "",
) -> Path:
    """Write one case as an animation; the path's ending, .html or .gif, says which; return it.

    Cards are offices, teams and depots, with what each is doing; dots between them are messages;
    on the maps teams (their number) and vehicles drive, roads close, the clock runs faster where
    little happens.  `scenario` gives places and roads their coordinates; without it places are
    known by their names where they lie in Guangxi, and what is not known is named.  `case`: the
    first one if not given.  `lang`: `zh` or `en`, else the language in force.  `names`: id ->
    display name.  Raises `KeyError` for an unknown case, `ValueError` for another ending and for
    a record where nothing has a time, `OSError` where it cannot be written.
    """
    from sim.report.animation.stage import set_stage

    path = Path(path)
    form = path.suffix.lower()
    with in_language(lang or language()), figure_style():
        if form not in FORMATS:
            raise ValueError(t("an animation ends in {endings}", endings=t(", ").join(FORMATS)))
        if not len(log):
            raise ValueError(t("the record holds no rows"))
        one = log.case(case or log.cases[0])
        own = record_names(one.table) if language() == "zh" else {}
        called = {**own, **display_names(scenario, language()), **(names or {})}
        film = make_film(one, scenario, called)
        head = title or (scenario.title(one.cases[0], language()) if scenario else one.cases[0])
        links = scenario.links.values() if scenario is not None else ()
        roads = {pair_of(link.from_, link.to): link.kind for link in links}
        stage = set_stage(film, roles(one.table), roads, head)
        if form == ".gif":
            from sim.report.animation.gif import gif

            write_bytes(path, gif(film, stage))
        else:
            from sim.report.animation.page import page

            write_text(path, page(film, stage, head))
    return path
