"""What a trial says, as a table of HTML: every text in it is escaped."""

from __future__ import annotations

from html import escape

from sim.experiment import Results
from sim.experiment.compare import difference
from sim.experiment.intervals import Interval
from sim.report.digits import with_bounds, with_error
from sim.report.measure_words import measure_words, scale_of
from sim.report.study_parts import estimates
from sim.texts import t

STYLE = (
    "<style>.yanlian table{border-collapse:collapse;font-size:14px;line-height:1.5}"
    ".yanlian th,.yanlian td{border:1px solid #C9CED3;padding:3px 10px;text-align:left}"
    ".yanlian th{background:#F3F5F7;font-weight:600}"
    ".yanlian td.told{color:#0072B2;font-weight:600}"
    ".yanlian p{margin:4px 0;line-height:1.5}.yanlian p.note{color:#555;max-width:52em}"
    ".yanlian p.wrong{color:#A33B00;white-space:pre-wrap}</style>"
)


def answer_html(results: Results) -> str:
    """Return the measures of a base (point 0) and of another setting (point 1, if it is there)."""
    two = len(results.points) > 1
    head = [t("measure"), t("base")]
    if two:
        head += [t("as set"), t("difference"), t("told apart")]
    rows = [_row(results, name, two) for name in results.study.measures]
    return block(table(head, rows), *_notes(results, two))


def _row(results: Results, name: str, two: bool) -> list[tuple[str, str]]:
    found = estimates(results, name)
    cells = [(found.word, ""), (_interval(found.each[0]), "")]
    if not two:
        return cells
    words, look = _difference(results, name, 1)
    cells += [(_interval(found.each[1]), ""), (words, look)]
    return [*cells, (t("yes") if look else t("no"), look)]


def tried_html(results: Results) -> str:
    """Return the settings tried so far with their differences to the base; nothing without any."""
    if len(results.points) < 2:
        return ""
    names = list(results.study.measures)
    head = ["", t("tried so far"), *(measure_words(results, name) for name in names)]
    rows = [
        [
            (str(point), ""),
            (results.label(point), ""),
            *(_difference(results, name, point) for name in names),
        ]
        for point in range(1, len(results.points))
    ]
    return block(table(head, rows), t("Differences to the base; coloured: told apart from it."))


def numbered(results: Results) -> Results:
    """Return the same with labels that begin with the numbers of `tried_html`, for pictures."""
    points = [{"": str(k) + ". " * (k > 0) + results.label(k)} for k in range(len(results.points))]
    return Results(results.study, points, results.values, results.stops)


def _difference(results: Results, name: str, point: int) -> tuple[str, str]:
    """Return `+17.2 ± 2.5` of a point minus the base, and its look: `told` where told apart."""
    scale, gap = scale_of(results, name), difference(results, name, 0, point)
    if gap.pairs < 2:
        return "–", ""
    half = (gap.high - gap.low) / 2 / scale
    if half == 0 and gap.value == 0:
        return "0", ""
    return with_error(gap.value / scale, half), "told" if gap.known else ""


def _interval(found: Interval) -> str:
    return with_bounds(found.estimate, found.low, found.high, 2)


def _notes(results: Results, two: bool) -> list[str]:
    drills = [results.stops[point] for point in range(2 if two else 1)]
    if two:
        ran = t("{n} drills of the base, {m} as set: same random numbers", n=drills[0], m=drills[1])
    else:
        ran = t("{n} drills of the base", n=drills[0])
    limited = t(
        "In brackets and after ±: intervals at 95 %. They hold the error of a limited number of "
        "drills only, not that of assumed durations. Times still running count up to the end of "
        "the record."
    )
    return [ran, limited]


def table(head: list[str], rows: list[list[tuple[str, str]]]) -> str:
    """Return a table; a cell is its text and the name of its look."""
    top = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    body = "".join(
        "<tr>" + "".join(f"<td class='{look}'>{escape(text)}</td>" for text, look in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def block(inner: str, *notes: str) -> str:
    """Return a table (already HTML) with notes (texts) below it, in the look of the panels."""
    below = "".join(f"<p class='note'>{escape(note)}</p>" for note in notes if note)
    return f"{STYLE}<div class='yanlian'>{inner}{below}</div>"


def wrong(text: str) -> str:
    """Return a text that says what could not be done."""
    return f"{STYLE}<div class='yanlian'><p class='wrong'>{escape(text)}</p></div>"
