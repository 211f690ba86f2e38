"""Verdicts as plain data for the page: the lines of the report, of one drill or of many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.duties import duties
from sim.report.page import build_page


def verdict_part(
    log: Any,
    verdicts: Any,
    names: Mapping[str, str],
    texts: Mapping[str, str],
    lang: str,
    scenario: Any = None,
    finding: Any = None,
    title: str = "",
) -> dict[str, Any]:
    """Return title, facts, result, lines and totals; with several cases the first one in full."""
    page = build_page(log, verdicts, scenario, None, finding, names, texts, lang, title)
    return {
        "title": page.title,
        "facts": page.facts,
        "result": page.result,
        "details": page.details,
        "lines": [_line(line) for line in page.lines],
        "totals": page.totals,
        "samples": page.samples,
        "finding": page.finding,
        "cases": page.cases,
        "events": len(log),
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        "clause": line.clause,
        "rule": line.rule,
        "text": line.text,
        "owner": line.owner,
        "recipient": line.recipient,
        "limit": line.limit,
        "readings": [list(one) for one in line.readings],
        "verdict": line.verdict,
        "word": line.word,
        "why": line.why,
        "split": line.split,
        "late": line.split_late,
    }


def rules_of(verdicts: Any, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the rules that apply somewhere, each once, with what they demand."""
    found = dict.fromkeys(duty.rule for duty in duties(verdicts) if duty.applies)
    return [(rule, texts.get(rule, "")) for rule in found]
