"""One officer who is needed at two places of a procedure at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sim.lint.duty import TAKES_NOBODY
from sim.lint.house import House, steps_within
from sim.lint.warning import LintWarning, warn
from sim.model.plan import Bound, BoundProcedure
from sim.texts import t


def double_duty(house: House) -> Iterator[LintWarning]:
    """Branches that begin at once need an officer each, and nobody can wait for himself.

    Told of what is certain at every hour of the drill: there are never as many at the post.
    Branches that begin with a call are left out: that one person calls one body after the other
    is usual.
    """
    for actor in house.plan.procedures:
        if actor in house.scenario.teams:
            continue  # its members share the work
        for procedure in house.procedures(actor):
            node = house.node(procedure.key, actor)
            for text in _faults(house, procedure):
                yield warn("double_duty", node, text)


def _faults(house: House, procedure: BoundProcedure) -> Iterator[Callable[[], str]]:
    for step in steps_within(procedure.steps):
        if step.data.kind == "parallel":
            yield from _branches(house, procedure, step)
        elif procedure.hold and _sends_another(procedure, step) and _most(house, step.pool) == 1:
            yield lambda: t(
                "{procedure} keeps an officer of {post} throughout and then sends another one "
                "of the same post, but there is never more than one: it never goes on",
                procedure=procedure.key,
                post=procedure.pool,
            )


def _branches(house: House, procedure: BoundProcedure, step: Bound) -> Iterator[Callable[[], str]]:
    needs = [set(_first(branch)) for branch in step.branches.values()]
    if procedure.hold:
        busy = sum(bool(need) for need in needs)
        if busy > 1:
            yield lambda: t(
                "{procedure} keeps one officer of {post} throughout, who does {n} branches at once",
                procedure=procedure.key,
                post=procedure.pool,
                n=busy,
            )
        return
    for pool, n in Counter(pool for need in needs for pool in need).items():
        most = _most(house, pool)
        if 0 < most < n:  # an empty post is told elsewhere
            yield lambda pool=pool, n=n, most=most: t(  # type: ignore[misc]
                "{procedure} begins {n} branches at once with work for {post}, where there are "
                "never more than {most} persons: the others always wait",
                procedure=procedure.key,
                n=n,
                post=pool,
                most=most,
            )


def _first(steps: tuple[Bound, ...]) -> Iterator[str]:
    """Yield the posts that a branch takes an officer of in the second in which it begins."""
    for step in steps:
        kind = step.data.kind
        if kind == "parallel":
            for branch in step.branches.values():
                yield from _first(branch)
            return
        if kind == "repeat":
            if not step.data.until:
                yield from _first(step.branches["steps"])
            return
        if kind == "start":
            continue
        if kind in ("send", "notify"):
            return
        if kind not in TAKES_NOBODY and step.pool and (step.time is None or step.time.mean() > 0):
            yield step.pool
        return


def _sends_another(procedure: BoundProcedure, step: Bound) -> bool:
    """Whether a step asks for one more officer of the post that the procedure holds one of."""
    data = step.data
    asks = data.kind == "verify" and data.by_visit is not None and data.by is not None
    return asks and step.pool == procedure.pool


def _most(house: House, pool: str) -> int:
    """Return the most persons that are ever at a post during the drill."""
    return max((persons for _, _, persons in house.persons(pool)), default=0)
