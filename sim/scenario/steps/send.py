"""Send the report to somebody."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import RefersTo
from sim.scenario.steps.base import Step, StepData
from sim.scenario.steps.draft import ReportKind
from sim.scenario.units import Duration

Recipient = Annotated[str, RefersTo("offices", words=("superior", "department", "sender"))]


class Send(StepData):
    """Send the drafted report, or a fresh one of kind `report`, over a channel.

    `to` is an office, or `superior`, `department` (the office's own entries), or `sender`
    (who sent what is being worked on).  Nobody to send to: the step is passed over.  A list
    is the order of trying, until one of them is reached; over a channel with `group` all of
    them hear it at once.  With `await_ack` the sender waits so long for an acknowledgement,
    then sends again, at most `tries` times in all; who of a group has not acknowledged is called
    singly, over the channel's fallback if it has one.  The steps of `else` are done if in the end
    none of them was reached or acknowledged it: so those who do not answer are rung one by
    one.  Over a channel with `group` there is no `else`.

    `confirm` (电话确认) is a channel over which the same officer then rings up, tells the same
    message again and has it confirmed; if nobody answers, the message lies there unconfirmed.
    """

    kind: ClassVar[str] = "send"
    to: Recipient | Annotated[list[Recipient], Field(min_length=1)]
    channel: Annotated[str, RefersTo("channels")]
    report: ReportKind | None = None
    elements: list[str] = []
    pending: list[str] = []
    reason: str = ""
    await_ack: Duration | None = None
    tries: Annotated[int, Field(ge=1)] = 2
    confirm: Annotated[str | None, RefersTo("channels")] = None
    else_: Annotated[list[Step], Field(alias="else")] = []

    @property
    def recipients(self) -> list[str]:
        """The recipients in the order of trying, as they are written."""
        return [self.to] if isinstance(self.to, str) else self.to
