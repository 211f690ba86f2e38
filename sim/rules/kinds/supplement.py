"""Changed figures are reported on: a supplement each time that the owner learns of a change.

`columns` are the figures; owed for changes that he learns after his own first report, up to
`window` after the occurrence.  Any later report to the recipient that gives a changed figure, and
none of the old ones, discharges it.  Where it is not known whether a change is owed for, or whether
a report came after it, that can only prove it met.  What an owner knew when follows from the record
alone (`sim.rules.beliefs`); what is only feared is no report and no figure.
"""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

from sim.log.schema import FIELDS
from sim.rules.decide import Clock, Result, decide
from sim.rules.instance import OWN, Duty, Instance
from sim.rules.kinds.common import again, owed, settle, spans, untouched
from sim.rules.scene import Place, Scene
from sim.rules.spans import complete_until
from sim.rules.stamps import INF, NEVER, Stamp, earlier


class Change(NamedTuple):
    """Field -> the figure that no longer holds; `doubt` = why it may not be owed for, or `""`."""

    old: dict[str, float]
    doubt: str


def judge(duty: Duty, scene: Scene, place: Place, true: bool) -> list[Instance]:
    """Return one instance per owner and change; none at all is not triggered, where known."""
    found = []
    for one, open_ in owed(duty, scene, place, true):
        recipients = place.directory.recipients(duty.rule.recipient, one.owner)
        one.recipient = "|".join(recipients or ())
        if open_ and recipients == ():
            settle(one, "unproven", "no_recipient")
        elif open_:
            sent = _sent(scene, one, recipients)
            changes = _changes(duty, scene, place, one, sent)
            untouched(one, bool(spans(scene, duty, one)))
            for k, (p, change) in enumerate(changes.items(), start=1):
                each = again(one, duty, k)
                each.recipient = one.recipient
                found.append(_judge(each, duty, scene, recipients or (), sent, p, change))
            if changes:
                continue
        found.append(one)
    return found


def _sent(scene: Scene, one: Instance, recipients: tuple[str, ...] | None) -> list[int]:
    """Return the owner's reports to the recipients about the incident."""
    post = scene.deliveries
    mine = post.by_sender.get((one.case, one.incident, one.owner), [])
    whose = [d for d in mine if recipients is None or post.recipient[d] in recipients]
    return [d for d in whose if not post.forecast[d]]


def _changes(
    duty: Duty, scene: Scene, place: Place, one: Instance, sent: list[int]
) -> dict[int, Change]:
    """Return the rows by which the owner learned of changes, after his first report."""
    stamps = scene.deliveries.stamps("sent")
    first = reduce(earlier, [stamps[d] for d in sent], NEVER)
    last = _last(duty, scene, place, one)
    found: dict[int, Change] = {}
    for name in duty.rule.columns:
        for line in scene.beliefs.history.get((one.case, one.incident, one.owner, name), ()):
            learned = scene.sheet.stamp(line.at)
            if line.effect != "changed" or line.before is None:
                continue
            if first.lo <= learned.hi and learned.lo <= last.hi:
                sure = first.hi <= learned.lo and learned.hi <= last.lo
                why = "interval_straddles" if place.occurrence.stamp else "no_start"
                found.setdefault(line.at, Change({}, "" if sure else why)).old[name] = line.before
    return dict(sorted(found.items()))


def _last(duty: Duty, scene: Scene, place: Place, one: Instance) -> Stamp:
    """Return until when a change counts; the first notice bounds an unknown occurrence."""
    if duty.rule.window is None:
        return NEVER
    began = place.occurrence.stamp
    if began is None:
        notice = scene.notice(one.case, one.incident, one.owner, "owner")
        began = Stamp(-INF, notice.hi if notice else INF)
    return Stamp(began.lo + duty.rule.window, began.hi + duty.rule.window)


def _judge(
    one: Instance,
    duty: Duty,
    scene: Scene,
    recipients: tuple[str, ...],
    sent: list[int],
    p: int,
    change: Change,
) -> Instance:
    rule, learned, post = duty.rule, scene.sheet.stamp(p), scene.deliveries
    assert isinstance(rule.end, str)
    left, ended = post.stamps("sent"), post.stamps(rule.end)
    one.evidence[learned.row] = None
    clock = Clock(learned, True, rule.limit, rule.soft or 0, rule.strict)
    ends = {d: _after(learned, left[d], ended[d]) for d in sent if _tells(scene, d, change)}
    ends = {d: end for d, end in ends.items() if end.lo < INF}
    if ends:
        end: Stamp = reduce(earlier, ends.values())
        one.end = end
        one.evidence[end.row] = None
        one.deciding = next(d for d in ends if ends[d].row == end.row)
        result = decide(clock, end, -INF)
    else:
        observed = scene.spans(one.case, one.incident, (one.owner, *recipients), rule)
        result = decide(clock, None, complete_until(observed, learned.lo))
    if change.doubt and result.verdict in ("late", "open"):
        result = Result("unproven", change.doubt)
    one.results[OWN] = result
    one.flags |= dict.fromkeys(result.flags)
    return one


def _after(learned: Stamp, left: Stamp, ended: Stamp) -> Stamp:
    """Return when a report counted that left after he had learned of it; perhaps it never did."""
    if left.hi < learned.lo:
        return NEVER
    return ended if left.lo >= learned.hi else ended._replace(hi=INF)


def _tells(scene: Scene, d: int, change: Change) -> bool:
    """Whether a delivery gives a figure that changed, and none of the old ones."""
    values = dict(zip(FIELDS, scene.book.values[scene.deliveries.base[d]].tolist(), strict=True))
    given = {name: values[name] for name in change.old if values[name] == values[name]}
    return bool(given) and all(value != change.old[name] for name, value in given.items())
