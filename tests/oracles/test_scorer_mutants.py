"""The slow twin can fail: it catches hand-made mistakes in the scorer.

Each mutant changes one line of the scorer's text; the changed functions are put in place for the
length of a test.  `options` are those under which the mistake shows.
"""

from __future__ import annotations

import pytest

from tests.oracles.compare import choices, disagreements, pack_of, records
from tests.oracles.mutants import mutated

MUTANTS = {
    "equality is late": ("decide", "if least >= needed:", "if least > needed:"),
    "strict is not strict": ("decide", "needed = 1 if clock.strict else 0", "needed = 0"),
    "a straddling interval counts from its later end": (
        "decide",
        "lo - end.hi, hi - end.lo",
        "hi - end.hi, hi - end.lo",
    ),
    "completeness is ignored": ("decide", "if complete <= -INF:", "if False:"),
    "open is late": ("decide", "if complete < lo:", "if False:"),
    "complete from anywhere": ("spans", "if lo <= start <= hi:", "if start <= hi:"),
    "spans of other incidents count": ("spans", 'span.incident in ("", incident)', "True"),
    "spans of other actors count": ("spans", 'span.actor == "" or span.actor in actors', "True"),
    "the label decides, not the content": ("acts", "np.where(listed, full, labelled)", "labelled"),
    "a short report counts": (
        "acts",
        "full = column_mask(wanted",
        "full = listed | column_mask(wanted",
    ),
    "an unlabelled report is another": (
        "acts",
        "doubtful = possible & ~listed & unlabelled & ~fits",
        "doubtful = possible & False",
    ),
    "the clock ends at receipt": (
        "deliveries",
        'if stage == "acknowledged" else (received, acknowledged)',
        'if stage != "acknowledged" else (received, acknowledged)',
    ),
    "sent is done": (
        "deliveries",
        "left.lo, self.open_at[d]), INF",
        "left.lo, self.open_at[d]), left.hi",
    ),
    "the declared occurrence wins": (
        "casebook",
        "if occurrence.stamp is None:",
        "if occurrence.declared is not None:",
    ),
    "a warning is a notice": ("casebook", "at = at[known & ~self.forecast[at]]", "at = at[known]"),
    "anybody's confirmation starts the clock": (
        "grading",
        'return Grading([(c.stamp, c.grade) for c in confirmations], [], "others")',
        "return Grading([(c.stamp, c.grade) for c in confirmations], "
        '[(c.stamp, c.grade) for c in confirmations], "others")',
    ),
    "the first confirmation of any grade": (
        "clocks",
        "(anything or grade in grades)",
        "(anything or grade)",
    ),
    "a missing start is the occurrence": (
        "clocks",
        "max(before, default=-INF), min(after, default=INF)",
        "max(before, default=-INF), max(before, default=INF)",
    ),
    "contradictory stamps are let be": (
        "clocks",
        "confirm.hi < receive.lo",
        "confirm.hi < receive.lo - 10**9",
    ),
    "a rise starts no new duty": ("grading", "restarts = (rises", "restarts = (False"),
    "a lower grade lifts nothing": (
        "grading",
        "elif inside and RANK[now] < lowest:",
        "elif False:",
    ),
    "a breach lapses too": (
        "readings",
        "clock.deadline()[1] >= leave.lo",
        "True",
    ),
    "the order of grades is as it is written": (
        "grading",
        "if before != now and not alike and",
        "if False and",
    ),
    "a report that may be too old counts": (
        "readings",
        "elif act.stamp.hi >= then.lo:",
        "elif False:",
    ),
    "reports from before the rise count": ("readings", "if period.enter is not None:", "if False:"),
    "the true grade is the first one": (
        "grading",
        "by_then[-1] if by_then",
        "by_then[0] if by_then",
    ),
    "an explanation always excuses": (
        "excuses",
        'if excuse.verdict == "met":',
        'if excuse.verdict in ("met", "late"):',
    ),
    "an exception is owed though the duty was met": (
        "excuses",
        'if main.verdict == "met":',
        'if main.verdict == "excused":',
    ),
    "nothing is still owed": ("excuses", 'reason = "still_owed" if', 'reason = "" if'),
    "every city is concerned": ("directory", "if anyway or self.areas[actor] & areas:", "if True:"),
    "the lead city is any": ("directory", 'areas[:1] if who.area == "lead" else areas', "areas"),
    "a step may come before": (
        "kinds.sequence",
        "if any(a.lo > b.hi",
        "if any(a.lo > b.hi + 10**9",
    ),
    "a missing step is open": ("kinds.sequence", "if len(done) <= last:", "if False:"),
    "the first count on record": (
        "kinds.consistency",
        "for q in reversed(found) if",
        "for q in found if",
    ),
    "one person is enough": ("kinds.coverage", "if there < count:", "if there < min(count, 1):"),
    "a gap at the end is none": (
        "kinds.period",
        "stamps if s.hi <= window[1]), window[1]]",
        "stamps if s.hi <= window[1])]",
    ),
    "a year in part counts": ("kinds.period", "whole = begin >= first and", "whole ="),
    "present is late only where complete": (
        "kinds.absence",
        "        if at:\n",
        "        if at and spans(scene, duty, one):\n",
    ),
}
"""What is wrong: (module of sim.rules, its text, the mistake)."""

GROUPS = 24
OPTIONS = {
    "strict is not strict": {"boundary": "strict"},
    "the lead city is any": {"cities": "lead"},
    "one person is enough": {"key_posts": "duty office"},
}


def caught(options: dict[str, str]) -> bool:
    """Whether scorer and twin differ on any of the records, looked at in lots of 50."""
    pack = pack_of("guangxi-2012-65")
    for group in range(GROUPS):
        drawn = choices(pack, 0) | options
        if disagreements(pack.id, drawn, records(50 * group, 50 * group + 50)):
            return True
    return False


@pytest.mark.parametrize("mistake", MUTANTS)
def test_the_twin_catches_a_mistake_in_the_scorer(mistake):
    with mutated(*MUTANTS[mistake]):
        assert caught(OPTIONS.get(mistake, {}))


def test_without_a_mistake_nothing_is_caught():
    with mutated("decide", "return Result(verdict, ", "return Result(verdict,  "):
        pack = pack_of("guangxi-2012-65")
        assert disagreements(pack.id, choices(pack, 0), records(0, 50)) == []
