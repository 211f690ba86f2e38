"""A rehearsal as a workbook: the inject list with its forecast, the load of posts, the duties."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import numpy as np

from sim.exercise import loads
from sim.exercise.columns import COLUMNS, LIST, OURS
from sim.exercise.entry import long_duration
from sim.exercise.export import CHOICES, REPEATED, add_translations, cells, choices, titles
from sim.exercise.listing import LATEST, Line, listing
from sim.exercise.rehearsal import BAND, Rehearsal, Times
from sim.exercise.times import clock_text, relative_text
from sim.exercise.workbook import Book, Layout
from sim.experiment.intervals import Interval
from sim.files.atomic import write_bytes
from sim.texts import in_language, label, t

ACTION = ("expected", "within")
"""Columns that stand on one page with the forecast."""
LISTED = [name for name in OURS if COLUMNS[name].group == LIST and name not in ACTION]
FIRST = (*LISTED, *ACTION)
"""Columns before the forecast."""
REST = tuple(name for name in OURS if name not in FIRST)


def export_rehearsal(rehearsal: Rehearsal, out_path: str | Path, *, lang: str = "zh") -> None:
    """Write a rehearsal as .xlsx in `zh` or `en`: three sheets.

    The inject list, which `import_msel` reads too, with what the model says of every expected
    action; the load of every post over time, idle and overloaded stretches shaded; the duties of
    the rule pack, with the limits that nobody can meet.  Raises `MissingExtra`, `OSError`.
    """
    book = Book(choices(rehearsal.scenario, lang), lang)
    with in_language(lang):
        _injects(book, rehearsal, lang)
        _loads(book, rehearsal, lang)
        _duties(book, rehearsal, lang)
        add_translations(book, rehearsal.raw, lang)
    write_bytes(out_path, book.done())


def _note(rehearsal: Rehearsal) -> str:
    return t(
        "Forecast of the model from {n} simulated drills (seed {seed}); in brackets the interval "
        "of 95 %. It says what follows from the durations put in, not what people will do.",
        n=rehearsal.drills,
        seed=rehearsal.seed,
    )


# -- the list --------------------------------------------------------------------------
def _injects(book: Book, rehearsal: Rehearsal, lang: str) -> None:
    lines = listing(rehearsal.scenario, rehearsal.raw, lang)
    forecast = [
        t("Forecast: put in"),
        t("Forecast: done"),
        t("Forecast: in time"),
        t("Forecast: when (median)"),
        t("Forecast: takes (median)"),
        t("Forecast: nine in ten"),
        t("Forecast: load then"),
    ]
    columns = [*FIRST, *REST]
    header = [COLUMNS[name].heading(lang) for name in FIRST]
    header += forecast + [COLUMNS[name].heading(lang) for name in REST]
    rows: list[list[str | None]] = []
    overloaded = []
    for k, line in enumerate(lines):
        texts, load = _forecast(rehearsal, line)
        rows.append([*cells([line], FIRST)[0], *texts, *cells([line], REST)[0]])
        if load >= loads.OVERLOADED:
            overloaded.append((k, len(FIRST) + len(forecast) - 1))
    places = {name: k + (len(forecast) if name in REST else 0) for k, name in enumerate(columns)}
    how = Layout(
        widths=[COLUMNS[n].width for n in FIRST] + [18] * 7 + [COLUMNS[n].width for n in REST],
        titles=(*titles(rehearsal.scenario, lang), _note(rehearsal)),
        repeated=REPEATED,
        breaks=[len(LISTED) - 1, places["situation"] - 1, places["narration"]],
        choices={places[name]: name for name in CHOICES},
        shaded=[k for k, line in enumerate(lines) if line.is_truth],
        marked=dict.fromkeys(overloaded, "overloaded"),
    )
    book.sheet(t("Injects"), header, rows, how)


def _forecast(rehearsal: Rehearsal, line: Line) -> tuple[list[str | None], float]:
    """Return the forecast's cells of a row, and the load of those who should act."""
    times = rehearsal.actions.get(line.key)
    load = _load(rehearsal, line)
    shown = percent(load) if isfinite(load) else None
    if times is None:
        said = t("evaluator's eye only") if line.cells.get("expected") else None
        return [None, said, *([None] * 4), shown], load
    middle = times.at(0.5).estimate if times.began.any() else np.inf
    return [
        share_text(times.came),
        share_text(times.done),
        share_text(times.in_time) if times.allowed is not None else None,
        relative_text(_minute(middle)) if isfinite(middle) else t("never in half of the drills"),
        took_text(times),
        band_text(times),
        shown,
    ], load


def _load(rehearsal: Rehearsal, line: Line) -> float:
    """Return the greatest load of the duty posts of those who should act, in the inject's slot."""
    inject = rehearsal.scenario.injects.get(line.key)
    if inject is None or line.seconds == LATEST:
        return float("nan")
    shares = rehearsal.loads.shares()
    slot = line.seconds // rehearsal.loads.slot
    found = [
        shares[office, "duty"][slot]
        for office in inject.expected_of
        if (office, "duty") in shares and slot < len(shares[office, "duty"])
    ]
    return float(np.nanmax(found)) if len(found) and not np.isnan(found).all() else float("nan")


# -- the load --------------------------------------------------------------------------
def _loads(book: Book, rehearsal: Rehearsal, lang: str) -> None:
    scenario, slot = rehearsal.scenario, rehearsal.loads.slot
    shares = rehearsal.loads.shares()
    count = max((len(values) for values in shares.values()), default=0)
    starts = [clock_text(scenario.start, k * slot)[11:] for k in range(count)]
    rows = []
    marked: dict[tuple[int, int], str] = {}
    all_marks = loads.marks(shares)
    for k, ((office, post), values) in enumerate(shares.items()):
        name = scenario.offices[office].title(office, lang)
        rows.append([name, label("post", post), *(percent(v) if v == v else None for v in values)])
        marked |= {
            (k, 2 + column): word for column, word in enumerate(all_marks[office, post]) if word
        }
    legend = t(
        "Share of the persons on duty who are at work, mean of all drills, from each time for "
        "{minutes} min. Grey: idle (below {idle}); dark: overloaded (from {over} on); empty: "
        "nobody on duty.",
        minutes=slot // 60,
        idle=percent(loads.IDLE),
        over=percent(loads.OVERLOADED),
    )
    how = Layout(
        widths=(30, 10, *([6] * count)),
        titles=(t("Load"), legend, _note(rehearsal)),
        repeated=2,
        marked=marked,
    )
    book.sheet(t("Load"), [t("Office"), t("Post"), *starts], rows, how)


# -- the duties ------------------------------------------------------------------------
def _duties(book: Book, rehearsal: Rehearsal, lang: str) -> None:
    header = [
        *(t("Rule"), t("Owner"), t("Incident"), t("Limit"), t("Drills in which it applied")),
        *(label("verdict", "met"), label("verdict", "late"), t("open or unproven")),
        *(t("Share in time"), t("Takes (median)"), t("Nine in ten")),
    ]
    scenario = rehearsal.scenario
    rows: list[list[str | int | None]] = []
    for owed, one in rehearsal.duties.items():
        met, late = one.verdicts.get("met", 0), one.verdicts.get("late", 0)
        applied = sum(one.verdicts.values())
        rows.append(
            [
                f"{owed.rule} {getattr(rehearsal.pack.rules[owed.rule].text, lang)}",
                _actor(rehearsal, owed.owner, lang),
                scenario.incidents[owed.incident].title(owed.incident, lang),
                long_duration(one.limit),
                *(applied, met, late, applied - met - late),
                share_text(one.met) if met + late else None,
                took_text(one.times),
                band_text(one.times),
            ]
        )
    shaded = []
    for warning in rehearsal.short:
        if warning.severity == "warning":
            shaded.append((len(rows), 0))
        rows.append([getattr(warning, lang)])
    legend = t(
        "Duties with a time limit of {pack}. Below: limits that no staffing can meet (dark), or "
        "hardly, by the least times along the procedures.",
        pack=getattr(rehearsal.pack.title, lang),
    )
    how = Layout(
        widths=(60, 26, 18, 12, 12, 8, 8, 8, 20, 22, 26),
        titles=(t("Duties"), legend, _note(rehearsal)),
        marked=dict.fromkeys(shaded, "overloaded"),
    )
    book.sheet(t("Duties"), header, rows, how)


def _actor(rehearsal: Rehearsal, key: str, lang: str) -> str:
    scenario = rehearsal.scenario
    for section in (scenario.offices, scenario.teams, scenario.depots, scenario.shelters):
        if key in section:
            return str(section[key].title(key, lang))
    return key


# -- numbers ---------------------------------------------------------------------------
def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return f"{100 * share:.0f} %"


def share_text(found: Interval) -> str:
    """Return `98 % [95, 99]`, a dash of nothing."""
    if not found.n:
        return "—"
    return f"{percent(found.estimate)} [{100 * found.low:.0f}, {100 * found.high:.0f}]"


def took_text(times: Times) -> str:
    """Return the median time with its interval: `14 min [13, 16]`."""
    if not times.began.any():
        return "—"
    found = times.elapsed(0.5)
    if not isfinite(found.estimate):
        return t("never in half of the drills")
    low, high = (minutes(s) if isfinite(s) else "…" for s in (found.low, found.high))
    return f"{t('{n} min', n=minutes(found.estimate))} [{low}, {high}]"


def band_text(times: Times) -> str:
    """Return the band of nine drills in ten: `6 to 31 min`."""
    if not times.began.any():
        return "—"
    low, high = (times.elapsed(q).estimate for q in BAND)
    if not isfinite(low):
        return t("never")
    if not isfinite(high):
        return t("{low} min to never", low=minutes(low))
    return t("{low} to {high} min", low=minutes(low), high=minutes(high))


def minutes(seconds: float) -> str:
    """Return seconds as minutes: whole ones, below ten with a decimal; −5 is before the start."""
    value = seconds / 60
    whole = abs(value) >= 9.95 or value == round(value)
    return (f"{value:.0f}" if whole else f"{value:.1f}").replace("-", "−")


def _minute(seconds: float) -> int:
    return round(seconds / 60) * 60
