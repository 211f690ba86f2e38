"""What the messages say of the clocks of organisations: in words, and as a clocks file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.columns import fit, grid
from sim.report.names import named
from sim.rules import ClockOffsets, Clocks
from sim.texts import t


def clocks_text(found: ClockOffsets, names: Mapping[str, str] | None = None) -> str:
    """Return one line per clock: what must be added to its stamps, and between which bounds."""
    called = names or {}
    if found.table.empty:
        return t("No message has both its sending and its receipt on record by two clocks.")
    head = t(
        "To be added to the stamps, so that they agree with the clock of {actor}:",
        actor=named(called, found.reference),
    )
    rows = [[t("organisation"), t("add"), t("between"), t("messages sent, received")]]
    for row in found.table.to_dict("records"):
        counts = f"{row['sent']}, {row['received']}"
        own = row["actor"] == found.reference
        add = t("(reference)") if own else _add(row)
        rows.append([named(called, row["actor"]), add, "" if own else _bounds(row), counts])
    note = t(
        "A message is received after it was sent: that bounds a clock on both sides only where "
        "messages went both ways. The middle is the estimate for equal least delays."
    )
    return "\n".join([head, *grid(rows, fit(rows, (12, 10, 20, 10), 120)), note])


def _known(value: Any) -> bool:
    return value is not None and str(value) != "<NA>"


def _add(row: Mapping[Any, Any]) -> str:
    if not _known(row["offset_s"]):
        return t("not known")
    return f"{signed(int(row['offset_s']))} ± {plain(int(row['within_s']))}"


def _bounds(row: Mapping[Any, Any]) -> str:
    low, high = row["least_s"], row["most_s"]
    if _known(low) and _known(high):
        return f"{signed(int(low))} … {signed(int(high))}"
    if _known(low):
        return t("at least {low}; no message the other way", low=signed(int(low)))
    if _known(high):
        return t("at most {high}; no message the other way", high=signed(int(high)))
    return t("no message links it to the reference")


def plain(seconds: int) -> str:
    """Return seconds as files write them: `7 min 30 s`."""
    minutes, rest = divmod(abs(seconds), 60)
    parts = [f"{minutes} min"] if minutes else []
    return " ".join(parts + ([f"{rest} s"] if rest or not parts else []))


def signed(seconds: int) -> str:
    """Return seconds with their sign: `+7 min`."""
    return ("-" if seconds < 0 else "+") + plain(seconds)


def clocks_yaml(clocks: Clocks) -> str:
    """Return the text of a clocks file."""
    from io import StringIO

    from ruamel.yaml import YAML

    data = {
        name: {
            "offset": signed(one.offset),
            "within": plain(one.within),
            **({"source": one.source} if one.source else {}),
        }
        for name, one in clocks.clocks.items()
    }
    text = StringIO()
    YAML().dump({"clocks": data}, text)
    return text.getvalue()
