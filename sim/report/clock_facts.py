"""Clocks whose stamps were corrected before judging, in words; the record itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.clock import signed_minutes
from sim.report.names import named
from sim.texts import t


def clock_facts(clocks: Any, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (heading, words) of the clocks of a file (`sim.rules.load_clocks`), none for `None`.

    Minutes that were added to the stamps, how sure that is, and by what it is known.
    """
    if clocks is None or not clocks.clocks:
        return []
    words = []
    for actor, one in clocks.clocks.items():
        text = t("{actor}: {n} min", actor=named(names, actor), n=signed_minutes(one.offset))
        if one.within:
            text += t(" (give or take {n} min)", n=signed_minutes(one.within)[1:])
        words.append(text + (t(" ({source})", source=one.source) if one.source else ""))
    return [(t("clocks corrected before judging"), t("; ").join(words))]
