"""What is meant for the public is no report to a superior."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.mail import write_report
from sim.model.things import Report

PUBLIC = ("warning", "bulletin")
"""Kinds of report that address the public and those responsible on the spot."""


def written(act: Act, kind: str, elements: list[str], pending: list[str], reason: str) -> Report:
    """Return a report of what the actor knows now.

    One for the public leaves what the actor has passed on to other offices as it was.
    """
    passed_on = act.dossier.passed_on
    report = write_report(act, kind, elements, pending, reason)
    if kind in PUBLIC:
        act.dossier.passed_on = passed_on
    return report
