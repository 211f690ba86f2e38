"""Means of communication: scarce, failing, and hard on what is said over them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import RefersTo, Thing
from sim.scenario.distributions import Distribution
from sim.scenario.units import Duration

Share = Annotated[float, Field(ge=0, le=1)]

LIVE = ("phone", "video", "radio", "satellite")
"""Kinds of channel over which two persons talk, unless `live` says otherwise."""


class Outage(BaseModel):
    """A planned outage: `{from: 1 h, for: 30 min}`, from the scenario's start."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_: Annotated[Duration, Field(alias="from")]
    for_: Annotated[Duration, Field(alias="for")]


class Failures(BaseModel):
    """Random outages: `every` from the end of one to the next, each lasting `for`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    every: Distribution
    for_: Annotated[Distribution, Field(alias="for")]


class Garble(BaseModel):
    """What a value suffers on the way: left out, rounded, misheard, in this order.

    `omit` and `mishear` are probabilities.  `round` is the number to whose multiples the
    speaker rounds (half up); what is smaller is said as it is.  Misheard are 4 and 10 for each
    other and a last digit 1 and 7 for each other; any other number comes out one more or one
    less, as likely; 0 is never misheard (assumed).  An element can only be left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    omit: Share = 0.0
    mishear: Share = 0.0
    round: Annotated[int, Field(ge=1)] = 1


class Channel(Thing):
    """A means of communication.

    `lines` messages at once (none = without limit), for each recipient or for all together;
    `time` is one transmission; a try is dropped with probability `dropped`; a sender waits
    `patience` for a line, tries again `tries` times `pause` apart but no longer than `give_up`
    after his first try, then takes `switch` to change to `fallback`.  With `acknowledged` the
    recipient's officer confirms receipt.

    With `ring` a call is `live`: it rings until an officer answers, at most so long, and both
    are held while they talk for `time`; without, or where nobody has a procedure on `arrived`,
    a message lies there until it is answered.  A `group` channel reaches all to whom a step
    sends at once.

    An outage (`outages`, `fails`) cuts what is under way; who tries meanwhile fails, or waits
    as for a line.  `garble` says what each field or element suffers, `all` stands for the rest.
    """

    kind: Literal[
        "phone",
        "fax",
        "platform",
        "written",
        "sms",
        "video",
        "radio",
        "satellite",
        "courier",
        "person",
    ]
    lines: Annotated[int, Field(ge=1)] | None = None
    per: Literal["recipient", "all"] = "recipient"
    time: Distribution
    dropped: Share = 0.0
    patience: Duration | None = None
    tries: Annotated[int, Field(ge=1)] = 1
    pause: Duration = 60
    give_up: Duration | None = None
    switch: Duration = 0
    fallback: Annotated[str, RefersTo("channels")] | None = None
    acknowledged: bool = True
    live: bool | None = None
    ring: Duration | None = None
    group: bool = False
    outages: list[Outage] = []
    fails: Failures | None = None
    during_outage: Literal["fail", "wait"] = "fail"
    garble: dict[str, Garble] = {}

    @property
    def talks(self) -> bool:
        """Whether two persons talk over it."""
        return self.kind in LIVE if self.live is None else self.live

    @property
    def rings(self) -> bool:
        """Whether a call must be answered within `ring`."""
        return self.ring is not None and not self.group and self.talks

    @property
    def can_fail(self) -> bool:
        """Whether the channel has outages."""
        return bool(self.outages) or self.fails is not None
