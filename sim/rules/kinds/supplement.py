"""Changed figures are reported on: a supplement each time that the owner learns of a change.

`columns` are the figures; owed for changes that he learns after his own first report, up to
`window` after the occurrence.  Any later report to the recipient that no longer gives the old
figure discharges it.  What an owner knew when follows from the record alone (`sim.rules.beliefs`).
"""

from __future__ import annotations

from functools import reduce

from sim.log.schema import FIELDS
from sim.rules.decide import Clock, decide
from sim.rules.instance import OWN, Duty, Instance
from sim.rules.kinds.common import again, owed, settle, spans, untouched
from sim.rules.scene import Place, Scene
from sim.rules.spans import complete_until
from sim.rules.stamps import INF, Stamp, earlier

Change = dict[str, float]
"""Field -> the figure that no longer holds."""


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
                found.append(_judge(again(one, duty, k), duty, scene, sent, p, change))
            if changes:
                continue
        found.append(one)
    return found


def _sent(scene: Scene, one: Instance, recipients: tuple[str, ...] | None) -> list[int]:
    """Return the owner's deliveries to the recipients about the incident."""
    post = scene.deliveries
    mine = post.by_sender.get((one.case, one.incident, one.owner), [])
    return [d for d in mine if recipients is None or post.recipient[d] in recipients]


def _changes(
    duty: Duty, scene: Scene, place: Place, one: Instance, sent: list[int]
) -> dict[int, Change]:
    """Return the rows by which the owner learned of changes, after his first report."""
    stamps = scene.deliveries.stamps("sent")
    first = min((stamps[d].hi for d in sent), default=INF)
    began = place.occurrence.stamp or scene.notice(one.case, one.incident, one.owner, "owner")
    window = duty.rule.window
    last = INF if window is None or began is None else began.hi + window
    found: dict[int, Change] = {}
    for name in duty.rule.columns:
        for line in scene.beliefs.history.get((one.case, one.incident, one.owner, name), ()):
            learned = scene.sheet.stamp(line.at)
            if line.effect == "changed" and first <= learned.lo <= last and line.before is not None:
                found.setdefault(line.at, {})[name] = line.before
    return dict(sorted(found.items()))


def _judge(
    one: Instance, duty: Duty, scene: Scene, sent: list[int], p: int, change: Change
) -> Instance:
    rule, learned, post = duty.rule, scene.sheet.stamp(p), scene.deliveries
    assert isinstance(rule.end, str)
    left, ended = post.stamps("sent"), post.stamps(rule.end)
    one.evidence[learned.row] = None
    clock = Clock(learned, True, rule.limit, rule.soft or 0, rule.strict)
    fitting = [d for d in sent if left[d].lo >= learned.lo and _tells(scene, d, change)]
    ends = [ended[d] for d in fitting if ended[d].lo < INF]
    if ends:
        end: Stamp = reduce(earlier, ends)
        one.end = end
        one.evidence[end.row] = None
        one.deciding = next(d for d in fitting if ended[d].row == end.row)
        result = decide(clock, end, -INF)
    else:
        result = decide(clock, None, complete_until(spans(scene, duty, one), learned.lo))
    one.results[OWN] = result
    one.flags |= dict.fromkeys(result.flags)
    return one


def _tells(scene: Scene, d: int, change: Change) -> bool:
    """Whether a delivery gives a figure that changed, and not the old one."""
    values = dict(zip(FIELDS, scene.book.values[scene.deliveries.base[d]].tolist(), strict=True))
    given = {name: values[name] for name in change if values[name] == values[name]}
    return any(value != change[name] for name, value in given.items())
