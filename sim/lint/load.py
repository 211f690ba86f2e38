"""Routine load that is more than a post can do."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.duty import TAKES_NOBODY
from sim.lint.house import House, steps_within
from sim.lint.warning import LintWarning, warn
from sim.scenario.rates import DailyRate
from sim.texts import t


def overload(house: House) -> Iterator[LintWarning]:
    """Routine calls must leave time: work per call ÷ time between calls ÷ persons < 1.

    Of every stretch of the drill with the same number of persons, on average over its hours.
    """
    second = house.scenario.second_of_day
    for pool, sources in _work(house).items():
        rates = [
            (work, DailyRate(house.scenario.background[key].by_hour or {0: 1.0}, second))
            for key, work in sources
        ]
        loads = [
            (sum(w * (r.load(end) - r.load(begin)) for w, r in rates) / (end - begin) / n, n)
            for begin, end, n in house.persons(pool)
            if n  # an empty post is told elsewhere
        ]
        load, persons = max(loads, default=(0.0, 0))
        if load >= 1:
            yield warn(
                "overload",
                ("background", sources[0][0]),
                lambda pool=pool, load=load, persons=persons: t(  # type: ignore[misc]
                    "routine work for {post} is {share} of what its {n} persons can do: "
                    "it only grows, and little time is left for the incident",
                    post=pool,
                    share=f"{100 * load:.0f} %",
                    n=persons,
                ),
            )


def _work(house: House) -> dict[str, list[tuple[str, float]]]:
    """Return post -> (source of calls, persons kept busy by it on average) of all its sources."""
    found: dict[str, list[tuple[str, float]]] = {}
    for key, source in house.scenario.background.items():
        gap = source.gap.mean()
        called = house.plan.procedures.get(source.to, {}).get("called", ())
        for procedure in (p for p in called if p.key == source.procedure):
            for step in steps_within(procedure.steps):
                if step.time is None or not step.pool or step.data.kind in TAKES_NOBODY:
                    continue
                found.setdefault(step.pool, []).append((key, step.time.mean() / gap))
    return found
