"""Make a warning or news public, and see how far it reaches."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.response import executes
from sim.model.steps._public import written
from sim.model.steps._work import hold
from sim.scenario.steps.publish import Publish, Reach


def publish(act: Act, step: Bound) -> Steps:
    """Publish over every channel; the spreading goes on by itself and holds nobody."""
    yield from hold(act, step, "publishing")
    data = step.data
    act.dossier.heed(data.warning, act.world.now)
    if act.report is None or (data.report and data.report != act.report.kind):
        act.report = written(act, data.report or "bulletin", data.elements, [], "")
    elif data.warning and act.report.kind == "warning":
        as_of = act.report.as_of | {"warning": act.world.now}
        act.report = replace(act.report, warning=data.warning, as_of=as_of)
    said = _said(act, data)
    executes(act)
    for channel in dict.fromkeys([*data.channels, *data.reach]) or [""]:
        act.write("publish", extra=said | ({"channel": channel} if channel else {}))
    if data.reach:
        thread = act.branch()
        act.world.running[thread] = None
        act.world.env.process(_spread(thread, data))


def _said(act: Act, data: Publish) -> dict[str, Any]:
    """Return what is made public, as columns of the record."""
    report, incident = act.report, act.world.scenario.incidents.get(act.matter.incident)
    areas = data.areas or (incident.jurisdiction if incident else [])
    said: dict[str, Any] = {"report": report.id, "kind": report.kind, "elements": report.elements}
    said |= {"jurisdiction": "|".join(areas), "warning": report.warning}
    said = {name: value for name, value in said.items() if value}
    return said | dict(report.fields)


def _spread(act: Act, data: Publish) -> Steps:
    """State what has been reached: each channel when it is through, all together every time."""
    act.doing = "spreading"
    names = {"report": act.report.id, "kind": act.report.kind}
    elapsed = 0
    for moment in sorted({*data.at, *(reach.within for reach in data.reach.values())}):
        if moment > elapsed:
            yield act.world.pause(moment - elapsed)
            elapsed = moment
        for channel, reach in data.reach.items():
            if reach.within == moment:
                _reached(act, data, reach.share, names | {"channel": channel})
        _reached(act, data, covered(data.reach, moment), names)
    del act.world.running[act]


def _reached(act: Act, data: Publish, share: float, extra: dict[str, Any]) -> None:
    extra = extra | {"share": round(share, 6)}
    if data.public is not None:
        extra["persons"] = int(data.public * share + 0.5)
    act.write("reach", "", "spreading", extra=extra)


def covered(reach: dict[str, Reach], elapsed: int) -> float:
    """Return the part of the public reached by any channel after `elapsed` seconds.

    Channels reach people independently of each other, and who is reached twice counts once:
    1 - ∏(1 - p).
    """
    return 1.0 - prod(1.0 - _share(one, elapsed) for one in reach.values())


def _share(reach: Reach, elapsed: int) -> float:
    return reach.share if elapsed >= reach.within else reach.share * elapsed / reach.within
