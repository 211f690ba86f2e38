"""A drill on record among simulated ones, in words and tables; one duty's factor, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.against import Against
from sim.experiment.typical import MOST, Factor, Step
from sim.log.journeys import each
from sim.report.clock import minutes
from sim.report.columns import plain_table
from sim.report.digits import rounded
from sim.report.duties import word
from sim.report.names import named
from sim.texts import in_language, label, language, t

EDGE = 0.1
"""Pieces of work under this percentile, or over its mirror image, are listed."""
MOST_STEPS = 12


def duty_table(found: Against, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return one row per duty: time on record, verdict, where it stands, the simulated times."""
    rows = [
        {
            t("rule"): duty_id(row),
            t("who"): named(names, row.owner),
            t("on record (min)"): real_words(row.real_low, row.real_high),
            t("verdict"): label("verdict", word(row.verdict, _limit(row.limit_s))),
            t("among the simulated drills"): place_words(row, found.drills),
            t("simulated median (min)"): median_words(row),
        }
        for row in each(found.duties)
    ]
    return pd.DataFrame(rows)


def step_table(found: Against, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return the pieces of work at the edges, the slowest first."""
    rows = [
        {
            t("work"): _work(row),
            t("who"): named(names, row.actor),
            t("on record (min)"): real_words(row.real_low, row.real_high),
            t("among the simulated drills"): place_words(row, found.drills),
            t("simulated median (min)"): median_words(row),
        }
        for row in each(_edges(found).head(MOST_STEPS))
    ]
    return pd.DataFrame(rows)


def _edges(found: Against) -> pd.DataFrame:
    steps = found.steps
    far = (steps["share_low"] >= 1 - EDGE) | (
        steps["share_high"] + steps["equal"] / steps["n"] <= EDGE
    )
    return steps[far].sort_values("share_low", ascending=False, kind="stable")


def duty_id(row: Any) -> str:
    """Return the rule's id with the number of the recurrence."""
    return f"{row.rule} #{row.recurrence}" if row.recurrence else str(row.rule)


def _limit(seconds: Any) -> int | None:
    return None if pd.isna(seconds) else int(seconds)


def _work(row: Any) -> str:
    activity = label("activity", row.activity)
    return activity if not row.k else t("{work}, no. {k}", work=activity, k=row.k + 1)


def real_words(low: float, high: float) -> str:
    """Return a time on record in minutes: `52`, `> 300`, `40–70`, or a dash."""
    if np.isinf(low):
        return "–"
    if np.isinf(high):
        return f"> {minutes(int(low))}"
    if low == high:
        return minutes(int(low))
    return f"{minutes(int(low))}–{minutes(int(high))}"


def median_words(row: Any) -> str:
    """Return the simulated median with its interval, in minutes, and in how many drills."""
    if not row.n or np.isnan(row.median_s):
        return "–"
    if np.isinf(row.median_s):
        return t("not done in half of {n}", n=row.n)
    values = [row.median_s, row.median_low, row.median_high]
    middle, low, high = (minutes(int(x)) if np.isfinite(x) else "∞" for x in values)
    return f"{middle} ({low}–{high})" if low != high else middle


def place_words(row: Any, drills: int) -> str:
    """Return where a time stands: `slower than 88 % (81–93)`, or why that cannot be said."""
    if not row.n:
        return t("never came up in {n} drills", n=drills)
    if np.isinf(row.real_low):
        reason = label("reason", getattr(row, "reason", ""))
        return t("not placed: {reason}", reason=reason) if reason else t("not placed")
    if row.undecided == row.n:
        return t("cannot be told: neither ended on record")
    if row.faster == row.n:
        words = t("slower than every one")
    elif row.slower == row.n:
        words = t("faster than every one")
    elif row.equal == row.n:
        words = t("as fast as every one")
    else:
        words = t("slower than {share} %", share=_percent(row.share_low, row.share_high))
    words += f" ({_percent(row.low, row.high)})"
    if row.equal and row.equal < row.n:
        words += t("; {n} as fast", n=row.equal)
    if row.n < drills:
        words += t("; came up in {n} of {drills}", n=row.n, drills=drills)
    return words


def _percent(low: float, high: float) -> str:
    first, last = (rounded(100 * x, 0.0, 0) for x in (low, high))
    return first if first == last else f"{first}–{last}"


def against_text(
    found: Against,
    names: Mapping[str, str] | None = None,
    total: int = 100,
    lang: str | None = None,
) -> str:
    """Return where the times of a record stand, as text at most `total` columns wide."""
    with in_language(lang or language()):
        return "\n".join(_lines(found, names, total))


def _lines(found: Against, names: Mapping[str, str] | None, total: int) -> list[str]:
    start = label("reading", found.reading) if found.reading else t("as scored")
    lines = [
        t(
            "{case} beside {n} simulated drills (a model: where no source is named, its times are "
            "assumed)",
            case=found.real.cases[0],
            n=found.drills,
        ),
        t("start of the clocks: {start}", start=start),
    ]
    if found.absent:
        lines.append(t("not in the scenario: {names}", names=_listed(found.absent, names)))
    lines += plain_table(duty_table(found, names), total) if len(found.duties) else [_nothing()]
    lines.append(
        t("share of the drills in which the same took less time; ( ) exact interval (95 %)")
    )
    if len(found.steps):
        edges = len(_edges(found))
        lines += [
            "",
            t(
                "work on record: {n} pieces, {edges} of them among the fastest or slowest tenth "
                "(by chance alone about {chance})",
                n=len(found.steps),
                edges=edges,
                chance=round(2 * EDGE * len(found.steps)),
            ),
        ]
        lines += plain_table(step_table(found, names), total) if edges else []
    return lines


def _nothing() -> str:
    return t("The record has no duty with a time.")


def _listed(words: Sequence[str], names: Mapping[str, str] | None) -> str:
    shown = [named(names, word) for word in words[:8]]
    return t(", ").join(shown) + (" …" if len(words) > 8 else "")


def factor_words(found: Factor, names: Mapping[str, str] | None = None) -> str:
    """Return what the model would have had to assume, as one sentence."""
    steps = _steps(found.steps, names)
    target, middle = minutes(int(found.target)), found.median.estimate
    now = minutes(int(middle)) if np.isfinite(middle) else "∞"
    if found.fails == "too_slow":
        if not found.steps:
            return t("no work of this duty's way is on record in the model: no factor can be given")
        return t(
            "{steps}: no factor makes {target} min the median; without any time for them it is "
            "still {least} min",
            steps=steps,
            target=target,
            least=minutes(int(found.least)) if np.isfinite(found.least) else "∞",
        )
    if found.fails:
        words = {
            "too_fast": t(
                "{steps}: even {most} times as long, the median stays under {target} min"
            ),
            "shorter": t(
                "{steps}: less than 1/{most} of the assumed time for a median of {target} min"
            ),
        }[found.fails]
        return words.format(steps=steps, most=f"{MOST:g}", target=target)
    return t(
        "{steps}: {factor} times as long as assumed makes {target} min the median (now {now} min)",
        steps=steps,
        factor=_factor(found),
        target=target,
        now=now,
    )


def _factor(found: Factor) -> str:
    low = "0" if found.low == 0 else f"{found.low:.2g}"
    high = "∞" if np.isinf(found.high) else f"{found.high:.2g}"
    return f"{found.factor:.2g} ({low}–{high})"


def _steps(steps: Sequence[Step], names: Mapping[str, str] | None) -> str:
    by_actor: dict[str, list[str]] = {}
    for actor, activity in steps:
        by_actor.setdefault(actor, []).append(label("activity", activity))
    parts = [
        t("{who} ({works})", who=named(names, actor), works=t(", ").join(works))
        for actor, works in by_actor.items()
    ]
    return t(", ").join(parts)
