"""What one verdict is about (`per`), where that is neither an incident nor the case.

| per | one verdict is about | rows looked at |
|---|---|---|
| message | a message and an owner who has a row of it | those of the message |
| actor | an owner, over all incidents of the case | all of the case |
| year | an owner and a calendar year that the record touches | those of the year |

Everything an owner did there makes one verdict: late if any of it is, else unproven or open if any
of it is, else met.  A year is met only if the record of it is complete; where rows name no message,
it is unproven what became of theirs.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterable, Iterator, Sequence

from sim.rules.acts import Rows
from sim.rules.instance import Duty, Instance
from sim.rules.kinds import KINDS
from sim.rules.kinds.common import owed, settle, spans, untouched
from sim.rules.kinds.period import moment, seconds
from sim.rules.scene import Place, Scene
from sim.rules.stamps import INF

_WORST = ("late", "unproven", "open", "excused", "met", "not_applicable")


def judge_scope(duty: Duty, scene: Scene, case: int) -> list[Instance]:
    """Return the instances of a rule that is counted per message, actor or year in one case."""
    judge = {"message": _messages, "actor": _actors, "year": _years}[duty.rule.per]
    found = list(judge(duty, scene, case))
    number: dict[str, int] = {}
    for one in found:
        number[one.owner] = number.get(one.owner, 0) + 1
        one.recurrence = number[one.owner]
    for one in found:
        one.recurrence = one.recurrence if number[one.owner] > 1 else 0
    return found


def _actors(duty: Duty, scene: Scene, case: int) -> Iterator[Instance]:
    yield from _judge(duty, scene, scene.place(case, ""))


def _messages(duty: Duty, scene: Scene, case: int) -> Iterator[Instance]:
    """Yield an instance per message and owner that has a row of it which the rule looks at."""
    names, incidents = scene.sheet.text("message"), scene.sheet.text("incident")
    parts = _grouped(_looked_at(duty), case, names.__getitem__)
    others = _grouped(_rest(duty), case, names.__getitem__)
    nameless = parts.pop("", [[] for _ in _looked_at(duty)])
    named = set()
    for name, rows in parts.items():
        place = scene.place(case, incidents[min(p for at in rows for p in at)])
        narrow = _narrowed(duty, rows, others.get(name, [[] for _ in _rest(duty)]))
        for one in _judge(narrow, scene, place):
            if _has_rows(narrow, one, place):
                one.flags[f"message:{name}"] = None
                named.add(one.owner)
                yield one
    place, narrow = scene.place(case, ""), _narrowed(duty, nameless, None)
    for one, open_ in owed(duty, scene, place, False):
        if one.owner not in named:
            complete = bool(spans(scene, duty, one)) and not _has_rows(narrow, one, place)
            yield untouched(one, complete) if open_ else one


def _years(duty: Duty, scene: Scene, case: int) -> Iterator[Instance]:
    """Yield an instance per owner and calendar year that the record of the owner touches."""
    origin, place, sheet = scene.sheet.origins[case], scene.place(case, ""), scene.sheet
    if origin is None:
        for one, open_ in owed(duty, scene, place, False):
            yield settle(one, "unproven", "not_observed") if open_ else one
        return

    def year_of(p: int) -> str:
        lo = sheet.stamp(p).lo
        return str(moment(origin, lo).year) if abs(lo) < INF else ""

    parts = _grouped(_looked_at(duty), case, year_of)
    parts.pop("", None)
    windows = [(span.lo, span.hi - 1) for span in scene.book.observed.get(case, ())]
    known = [moment(origin, s).year for span in windows for s in span if abs(s) < 10**9]
    years = {*map(int, parts), *(range(min(known), max(known) + 1) if known else ())}
    for year in sorted(years) or [origin.year]:
        begin = seconds(origin.replace(year, 1, 1, 0, 0, 0, 0), origin)
        end = begin + (365 + isleap(year)) * 86_400 - 1
        narrow = _narrowed(duty, parts.get(str(year), [[] for _ in _looked_at(duty)]), None)
        for one in _judge(narrow, scene, place):
            one.flags[f"year:{year}"] = None
            yield _as_complete(one, spans(scene, duty, one), begin, end)


def _as_complete(
    one: Instance, windows: Sequence[tuple[int, int]], begin: int, end: int
) -> Instance:
    """Leave a year that is not whole in the record open if it still runs, else unproven."""
    if one.result.verdict not in ("met", "not_applicable") or one.result.reason == "other_hazard":
        return one
    if any(lo <= begin and end <= hi for lo, hi in windows):
        return one
    running = any(lo <= begin <= hi for lo, hi in windows)
    return settle(one, *(("open", "") if running else ("unproven", "not_observed")))


def _judge(duty: Duty, scene: Scene, place: Place) -> list[Instance]:
    """Return one instance per owner: everything of his taken together."""
    by_owner: dict[str, list[Instance]] = {}
    for one in KINDS[duty.rule.kind](duty, scene, place, False):
        by_owner.setdefault(one.owner, []).append(one)
    return [_joined(found) for found in by_owner.values()]


def _joined(found: list[Instance]) -> Instance:
    """Return the worst of some instances (of those the tightest), with the proofs of all."""
    worst = min(found, key=lambda one: (_WORST.index(one.result.verdict), one.result.margin))
    for one in found:
        worst.evidence |= one.evidence
        worst.facts |= one.facts
        worst.flags |= one.flags
    return worst


def _has_rows(duty: Duty, one: Instance, place: Place) -> bool:
    about = (one.case, place.incident, (one.owner,), place.directory)
    return any(rows.positions(*about) for rows in _looked_at(duty))


def _looked_at(duty: Duty) -> list[Rows]:
    """Return the rows by which a rule is called for: its start, what it looks at, or its steps."""
    if isinstance(duty.starts, Rows):
        return [duty.starts]
    return [duty.of] if duty.of else list(duty.steps)


def _rest(duty: Duty) -> list[Rows]:
    """Return the rows that answer them: the end, or the partners."""
    end = [duty.acts] if duty.starts and isinstance(duty.acts, Rows) else []
    return end or ([duty.partners] if duty.partners else [])


def _grouped(
    rows: Iterable[Rows], case: int, key_of: Callable[[int], str]
) -> dict[str, list[list[int]]]:
    """Return key -> the positions with it in each of the patterns, keys by first position."""
    listed = list(rows)
    found: dict[str, list[list[int]]] = {}
    for k, one in enumerate(listed):
        for p in one.in_case(case):
            found.setdefault(key_of(p), [[] for _ in listed])[k].append(p)
    return found


def _narrowed(duty: Duty, lead: list[list[int]], rest: list[list[int]] | None) -> Duty:
    """Return the duty for which only these rows stand in the record; `rest` `None`: as it was."""
    parts = [rows.part(at) for rows, at in zip(_looked_at(duty), lead, strict=True)]
    if duty.starts is not None:
        duty = duty._replace(starts=parts[0])
    elif duty.of is not None:
        duty = duty._replace(of=parts[0], acts=parts[0])
    else:
        duty = duty._replace(steps=tuple(parts), acts=parts[0])
    if rest is None:
        return duty
    others = [rows.part(at) for rows, at in zip(_rest(duty), rest, strict=True)]
    if duty.starts is not None and others:
        return duty._replace(acts=others[0])
    return duty._replace(partners=others[0]) if others else duty
