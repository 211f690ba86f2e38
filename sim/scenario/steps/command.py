"""Take the command on site."""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.base import Place
from sim.scenario.steps.base import Work
from sim.scenario.units import Duration


class Command(Work):
    """Set up the on-site command at `place` (default: the incident's), or take it over.

    Where nobody commands, an officer (of an office) or the team sets it up in `time`.  Where
    another office does that is subordinate to this one, directly or through others, or a team
    that is, its `post` sends an officer, and both are held for `time`, the handover; without
    him after `patience` the command is taken over all the same.  Nothing is taken from anybody
    else: a superior keeps the command.
    """

    kind: ClassVar[str] = "command"
    post: str = "duty"
    patience: Duration | None = None
    place: Place | None = None
