"""Send the report to somebody."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.mail import address, deliver, new_message, transmit, write_report
from sim.model.plan import Bound, Steps
from sim.model.pool import release


def send(act: Act, step: Bound) -> Steps:
    """Send: an officer tries the channel and its fallbacks until the message is through.

    It ends delivered, lost (nobody noticed) or given up (no channel was to be had).
    """
    data = step.data
    recipient = address(act, data.to)
    if not recipient:
        return
    if act.report is None or (data.report and data.report != act.report.kind):
        act.report = write_report(
            act, data.report or "initial", data.elements, data.pending, data.reason
        )
    message = act.sending = new_message(act, recipient)
    names = {"report": act.report.id, "message": message.id, "kind": act.report.kind}
    act.doing = "waiting_person"
    act.write("send", "asked", "", "", recipient, extra=names | {"channel": data.channel})
    member = act.held
    if member is None and step.pool:
        grant = act.ask(step.pool)
        if grant.event is not None:
            yield grant.event
        member = grant.member
        message.officer = member.id
        span = "waiting_person" if grant.event is not None else ""
        act.write("send", "started", span, member.id, recipient, grant.held_by, names)
    sent = yield from transmit(act, step, message, data.channel, recipient)
    act.sending = None
    if member is not None and act.held is None:
        release(member, act.last)
    if sent:
        deliver(act.world, message, recipient, act.last)
