"""Ask for supplies, from one source after the other."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import Actor, RefersTo
from sim.scenario.items import Item, Pieces
from sim.scenario.steps.base import Work

SOURCES = ("own", "neighbours", "agreement", "production", "requisition", "superior")
"""Government stock of one's own, of the neighbours, of agreement suppliers, new production, goods
of households and firms (requisitioned), and the office above, which then asks in its turn."""
From = Annotated[str, RefersTo("depots", words=SOURCES)]


class Request(Work):
    """Ask for `items` to be handed over to the actor `to` (not given: at the incident's place).

    Without `items` it asks for what the need or the request at hand asks for.  The sources in
    `from` are tried in turn, depots of one word by their distance from the destination; each is
    asked for as much as its books show free, and only the rest of the next one.  `time` is taken
    for every source asked, even in vain.  What a source then cannot deliver (not there in fact,
    not approved, no vehicle) is asked of the next one.  `superior` takes the order over whole:
    the request goes up as a message over `channel`.  What nobody has left to give is refused.
    """

    kind: ClassVar[str] = "request"
    items: dict[Item, Pieces] = {}
    from_: Annotated[From | Annotated[list[From], Field(min_length=1)], Field(alias="from")]
    to: Actor | None = None
    channel: Annotated[str, RefersTo("channels")] | None = None

    @property
    def sources(self) -> list[str]:
        """The sources in the order in which they are asked."""
        return [self.from_] if isinstance(self.from_, str) else self.from_
