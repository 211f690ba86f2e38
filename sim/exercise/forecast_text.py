"""A rehearsal and a proposal of the dial in words, for the console."""

from __future__ import annotations

from math import isfinite

from sim.exercise.dial import FACTORS, Proposal
from sim.exercise.forecast import percent, share_text, took_text
from sim.exercise.listing import listing
from sim.exercise.rehearsal import Rehearsal
from sim.exercise.times import relative_text
from sim.texts import language, t


def rehearsal_text(found: Rehearsal) -> str:
    """Return one line for each expected action, and each limit that nobody can meet."""
    lines = []
    for line in listing(found.scenario, found.raw, language()):
        times = found.actions.get(line.key)
        if times is None and not line.cells.get("expected"):
            continue
        words = {"number": line.cells["number"], "key": line.key}
        if times is None:
            lines.append(t("{number} {key}: evaluator's eye only, no forecast", **words))
            continue
        words |= {"done": share_text(times.done), "took": took_text(times)}
        text = t("{number} {key}: done {done}; takes {took}", **words)
        if times.allowed is not None:
            text += t("; in time {share}", share=share_text(times.in_time))
        lines.append(text)
    if not lines:
        lines.append(
            t("No inject says by which activity its expected action shows (expect: does).")
        )
    lines += [warning.text for warning in found.short if warning.severity == "warning"]
    return "\n".join(lines)


def proposal_text(found: Proposal) -> str:
    """Return what the dial proposes: the share before and after, every time that moves."""
    lines = [
        t(
            "Expected actions done in time, {n} drills: now {before}, as proposed {after} "
            "(asked for: {share}).",
            n=found.drills,
            before=share_text(found.before),
            after=share_text(found.after),
            share=percent(found.target),
        )
    ]
    if not found.reached:
        least, most = (percent(f(s for _, s in found.tried)) for f in (min, max))
        lines.append(
            t(
                "This share is not reached: by the factors tried, from {low} to {high}, it lies "
                "between {least} and {most}. The nearest is shown.",
                low=FACTORS[0],
                high=FACTORS[-1],
                least=least,
                most=most,
            )
        )
    if found.factor == 1.0:
        lines.append(t("The times stay as they are."))
        return "\n".join(lines)
    assert isfinite(found.factor)
    lines.append(t("All times multiplied by {factor}:", factor=f"{found.factor:.3g}"))
    lines += [
        f"  {key}: {relative_text(now)} → {relative_text(then)}"
        for key, (now, then) in found.times.items()
    ]
    return "\n".join(lines)
