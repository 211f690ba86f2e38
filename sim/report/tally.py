"""Verdicts over many drills: in how many a duty applied, in how many it was met, late, ….

A drill counts once per rule and owner, whatever number of incidents or days it holds: it is met
only if every duty there is met (`sim.rules.coverage.WORST`).  So drills are independent of one
another, and the exact intervals hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sim.report.duties import ORDER, Duty, word
from sim.report.times import percent, share_words
from sim.rules.coverage import DOUBTFUL, worst
from sim.rules.samples import exact_share
from sim.texts import t


@dataclass(frozen=True)
class Tally:
    """One rule and owner over `cases` drills; `counts`: word -> drills in which it applied.

    `undecided`: drills of which the record leaves open whether it applied; `first` is the first
    duty that applies, `depends` how many drills have one that depends on the reading; `varies`
    says that the limit is not the same everywhere.
    """

    first: Duty
    cases: int
    undecided: int
    counts: Mapping[str, int]
    depends: int
    margins: list[int]
    varies: bool = False

    @property
    def applies(self) -> int:
        """In how many drills it applied."""
        return sum(self.counts.values())

    @property
    def met(self) -> int:
        """In how many drills it was met."""
        return self.counts.get("met", 0) + self.counts.get("fulfilled", 0)

    @property
    def late(self) -> int:
        """In how many drills it was not, where that is a failure."""
        return self.counts.get("late", 0) + self.counts.get("unfulfilled", 0)


def undecided(duty: Duty) -> bool:
    """Return whether the record leaves open that the duty applied."""
    return duty.verdict == "unproven" and duty.reason in DOUBTFUL and not duty.evidence


def tallies(found: list[Duty]) -> list[Tally]:
    """Return one entry per rule and owner that applies, or may apply, in some drill."""
    cases = len({duty.case for duty in found})
    groups: dict[tuple[str, str, str], list[Duty]] = {}
    for duty in found:
        if duty.applies:
            groups.setdefault((duty.pack, duty.rule, duty.owner), []).append(duty)
    return [_tally(group, cases) for group in groups.values()]


def _tally(group: list[Duty], cases: int) -> Tally:
    words: list[str] = []
    unknown = depends = 0
    for _, duties in groupby(sorted(group, key=lambda duty: duty.case), lambda duty: duty.case):
        mine = list(duties)
        known = [duty.verdict for duty in mine if not undecided(duty)]
        words += [worst(known)] if known else []
        unknown += not known
        depends += any(duty.depends for duty in mine)
    limit = next((duty.limit for duty in group if duty.limit is not None), None)
    said = [word(state, limit) for state in words]
    counts = {one: said.count(one) for one in ORDER if one in said}
    margins = [duty.margin for duty in group if duty.margin is not None]
    first = next((duty for duty in group if not undecided(duty)), group[0])
    varies = len({duty.limit for duty in group if duty.limit is not None}) > 1
    return Tally(first, cases, unknown, counts, depends, margins, varies)


def applies_words(tally: Tally) -> str:
    """Return `87 of 100: 87 % [78.8–92.9]`, those left open apart."""
    share = exact_share(tally.applies, tally.cases - tally.undecided)
    words = []
    if share is not None:
        words.append(
            t(
                "{k} of {n}: {share} % [{low}–{high}]",
                k=share.k,
                n=share.n,
                share=percent(share.share),
                low=percent(share.low),
                high=percent(share.high),
            )
        )
    if tally.undecided:
        words.append(t("undecided in {n}", n=tally.undecided))
    return t("; ").join(words)


def met_words(tally: Tally) -> str:
    """Return the share met of those decided; beside it how many it may be of all that apply.

    Excused, open and unproven are never counted as met: the lower bound takes them all for not
    met, the upper one takes open and unproven for met.
    """
    number = tally.counts.get
    met, late = tally.met, tally.late
    if tally.first.only:
        return "—"
    words = share_words(met, late)
    if met + late == tally.applies:
        return words
    most = met + number("open", 0) + number("unproven", 0)
    between = str(met) if met == most else f"{met}–{most}"
    text = t("met {k} of all {n} that apply", n=tally.applies, k=between)
    return words + t("; ") + text
