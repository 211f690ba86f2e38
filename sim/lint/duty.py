"""Posts that nobody covers at some hour of the drill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sim.lint.house import House, Spans
from sim.lint.warning import LintWarning, warn
from sim.texts import t

TAKES_NOBODY = frozenset(
    {"wait", "wait_for", "start", "parallel", "repeat", "travel", "return", "hand_over"}
)


def empty_posts(house: House) -> Iterator[LintWarning]:
    """A post that work is given to must be covered at every hour of the drill."""
    answering = _answering(house)
    for pool in needed_posts(house):
        gaps = house.gaps(pool)
        office = answering.get(pool)
        if not gaps:
            continue
        if office and any(end > earliest(house) for _, end in gaps):
            yield _message(house, pool, office, gaps)
        else:
            yield _work(house, pool, gaps)


def needed_posts(house: House) -> list[str]:
    """Return the posts that some step of some actor takes an officer of.

    With those whom others send to a consultation, and those who approve what is worth more.
    """
    pools: dict[str, None] = {}
    for actor, procedure, step in house.everywhere():
        pools |= dict.fromkeys(p for p in (procedure.pool,) if p and procedure.hold)
        if step.pool and step.data.kind not in TAKES_NOBODY:
            pools[step.pool] = None
        if step.data.kind == "consult" and step.data.patience is None:
            pools |= dict.fromkeys(f"{office}/{step.data.post}" for office in step.data.with_)
        if step.data.kind == "approve":
            levels = step.data.levels
            pools |= dict.fromkeys(house.plan.pool_of(actor, level.by) for level in levels)
    return [pool for pool in pools if pool]


def _answering(house: House) -> dict[str, str]:
    """Return the posts that take messages down, and whose."""
    found = {}
    for office in house.addressed():
        for procedure in house.plan.procedures.get(office, {}).get("arrived", ()):
            for step in procedure.steps:
                if step.data.kind == "answer":
                    found[step.pool] = office
    return found


def earliest(house: House) -> int:
    """Return the first second at which anything can happen that is reported."""
    scenario = house.scenario
    times = [
        incident.at + min(delay.least() for delay in incident.noticed.values())
        for incident in scenario.incidents.values()
        if incident.noticed
    ]
    timed = [inject.at for inject in scenario.injects.values() if inject.timed]
    times += [at.least() for at in timed if at is not None]
    return min(times, default=0)


def _message(house: House, pool: str, office: str, gaps: Spans) -> LintWarning:
    return warn(
        "empty_posts",
        house.post_node(pool),
        lambda: t(
            "messages to {office} can arrive while nobody is on post {post} to take them down: "
            "{when}",
            office=office,
            post=pool,
            when=_when(house, gaps),
        ),
    )


def _work(house: House, pool: str, gaps: Spans) -> LintWarning:
    return warn(
        "empty_posts",
        house.post_node(pool),
        lambda: t(
            "nobody is on post {post}, which has work to do: {when}",
            post=pool,
            when=_when(house, gaps),
        ),
    )


def _when(house: House, gaps: Spans) -> str:
    """Return the first gap in words, and how many more there are."""
    begin, end = gaps[0]
    if (begin, end) == (0, house.scenario.horizon):
        return t("throughout the drill")
    words = t("{begin} to {end}", begin=_clock(house, begin), end=_clock(house, end))
    return words + (t(" and {n} more times", n=len(gaps) - 1) if len(gaps) > 1 else "")


def _clock(house: House, seconds: int) -> str:
    return f"{house.scenario.start + timedelta(seconds=seconds):%m-%d %H:%M}"
