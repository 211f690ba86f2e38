"""Routine load that is more than a post can do."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.duty import TAKES_NOBODY
from sim.lint.house import House, steps_within
from sim.lint.warning import LintWarning, warn
from sim.texts import t


def overload(house: House) -> Iterator[LintWarning]:
    """Routine calls must leave time: work per call ÷ time between calls ÷ persons < 1."""
    for pool, (work, sources) in _work(house).items():
        staffed = [n for _, _, n in house.persons(pool) if n]
        if not staffed:  # an empty post is told elsewhere
            continue
        fewest = min(staffed)
        load = work / fewest
        if load >= 1:
            yield warn(
                "overload",
                ("background", sources[0]),
                lambda pool=pool, load=load, fewest=fewest: t(  # type: ignore[misc]
                    "routine work for {post} is {share} of what its {n} persons can do: "
                    "it only grows, and little time is left for the incident",
                    post=pool,
                    share=f"{100 * load:.0f} %",
                    n=fewest,
                ),
            )


def _work(house: House) -> dict[str, tuple[float, list[str]]]:
    """Return post -> (persons kept busy by routine calls on average, sources of these calls)."""
    found: dict[str, tuple[float, list[str]]] = {}
    for key, source in house.scenario.background.items():
        gap = source.gap.mean()
        called = house.plan.procedures.get(source.to, {}).get("called", ())
        for procedure in (p for p in called if p.key == source.procedure):
            for step in steps_within(procedure.steps):
                if step.time is None or not step.pool or step.data.kind in TAKES_NOBODY:
                    continue
                before, sources = found.get(step.pool, (0.0, []))
                found[step.pool] = (before + step.time.mean() / gap, [*sources, key])
    return found
