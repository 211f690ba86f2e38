"""How quickly a message can get through when no line is busy and nobody is waited for."""

from __future__ import annotations

from math import inf

from sim.lint.timing import Timing
from sim.scenario import Scenario
from sim.scenario.channels import Channel
from sim.scenario.incidents import OUTAGE


class Transit:
    """Least times over channels and their fallbacks, in seconds by `timing`."""

    def __init__(self, scenario: Scenario, timing: Timing):
        self.channels = scenario.channels
        self.timing = timing
        injects = scenario.injects.values()
        self._cut = {inject.channel for inject in injects if inject.kind == OUTAGE}

    def through(self, first: str, talk: bool = False) -> tuple[float, float]:
        """Return (least time until it is through, least time until the sender gives up).

        The second is infinite where no try can fail.  Who wants to `talk` does not fall back on
        what is only read.
        """
        best, elapsed = inf, 0.0
        tried: list[str] = []
        key: str | None = first
        while key:
            tried.append(key)
            channel = self.channels[key]
            best = min(best, elapsed + self.timing(channel.time))
            if not self.can_fail(key):
                return best, inf
            if channel.give_up is None:
                elapsed += channel.pause * (channel.tries - 1)
            key = channel.fallback
            if key in tried or (key and talk and not self.channels[key].talks):
                key = None
            if key:
                elapsed += channel.switch
        return best, elapsed

    def can_fail(self, key: str) -> bool:
        """Return whether a try over a channel may fail."""
        channel: Channel = self.channels[key]
        scarce = channel.lines is not None or channel.rings
        return bool(scarce or channel.dropped or channel.can_fail or key in self._cut)
